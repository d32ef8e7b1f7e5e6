//! Which clause refused it, and what would pass.

use crate::console::{FAINT, STRONG, Style, wrap};
use crate::failure::Failure;
use crate::pim::open;
use crate::trace;
use abac_catalog::Catalog;
use diagnostics::SourceReport;
use pim_client::{Asked, Verdict, Way, verdict};
use pim_model::PrincipalType;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use uuid::Uuid;

/// How many roles are named.
const MAX_NAMED: usize = 12;

/// An assignment of the caller, by which the request could have been allowed.
pub(crate) struct Caller {
    /// What it is called: the file of its condition, or its role and scope.
    pub(crate) title: String,
    /// Its condition; without one it allows everything.
    pub(crate) condition: Option<String>,
}

impl Caller {
    /// Reads a condition from a file.
    pub(super) fn of_file(path: &Path) -> Result<Self, Failure> {
        let input = open(path)?;
        let text = input.text.strip_prefix('\u{feff}').unwrap_or(&input.text);
        let condition = Some(text.trim_end_matches(['\n', '\r']).to_owned());
        Ok(Self { title: input.name, condition })
    }
}

/// What the assignments of a caller say to a request.
pub(crate) struct Explained {
    said: Vec<Said>,
    /// Whether it was a request of PIM and not a plain role assignment.
    is_pim: bool,
}

struct Said {
    title: String,
    condition: String,
    /// None where there is no condition.
    verdict: Option<Verdict>,
}

/// Holds a request against the assignments of its caller; any that allows it is enough.
pub(crate) fn explain(
    callers: &[Caller],
    asked: &Asked,
    is_pim: bool,
) -> Result<Explained, Failure> {
    let mut said = Vec::new();
    for caller in callers {
        let Caller { title, condition } = caller;
        let verdict = match condition {
            None => None,
            Some(condition) => Some(verdict(condition, asked).map_err(|errors| {
                Failure::findings(SourceReport::unnamed(title.clone(), condition.clone(), errors))
            })?),
        };
        let condition = condition.clone().unwrap_or_default();
        said.push(Said { title: title.clone(), condition, verdict });
    }
    Ok(Explained { said, is_pim })
}

impl Said {
    fn is_refused(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| !verdict.trace.decision.is_allow())
    }
}

impl Explained {
    /// Says whether conditions refuse the request, whichever assignment is asked.
    pub(crate) fn is_refused(&self) -> bool {
        !self.said.is_empty() && self.said.iter().all(Said::is_refused)
    }

    pub(crate) fn draw(&self, catalog: &Catalog, style: Style) -> String {
        let mut text = String::new();
        for said in &self.said {
            _ = writeln!(text, "{}", style.paint(STRONG, &said.title));
            let Some(verdict) = &said.verdict else {
                text.push_str("has no condition, so it refuses nothing that its role allows\n");
                continue;
            };
            if !verdict.trace.decision.is_allow() {
                text.push_str(&trace::tree(&verdict.trace, &said.condition, style));
                text.push('\n');
            }
            text.push_str(&trace::reason(&verdict.trace, style));
            for line in ways(&verdict.ways, catalog) {
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
            "assignments": self.said.iter().map(one).collect::<Vec<_>>(),
        })
    }
}

/// Says what would be allowed.
fn ways(ways: &[Way], catalog: &Catalog) -> Vec<String> {
    ways.iter().map(|way| one_way(way, catalog)).collect()
}

fn one_way(way: &Way, catalog: &Catalog) -> String {
    let mut parts = Vec::new();
    let role = |guid: &Uuid| {
        let guid = guid.to_string();
        catalog.role(&guid).map_or_else(|| format!("`{guid}`"), |role| format!("`{}`", role.name()))
    };
    if !way.roles.is_empty() {
        let mut names: Vec<String> = way.roles.iter().take(MAX_NAMED).map(role).collect();
        if way.roles.len() > MAX_NAMED {
            names.push(format!("{} others", way.roles.len() - MAX_NAMED));
        }
        parts.push(format!("the role {}", any(&names)));
    }
    if !way.principals.is_empty() {
        let names: Vec<String> =
            way.principals.iter().take(MAX_NAMED).map(|guid| format!("`{guid}`")).collect();
        parts.push(format!("the principal {}", any(&names)));
    }
    if !way.principal_types.is_empty() {
        let names: Vec<String> =
            way.principal_types.iter().map(|kind: &PrincipalType| format!("`{kind}`")).collect();
        parts.push(format!("`principalType` set to {}", any(&names)));
    }
    format!("it would be allowed with {}", parts.join(" and "))
}

fn any(names: &[String]) -> String {
    match names.split_last() {
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Asks the service for the assignments of the caller at a scope by which roles can be given.
#[cfg(feature = "online")]
pub(crate) fn fetch(
    session: &mut crate::online::Session<'_>,
    scope: &pim_model::Scope,
) -> Result<Vec<Caller>, Failure> {
    use abac_catalog::Plane;
    use pim_client::{Filter, call};

    let caller = session.known_caller()?;
    let call = call::role_assignments(scope, &Filter::AssignedTo(caller));
    let listed = session.list(call)?;
    let listed = listed.map_err(|trouble| crate::online::troubled(&trouble, session))?;
    let catalog = Catalog::builtin();
    let mut callers = Vec::new();
    for answer in listed {
        let assignment = answer.assignment;
        let guid = assignment.role_definition_id.guid.to_string();
        let role = catalog.role(&guid);
        let gives_roles =
            role.is_none_or(|role| role.grants(abac_eval::Delegation::WRITE, Plane::Control));
        if gives_roles {
            let name = role.map_or(guid.as_str(), |role| role.name()).to_owned();
            let at = assignment.scope.map_or_else(String::new, |scope| format!(" at {scope}"));
            let condition = assignment.condition.filter(|text| !text.trim().is_empty());
            callers.push(Caller { title: format!("{name}{at}"), condition });
        }
    }
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
) -> Result<Option<Explained>, Failure> {
    let Ok(callers) = fetch(session, scope) else { return Ok(None) };
    if callers.is_empty() {
        return Ok(None);
    }
    explain(&callers, asked, true).map(Some)
}
