//! The request, written for every tool that deploys it.

use iac_emit::{EmitError, Emitted, Input, Options, Target, emit_with};
use pim_model::{Subject, Tool, hazards};

/// What is written for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The target.
    pub target: Target,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The name of the file.
    pub file_name: &'static str,
    /// The text, or why there is none and which targets can.
    pub text: Result<String, String>,
    /// What to know, one sentence each: what a second deployment does, and the pitfalls of the
    /// tool.
    pub notes: Vec<String>,
}

/// Writes a request for every target, those that can carry it first.
#[must_use]
pub fn snippets(input: &Input, options: &Options) -> Vec<Snippet> {
    let mut all: Vec<Snippet> =
        Target::ALL.into_iter().map(|one| snippet(input, one, options)).collect();
    all.sort_by_key(|snippet| snippet.text.is_err());
    all
}

fn snippet(input: &Input, target: Target, options: &Options) -> Snippet {
    let (text, mut notes) = match emit_with(input.clone(), target, options, is_certainly_nfc) {
        Ok(Emitted { text, notes }) => (Ok(text), notes),
        Err(error @ (EmitError::Refused { .. } | EmitError::Incomplete(_))) => {
            (Err(error.to_string()), Vec::new())
        }
    };
    if let (Input::Schedule(request), Ok(_)) = (input, &text)
        && let Some(tool) = tool(target)
    {
        let subject = Subject::Request(request);
        notes.extend(
            hazards(tool, &subject).iter().map(|one| format!("{}; {}.", one.message, one.help)),
        );
    }
    Snippet { target, title: target.title(), file_name: target.file_name(), text, notes }
}

/// Says whether text is certainly in Unicode's form NFC. The tables that know it of every text are
/// large; where it is not certain, a note too many does no harm.
fn is_certainly_nfc(text: &str) -> bool {
    text.is_ascii()
}

const fn tool(target: Target) -> Option<Tool> {
    match target {
        Target::Bicep | Target::ArmJson => Some(Tool::Template),
        Target::Azurerm => Some(Tool::Azurerm),
        Target::Azapi | Target::AzapiAction => Some(Tool::Azapi),
        Target::Powershell => Some(Tool::PowerShell),
        Target::AzRest | Target::AzRestPowershell | Target::Rest => Some(Tool::Rest),
        Target::Azuread | Target::AzRoleAssignmentCreate | Target::Graph => None,
    }
}
