//! What to keep and what to propose.

use pim_model::policy::baseline::{PrivilegedRole, production};
use pim_model::policy::{Rule, RuleId, RuleSettings};
use pim_model::{
    Duration, Intent, IntentError, Length, Naming, PrincipalType, Role, RoleDefinitionId, Scope,
    Wish,
};
use std::collections::HashSet;

use super::{
    Kept, Proposed, ProposedPolicy, Reason, Review, Rollout, RolloutOptions, RolloutRole, Standing,
};
use crate::emit::PolicyChange;

/// The id of the application behind PIM, the same in every tenant (*observed*: published detection
/// queries, read 2026-11).
const MS_PIM: &str = "01fc33a7-78ba-4d2f-a4b7-768e336e890e";

impl Rollout {
    /// Decides about each assignment: whether it stays, and why, or what replaces it.
    #[must_use]
    pub fn new(assignments: Vec<Standing>, options: RolloutOptions) -> Self {
        let mut rollout = Self {
            options,
            kept: Vec::new(),
            proposed: Vec::new(),
            policies: Vec::new(),
            reviews: Vec::new(),
            others: 0,
            repeated: 0,
            warnings: Vec::new(),
        };
        rollout.warn_of_keep(&assignments);
        rollout.warn_of_delegators(&assignments);
        let has_names = assignments.iter().any(|one| one.principal_name.is_some());
        let mut seen = HashSet::new();
        for mut assignment in assignments {
            // A list without any names was made by somebody who may not read them; in others, who
            // has none was deleted.
            if has_names && assignment.principal_name.is_none() {
                assignment.principal_type = None;
            }
            // The list of each subscription shows what it inherits once more.
            let scope = assignment.scope.to_string().to_lowercase();
            if seen.insert((scope, assignment.role, assignment.principal_id)) {
                rollout.decide(assignment);
            } else {
                rollout.repeated += 1;
            }
        }
        rollout.settings();
        rollout.warn_of_owners();
        rollout
    }

    fn decide(&mut self, assignment: Standing) {
        let found = self.options.roles.iter().find(|role| role.guid == assignment.role);
        let Some(RolloutRole { name: role, .. }) = found.cloned() else {
            self.others += 1;
            return;
        };
        let reason = match reason(&assignment, &self.options.keep) {
            Some(reason) => reason,
            None => match self.intent(&assignment).request(|_| None) {
                Ok(request) => {
                    self.proposed.push(Proposed { assignment, role, request });
                    return;
                }
                Err(IntentError::Condition(_)) => Reason::Condition,
                Err(_) => Reason::UnknownPrincipal,
            },
        };
        self.kept.push(Kept { assignment, role, reason });
    }

    fn intent(&self, assignment: &Standing) -> Intent {
        let naming = Naming::Fixed { nonce: self.options.nonce.clone() };
        let (scope, role) = (assignment.scope.clone(), Role::Guid(assignment.role));
        let principal = assignment.principal_id;
        let mut intent = Intent::new(Wish::MakeEligible, scope, role, principal, naming);
        intent.principal_type = assignment.principal_type;
        intent.length = Some(Length::For(self.options.eligibility));
        intent.justification = Some(self.options.justification.clone());
        intent.condition.clone_from(&assignment.condition);
        intent
    }

    /// A policy and a review for each role at each scope: neither is inherited.
    fn settings(&mut self) {
        let mut seen = HashSet::new();
        for proposed in &self.proposed {
            let Proposed { assignment, role, .. } = proposed;
            let scope = &assignment.scope;
            if !seen.insert((scope.to_string().to_lowercase(), assignment.role)) {
                continue;
            }
            let id = RoleDefinitionId::seen_from(scope, assignment.role);
            let like = PrivilegedRole::of(assignment.role).unwrap_or(PrivilegedRole::Contributor);
            let mut rules = production(like, self.options.approvers.clone()).rules;
            if self.options.approvers.is_empty() {
                // Approval without approvers locks everybody out.
                rules.retain(|rule| rule.id != RuleId::ApprovalEndUserAssignment);
            }
            allow(&mut rules, self.options.eligibility);
            let change =
                PolicyChange { scope: scope.clone(), role_definition_id: id.clone(), rules };
            self.policies.push(ProposedPolicy { role: role.clone(), change });
            self.reviews.push(Review::new(scope.clone(), id, role.clone(), &self.options));
        }
    }

