//! One rule of a policy.

use super::approval::Approval;
use super::rule_id::{Caller, Level, Recipient, RuleId, RuleKind};
use crate::duration::Duration;
use crate::request_type::{Casing, tokens};
use serde_json::{Map, Value, json};

/// How long something may last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expires {
    /// Whether it must end; `false` allows permanent assignments.
    pub is_expiration_required: bool,
    /// The longest it may last.
    pub maximum_duration: Option<Duration>,
}

tokens! {
    /// What a request must come with.
    Requirement {
        /// Multi-factor authentication.
        MultiFactorAuthentication = "MultiFactorAuthentication" / "MultiFactorAuthentication",
        /// A justification.
        Justification = "Justification" / "Justification",
        /// A ticket.
        Ticketing = "Ticketing" / "Ticketing",
    }
}

/// What a request must come with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enabled {
    /// Multi-factor authentication.
    pub multi_factor_authentication: bool,
    /// A justification.
    pub justification: bool,
    /// The number and the system of a ticket.
    pub ticketing: bool,
}

impl Enabled {
    /// Returns the tokens that are on, in the order of the documentation.
    #[must_use]
    pub fn tokens(&self) -> Vec<&'static str> {
        let all = [
            (self.multi_factor_authentication, Requirement::MultiFactorAuthentication),
            (self.justification, Requirement::Justification),
            (self.ticketing, Requirement::Ticketing),
        ];
        all.into_iter().filter(|(on, _)| *on).map(|(_, token)| token.arm()).collect()
    }
}

/// Whether an activation needs a conditional access authentication context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthenticationContext {
    /// Whether it does.
    pub is_enabled: bool,
    /// The context, `c1` to `c99`; empty when it does not.
    pub claim_value: String,
}

tokens! {
    /// Which mails are sent.
    NotificationLevel {
        /// None.
        None = "None" / "None",
        /// Critical ones only.
        Critical = "Critical" / "Critical",
        /// All.
        All = "All" / "All",
    }
}

/// Who is told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Whom the rule is about; fixed by its id.
    pub recipient_type: Recipient,
    /// Which mails are sent.
    pub notification_level: NotificationLevel,
    /// Whether the default recipients get them.
    pub is_default_recipients_enabled: bool,
    /// Further addresses; Azure answers `null` for some rules.
    pub notification_recipients: Option<Vec<String>>,
}

/// Whether assignments outside PIM are blocked (2024-02-01-preview and later).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PimOnlyMode {
    /// `Disabled`, `Enabled` or `ReportOnly`.
    pub mode: String,
    /// The settings as they were read.
    pub settings: Map<String, Value>,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleSettings {
    /// How long.
    Expiration(Expires),
    /// What is required.
    Enablement(Enabled),
    /// Whether an authentication context is required.
    AuthenticationContext(AuthenticationContext),
    /// Who approves.
    Approval(Approval),
    /// Who is told.
    Notification(Notification),
    /// Whether assignments outside PIM are blocked.
    PimOnlyMode(PimOnlyMode),
    /// A rule of another kind; kept as it is.
    Unknown {
        /// Its `ruleType`.
        rule_type: String,
        /// Its fields.
        fields: Map<String, Value>,
    },
}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Who acts.
    pub caller: Caller,
    /// On what; `["All"]` in every rule but that of the PIM-only mode, which has `["all"]`.
    pub operations: Vec<String>,
    /// Being eligible or being active.
    pub level: Level,
    /// `targetObjects`, `inheritableSettings` and `enforcedSettings`, as they were read.
    pub other: Map<String, Value>,
}

/// One rule of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Which rule it is.
    pub id: RuleId,
    /// What it is about.
    pub target: Option<Target>,
    /// What it says.
    pub settings: RuleSettings,
    /// Unknown fields, which are written back since a `PATCH` replaces the whole rule.
    pub other: Map<String, Value>,
}

impl Rule {
    /// Makes a known rule with the target its id calls for; `None` for an unknown id.
    #[must_use]
    pub fn new(id: RuleId, settings: RuleSettings) -> Option<Self> {
        let target = Target::of(&id)?;
        Some(Self { id, target: Some(target), settings, other: Map::new() })
    }

