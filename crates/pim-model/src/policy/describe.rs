//! A policy in the words of the portal.

use super::Policy;
use super::rule::{NotificationLevel, Rule, RuleSettings};
use super::rule_id::{Caller, Level, RuleId};
use crate::duration::Duration;

/// One setting in the portal's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The tab: `Activation`, `Assignment` or `Notification`.
    pub tab: &'static str,
    /// The name of the setting.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Policy {
    /// Returns every setting in the words and the order of the portal.
    ///
    /// *Documented*: pim-resource-roles-configure-role-settings, read 2026-11.
    #[must_use]
    pub fn describe(&self) -> Vec<Setting> {
        let mut settings = Vec::new();
        for id in RuleId::ALL {
            if let Some(rule) = self.rule(id) {
                settings.extend(of_rule(rule));
            }
        }
        let unknown = self.rules.iter().filter(|rule| matches!(rule.id, RuleId::Unknown(_)));
        settings.extend(unknown.flat_map(of_rule));
        settings
    }
}

fn yes(value: bool) -> String {
    if value { "Yes" } else { "No" }.to_owned()
}

fn of_rule(rule: &Rule) -> Vec<Setting> {
    let tab = match (&rule.settings, rule.id.caller()) {
        (RuleSettings::Notification(_), _) => "Notification",
        (_, Some(Caller::EndUser)) => "Activation",
        _ => "Assignment",
    };
    let setting = |name: &str, value: String| Setting { tab, name: name.to_owned(), value };
    let level = match rule.id.level() {
        Some(Level::Eligibility) => "eligible",
        _ => "active",
    };
    match &rule.settings {
        RuleSettings::Expiration(settings) if tab == "Assignment" => vec![
            setting(
                &format!("Allow permanent {level} assignment"),
                yes(!settings.is_expiration_required),
            ),
            setting(
                &format!("Expire {level} assignments after"),
                longest(settings.maximum_duration),
            ),
        ],
        RuleSettings::Approval(settings) => {
            let approvers: Vec<String> = settings
                .approvers()
                .map(|one| match &one.description {
                    Some(name) => format!("{name} ({} {})", one.user_type, one.id),
                    None => format!("{} {}", one.user_type, one.id),
                })
                .collect();
            let approvers =
                if approvers.is_empty() { "None".to_owned() } else { approvers.join(", ") };
            vec![
                setting("Require approval to activate", yes(settings.is_approval_required)),
                setting("Select approver(s)", approvers),
            ]
        }
        _ => vec![setting(rule.id.portal(), value(rule))],
    }
}

fn longest(duration: Option<Duration>) -> String {
    duration.map_or_else(|| "no limit".to_owned(), Duration::words)
}

/// Returns what a rule says, in one line.
pub(super) fn value(rule: &Rule) -> String {
    match &rule.settings {
        RuleSettings::Expiration(settings) => {
            let limit = longest(settings.maximum_duration);
            if settings.is_expiration_required { limit } else { format!("{limit}, or never") }
        }
        RuleSettings::Enablement(settings) => {
            let all = [
                (settings.multi_factor_authentication, "Azure MFA"),
                (settings.justification, "justification"),
                (settings.ticketing, "ticket information"),
            ];
            let on: Vec<&str> = all.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
            if on.is_empty() { "nothing".to_owned() } else { on.join(", ") }
        }
        RuleSettings::AuthenticationContext(settings) if settings.is_enabled => {
            settings.claim_value.clone()
        }
        RuleSettings::AuthenticationContext(_) => "No".to_owned(),
        RuleSettings::Approval(settings) if settings.is_approval_required => {
            let count = settings.approvers().count();
            format!("Yes, {count} approver{}", if count == 1 { "" } else { "s" })
        }
        RuleSettings::Approval(_) => "No".to_owned(),
        RuleSettings::Notification(settings) => {
            let level = match settings.notification_level {
                NotificationLevel::None => return "none".to_owned(),
                NotificationLevel::Critical => "critical emails only",
                NotificationLevel::All => "all emails",
            };
            let mut to = Vec::new();
            if settings.is_default_recipients_enabled {
                to.push("default recipients".to_owned());
            }
            to.extend(settings.notification_recipients.iter().flatten().cloned());
            if to.is_empty() {
                return "nobody".to_owned();
            }
            format!("{level}, to {}", to.join(", "))
        }
        RuleSettings::PimOnlyMode(settings) => settings.mode.clone(),
        RuleSettings::Unknown { rule_type, .. } => format!("a rule of the type `{rule_type}`"),
    }
}
