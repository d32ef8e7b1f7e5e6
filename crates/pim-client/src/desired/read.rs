//! Reads the file.

use super::{
    Desired, DesiredAssignment, DesiredPolicy, DesiredScope, MAX_DESIRED, MAX_DESIRED_BYTES,
};
use diagnostics::{Diagnostic, Severity, Span};
use pim_model::{Family, Length, Policy, Scope, TicketInfo, Timestamp};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;
use uuid::Uuid;

/// What a file is not read without: the roles that have names, and the files beside it.
pub trait Known {
    /// Finds the GUID of a role by its name.
    ///
    /// # Errors
    /// Why there is none.
    fn role(&self, name: &str) -> Result<Uuid, String>;

    /// Reads the file of a condition, by its path from the file of the desired state.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn condition(&self, path: &str) -> Result<String, String>;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    scope: Vec<ScopeTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeTable {
    id: Spanned<String>,
    #[serde(default)]
    exclusive: Exclusive,
    #[serde(default)]
    eligible: Vec<Spanned<Assignment>>,
    #[serde(default)]
    active: Vec<Spanned<Assignment>>,
    #[serde(default)]
    policy: Vec<Spanned<toml::Table>>,
}

/// `true` is both families.
#[derive(Deserialize)]
#[serde(untagged)]
enum Exclusive {
    All(bool),
    Some(Vec<FamilyName>),
}

impl Default for Exclusive {
    fn default() -> Self {
        Self::All(false)
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum FamilyName {
    Eligible,
    Active,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignment {
    role: Spanned<String>,
    principal: Spanned<String>,
    name: Option<String>,
    r#for: Option<Spanned<String>>,
    until: Option<Spanned<toml::value::Datetime>>,
    condition: Option<Spanned<String>>,
    condition_file: Option<Spanned<String>>,
    justification: Option<String>,
    ticket: Option<Ticket>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    number: String,
    system: String,
}

pub(super) fn read(source: &str, known: &impl Known) -> Result<Desired, Vec<Diagnostic>> {
    if source.len() > MAX_DESIRED_BYTES {
        let message = format!("the file has more than {} MiB", MAX_DESIRED_BYTES >> 20);
        return Err(vec![fault(Span::at(0), message)]);
    }
    let file: File = toml::from_str(source).map_err(|error| {
        let message = error.message().lines().next().unwrap_or("").to_owned();
        vec![fault(span(error.span().unwrap_or(0..0)), message)]
    })?;
    let mut reading = Reading { known, found: Vec::new(), seen: BTreeSet::new() };
    let scopes = file.scope.into_iter().filter_map(|scope| reading.scope(scope)).collect();
    if reading.found.is_empty() {
        Ok(Desired { scopes })
    } else {
        reading.found.sort_by_key(|finding| finding.span);
        Err(reading.found)
    }
}

struct Reading<'k, K> {
    known: &'k K,
    found: Vec<Diagnostic>,
    /// What was declared, so that nothing is declared twice.
    seen: BTreeSet<String>,
}

fn fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new("desired-state", Severity::Error, span, message)
}

fn span(range: std::ops::Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end))
}

