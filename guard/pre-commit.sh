#!/bin/sh
# Runs grantif for pre-commit: the one on the path, or one that is built once beside this script.
set -eu
if ! command -v grantif > /dev/null; then
    root=$(cd "$(dirname "$0")/.." && pwd)
    sh "$root/guard/install.sh" "$root/target/pre-commit" > /dev/null
    PATH=$root/target/pre-commit/bin:$PATH
fi
exec grantif "$@"
