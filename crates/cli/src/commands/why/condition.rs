//! Which clause refused it, and what would pass.

use crate::console::{FAINT, STRONG, Style, wrap};
use crate::failure::Failure;
use crate::pim::open;
use crate::trace;
use abac_catalog::Catalog;
use diagnostics::SourceReport;
use diagnostics::render::one_line;
use pim_client::{Asked, CallerAssignment, Explained, Said, UnreadableCondition};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Reads a condition from a file.
pub(super) fn of_file(path: &Path) -> Result<CallerAssignment, Failure> {
    let input = open(path)?;
    let text = input.text.strip_prefix('\u{feff}').unwrap_or(&input.text);
    let condition = Some(text.trim_end_matches(['\n', '\r']).to_owned());
    Ok(CallerAssignment { title: input.name, condition })
}

/// What the assignments of a caller say to a request, to be shown.
pub(crate) struct Refusal {
    explained: Explained,
    /// Whether it was a request of PIM and not a plain role assignment.
    is_pim: bool,
}

/// Holds a request against the assignments of its caller.
pub(crate) fn explain(
    callers: &[CallerAssignment],
    asked: &Asked,
    is_pim: bool,
) -> Result<Refusal, Failure> {
    let explained = Explained::new(callers, asked).map_err(|unreadable| {
        let UnreadableCondition { title, condition, errors } = *unreadable;
        Failure::findings(SourceReport::unnamed(title, condition, errors))
    })?;
    Ok(Refusal { explained, is_pim })
}

impl Refusal {
    /// Says whether conditions refuse the request, whichever assignment is asked.
    pub(crate) fn is_refused(&self) -> bool {
        self.explained.is_refused()
    }

    pub(crate) fn draw(&self, catalog: &Catalog, style: Style) -> String {
        let mut text = String::new();
        for said in &self.explained.said {
            _ = writeln!(text, "{}", style.paint(STRONG, &one_line(&said.title)));
            let Some(verdict) = &said.verdict else {
                text.push_str("has no condition, so it refuses nothing that its role allows\n");
                continue;
            };
            if !verdict.trace.decision.is_allow() {
                text.push_str(&trace::tree(&verdict.trace, &said.condition, style));
                text.push('\n');
            }
            text.push_str(&trace::reason(&verdict.trace, style));
            for way in &verdict.ways {
                let line = way.words(catalog);
                let help = style.paint(STRONG, "help");
                let lines = wrap(&line, style.width.saturating_sub(2), "", "        ");
                _ = writeln!(text, "  {help}: {}", style.code(lines.trim()));
            }
            let needs_type = verdict.ways.iter().any(|way| !way.principal_types.is_empty());
            if self.is_pim && needs_type {
                let line = "a request of PIM cannot say `principalType`; a role assignment can, as \
                            `az role assignment create --assignee-principal-type` does";
                let lines = wrap(line, style.width.saturating_sub(2), "  note: ", "        ");
                _ = writeln!(text, "{}", style.code(lines.trim_end()));
            }
            if !verdict.trace.decision.is_allow() && verdict.ways.is_empty() {
                let line = "no other role, principal or type that the condition names would pass";
                _ = writeln!(text, "  {}", style.paint(FAINT, line));
            }
        }
        if !self.is_refused() {
            text.push_str(
                "\nThe reason is not a condition: the role or the scope of the assignment does not \
                 allow it,\nor the service does not see the assignment yet.\n",
            );
        }
        text
    }

    pub(crate) fn json(&self) -> Value {
        let one = |said: &Said| {
            let ways = said.verdict.iter().flat_map(|verdict| &verdict.ways).map(|way| {
                json!({
                    "roles": way.roles,
                    "principals": way.principals,
                    "principalTypes": way.principal_types,
                })
            });
            let deciding = said.verdict.iter().flat_map(|verdict| verdict.trace.deciding());
            json!({
                "assignment": said.title,
                "refused": said.is_refused(),
                "reason": said.verdict.as_ref().map(|verdict| verdict.trace.reason.clone()),
                "clauses": deciding.map(|clause| clause.text.clone()).collect::<Vec<_>>(),
                "wouldBeAllowed": ways.collect::<Vec<_>>(),
            })
        };
        json!({
            "refused": self.is_refused(),
            "assignments": self.explained.said.iter().map(one).collect::<Vec<_>>(),
        })
    }
}

/// Asks the service for the assignments of the caller at a scope by which roles can be given.
#[cfg(feature = "online")]
pub(crate) fn fetch(
    session: &mut crate::online::Session<'_>,
    scope: &pim_model::Scope,
) -> Result<Vec<CallerAssignment>, Failure> {
    use pim_client::{Filter, call};

    let caller = session.known_caller()?;
    let call = call::role_assignments(scope, &Filter::AssignedTo(caller));
    let listed = session.list(call)?;
    let listed = listed.map_err(|trouble| crate::online::troubled(&trouble, session))?;
    let callers = CallerAssignment::that_give_roles(listed, Catalog::builtin());
    if callers.is_empty() {
        session.console.note("the caller has no assignment here by which roles can be given");
    }
    Ok(callers)
}

/// Explains a refusal where a condition of the caller may be the reason, as far as the service
/// tells: whoever may not read assignments learns nothing.
#[cfg(feature = "online")]
pub(crate) fn explain_refusal(
    session: &mut crate::online::Session<'_>,
    scope: &pim_model::Scope,
    asked: &Asked,
) -> Result<Option<Refusal>, Failure> {
    let Ok(callers) = fetch(session, scope) else { return Ok(None) };
    if callers.is_empty() {
        return Ok(None);
    }
    explain(&callers, asked, true).map(Some)
}
