//! The role management policy, as it was pasted.

use super::field::{FieldFinding, FormField};
use diagnostics::{Diagnostic, LineIndex, Severity};
use pim_model::{Model, Options, Policy, check};

/// The largest policy that is read, in bytes.
pub const MAX_POLICY_BYTES: usize = 1 << 20;

/// A policy that was read, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyRead {
    /// The policy; `None` where the text holds none.
    pub policy: Option<Policy>,
    /// What is wrong, with the line.
    pub findings: Vec<FieldFinding>,
}

/// Reads a policy from Azure's JSON, as `az rest` prints it, or from the TOML of `grantif policy`.
/// Of a list the first counts.
#[must_use]
pub fn read_policy(text: &str) -> PolicyRead {
    let error = |message: String| PolicyRead {
        policy: None,
        findings: vec![FieldFinding::new(FormField::Policy, Severity::Error, message)],
    };
    if text.len() > MAX_POLICY_BYTES {
        return error(format!(
            "the policy has {} bytes; at most {MAX_POLICY_BYTES} are read",
            text.len()
        ));
    }
    // A table of TOML begins with a bracket as well; a list of policies goes on with a brace.
    let start: String = text.chars().filter(|letter| !letter.is_whitespace()).take(2).collect();
    match start.as_str() {
        "" => PolicyRead { policy: None, findings: Vec::new() },
        start if start.starts_with('{') || start == "[{" => {
            let loaded = check(text, &Options::default());
            let mut policies = loaded.items.into_iter().filter_map(|item| match item.model {
                Model::Policy(policy) => Some(*policy),
                _ => None,
            });
            let policy = policies.next();
            let mut findings = at_lines(text, loaded.diagnostics);
            if policy.is_none() && findings.is_empty() {
                findings = error("this is no role management policy".to_owned()).findings;
            }
            PolicyRead { policy, findings }
        }
        _ => match Policy::from_toml(text) {
            Ok(policy) => PolicyRead { policy: Some(policy), findings: Vec::new() },
            Err(found) => PolicyRead { policy: None, findings: at_lines(text, found) },
        },
    }
}

fn at_lines(text: &str, found: Vec<Diagnostic>) -> Vec<FieldFinding> {
    let index = LineIndex::new(text);
    let finding = |finding: Diagnostic| {
        let line = index.position(finding.span.start).line;
        FieldFinding {
            field: FormField::Policy,
            severity: finding.severity,
            message: format!("line {line}: {}", finding.message),
            help: finding.help,
            rule: Some(finding.id),
        }
    };
    found.into_iter().map(finding).collect()
}