    fn warn_of_keep(&mut self, assignments: &[Standing]) {
        for keep in &self.options.keep {
            if !assignments.iter().any(|one| one.is(keep)) {
                self.warnings.push(format!(
                    "Nothing in the list belongs to `{keep}`, which was named to be kept. Check how \
                     it is written."
                ));
            }
        }
    }

    /// Whoever may assign roles can undo all of this.
    fn warn_of_delegators(&mut self, assignments: &[Standing]) {
        for role in PrivilegedRole::ALL {
            if self.options.roles.iter().any(|one| one.guid == role.guid()) {
                continue;
            }
            let held = |one: &&Standing| {
                one.role == role.guid() && reason(one, &self.options.keep).is_none()
            };
            let count = assignments.iter().filter(held).count();
            if count > 0 {
                let name = role.name();
                self.warnings.push(format!(
                    "People hold {name} ({count} in the list), which is not among the roles of this \
                     plan. Name it with the others if it is to be just-in-time too."
                ));
            }
        }
    }

    /// Two accounts at least must be left that can repair what went wrong.
    fn warn_of_owners(&mut self) {
        let mut named: Vec<_> =
            self.kept.iter().filter(|kept| kept.reason == Reason::Named).collect();
        named.sort_by_key(|kept| kept.assignment.principal_id);
        named.dedup_by_key(|kept| kept.assignment.principal_id);
        if !self.proposed.is_empty() && named.len() < 2 {
            let count = if named.is_empty() { "No account is" } else { "Only one account is" };
            self.warnings.push(format!(
                "{count} kept as break-glass. Keep two at least that hold Owner or User Access \
                 Administrator all the time, or nobody can repair a policy that locks everybody out."
            ));
        }
        if self.options.approvers.is_empty() && !self.proposed.is_empty() {
            self.warnings.push(
                "No approver was named, so the policies leave the approval of activations as it is."
                    .to_owned(),
            );
        }
        let delegates = |one: &Proposed| {
            PrivilegedRole::of(one.assignment.role).is_none()
                && one.assignment.condition.as_ref().is_some_and(|text| {
                    text.to_lowercase().contains("microsoft.authorization/roleassignments")
                })
        };
        if self.proposed.iter().any(delegates) {
            self.warnings.push(
                "A custom role with a condition that delegates role assignments is a known issue of \
                 PIM. Try one before all of them."
                    .to_owned(),
            );
        }
    }
}

/// Lets eligible assignments last as long as those that are asked for.
fn allow(rules: &mut [Rule], eligibility: Duration) {
    let rule = rules.iter_mut().find(|rule| rule.id == RuleId::ExpirationAdminEligibility);
    if let Some(Rule { settings: RuleSettings::Expiration(settings), .. }) = rule
        && settings.maximum_duration.is_some_and(|most| most.seconds() < eligibility.seconds())
    {
        settings.maximum_duration = Some(eligibility);
    }
}

fn reason(assignment: &Standing, keep: &[String]) -> Option<Reason> {
    if keep.iter().any(|keep| assignment.is(keep)) {
        return Some(Reason::Named);
    }
    let is_pim = assignment.principal_name.as_deref().is_some_and(|name| {
        name.eq_ignore_ascii_case("MS-PIM") || name.eq_ignore_ascii_case(MS_PIM)
    });
    match assignment.principal_type {
        Some(PrincipalType::ServicePrincipal) if is_pim => Some(Reason::PimItself),
        Some(PrincipalType::ServicePrincipal) => Some(Reason::ServicePrincipal),
        Some(PrincipalType::ForeignGroup | PrincipalType::Device) => Some(Reason::OtherTenant),
        None => Some(Reason::UnknownPrincipal),
        Some(_) if assignment.scope == Scope::Tenant => Some(Reason::Root),
        Some(_) => None,
    }
}
