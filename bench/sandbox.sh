#!/bin/sh
# Measures `grantif sandbox` on disk: requests per second and their times with 64 connections, how long
# it takes to start, and the memory that listing 100,000 assignments takes. Needs wrk, hyperfine, curl
# and python3; leave the machine alone meanwhile. GRANTIF names a program that is built already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
grantif=${GRANTIF:-}
if test -z "$grantif"; then
    cargo build --quiet --release --manifest-path "$here/../Cargo.toml" --target-dir "$target/cli" \
        --package cli
    grantif=$target/cli/release/grantif
fi
work=$(mktemp -d)
url=http://127.0.0.1:${PORT:-18090}
secure=${SECURE_PORT:-18493}
sandbox=
trap 'test -z "$sandbox" || kill "$sandbox"; rm -rf "$work"' EXIT

start() {
    "$grantif" sandbox "$@" --listen "${url#http://}" --https "$secure" > /dev/null &
    sandbox=$!
    until curl --silent --fail --output /dev/null "$url/sandbox"; do
        kill -0 "$sandbox"
        sleep 0.02
    done
}
stop() {
    kill -INT "$sandbox"
    wait "$sandbox" || true
    sandbox=
}

start --data "$work/mix"
TOKEN=$("$grantif" sandbox token --as admin --url "$url")
ROLES=$work/roles
export TOKEN ROLES
python3 "$here/sandbox/roles.py" "$url" > "$ROLES"
for pace in 10 0; do
    echo "== 64 connections, ${pace} ms between requests, three runs of ${SECONDS_A_RUN:-15} s"
    for _ in 1 2 3; do
        PACE=$pace wrk --threads 2 --connections 64 --duration "${SECONDS_A_RUN:-15}s" \
            --script "$here/sandbox/mix.lua" "$url" |
            grep -E '^(requests_per|p[0-9]|refused|broken)'
    done
done
stop

echo "== start to the first answer, with the data of the runs above"
hyperfine --shell none --warmup 3 --runs 20 "sh $here/sandbox/first-answer.sh $grantif $work/mix"

echo "== 100,000 assignments, page by page"
python3 "$here/sandbox/assignments.py" > "$work/seed.json"
start --data "$work/many" --seed "$work/seed.json"
TOKEN=$("$grantif" sandbox token --as admin --url "$url")
python3 "$here/sandbox/pages.py" "$url" "$sandbox"
stop
