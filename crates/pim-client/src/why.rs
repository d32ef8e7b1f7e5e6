//! Why a condition refuses a role assignment, and what it would allow.

use abac_eval::{AccessRequest, Delegation, Program, Trace};
use abac_syntax::{LiteralKind, Tree};
use diagnostics::{Diagnostic, Severity};
use pim_model::{PrincipalType, RequestType, RoleAssignment, ScheduleRequest};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many GUIDs of a condition are tried as role and as principal.
const MAX_GUIDS: usize = 48;

/// The types of principals that are tried.
const TYPES: [PrincipalType; 3] =
    [PrincipalType::User, PrincipalType::Group, PrincipalType::ServicePrincipal];

/// A role assignment that somebody wants to make or to delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Whether it is to be deleted.
    pub delete: bool,
    /// The GUID of the role.
    pub role: Option<Uuid>,
    /// Who holds it.
    pub principal: Option<Uuid>,
    /// What kind of principal it is, where the request says so.
    pub principal_type: Option<PrincipalType>,
}

impl From<&ScheduleRequest> for Asked {
    fn from(request: &ScheduleRequest) -> Self {
        Self {
            delete: request.request_type == RequestType::AdminRemove,
            role: Some(request.role_definition_id.guid),
            principal: Some(request.principal_id),
            principal_type: request.principal_type,
        }
    }
}

impl From<&RoleAssignment> for Asked {
    fn from(assignment: &RoleAssignment) -> Self {
        Self {
            delete: false,
            role: Some(assignment.role_definition_id.guid),
            principal: Some(assignment.principal_id),
            principal_type: assignment.principal_type,
        }
    }
}

impl Asked {
    /// Returns the access request that a condition decides.
    #[must_use]
    pub fn access_request(&self) -> AccessRequest {
        let delegation = Delegation {
            role: self.role,
            principal: self.principal,
            principal_type: self.principal_type.map(PrincipalType::arm),
        };
        if self.delete { delegation.delete() } else { delegation.write() }
    }
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The decision, clause by clause.
    pub trace: Trace,
    /// What would be allowed with the fewest changes; empty where it is allowed, or nothing was
    /// found.
    pub ways: Vec<Way>,
}

/// A change after which the condition allows it. What has no value stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Any of these roles.
    pub roles: Vec<Uuid>,
    /// Any of these principals.
    pub principals: Vec<Uuid>,
    /// Any of these types, said in the request.
    pub principal_types: Vec<PrincipalType>,
}

/// Decides a request as the condition of the caller decides it, and looks for what would pass.
///
/// ```
/// use pim_client::{Asked, verdict};
/// use uuid::Uuid;
///
/// let condition = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
///     ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}";
/// let asked = Asked { role: Some(Uuid::nil()), ..Asked::default() };
/// let verdict = verdict(condition, &asked).unwrap();
/// assert!(!verdict.trace.decision.is_allow());
/// assert_eq!(verdict.ways[0].roles[0].to_string(), "7f951dda-4ed3-4680-a7ca-43fe172d538d");
/// ```
///
/// # Errors
/// When the condition cannot be read.
pub fn verdict(condition: &str, asked: &Asked) -> Result<Verdict, Vec<Diagnostic>> {
    let parsed = abac_syntax::parse(condition);
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    if parsed.diagnostics.iter().any(is_error) {
        return Err(parsed.diagnostics.into_iter().filter(is_error).collect());
    }
    let program = Program::compile(condition, &parsed.tree);
    let trace = program.trace(condition, &parsed.tree, &asked.access_request());
    let ways = match trace.decision.is_allow() {
        true => Vec::new(),
        false => ways(&program, &guids(&parsed.tree), asked),
    };
    Ok(Verdict { trace, ways })
}

fn guids(tree: &Tree) -> Vec<Uuid> {
    let mut guids = Vec::new();
    for literal in tree.literals().map(|(_, literal)| literal) {
        if let LiteralKind::Guid(guid) = literal.kind
            && !guids.contains(&guid)
            && guids.len() < MAX_GUIDS
        {
            guids.push(guid);
        }
    }
    guids
}

/// What changes of a request: the role, the principal, the type.
type Changed = (bool, bool, bool);

