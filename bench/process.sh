#!/bin/sh
# Measures one whole run of `grantif check`: time with hyperfine, peak memory with GNU time.
# Leaves process.json and memory.txt in the target directory of the benchmarks.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
mkdir -p "$target"

cargo build --quiet --release --manifest-path "$here/../Cargo.toml" --target-dir "$target/cli" \
    --package cli
grantif=$target/cli/release/grantif
file=$target/small.abac
cat > "$file" <<'CONDITION'
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, acdd72a7-3385-48ef-bd42-f606fba81ae7}
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, acdd72a7-3385-48ef-bd42-f606fba81ae7}
 )
)
CONDITION

"$grantif" check "$file"
hyperfine --shell none --warmup 50 --runs 500 --export-json "$target/process.json" \
    "$grantif check $file"
/usr/bin/time --format %M --output "$target/memory.txt" "$grantif" check "$file"
echo "peak memory: $(cat "$target/memory.txt") KB"