    /// Returns the kind of rule its settings are.
    #[must_use]
    pub const fn kind(&self) -> Option<RuleKind> {
        match self.settings {
            RuleSettings::Expiration(_) => Some(RuleKind::Expiration),
            RuleSettings::Enablement(_) => Some(RuleKind::Enablement),
            RuleSettings::AuthenticationContext(_) => Some(RuleKind::AuthenticationContext),
            RuleSettings::Approval(_) => Some(RuleKind::Approval),
            RuleSettings::Notification(_) => Some(RuleKind::Notification),
            RuleSettings::PimOnlyMode(_) => Some(RuleKind::PimOnlyMode),
            RuleSettings::Unknown { .. } => None,
        }
    }

    /// Returns the whole rule as the wire has it.
    #[must_use]
    pub fn to_json(&self, casing: Casing) -> Value {
        let mut rule = Map::new();
        if casing == Casing::Graph {
            if let Some(kind) = self.kind() {
                rule.insert("@odata.type".to_owned(), json!(kind.graph()));
            }
            rule.insert("id".to_owned(), json!(self.id.as_str()));
        }
        let mut put = |name: &str, value: Value| rule.insert(name.to_owned(), value);
        match &self.settings {
            RuleSettings::Expiration(settings) => {
                put("isExpirationRequired", json!(settings.is_expiration_required));
                if let Some(duration) = settings.maximum_duration {
                    put("maximumDuration", json!(duration.to_string()));
                }
            }
            RuleSettings::Enablement(settings) => {
                put("enabledRules", json!(settings.tokens()));
            }
            RuleSettings::AuthenticationContext(settings) => {
                put("isEnabled", json!(settings.is_enabled));
                put("claimValue", json!(settings.claim_value));
            }
            RuleSettings::Approval(settings) => {
                put("setting", settings.to_json(casing));
            }
            RuleSettings::Notification(settings) => {
                put("notificationType", json!("Email"));
                put("recipientType", json!(settings.recipient_type.arm()));
                put("isDefaultRecipientsEnabled", json!(settings.is_default_recipients_enabled));
                put("notificationLevel", json!(settings.notification_level.arm()));
                put("notificationRecipients", json!(settings.notification_recipients));
            }
            RuleSettings::PimOnlyMode(settings) => {
                let mut inner = settings.settings.clone();
                inner.insert("mode".to_owned(), json!(settings.mode));
                put("pimOnlyModeSettings", Value::Object(inner));
            }
            RuleSettings::Unknown { fields, .. } => {
                for (name, value) in fields {
                    put(name, value.clone());
                }
            }
        }
        for (name, value) in &self.other {
            put(name, value.clone());
        }
        if casing == Casing::Arm {
            put("id", json!(self.id.as_str()));
            let kind = match &self.settings {
                RuleSettings::Unknown { rule_type, .. } => rule_type.as_str(),
                _ => self.kind().map_or("", RuleKind::arm),
            };
            put("ruleType", json!(kind));
        }
        if let Some(target) = self.target.as_ref() {
            put("target", target.to_json(casing));
        }
        Value::Object(rule)
    }
}

impl Target {
    /// Returns the target that goes with an id.
    #[must_use]
    pub fn of(id: &RuleId) -> Option<Self> {
        let (caller, level) = (id.caller()?, id.level()?);
        let is_mode = *id == RuleId::PimOnlyModeAdminAssignment;
        let other: [(&str, Value); 3] = if is_mode {
            [
                ("targetObjects", json!([])),
                ("inheritableSettings", json!(["all"])),
                ("enforcedSettings", json!(["all"])),
            ]
        } else {
            [
                ("targetObjects", Value::Null),
                ("inheritableSettings", Value::Null),
                ("enforcedSettings", Value::Null),
            ]
        };
        Some(Self {
            caller,
            operations: vec![if is_mode { "all" } else { "All" }.to_owned()],
            level,
            other: other.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        })
    }

    fn to_json(&self, casing: Casing) -> Value {
        let mut target = Map::new();
        if casing == Casing::Graph {
            let kind = "microsoft.graph.unifiedRoleManagementPolicyRuleTarget";
            target.insert("@odata.type".to_owned(), json!(kind));
        }
        target.insert("caller".to_owned(), json!(self.caller.arm()));
        target.insert("operations".to_owned(), json!(self.operations));
        target.insert("level".to_owned(), json!(self.level.arm()));
        for (name, value) in &self.other {
            let value = match (casing, value) {
                (Casing::Graph, Value::Null) if name == "targetObjects" => continue,
                (Casing::Graph, Value::Null) => json!([]),
                (_, value) => value.clone(),
            };
            target.insert(name.clone(), value);
        }
        Value::Object(target)
    }
}