fn ways(program: &Program, guids: &[Uuid], asked: &Asked) -> Vec<Way> {
    let with = |own: Option<Uuid>| {
        let others = guids.iter().copied().map(Some).filter(move |one| *one != own);
        std::iter::once(own).chain(others)
    };
    let types = std::iter::once(asked.principal_type)
        .chain(TYPES.map(Some).into_iter().filter(|one| *one != asked.principal_type));
    let mut found: BTreeMap<usize, BTreeMap<Changed, Vec<Asked>>> = BTreeMap::new();
    for principal_type in types {
        for principal in with(asked.principal) {
            for role in with(asked.role) {
                let changed = (
                    role != asked.role,
                    principal != asked.principal,
                    principal_type != asked.principal_type,
                );
                let count = [changed.0, changed.1, changed.2].iter().filter(|one| **one).count();
                // What needs more changes than the best so far is of no use.
                if count == 0 || found.keys().next().is_some_and(|best| *best < count) {
                    continue;
                }
                let one = Asked { role, principal, principal_type, ..*asked };
                if program.evaluate(&one.access_request().prepare()).is_allow() {
                    found.entry(count).or_default().entry(changed).or_default().push(one);
                }
            }
        }
    }
    let best = found.into_values().next().unwrap_or_default();
    best.into_iter().flat_map(|(changed, all)| grouped(changed, &all)).collect()
}

/// Puts ways together that differ in the role alone, or in one thing alone.
fn grouped(changed: Changed, all: &[Asked]) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for one in all {
        let role = one.role.filter(|_| changed.0);
        let principal = one.principal.filter(|_| changed.1);
        let kind = one.principal_type.filter(|_| changed.2);
        let single =
            matches!(changed, (true, false, false) | (false, true, false) | (false, false, true));
        let fits = |way: &&mut Way| {
            single
                || way.principals.as_slice() == principal.as_slice()
                    && way.principal_types.as_slice() == kind.as_slice()
        };
        match ways.iter_mut().find(fits) {
            Some(way) => {
                way.roles.extend(role);
                if single {
                    way.principals.extend(principal);
                    way.principal_types.extend(kind);
                }
            }
            None => ways.push(Way {
                roles: role.into_iter().collect(),
                principals: principal.into_iter().collect(),
                principal_types: kind.into_iter().collect(),
            }),
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULL: Uuid = Uuid::from_u128(0x7f951dda_4ed3_4680_a7ca_43fe172d538d);
    const PUSH: Uuid = Uuid::from_u128(0x8311e382_0749_4cb8_b61a_304f252e45ec);

    /// The condition of a delegate who may give two roles to service principals.
    fn condition() -> String {
        let attribute = "Microsoft.Authorization/roleAssignments";
        let block = |action: &str, source: &str| {
            format!(
                "((!(ActionMatches{{'{attribute}/{action}'}})) OR \
                 (@{source}[{attribute}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{PULL}, {PUSH}}} \
                 AND @{source}[{attribute}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {{'ServicePrincipal'}}))"
            )
        };
        format!("{} AND {}", block("write", "Request"), block("delete", "Resource"))
    }

    fn asked(role: Uuid, principal_type: Option<PrincipalType>) -> Asked {
        Asked { role: Some(role), principal: Some(Uuid::nil()), principal_type, delete: false }
    }

    #[test]
    fn a_missing_type_is_said() {
        let verdict = verdict(&condition(), &asked(PULL, None)).unwrap();
        assert!(!verdict.trace.decision.is_allow());
        let way = Way {
            roles: vec![],
            principals: vec![],
            principal_types: vec![PrincipalType::ServicePrincipal],
        };
        assert_eq!(verdict.ways, [way]);
    }

    #[test]
    fn roles_that_pass_are_named_together() {
        for delete in [false, true] {
            let kind = Some(PrincipalType::ServicePrincipal);
            let asked = Asked { delete, ..asked(Uuid::from_u128(1), kind) };
            let ways = verdict(&condition(), &asked).unwrap().ways;
            let way = Way { roles: vec![PULL, PUSH], principals: vec![], principal_types: vec![] };
            assert_eq!(ways, [way]);
        }
        let ways = verdict(&condition(), &asked(Uuid::from_u128(1), None)).unwrap().ways;
        let kinds = vec![PrincipalType::ServicePrincipal];
        let way = Way { roles: vec![PULL, PUSH], principals: vec![], principal_types: kinds };
        assert_eq!(ways, [way]);
    }

    #[test]
    fn what_is_allowed_needs_no_way_and_what_cannot_be_read_is_an_error() {
        let kind = Some(PrincipalType::ServicePrincipal);
        let allowed = verdict(&condition(), &asked(PUSH, kind)).unwrap();
        assert!(allowed.trace.decision.is_allow() && allowed.ways.is_empty());
        assert!(verdict("@Request[", &asked(PUSH, kind)).is_err());
        let never = verdict("@Environment[isPrivateLink] BoolEquals true", &asked(PUSH, kind));
        assert!(never.unwrap().ways.is_empty());
    }
}
