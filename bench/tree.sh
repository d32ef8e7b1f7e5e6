#!/bin/sh
# Measures reading the tree that `cargo xtask tree` writes. Leave the machine alone meanwhile.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
tree=$root/target/tree
grantif=$root/target/release/grantif

run() { hyperfine --warmup 3 --runs 15 --ignore-failure "$@"; }

cd "$tree"
echo "== grantif"
run --command-name 'grantif find' "$grantif find --format jsonl . > /dev/null" \
    --command-name 'grantif check' "$grantif check --no-config --quiet . > /dev/null"
if command -v rg > /dev/null; then
    echo "== ripgrep: the telltale words alone"
    run --command-name 'rg' "rg --threads $(nproc) --count-matches --ignore-case 'actionmatches|@(request|resource|principal|environment)\\[' . > /dev/null"
fi
echo "== reading alone"
run --command-name 'cat' "find . -type f -print0 | xargs -0 cat > /dev/null"
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f 'peak memory of check: %M kB' "$grantif" check --no-config --quiet . > /dev/null || true
    /usr/bin/time -f 'peak memory of find: %M kB' "$grantif" find --format jsonl . > /dev/null || true
fi