impl<K: Known> Reading<'_, K> {
    fn wrong<T>(&mut self, place: &Spanned<T>, message: impl Into<String>) {
        self.found.push(fault(span(place.span()), message));
    }

    fn scope(&mut self, table: ScopeTable) -> Option<DesiredScope> {
        let scope: Scope = match table.id.get_ref().parse() {
            Ok(scope) => scope,
            Err(error) => {
                self.wrong(&table.id, format!("{error}"));
                return None;
            }
        };
        if !self.seen.insert(scope.to_string().to_lowercase()) {
            self.wrong(&table.id, "the scope stands in the file twice");
        }
        let exclusive = match &table.exclusive {
            Exclusive::All(true) => vec![Family::Eligibility, Family::Assignment],
            Exclusive::All(false) => Vec::new(),
            Exclusive::Some(names) => names.iter().map(|name| Family::from(*name)).collect(),
        };
        let mut assignments = Vec::new();
        for (family, list) in
            [(Family::Eligibility, table.eligible), (Family::Assignment, table.active)]
        {
            for one in list {
                assignments.extend(self.assignment(family, &scope, one));
            }
        }
        let policies = table.policy.into_iter();
        let policies = policies.filter_map(|policy| self.policy(&scope, policy)).collect();
        Some(DesiredScope { scope, exclusive, assignments, policies })
    }

    /// Notes that something is declared, and says so where it was before.
    fn declare<T>(&mut self, place: &Spanned<T>, what: String) {
        if self.seen.len() > MAX_DESIRED {
            if self.found.is_empty() {
                self.wrong(place, format!("the file has more than {MAX_DESIRED} entries"));
            }
        } else if !self.seen.insert(what) {
            self.wrong(place, "the same stands in the file twice");
        }
    }

    fn role(&mut self, role: &Spanned<String>) -> Option<Uuid> {
        let text = role.get_ref().trim();
        if let Ok(guid) = Uuid::try_parse(text) {
            return Some(guid);
        }
        self.known.role(text).map_err(|message| self.wrong(role, message)).ok()
    }

    fn assignment(
        &mut self,
        family: Family,
        scope: &Scope,
        place: Spanned<Assignment>,
    ) -> Option<DesiredAssignment> {
        let at = span(place.span());
        let one = place.get_ref();
        let role = self.role(&one.role);
        let principal = Uuid::try_parse(one.principal.get_ref().trim());
        if principal.is_err() {
            let text = one.principal.get_ref();
            let message = format!("a principal is named by its object id, found `{text}`");
            self.wrong(&one.principal, message);
        }
        let length = self.length(&place);
        let condition = self.condition_of(one);
        let (role, principal) = (role?, principal.ok()?);
        self.declare(&one.role, format!("{family}\n{scope}\n{role}\n{principal}").to_lowercase());
        let one = place.into_inner();
        Some(DesiredAssignment {
            family,
            role,
            role_name: one.role.into_inner(),
            principal,
            principal_name: one.name,
            length: length?,
            condition,
            justification: one.justification,
            ticket: one.ticket.map(|ticket| TicketInfo::new(ticket.number, ticket.system)),
            span: at,
        })
    }

    fn length(&mut self, place: &Spanned<Assignment>) -> Option<Length> {
        let one = place.get_ref();
        match (&one.r#for, &one.until) {
            (Some(words), None) => match Length::from_words(words.get_ref()) {
                Ok(Length::Until(_)) => {
                    self.wrong(words, "an instant is written as `until = 2027-01-31T00:00:00Z`");
                    None
                }
                Ok(length) => Some(length),
                Err(error) => {
                    self.wrong(words, format!("{error}"));
                    None
                }
            },
            (None, Some(instant)) => {
                match instant.get_ref().to_string().parse::<Timestamp>() {
                    Ok(end) => Some(Length::Until(end)),
                    Err(_) => {
                        self.wrong(instant, "an end has a date, a time and an offset, such as `2027-01-31T00:00:00Z`");
                        None
                    }
                }
            }
            (Some(words), Some(_)) => {
                self.wrong(words, "either `for` or `until` says how long, and not both");
                None
            }
            (None, None) => {
                self.wrong(
                    &one.role,
                    "it is not said how long: `for = \"180 days\"`, `for = \"permanent\"` or `until = …`",
                );
                None
            }
        }
    }

    fn condition_of(&mut self, one: &Assignment) -> Option<String> {
        let (place, text) = match (&one.condition, &one.condition_file) {
            (None, None) => return None,
            (Some(text), None) => (text, text.get_ref().clone()),
            (None, Some(path)) => match self.known.condition(path.get_ref()) {
                Ok(text) => (path, text),
                Err(message) => {
                    self.wrong(path, message);
                    return None;
                }
            },
            (Some(text), Some(_)) => {
                self.wrong(text, "either `condition` or `condition_file`, and not both");
                return None;
            }
        };
        let text = text.trim().to_owned();
        let errors = abac_syntax::parse(&text).diagnostics;
        if let Some(error) = errors.iter().find(|found| found.severity == Severity::Error) {
            self.wrong(place, format!("the condition has errors: {}", error.message));
        } else if text.is_empty() {
            self.wrong(place, "the condition is empty");
        }
        Some(text)
    }

    fn policy(&mut self, scope: &Scope, mut place: Spanned<toml::Table>) -> Option<DesiredPolicy> {
        let at = span(place.span());
        let Some(toml::Value::String(name)) = place.get_mut().remove("role") else {
            self.wrong(&place, "a policy names its role: `role = \"Contributor\"`");
            return None;
        };
        let role = self.role(&Spanned::new(place.span(), name.clone()))?;
        self.declare(&place, format!("policy\n{scope}\n{role}").to_lowercase());
        let text = place.get_ref().to_string();
        match Policy::from_toml(&text) {
            Ok(policy) => Some(DesiredPolicy { role, role_name: name, policy, span: at }),
            Err(found) => {
                // The places are those of the part alone.
                let messages = found.into_iter().map(|one| fault(at, one.message));
                self.found.extend(messages);
                None
            }
        }
    }
}

