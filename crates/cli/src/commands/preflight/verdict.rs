//! What becomes of one change under the condition of the deployer.

use abac_catalog::Catalog;
use abac_eval::{Decision, Delegation, Program};
use abac_syntax::Tree;
use iac_extract::{Assignment, AssignmentKind, Change, Origin, Seen, Text};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How many values are tried for what is not known; beyond it the answer is not known either.
const MOST_TRIED: usize = 4096;

/// Every type a principal can have (*documented*: role assignments API 2022-04-01, read 2026-11).
const PRINCIPAL_TYPES: [&str; 5] = ["ServicePrincipal", "Group", "User", "ForeignGroup", "Device"];

/// The identity that deploys.
pub(super) struct Deployer<'c> {
    text: &'c str,
    tree: &'c Tree,
    program: Program,
    catalog: &'c Catalog,
    /// The GUIDs that the condition names, and one that it does not.
    guids: Vec<Uuid>,
    /// Whether it compares in another way than by what is equal.
    compares_patterns: bool,
}

/// What becomes of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It passes, whatever is not known.
    Passes {
        /// Whether the defaults of parameters are in it.
        by_default: bool,
    },
    /// Azure answers 403, whatever is not known.
    Refused {
        /// Why, in a sentence.
        reason: String,
        /// The clause that decides.
        clause: Option<String>,
        /// What to do.
        fix: String,
    },
    /// The answer depends on what is known at deployment only.
    Unknown {
        /// What that is.
        depends_on: Vec<&'static str>,
    },
}

/// A value of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value<T> {
    Absent,
    Known(T),
    Unknown,
}

impl<T: Clone> Value<T> {
    /// Returns what it may be.
    fn possible(&self, all: &[T]) -> Vec<Option<T>> {
        match self {
            Self::Absent => vec![None],
            Self::Known(value) => vec![Some(value.clone())],
            Self::Unknown => all.iter().cloned().map(Some).collect(),
        }
    }

    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl<'c> Deployer<'c> {
    pub(super) fn new(text: &'c str, tree: &'c Tree, catalog: &'c Catalog) -> Self {
        let mut guids: BTreeSet<Uuid> = BTreeSet::new();
        for (_, literal) in tree.literals() {
            let value = literal.text(text);
            if let Ok(guid) = Uuid::try_parse(value.trim()) {
                guids.insert(guid);
            }
        }
        // One that is in no condition stands for all the others.
        let mut other = Uuid::max();
        while guids.contains(&other) {
            other = Uuid::new_v4();
        }
        let mut guids: Vec<Uuid> = guids.into_iter().collect();
        guids.push(other);
        let lower = text.to_ascii_lowercase();
        let compares_patterns =
            ["like", "startswith", "contains", "matches '"].iter().any(|word| lower.contains(word));
        Self {
            text,
            tree,
            program: Program::compile(text, tree),
            catalog,
            guids,
            compares_patterns,
        }
    }

    /// Runs a change against the condition.
    pub(super) fn decide(&self, assignment: &Assignment, change: Change) -> Verdict {
        let role = self.role(assignment);
        let principal = match assignment.seen("properties.principalId") {
            Seen::Absent => Value::Absent,
            Seen::Is(text) => match text.known().and_then(|text| Uuid::try_parse(text.trim()).ok())
            {
                Some(guid) => Value::Known(guid),
                None => Value::Unknown,
            },
        };
        let kind = match (assignment.kind, assignment.seen("properties.principalType")) {
            // A PIM request carries no type of the principal.
            (AssignmentKind::Eligible | AssignmentKind::Active, _) | (_, Seen::Absent) => {
                Value::Absent
            }
            (AssignmentKind::Role, Seen::Is(text)) => match text.known() {
                Some(known) => Value::Known(spelled(known)),
                None => Value::Unknown,
            },
        };
        let unknown: Vec<&'static str> = [
            ("role", role.is_unknown()),
            ("principal", principal.is_unknown()),
            ("principal type", kind.is_unknown()),
        ]
        .into_iter()
        .filter_map(|(name, unknown)| unknown.then_some(name))
        .collect();
        let roles = role.possible(&self.guids);
        let principals = principal.possible(&self.guids);
        let kinds = kind.possible(&PRINCIPAL_TYPES.map(str::to_owned));
        let many = roles.len().saturating_mul(principals.len()).saturating_mul(kinds.len());
        if !unknown.is_empty() && (many > MOST_TRIED || self.compares_patterns) {
            return Verdict::Unknown { depends_on: unknown };
        }
        let mut tried = Vec::with_capacity(many);
        for (first, role) in roles.iter().enumerate() {
            for (second, principal) in principals.iter().enumerate() {
                for (third, kind) in kinds.iter().enumerate() {
                    let delegation = Delegation {
                        role: *role,
                        principal: *principal,
                        principal_type: kind.as_deref(),
                    };
                    let decision = self.decision(&delegation, change);
                    tried.push(([first, second, third], decision, delegation));
                }
            }
        }
        let denied = tried.iter().find(|(_, decision, _)| *decision == Decision::Deny);
        let allows = tried.iter().any(|(_, decision, _)| *decision == Decision::Allow);
        match denied {
            None => Verdict::Passes { by_default: assignment.used_default },
            Some(_) if allows => {
                let tried: Vec<_> =
                    tried.iter().map(|(at, decision, _)| (*at, *decision)).collect();
                Verdict::Unknown { depends_on: depends_on(&tried) }
            }
            Some((_, _, delegation)) => self.refused(assignment, delegation, change),
        }
    }

