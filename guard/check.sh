#!/bin/sh
# Checks the files of a repository that grant access, for a pipeline.
#
#   GRANTIF_PATHS    files and directories, separated by white space [.]
#   GRANTIF_FAIL_ON  error, warning or advice [warning, or what grantif.toml says]
#   GRANTIF_FORMAT   github, azure-devops or text: how findings are shown [text]
#   GRANTIF_SARIF    a file to write SARIF to [none]
#   GRANTIF_BASELINE a file of findings that are accepted [none]
#
# The exit code is that of `grantif check`: 1 with findings, 2 where something cannot be read.
set -u

set -f
# shellcheck disable=SC2086 # white space separates the paths
set -- ${GRANTIF_PATHS:-.}
set +f
if [ -n "${GRANTIF_BASELINE:-}" ]; then
    set -- --baseline "$GRANTIF_BASELINE" "$@"
fi
if [ -n "${GRANTIF_FAIL_ON:-}" ]; then
    set -- --fail-on "$GRANTIF_FAIL_ON" "$@"
fi

grantif check --format "${GRANTIF_FORMAT:-text}" "$@"
status=$?

if [ -n "${GRANTIF_SARIF:-}" ] && [ "$status" -le 2 ]; then
    # What cannot be read was said above.
    grantif check --format sarif "$@" > "$GRANTIF_SARIF" 2> /dev/null
fi
exit "$status"
