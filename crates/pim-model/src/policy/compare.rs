//! Compares policies and changes them.

use super::approval::{Approval, ApprovalStage, Approver};
use super::rule::{Enabled, Expires, Rule, RuleSettings};
use super::rule_id::RuleId;
use super::{Policy, describe};
use crate::duration::Duration;
use std::collections::BTreeSet;

/// A rule that differs between two policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which rule.
    pub id: RuleId,
    /// The rule as it is.
    pub before: Option<Rule>,
    /// The rule as it should be, whole.
    pub after: Rule,
}

impl Change {
    /// Returns the change in the portal's words: `Activation maximum duration: 8 hours → 4 hours`.
    #[must_use]
    pub fn words(&self) -> String {
        let before = self.before.as_ref().map_or_else(|| "not set".to_owned(), describe::value);
        format!("{}: {before} → {}", self.id.portal(), describe::value(&self.after))
    }
}

/// Why a policy cannot be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The duration is nothing an activation can have.
    #[error("an activation lasts between 5 minutes and 24 hours, found `{0}`")]
    ActivationMaximum(Duration),
}

impl Policy {
    /// Returns the rules that must change for this policy to become the wanted one; rules the
    /// wanted policy does not have stay as they are.
    ///
    /// Two ways to say the same are no change: `P1D` and `PT24H`, approvers in another order.
    #[must_use]
    pub fn changes_to(&self, wanted: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for after in &wanted.rules {
            let before = self.rule(&after.id);
            if before.is_some_and(|before| same(&before.settings, &after.settings)) {
                continue;
            }
            changes.push(Change {
                id: after.id.clone(),
                before: before.cloned(),
                after: after.clone(),
            });
        }
        changes
    }

    /// Returns the rules in which this policy is weaker than a baseline, with what they must
    /// become; where it is stricter, nothing changes.
    #[must_use]
    pub fn below(&self, baseline: &Self) -> Vec<Change> {
        let has_context = self.authentication_context().is_some_and(|one| one.is_enabled);
        let mut changes = Vec::new();
        for floor in &baseline.rules {
            let before = self.rule(&floor.id);
            let settings = match before {
                Some(before) => raised(before, floor, has_context),
                None => Some(floor.settings.clone()),
            };
            let Some(settings) = settings else { continue };
            let mut after = before.unwrap_or(floor).clone();
            after.settings = settings;
            changes.push(Change { id: floor.id.clone(), before: before.cloned(), after });
        }
        changes
    }

    /// Adds someone who may approve, and requires approval.
    pub fn add_approver(&mut self, approver: Approver) {
        let settings = self.settings_mut(RuleId::ApprovalEndUserAssignment, || {
            RuleSettings::Approval(Approval::default())
        });
        let Some(RuleSettings::Approval(approval)) = settings else { return };
        approval.is_approval_required = true;
        if approval.approvers().any(|one| one.id == approver.id) {
            return;
        }
        match approval.approval_stages.first_mut() {
            Some(stage) => stage.primary_approvers.push(approver),
            None => approval.approval_stages.push(ApprovalStage::new(vec![approver])),
        }
    }

    /// Removes the requirement that eligibility expires; the longest duration stays.
    pub fn allow_permanent_eligible(&mut self) {
        let settings = self.settings_mut(RuleId::ExpirationAdminEligibility, || {
            RuleSettings::Expiration(Expires {
                is_expiration_required: true,
                maximum_duration: Some(Duration::days(365)),
            })
        });
        if let Some(RuleSettings::Expiration(settings)) = settings {
            settings.is_expiration_required = false;
        }
    }

    /// Changes how long an activation may last.
    ///
    /// # Errors
    /// When the duration is below five minutes or above a day.
    pub fn set_activation_maximum(&mut self, duration: Duration) -> Result<(), EditError> {
        if !(300..=86_400).contains(&duration.seconds()) {
            return Err(EditError::ActivationMaximum(duration));
        }
        let settings = self.settings_mut(RuleId::ExpirationEndUserAssignment, || {
            RuleSettings::Expiration(Expires {
                is_expiration_required: true,
                maximum_duration: None,
            })
        });
        if let Some(RuleSettings::Expiration(settings)) = settings {
            settings.maximum_duration = Some(duration);
        }
        Ok(())
    }

    fn settings_mut(
        &mut self,
        id: RuleId,
        default: impl FnOnce() -> RuleSettings,
    ) -> Option<&mut RuleSettings> {
        if self.rule(&id).is_none() {
            self.rules.push(Rule::new(id.clone(), default())?);
        }
        self.rule_mut(&id).map(|rule| &mut rule.settings)
    }
}

fn same(one: &RuleSettings, other: &RuleSettings) -> bool {
    let seconds = |duration: Option<Duration>| duration.map(Duration::seconds);
    match (one, other) {
        (RuleSettings::Expiration(one), RuleSettings::Expiration(other)) => {
            one.is_expiration_required == other.is_expiration_required
                && seconds(one.maximum_duration) == seconds(other.maximum_duration)
        }
        (RuleSettings::Approval(one), RuleSettings::Approval(other)) => {
            let who = |approval: &Approval| -> BTreeSet<_> {
                approval.approvers().map(|one| (one.id, one.user_type)).collect()
            };
            one.is_approval_required == other.is_approval_required && who(one) == who(other)
        }
        (RuleSettings::Notification(one), RuleSettings::Notification(other)) => {
            let list = |list: &Option<Vec<String>>| -> BTreeSet<String> {
                list.iter().flatten().map(|one| one.to_lowercase()).collect()
            };
            one.notification_level == other.notification_level
                && one.is_default_recipients_enabled == other.is_default_recipients_enabled
                && list(&one.notification_recipients) == list(&other.notification_recipients)
        }
        (one, other) => one == other,
    }
}

/// Returns the settings of a rule raised to a floor; `None` if it is there already.
fn raised(rule: &Rule, floor: &Rule, has_context: bool) -> Option<RuleSettings> {
    match (&rule.settings, &floor.settings) {
        (RuleSettings::Expiration(own), RuleSettings::Expiration(floor)) => {
            let longest = |one: &Expires| one.maximum_duration.map_or(u64::MAX, Duration::seconds);
            let too_long = longest(own) > longest(floor);
            let may_stay = floor.is_expiration_required && !own.is_expiration_required;
            (too_long || may_stay).then(|| {
                RuleSettings::Expiration(Expires {
                    is_expiration_required: own.is_expiration_required
                        || floor.is_expiration_required,
                    maximum_duration: if too_long {
                        floor.maximum_duration
                    } else {
                        own.maximum_duration
                    },
                })
            })
        }
        (RuleSettings::Enablement(own), RuleSettings::Enablement(wanted)) => {
            // An authentication context asks for more than MFA, and the two exclude each other.
            let covered = has_context && rule.id == RuleId::EnablementEndUserAssignment;
            let after = Enabled {
                multi_factor_authentication: own.multi_factor_authentication
                    || (wanted.multi_factor_authentication && !covered),
                justification: own.justification || wanted.justification,
                ticketing: own.ticketing || wanted.ticketing,
            };
            (after != *own).then_some(RuleSettings::Enablement(after))
        }
        (RuleSettings::Approval(own), RuleSettings::Approval(floor)) => {
            let weaker = floor.is_approval_required && !own.is_approval_required;
            weaker.then(|| {
                let mut after = own.clone();
                after.is_approval_required = true;
                if after.approvers().next().is_none() {
                    after.approval_stages.clone_from(&floor.approval_stages);
                }
                RuleSettings::Approval(after)
            })
        }
        _ => None,
    }
}
