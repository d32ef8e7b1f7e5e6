//! The script that takes standing access away, once what replaces it is there.

use std::fmt::Write as _;

use super::Rollout;
use crate::document::bash::quote;

/// Asks PIM for the eligibility that replaces an assignment before it removes the assignment. Its
/// schedule says `Provisioned` when it is there (*documented*: role eligibility schedules API
/// 2020-10-01, read 2026-11).
const FRONT: &str = r#"#!/usr/bin/env bash
# Removes standing assignments that an eligibility has replaced.
# Without an argument it only looks; `--apply` removes. An assignment whose eligibility is not there
# yet stays, so the script may run again and again.
set -euo pipefail

apply=${1:-}
waiting=0

replace() {
  local scope=$1 role=$2 principal=$3 assignment=$4 words=$5 found wanted
  found=$(az rest --method get \
    --url "${scope}/providers/Microsoft.Authorization/roleEligibilitySchedules" \
    --url-parameters api-version=2020-10-01 "\$filter=principalId eq '${principal}'" \
    --query "value[?ends_with(properties.roleDefinitionId, '/${role}')].[properties.scope, properties.principalId, properties.status]" \
    --output tsv | tr '[:upper:]' '[:lower:]')
  wanted=$(printf '%s\t%s\tprovisioned' "${scope}" "${principal}" | tr '[:upper:]' '[:lower:]')
  if ! grep --quiet --fixed-strings --line-regexp -- "${wanted}" <<< "${found}"; then
    echo "waits:   ${words}: no eligibility yet"
    waiting=$((waiting + 1))
  elif [ "${apply}" = --apply ]; then
    az role assignment delete --ids "${assignment}"
    echo "removed: ${words}"
  else
    echo "ready:   ${words}"
  fi
}

"#;

const BACK: &str = r#"
if [ "${waiting}" -gt 0 ]; then
  echo "${waiting} not replaced yet" >&2
  exit 1
fi
"#;

pub(super) fn script(rollout: &Rollout) -> String {
    let mut text = FRONT.to_owned();
    for proposed in &rollout.proposed {
        let assignment = &proposed.assignment;
        let Some(id) = assignment.id() else { continue };
        let words = words(&format!("{} of {}", proposed.role, assignment.principal()));
        let _ = writeln!(
            text,
            "replace {} {} {} \\\n  {} \\\n  {}",
            quote(&assignment.scope.to_string()),
            assignment.role,
            assignment.principal_id,
            quote(&id),
            quote(&words)
        );
    }
    text.push_str(BACK);
    text
}

/// A text on one line, without what no word of a shell can hold.
fn words(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect()
}
