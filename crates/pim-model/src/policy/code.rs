//! Policy as code: the short TOML form, in the portal's words.

use super::Policy;
use super::approval::{Approval, ApprovalStage, Approver, ApproverType};
use super::rule::{
    AuthenticationContext, Enabled, Expires, Notification, NotificationLevel, Rule, RuleSettings,
};
use super::rule_id::RuleId;
use crate::duration::Duration;
use diagnostics::{Diagnostic, Severity, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<Activation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eligible: Option<Assigned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<Assigned>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    notifications: BTreeMap<String, Mail>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Activation {
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum_duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    require: Option<Vec<Requires>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication_context: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    require_approval: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approvers: Option<Vec<Who>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_permanent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    require: Option<Vec<Requires>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Requires {
    #[serde(rename = "MFA")]
    Mfa,
    #[serde(rename = "justification")]
    Justification,
    #[serde(rename = "ticket information")]
    Ticket,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Emails {
    None,
    Critical,
    All,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    emails: Emails,
    default_recipients: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    additional_recipients: Vec<String>,
}

/// The names of the notification rules in the TOML form.
const MAILS: [(&str, RuleId); 9] = [
    ("eligible-assignment-alert", RuleId::NotificationAdminAdminEligibility),
    ("eligible-assignment-assignee", RuleId::NotificationRequestorAdminEligibility),
    ("eligible-assignment-approver", RuleId::NotificationApproverAdminEligibility),
    ("active-assignment-alert", RuleId::NotificationAdminAdminAssignment),
    ("active-assignment-assignee", RuleId::NotificationRequestorAdminAssignment),
    ("active-assignment-approver", RuleId::NotificationApproverAdminAssignment),
    ("activation-alert", RuleId::NotificationAdminEndUserAssignment),
    ("activation-requestor", RuleId::NotificationRequestorEndUserAssignment),
    ("activation-approver", RuleId::NotificationApproverEndUserAssignment),
];

impl Policy {
    /// Reads the short TOML form; rules it does not name stay out of the policy.
    ///
    /// ```
    /// use pim_model::Policy;
    ///
    /// let policy = Policy::from_toml(r#"
    ///     [activation]
    ///     maximum_duration = "4 hours"
    ///     require = ["MFA", "justification"]
    /// "#).unwrap();
    /// assert_eq!(policy.rules.len(), 2);
    /// assert_eq!(policy.describe()[0].value, "4 hours");
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the text, with its place.
    pub fn from_toml(source: &str) -> Result<Self, Vec<Diagnostic>> {
        let code: Code = toml::from_str(source).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span::new(offset(range.start), offset(range.end));
            let message = error.message().lines().next().unwrap_or("").to_owned();
            vec![Diagnostic::new("pim-malformed-json", Severity::Error, span, message)]
        })?;
        let mut reading = Reading { source, rules: Vec::new(), found: Vec::new() };
        reading.code(&code);
        if reading.found.is_empty() {
            Ok(Self { rules: reading.rules, ..Self::default() })
        } else {
            Err(reading.found)
        }
    }

    /// Returns the short TOML form; unknown rules and the PIM-only mode have no place in it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string(&self.code()).unwrap_or_default()
    }

    fn code(&self) -> Code {
        let requires = |id: &RuleId| {
            self.enablement(id).map(|one| {
                let all = [
                    (one.multi_factor_authentication, Requires::Mfa),
                    (one.justification, Requires::Justification),
                    (one.ticketing, Requires::Ticket),
                ];
                all.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect()
            })
        };
        let longest = |id: &RuleId| {
            let words = |one: Duration| match one.words() {
                words if words.contains(" and ") => one.to_string(),
                words => words,
            };
            self.expiration(id).and_then(|one| one.maximum_duration).map(words)
        };
        let permanent = |id: &RuleId| self.expiration(id).map(|one| !one.is_expiration_required);
        let activation = Activation {
            maximum_duration: longest(&RuleId::ExpirationEndUserAssignment),
            require: requires(&RuleId::EnablementEndUserAssignment),
            authentication_context: self
                .authentication_context()
                .map(|one| if one.is_enabled { one.claim_value.clone() } else { String::new() }),
            require_approval: self.approval().map(|one| one.is_approval_required),
            approvers: self.approval().map(|one| one.approvers().map(Who::of).collect()),
        };
        let assigned = |expiration: RuleId, enablement: RuleId| Assigned {
            allow_permanent: permanent(&expiration),
            expire_after: longest(&expiration),
            require: requires(&enablement),
        };
        let eligible =
            assigned(RuleId::ExpirationAdminEligibility, RuleId::EnablementAdminEligibility);
        let active = assigned(RuleId::ExpirationAdminAssignment, RuleId::EnablementAdminAssignment);
        let mail = |(name, id): &(&str, RuleId)| match &self.rule(id)?.settings {
            RuleSettings::Notification(one) => Some((
                (*name).to_owned(),
                Mail {
                    emails: match one.notification_level {
                        NotificationLevel::None => Emails::None,
                        NotificationLevel::Critical => Emails::Critical,
                        NotificationLevel::All => Emails::All,
                    },
                    default_recipients: one.is_default_recipients_enabled,
                    additional_recipients: one.notification_recipients.clone().unwrap_or_default(),
                },
            )),
            _ => None,
        };
        let said = |one: &Assigned| {
            one.allow_permanent.is_some() || one.expire_after.is_some() || one.require.is_some()
        };
        let has_activation = activation.maximum_duration.is_some()
            || activation.require.is_some()
            || activation.authentication_context.is_some()
            || activation.require_approval.is_some();
        Code {
            activation: Some(activation).filter(|_| has_activation),
            eligible: Some(eligible).filter(said),
            active: Some(active).filter(said),
            notifications: MAILS.iter().filter_map(mail).collect(),
        }
    }
}