impl From<FamilyName> for Family {
    fn from(name: FamilyName) -> Self {
        match name {
            FamilyName::Eligible => Self::Eligibility,
            FamilyName::Active => Self::Assignment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Files;

    impl Known for Files {
        fn role(&self, name: &str) -> Result<Uuid, String> {
            match name {
                "Contributor" => Ok(Uuid::from_u128(9)),
                _ => Err(format!("there is no role `{name}`")),
            }
        }

        fn condition(&self, path: &str) -> Result<String, String> {
            match path {
                "a.abac" => Ok("@Environment[isPrivateLink] BoolEquals true\n".to_owned()),
                _ => Err("there is no such file".to_owned()),
            }
        }
    }

    const HEAD: &str = "[[scope]]\nid = \"/subscriptions/00000000-0000-0000-0000-000000000001\"\n";
    const WHO: &str = "principal = \"00000000-0000-0000-0000-000000000002\"\n";

    fn wrong(text: &str) -> Vec<(String, String)> {
        let source = format!("{HEAD}{text}");
        let found = Desired::read(&source, &Files).unwrap_err();
        found.into_iter().map(|one| (one.span.of(&source).to_owned(), one.message)).collect()
    }

    #[test]
    fn everything_is_read() {
        let file = format!(
            "{HEAD}exclusive = [\"eligible\"]\n\
             [[scope.eligible]]\nrole = \"Contributor\"\n{WHO}for = \"180 days\"\ncondition_file = \"a.abac\"\njustification = \"j\"\n\
             [[scope.active]]\nrole = \"00000000-0000-0000-0000-000000000005\"\n{WHO}until = 2027-01-31T00:00:00Z\nticket = {{ number = \"1\", system = \"s\" }}\n\
             [[scope.policy]]\nrole = \"Contributor\"\n[scope.policy.activation]\nmaximum_duration = \"4 hours\"\n"
        );
        let desired = Desired::read(&file, &Files).unwrap();
        let scope = &desired.scopes[0];
        assert_eq!(scope.exclusive, [Family::Eligibility]);
        assert_eq!(scope.assignments[0].role, Uuid::from_u128(9));
        assert!(scope.assignments[0].condition.as_ref().unwrap().ends_with("true"));
        assert!(matches!(scope.assignments[1].length, Length::Until(_)));
        assert_eq!(scope.policies[0].policy.rules.len(), 1);
    }

    #[test]
    fn every_fault_has_its_place() {
        let one = |text: &str| format!("[[scope.eligible]]\n{text}");
        for (text, place, message) in [
            (one(&format!("role = \"Kontributor\"\n{WHO}for = \"8 hours\"")), "\"Kontributor\"", "no role"),
            (one("role = \"Contributor\"\nprincipal = \"anna\"\nfor = \"1 day\""), "\"anna\"", "object id"),
            (one(&format!("role = \"Contributor\"\n{WHO}for = \"6 months\"")), "\"6 months\"", "no months"),
            (one(&format!("role = \"Contributor\"\n{WHO}")), "\"Contributor\"", "how long"),
            (one(&format!("role = \"Contributor\"\n{WHO}until = 2027-01-31")), "2027-01-31", "offset"),
            (one(&format!("role = \"Contributor\"\n{WHO}for = \"1 day\"\ncondition = \"(\"")), "\"(\"", "has errors"),
            (one(&format!("role = \"Contributor\"\n{WHO}for = \"1 day\"\ncondition_file = \"b\"")), "\"b\"", "no such file"),
            (one(&format!("rolle = \"Contributor\"\n{WHO}")), "rolle", "unknown field `rolle`"),
            ("exclusive = [\"elligible\"]".to_owned(), "[\"elligible\"]", "Exclusive"),
            ("[[scope.policy]]\nrole = \"Contributor\"\n[scope.policy.activation]\nrequire_approval = true".to_owned(), "[[scope.policy]]", "nobody may approve"),
        ] {
            let found = wrong(&text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].0.contains(place), "{text}: {found:?}");
            assert!(found[0].1.contains(message), "{text}: {found:?}");
        }
        let twice = one(&format!("role = \"Contributor\"\n{WHO}for = \"1 day\"\n"));
        assert!(wrong(&twice.repeat(2))[0].1.contains("twice"));
        assert!(wrong(HEAD)[0].1.contains("twice"));
    }
}
