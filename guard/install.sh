#!/bin/sh
# Puts grantif into a directory: builds it from the repository that this script stands in.
#
#   sh guard/install.sh DIRECTORY
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
target=${1:?a directory to install into}
if [ ! -x "$target/bin/grantif" ]; then
    cargo install --quiet --locked --root "$target" --path "$root/crates/cli"
fi
"$target/bin/grantif" --version