    fn decision(&self, delegation: &Delegation<'_>, change: Change) -> Decision {
        let request = match change {
            Change::Write => delegation.write(),
            Change::Delete => delegation.delete(),
        };
        self.program.evaluate(&request.prepare())
    }

    /// Says why a change is refused, and what would help.
    fn refused(
        &self,
        assignment: &Assignment,
        delegation: &Delegation<'_>,
        change: Change,
    ) -> Verdict {
        let request = match change {
            Change::Write => delegation.write(),
            Change::Delete => delegation.delete(),
        };
        let trace = self.program.trace(self.text, self.tree, &request);
        let decides = trace.clauses.iter().filter(|clause| clause.is_single());
        let clause = decides
            .filter(|clause| clause.part == abac_eval::Part::Decided)
            .map(|clause| clause.text.clone())
            .next_back();
        let fix = self.fix(assignment, delegation, change);
        Verdict::Refused { reason: trace.reason, clause, fix }
    }

    fn fix(&self, assignment: &Assignment, delegation: &Delegation<'_>, change: Change) -> String {
        if delegation.principal_type.is_none() {
            let helps: Vec<&str> = PRINCIPAL_TYPES
                .into_iter()
                .filter(|kind| {
                    let with = Delegation { principal_type: Some(kind), ..*delegation };
                    self.decision(&with, change) == Decision::Allow
                })
                .collect();
            if !helps.is_empty() {
                let kinds = helps.join("`, `");
                return match assignment.kind {
                    AssignmentKind::Role => format!("set `principalType` to `{kinds}`"),
                    AssignmentKind::Eligible | AssignmentKind::Active => {
                        "a PIM request carries no principal type: let an identity deploy it whose \
                         condition does not ask for one"
                            .to_owned()
                    }
                };
            }
        }
        match delegation.role.and_then(|role| self.catalog.role(&role.to_string())) {
            Some(role) => format!(
                "let an identity deploy it that may assign {}, or change the condition",
                role.name()
            ),
            None => "let an identity deploy it whose condition allows it, or change the condition"
                .to_owned(),
        }
    }

    /// Returns the role by the GUID at the end of its id, or by its name.
    fn role(&self, assignment: &Assignment) -> Value<Uuid> {
        match assignment.seen("properties.roleDefinitionId") {
            Seen::Is(text) => last_guid(&text).map_or(Value::Unknown, Value::Known),
            Seen::Absent => match assignment.seen("roleName") {
                Seen::Absent => Value::Absent,
                Seen::Is(text) => {
                    let named = text.known().and_then(|name| self.catalog.role_by_name(name));
                    let guid = named.and_then(|role| Uuid::try_parse(role.id()).ok());
                    guid.map_or(Value::Unknown, Value::Known)
                }
            },
        }
    }
}

/// Returns the values that make a difference, the others being the same.
fn depends_on(tried: &[([usize; 3], Decision)]) -> Vec<&'static str> {
    let names = ["role", "principal", "principal type"];
    let differs = |number: usize| {
        let mut seen: BTreeMap<[usize; 3], Decision> = BTreeMap::new();
        tried.iter().any(|(at, decision)| {
            let mut others = *at;
            if let Some(own) = others.get_mut(number) {
                *own = 0;
            }
            *seen.entry(others).or_insert(*decision) != *decision
        })
    };
    names
        .into_iter()
        .enumerate()
        .filter(|(number, _)| differs(*number))
        .map(|(_, name)| name)
        .collect()
}

/// Returns the GUID that ends a text, where no hole is in it.
pub(super) fn last_guid(text: &Text) -> Option<Uuid> {
    let value = text.value().trim_end();
    let last = value.rsplit(['/', '|']).next()?;
    let start = value.len() - last.len();
    let is_known = text
        .segments()
        .iter()
        .all(|one| one.origin != Origin::Hole || (one.value.end as usize) <= start);
    if is_known { Uuid::try_parse(last).ok() } else { None }
}

/// Returns a type in Azure's spelling.
fn spelled(kind: &str) -> String {
    let known = PRINCIPAL_TYPES.into_iter().find(|one| one.eq_ignore_ascii_case(kind));
    known.unwrap_or(kind).to_owned()
}
