//! Files of requests and policies.

use crate::failure::Failure;
use crate::input::{Input, read_file, read_stdin};
use diagnostics::Diagnostic;
use pim_model::{Item, Model, Options, Policy, check};
use std::path::Path;
use uuid::Uuid;

/// A text, and what was read of it.
pub(crate) struct Document {
    pub(crate) input: Input,
    /// What stands in it; empty for policy as code.
    pub(crate) items: Vec<Item>,
    /// The policy, where the text is policy as code.
    code: Option<Policy>,
    pub(crate) findings: Vec<Diagnostic>,
}

impl Document {
    /// Reads a text: as policy as code if its file ends in `.toml`, as JSON otherwise.
    pub(crate) fn read(input: Input, options: &Options) -> Self {
        let is_code = input.path.as_deref().is_some_and(|path| {
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        });
        if !is_code {
            let loaded = check(&input.text, options);
            return Self { input, items: loaded.items, code: None, findings: loaded.diagnostics };
        }
        let (code, findings) = match Policy::from_toml(&input.text) {
            Ok(policy) => (Some(policy), Vec::new()),
            Err(findings) => (None, findings),
        };
        Self { input, items: Vec::new(), code, findings }
    }

    /// Says whether nothing was read and nothing said about it.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.code.is_none() && self.findings.is_empty()
    }

    /// Takes the policies out of it.
    pub(crate) fn into_policies(self) -> Vec<Policy> {
        let of_items = self.items.into_iter().filter_map(|item| match item.model {
            Model::Policy(policy) => Some(*policy),
            _ => None,
        });
        self.code.into_iter().chain(of_items).collect()
    }
}

/// Reads a file, or the standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<Input, Failure> {
    if path.as_os_str() == "-" {
        let name = "<stdin>".to_owned();
        return Ok(Input { name, path: None, record: None, text: read_stdin()? });
    }
    let name = path.display().to_string();
    Ok(Input { name, path: Some(path.to_owned()), record: None, text: read_file(path)? })
}

/// Reads the one policy of a file; where there are several, that of a role.
pub(crate) fn one_policy(
    path: &Path,
    role: Option<Uuid>,
    options: &Options,
) -> Result<Policy, Failure> {
    let name = path.display();
    let mut policies = policies(path, options)?;
    if let (Some(role), true) = (role, policies.len() > 1) {
        policies.retain(|policy| policy.role() == Some(role));
    }
    let count = policies.len();
    match (policies.pop(), count) {
        (Some(policy), 1) => Ok(policy),
        (Some(_), _) => Err(Failure::new(format!("`{name}` has {count} policies; expected one"))
            .help("name the role of the one that is meant with --role")),
        (None, _) => Err(Failure::new(format!("`{name}` has no policy of the role"))),
    }
}

/// Reads the policies of a file; there is at least one.
pub(crate) fn policies(path: &Path, options: &Options) -> Result<Vec<Policy>, Failure> {
    let document = Document::read(open(path)?, options);
    if document.items.is_empty() && !document.findings.is_empty() {
        return Err(Failure::findings(document.input.report(document.findings)));
    }
    let policies = document.into_policies();
    if policies.is_empty() {
        let message = format!("`{}` has no role management policy", path.display());
        return Err(Failure::new(message).help(
            "a policy is what `GET …/roleManagementPolicies/…` answers, or a .toml in the portal's \
             words",
        ));
    }
    Ok(policies)
}
