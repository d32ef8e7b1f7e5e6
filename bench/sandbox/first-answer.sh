#!/bin/sh
# Starts a sandbox, waits for its first answer, and stops it.
set -eu
"$1" sandbox --data "$2" --listen 127.0.0.1:18091 --https 18494 > /dev/null &
sandbox=$!
until curl --silent --fail --output /dev/null http://127.0.0.1:18091/sandbox; do
    kill -0 "$sandbox"
    sleep 0.002
done
kill -KILL "$sandbox"
# The directory is free once the process is gone.
wait "$sandbox" || true
