#!/bin/sh
# Measures everything and writes docs/performance.md. Leave the machine alone meanwhile.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
manifest=$here/Cargo.toml

cargo bench --manifest-path "$manifest" --target-dir "$target" --bench compare --bench editor
sh "$here/process.sh"
processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
machine="$(nproc) cores${processor:+ of $processor}, $(rustc --version | cut -d' ' -f1,2), $(date -u +%F)"
cargo run --quiet --release --manifest-path "$manifest" --target-dir "$target" --bin report \
    "$target" "$machine"