impl Who {
    fn of(approver: &Approver) -> Self {
        let is_group = approver.user_type == ApproverType::Group;
        Self {
            group: is_group.then_some(approver.id),
            user: (!is_group).then_some(approver.id),
            name: approver.description.clone(),
        }
    }
}

struct Reading<'s> {
    source: &'s str,
    rules: Vec<Rule>,
    found: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn wrong(&mut self, id: &'static str, text: &str, message: String) {
        let at = if text.is_empty() { 0 } else { self.source.find(text).unwrap_or(0) };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(offset(at), offset(at + text.len()));
        self.found.push(Diagnostic::new(id, crate::rules::severity(id), span, message));
    }

    fn add(&mut self, id: RuleId, settings: RuleSettings) {
        self.rules.extend(Rule::new(id, settings));
    }

    fn duration(&mut self, text: Option<&String>) -> Option<Duration> {
        let text = text?;
        match Duration::from_words(text) {
            Ok(duration) => Some(duration),
            Err(error) => {
                self.wrong("pim-duration", text, format!("`{text}`: {error}"));
                None
            }
        }
    }

    fn code(&mut self, code: &Code) {
        if let Some(activation) = &code.activation {
            self.activation(activation);
        }
        let groups = [
            (
                &code.eligible,
                RuleId::ExpirationAdminEligibility,
                RuleId::EnablementAdminEligibility,
            ),
            (&code.active, RuleId::ExpirationAdminAssignment, RuleId::EnablementAdminAssignment),
        ];
        for (assigned, expiration, enablement) in groups {
            let Some(assigned) = assigned else { continue };
            let maximum_duration = self.duration(assigned.expire_after.as_ref());
            if maximum_duration.is_some() || assigned.allow_permanent.is_some() {
                let is_expiration_required = !assigned.allow_permanent.unwrap_or(false);
                self.add(
                    expiration,
                    RuleSettings::Expiration(Expires { is_expiration_required, maximum_duration }),
                );
            }
            if let Some(require) = &assigned.require {
                if require.contains(&Requires::Ticket)
                    && enablement == RuleId::EnablementAdminAssignment
                {
                    let message = format!("`ticket information` is refused in `{enablement}`");
                    self.wrong("pim-ticketing-for-admin", "ticket information", message);
                }
                self.add(enablement, RuleSettings::Enablement(enabled(require)));
            }
        }
        for (name, mail) in &code.notifications {
            let Some((_, id)) = MAILS.iter().find(|(known, _)| known == name) else {
                let near = diagnostics::closest(name, MAILS.iter().map(|(name, _)| *name));
                let near =
                    near.map_or_else(String::new, |near| format!(", did you mean `{near}`?"));
                self.wrong(
                    "pim-unknown-rule",
                    name,
                    format!("there is no notification `{name}`{near}"),
                );
                continue;
            };
            let Some(recipient_type) = id.recipient() else { continue };
            self.add(
                id.clone(),
                RuleSettings::Notification(Notification {
                    recipient_type,
                    notification_level: match mail.emails {
                        Emails::None => NotificationLevel::None,
                        Emails::Critical => NotificationLevel::Critical,
                        Emails::All => NotificationLevel::All,
                    },
                    is_default_recipients_enabled: mail.default_recipients,
                    notification_recipients: Some(mail.additional_recipients.clone()),
                }),
            );
        }
    }

    fn activation(&mut self, activation: &Activation) {
        if let Some(text) = &activation.maximum_duration
            && let Some(duration) = self.duration(Some(text))
        {
            if duration.seconds() > 86_400 {
                let message = format!("an activation lasts a day at most, found `{text}`");
                self.wrong("pim-activation-too-long", text, message);
            }
            let maximum_duration = Some(duration);
            let settings = Expires { is_expiration_required: true, maximum_duration };
            self.add(RuleId::ExpirationEndUserAssignment, RuleSettings::Expiration(settings));
        }
        if let Some(require) = &activation.require {
            let settings = RuleSettings::Enablement(enabled(require));
            self.add(RuleId::EnablementEndUserAssignment, settings);
        }
        if let Some(claim) = &activation.authentication_context {
            let is_enabled = !claim.is_empty();
            if is_enabled && !super::lint::is_context(claim) {
                let message =
                    format!("an authentication context is `c1` to `c99`, found `{claim}`");
                self.wrong("pim-context-claim", claim, message);
            }
            let mfa = activation.require.iter().flatten().any(|one| *one == Requires::Mfa);
            if is_enabled && mfa {
                let message = "an activation requires MFA and an authentication context".to_owned();
                self.wrong("pim-mfa-and-context", claim, message);
            }
            let settings = AuthenticationContext { is_enabled, claim_value: claim.clone() };
            self.add(
                RuleId::AuthenticationContextEndUserAssignment,
                RuleSettings::AuthenticationContext(settings),
            );
        }
        if activation.require_approval.is_none() && activation.approvers.is_none() {
            return;
        }
        let mut approvers = Vec::new();
        for who in activation.approvers.iter().flatten() {
            let approver = match (who.group, who.user) {
                (Some(id), None) => Approver::group(id),
                (None, Some(id)) => Approver::user(id),
                _ => {
                    let message = "an approver is either a `group` or a `user`".to_owned();
                    self.wrong("pim-missing-field", "approvers", message);
                    continue;
                }
            };
            approvers.push(Approver { description: who.name.clone(), ..approver });
        }
        let is_approval_required = activation.require_approval.unwrap_or(!approvers.is_empty());
        if is_approval_required && approvers.is_empty() {
            let message = "approval is required and nobody may approve".to_owned();
            self.wrong("pim-approval-without-approver", "require_approval", message);
        }
        let approval_stages =
            if approvers.is_empty() { Vec::new() } else { vec![ApprovalStage::new(approvers)] };
        self.add(
            RuleId::ApprovalEndUserAssignment,
            RuleSettings::Approval(Approval {
                is_approval_required,
                approval_stages,
                ..Approval::default()
            }),
        );
    }
}

fn enabled(require: &[Requires]) -> Enabled {
    Enabled {
        multi_factor_authentication: require.contains(&Requires::Mfa),
        justification: require.contains(&Requires::Justification),
        ticketing: require.contains(&Requires::Ticket),
    }
}
