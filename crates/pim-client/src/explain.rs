//! What all assignments of a caller say to a request that was refused.

use crate::answer::AssignmentAnswer;
use crate::why::{Asked, Verdict, Way, verdict};
use abac_catalog::{Catalog, Plane};
use abac_eval::Delegation;
use diagnostics::Diagnostic;
use uuid::Uuid;

/// How many roles or principals are named.
const MAX_NAMED: usize = 12;

/// An assignment of the caller, by which a request could have been allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerAssignment {
    /// What it is called: the file of its condition, or its role and scope.
    pub title: String,
    /// Its condition; without one it allows everything.
    pub condition: Option<String>,
}

impl CallerAssignment {
    /// Returns those of the assignments of a caller by which roles can be given. A role that the
    /// catalog does not know may be one of them.
    #[must_use]
    pub fn that_give_roles(listed: Vec<AssignmentAnswer>, catalog: &Catalog) -> Vec<Self> {
        let one = |answer: AssignmentAnswer| {
            let assignment = answer.assignment;
            let guid = assignment.role_definition_id.guid.to_string();
            let role = catalog.role(&guid);
            if role.is_some_and(|role| !role.grants(Delegation::WRITE, Plane::Control)) {
                return None;
            }
            let name = role.map_or(guid.as_str(), |role| role.name()).to_owned();
            let at = assignment.scope.map_or_else(String::new, |scope| format!(" at {scope}"));
            let condition = assignment.condition.filter(|text| !text.trim().is_empty());
            Some(Self { title: format!("{name}{at}"), condition })
        };
        listed.into_iter().filter_map(one).collect()
    }
}

/// What the assignments of a caller say to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What each of them says.
    pub said: Vec<Said>,
}

/// What one assignment says to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What the assignment is called.
    pub title: String,
    /// Its condition; empty where it has none.
    pub condition: String,
    /// What the condition says, where there is one.
    pub verdict: Option<Verdict>,
}

/// A condition of the caller that cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadableCondition {
    /// What its assignment is called.
    pub title: String,
    /// The condition.
    pub condition: String,
    /// What is wrong with it.
    pub errors: Vec<Diagnostic>,
}

impl Said {
    /// Says whether the condition of this assignment refuses the request.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| !verdict.trace.decision.is_allow())
    }
}

impl Explained {
    /// Holds a request against the assignments of its caller; any that allows it is enough.
    ///
    /// # Errors
    /// When a condition cannot be read.
    pub fn new(
        callers: &[CallerAssignment],
        asked: &Asked,
    ) -> Result<Self, Box<UnreadableCondition>> {
        let one = |caller: &CallerAssignment| {
            let CallerAssignment { title, condition } = caller.clone();
            let verdict = condition.as_deref().map(|text| verdict(text, asked)).transpose();
            let condition = condition.unwrap_or_default();
            match verdict {
                Ok(verdict) => Ok(Said { title, condition, verdict }),
                Err(errors) => Err(Box::new(UnreadableCondition { title, condition, errors })),
            }
        };
        Ok(Self { said: callers.iter().map(one).collect::<Result<_, _>>()? })
    }

    /// Says whether conditions refuse the request, whichever assignment is asked.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !self.said.is_empty() && self.said.iter().all(Said::is_refused)
    }
}

impl Way {
    /// Says in words what would be allowed.
    #[must_use]
    pub fn words(&self, catalog: &Catalog) -> String {
        let role = |guid: &Uuid| {
            let guid = guid.to_string();
            let name = catalog.role(&guid).map(|role| role.name().to_owned());
            format!("`{}`", name.unwrap_or(guid))
        };
        let mut parts = Vec::new();
        if !self.roles.is_empty() {
            parts.push(format!("the role {}", any(&self.roles, role)));
        }
        if !self.principals.is_empty() {
            let ticked = |guid: &Uuid| format!("`{guid}`");
            parts.push(format!("the principal {}", any(&self.principals, ticked)));
        }
        if !self.principal_types.is_empty() {
            let types = any(&self.principal_types, |kind| format!("`{kind}`"));
            parts.push(format!("`principalType` set to {types}"));
        }
        format!("it would be allowed with {}", parts.join(" and "))
    }
}

fn any<T>(items: &[T], name: impl Fn(&T) -> String) -> String {
    let mut names: Vec<String> = items.iter().take(MAX_NAMED).map(name).collect();
    if items.len() > MAX_NAMED {
        names.push(format!("{} others", items.len() - MAX_NAMED));
    }
    match names.split_last() {
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Filter, role_assignments};
    use crate::http::HttpResponse;
    use pim_model::Scope;

    const PULL: Uuid = Uuid::from_u128(0x7f951dda_4ed3_4680_a7ca_43fe172d538d);
    const CONDITION: &str = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
        ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}";

    fn assignment(role: &str, condition: &str) -> String {
        format!(
            r#"{{"id": "/x", "type": "Microsoft.Authorization/roleAssignments", "properties": {{
                "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/{role}",
                "principalId": "00000000-0000-0000-0000-000000000007",
                "scope": "/subscriptions/00000000-0000-0000-0000-000000000000",
                "condition": "{condition}", "conditionVersion": "2.0" }}}}"#
        )
    }

    fn callers(assignments: &[String]) -> Vec<CallerAssignment> {
        let body = format!(r#"{{"value": [{}]}}"#, assignments.join(","));
        let call = role_assignments(&Scope::Tenant, &Filter::All);
        let listed = call.answer(&HttpResponse::new(200, body)).unwrap().items;
        CallerAssignment::that_give_roles(listed, Catalog::builtin())
    }

    #[test]
    fn only_what_gives_roles_counts_and_any_that_allows_is_enough() {
        let administrator = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
        let reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
        let unknown = "00000000-0000-0000-0000-00000000abcd";
        let found = callers(&[
            assignment(reader, ""),
            assignment(administrator, CONDITION),
            assignment(unknown, ""),
        ]);
        let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
        let [first, second] = titles[..] else { panic!("{titles:?}") };
        assert!(first.starts_with("Role Based Access Control Administrator at /subscriptions/"));
        assert!(second.starts_with(unknown));
        assert_eq!(found[1].condition, None);

        let asked = Asked { role: Some(Uuid::nil()), ..Asked::default() };
        assert!(!Explained::new(&found, &asked).unwrap().is_refused());
        let explained = Explained::new(&found[..1], &asked).unwrap();
        assert!(explained.is_refused());
        let way = &explained.said[0].verdict.as_ref().unwrap().ways[0];
        assert_eq!(way.words(Catalog::builtin()), "it would be allowed with the role `AcrPull`");
        let asked = Asked { role: Some(PULL), ..Asked::default() };
        assert!(!Explained::new(&found[..1], &asked).unwrap().is_refused());
        assert!(!Explained { said: Vec::new() }.is_refused());
    }

    #[test]
    fn a_condition_that_cannot_be_read_is_named() {
        let caller =
            CallerAssignment { title: "Owner".to_owned(), condition: Some("@Request[".to_owned()) };
        let error = Explained::new(&[caller], &Asked::default()).unwrap_err();
        assert_eq!((error.title.as_str(), error.condition.as_str()), ("Owner", "@Request["));
        assert!(!error.errors.is_empty());
    }

    #[test]
    fn many_names_are_counted() {
        let principals = (0..20).map(Uuid::from_u128).collect();
        let way = Way { roles: vec![], principals, principal_types: vec![] };
        assert!(way.words(Catalog::builtin()).ends_with("or 8 others"));
    }
}
