//! Reads a policy from JSON.

use super::approval::{Approval, ApprovalMode, ApprovalStage, Approver, ApproverType};
use super::rule::{
    AuthenticationContext, Enabled, Expires, Notification, NotificationLevel, PimOnlyMode,
    Requirement, Rule, RuleSettings, Target,
};
use super::rule_id::{Caller, Level, Recipient, RuleId, RuleKind};
use super::{Policy, lint};
use crate::document::{Kind, Node};
use crate::reader::{Got, Place, Reader, quoted, shown, token};
use crate::request_type::Casing;
use diagnostics::closest;
use serde_json::Map;

const COMMON: &[&str] = &["id", "ruleType", "target"];

/// Reads a policy and checks it.
pub(crate) fn read(reader: &mut Reader<'_>, place: &Place<'_>, properties: &Place<'_>) -> Policy {
    let graph = properties
        .node
        .get("rules")
        .is_some_and(|rules| rules.items().iter().any(|rule| rule.get("@odata.type").is_some()));
    reader.casing = if graph { Casing::Graph } else { Casing::Arm };
    let text = |reader: &mut Reader<'_>, place: &Place<'_>, name: &str| {
        reader.string(place, name).value().map(str::to_owned)
    };
    let beside = |name: &str| place.node.get(name).and_then(Node::text);
    let inner = reader.string(properties, "scope").value();
    let scope = inner.or_else(|| beside("scope")).and_then(|text| text.parse().ok());
    let known =
        ["scope", "displayName", "description", "isOrganizationDefault", "rules", "effectiveRules"];
    let mut other: Map<_, _> = properties
        .node
        .fields()
        .iter()
        .filter(|field| !known.contains(&field.name.as_str()))
        .map(|field| (field.name.clone(), field.value.to_json()))
        .collect();
    // Whoever keeps a policy in a file writes down beside it of which role it is.
    if let Some(role) =
        beside("roleDefinitionId").filter(|_| !other.contains_key("roleDefinitionId"))
    {
        other.insert("roleDefinitionId".to_owned(), role.into());
    }
    let policy = Policy {
        id: text(reader, place, "id"),
        name: text(reader, place, "name"),
        scope,
        display_name: text(reader, properties, "displayName"),
        description: text(reader, properties, "description"),
        is_organization_default: reader.boolean(properties, "isOrganizationDefault").value(),
        rules: rules(reader, properties, "rules", true),
        effective_rules: rules(
            reader,
            properties,
            "effectiveRules",
            properties.node.get("rules").is_none(),
        ),
        other,
    };
    lint::lint(reader, properties, &policy);
    reader.casing = Casing::Arm;
    policy
}

/// Azure answers the effective rules again, so what is wrong with them is said once.
fn rules(reader: &mut Reader<'_>, place: &Place<'_>, name: &str, report: bool) -> Vec<Rule> {
    let before = reader.found.len();
    let places = reader.list(place, name);
    let rules = places.iter().filter_map(|place| rule(reader, place)).collect();
    if !report {
        reader.found.truncate(before);
    }
    rules
}

fn rule(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<Rule> {
    if !matches!(place.node.kind, Kind::Object(_)) {
        let message = format!("`{}` must be an object, found {}", place.path, place.node.noun());
        reader.report("pim-wrong-type", place.node.span, message);
        return None;
    }
    let Got::Is(id_text, id_span) = reader.string(place, "id") else {
        if place.node.get("id").is_none() {
            reader.missing(place, "id");
        }
        return None;
    };
    let mut id = RuleId::from_text(id_text);
    if let RuleId::Unknown(text) = &id {
        let known = RuleId::ALL.iter().map(RuleId::as_str);
        match RuleId::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(text)) {
            Some(known) => {
                let message = format!("the rule is `{known}`, found `{}`", shown(text));
                let title = "write the id as it is";
                reader.fixable("pim-token-case", id_span, message, title, known.as_str());
                id = known.clone();
            }
            None => {
                let message = format!("no version of the API has the rule `{}`", shown(text));
                let help = match closest(text, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "it is kept as it is, and nothing is checked about it".to_owned(),
                };
                reader.advise("pim-unknown-rule", id_span, message, help);
            }
        }
    }
    let written = kind(reader, place, &id);
    let kind = written.or_else(|| id.kind());
    let (settings, own): (RuleSettings, &[&str]) = match kind {
        Some(RuleKind::Expiration) => (
            expiration(reader, place),
            &["isExpirationRequired", "maximumDuration", "exceptionMembers"],
        ),
        Some(RuleKind::Enablement) => (enablement(reader, place), &["enabledRules"]),
        Some(RuleKind::AuthenticationContext) => {
            (context(reader, place), &["isEnabled", "claimValue"])
        }
        Some(RuleKind::Approval) => (approval(reader, place), &["setting"]),
        Some(RuleKind::Notification) => (notification(reader, place, &id)?, NOTIFICATION),
        Some(RuleKind::PimOnlyMode) => (pim_only(reader, place), &["pimOnlyModeSettings"]),
        None => {
            let fields = place.node.fields().iter();
            let fields = fields.filter(|field| !COMMON.contains(&field.name.as_str()));
            let fields = fields.map(|field| (field.name.clone(), field.value.to_json())).collect();
            let rule_type = place.node.get("ruleType").and_then(Node::text).unwrap_or("");
            let settings = RuleSettings::Unknown { rule_type: rule_type.to_owned(), fields };
            return Some(Rule { id, target: target(reader, place), settings, other: Map::new() });
        }
    };
    let known: Vec<&str> = COMMON.iter().chain(own).copied().collect();
    reader.unknown_fields(place, &known);
    let kept = |name: &str| {
        name == "exceptionMembers" || (!known.contains(&name) && !name.contains("@odata."))
    };
    let other = place
        .node
        .fields()
        .iter()
        .filter(|field| kept(&field.name))
        .map(|field| (field.name.clone(), field.value.to_json()))
        .collect();
    Some(Rule { id, target: target(reader, place), settings, other })
}

const NOTIFICATION: &[&str] = &[
    "notificationType",
    "recipientType",
    "isDefaultRecipientsEnabled",
    "notificationLevel",
    "notificationRecipients",
];

fn kind(reader: &mut Reader<'_>, place: &Place<'_>, id: &RuleId) -> Option<RuleKind> {
    let name = if reader.casing == Casing::Graph { "@odata.type" } else { "ruleType" };
    let kind = token!(reader, place, name, RuleKind);
    if let (Got::Is(kind, span), Some(wanted)) = (&kind, id.kind())
        && *kind != wanted
    {
        let casing = reader.casing;
        let message =
            format!("`{id}` is a `{}`, found `{}`", wanted.token(casing), kind.token(casing));
        reader.fixable("pim-rule-type", *span, message, "write its type", wanted.token(casing));
        return Some(wanted);
    }
    if kind.is_absent() && id.kind().is_some() {
        reader.missing(place, name);
    }
    kind.value()
}

fn target(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<Target> {
    let Some(target) = reader.object(place, "target") else {
        if place.node.get("target").is_none_or(Node::is_null) {
            reader.missing(place, "target");
        }
        return None;
    };
    let caller = token!(reader, &target, "caller", Caller);
    let level = token!(reader, &target, "level", Level);
    let operations = reader.list(&target, "operations");
    let operations =
        operations.iter().filter_map(|one| one.node.text().map(str::to_owned)).collect();
    let known = [
        "caller",
        "level",
        "operations",
        "targetObjects",
        "inheritableSettings",
        "enforcedSettings",
    ];
    reader.unknown_fields(&target, &known);
    let other = target
        .node
        .fields()
        .iter()
        .filter(|field| {
            !["caller", "level", "operations", "@odata.type"].contains(&field.name.as_str())
        })
        .map(|field| (field.name.clone(), field.value.to_json()))
        .collect();
    Some(Target { caller: caller.value()?, level: level.value()?, operations, other })
}

fn expiration(reader: &mut Reader<'_>, place: &Place<'_>) -> RuleSettings {
    let required = reader.boolean(place, "isExpirationRequired");
    if required.is_absent() {
        reader.missing(place, "isExpirationRequired");
    }
    let maximum = reader.duration(place, "maximumDuration");
    RuleSettings::Expiration(Expires {
        is_expiration_required: required.value().unwrap_or(true),
        maximum_duration: maximum.value(),
    })
}

fn enablement(reader: &mut Reader<'_>, place: &Place<'_>) -> RuleSettings {
    if place.node.get("enabledRules").is_none() {
        reader.missing(place, "enabledRules");
    }
    let mut enabled = Enabled::default();
    for item in reader.list(place, "enabledRules") {
        let Some(text) = item.node.text() else {
            let message = format!("`{}` must be a string, found {}", item.path, item.node.noun());
            reader.report("pim-wrong-type", item.node.span, message);
            continue;
        };
        let spelling = |one: Requirement| one.arm();
        let from = Requirement::from_token;
        match reader.token_of(&item.path, text, item.node.span, Requirement::ALL, spelling, from) {
            Some(Requirement::MultiFactorAuthentication) => {
                enabled.multi_factor_authentication = true;
            }
            Some(Requirement::Justification) => enabled.justification = true,
            Some(Requirement::Ticketing) => enabled.ticketing = true,
            None => {}
        }
    }
    RuleSettings::Enablement(enabled)
}

fn context(reader: &mut Reader<'_>, place: &Place<'_>) -> RuleSettings {
    let enabled = reader.boolean(place, "isEnabled");
    if enabled.is_absent() {
        reader.missing(place, "isEnabled");
    }
    let claim = reader.string(place, "claimValue").value().unwrap_or("").to_owned();
    let is_enabled = enabled.value().unwrap_or(false);
    RuleSettings::AuthenticationContext(AuthenticationContext { is_enabled, claim_value: claim })
}

fn approval(reader: &mut Reader<'_>, place: &Place<'_>) -> RuleSettings {
    let Some(setting) = reader.object(place, "setting") else {
        reader.missing(place, "setting");
        return RuleSettings::Approval(Approval::default());
    };
    let default = Approval::default();
    let mut flag =
        |name: &str, default: bool| reader.boolean(&setting, name).value().unwrap_or(default);
    let is_approval_required = flag("isApprovalRequired", false);
    let is_approval_required_for_extension = flag("isApprovalRequiredForExtension", false);
    let is_requestor_justification_required = flag("isRequestorJustificationRequired", true);
    let mode = token!(reader, &setting, "approvalMode", ApprovalMode);
    let known = [
        "isApprovalRequired",
        "isApprovalRequiredForExtension",
        "isRequestorJustificationRequired",
        "approvalMode",
        "approvalStages",
    ];
    reader.unknown_fields(&setting, &known);
    let stages = reader.list(&setting, "approvalStages");
    RuleSettings::Approval(Approval {
        is_approval_required,
        is_approval_required_for_extension,
        is_requestor_justification_required,
        approval_mode: mode.value().unwrap_or(default.approval_mode),
        approval_stages: stages.iter().map(|place| stage(reader, place)).collect(),
    })
}

fn stage(reader: &mut Reader<'_>, place: &Place<'_>) -> ApprovalStage {
    let default = ApprovalStage::new(Vec::new());
    let known = [
        "approvalStageTimeOutInDays",
        "isApproverJustificationRequired",
        "escalationTimeInMinutes",
        "isEscalationEnabled",
        "primaryApprovers",
        "escalationApprovers",
    ];
    reader.unknown_fields(place, &known);
    let has_escalation = place.node.get("escalationApprovers").is_some_and(|list| !list.is_null());
    ApprovalStage {
        approval_stage_time_out_in_days: reader
            .integer(place, "approvalStageTimeOutInDays")
            .value()
            .unwrap_or(default.approval_stage_time_out_in_days),
        is_approver_justification_required: reader
            .boolean(place, "isApproverJustificationRequired")
            .value()
            .unwrap_or(true),
        escalation_time_in_minutes: reader
            .integer(place, "escalationTimeInMinutes")
            .value()
            .unwrap_or(0),
        is_escalation_enabled: reader
            .boolean(place, "isEscalationEnabled")
            .value()
            .unwrap_or(false),
        primary_approvers: approvers(reader, place, "primaryApprovers"),
        escalation_approvers: has_escalation
            .then(|| approvers(reader, place, "escalationApprovers")),
    }
}

fn approvers(reader: &mut Reader<'_>, place: &Place<'_>, name: &str) -> Vec<Approver> {
    let places = reader.list(place, name);
    places.iter().filter_map(|place| approver(reader, place)).collect()
}

fn approver(reader: &mut Reader<'_>, place: &Place<'_>) -> Option<Approver> {
    let (id, kind) = match reader.casing {
        Casing::Arm => {
            let known = ["id", "description", "isBackup", "userType"];
            reader.unknown_fields(place, &known);
            (reader.guid(place, "id"), token!(reader, place, "userType", ApproverType))
        }
        Casing::Graph => {
            let kind = token!(reader, place, "@odata.type", ApproverType);
            let name = if kind.get() == Some(&ApproverType::User) { "userId" } else { "groupId" };
            let name = if place.node.get(name).is_some() { name } else { "id" };
            (reader.guid(place, name), kind)
        }
    };
    if id.is_absent() {
        reader.missing(place, "id");
    }
    if kind.is_absent() {
        reader.missing(place, "userType");
    }
    Some(Approver {
        id: id.value()?,
        description: reader.string(place, "description").value().map(str::to_owned),
        is_backup: reader.boolean(place, "isBackup").value().unwrap_or(false),
        user_type: kind.value()?,
    })
}

fn notification(reader: &mut Reader<'_>, place: &Place<'_>, id: &RuleId) -> Option<RuleSettings> {
    if let Got::Is(text, span) = reader.string(place, "notificationType")
        && text != "Email"
    {
        let message = format!("notifications are sent by `Email`, found `{}`", shown(text));
        if text.eq_ignore_ascii_case("email") {
            reader.fixable("pim-token-case", span, message, "write the token as it is", "Email");
        } else {
            reader.report("pim-unknown-token", span, message);
        }
    }
    let recipient = token!(reader, place, "recipientType", Recipient);
    if let (Got::Is(found, span), Some(wanted)) = (&recipient, id.recipient())
        && *found != wanted
    {
        let message = format!("`{id}` is about `{wanted}`, found `{found}`");
        reader.fixable("pim-recipient", *span, message, "name whom it is about", wanted.arm());
    }
    if recipient.is_absent() {
        reader.missing(place, "recipientType");
    }
    let level = token!(reader, place, "notificationLevel", NotificationLevel);
    let default = reader.boolean(place, "isDefaultRecipientsEnabled");
    let has_recipients =
        place.node.get("notificationRecipients").is_some_and(|list| !list.is_null());
    let recipients = reader.list(place, "notificationRecipients");
    let recipients = recipients.iter().filter_map(|one| one.node.text().map(str::to_owned));
    let notification_recipients = has_recipients.then(|| recipients.collect());
    Some(RuleSettings::Notification(Notification {
        recipient_type: id.recipient().or_else(|| recipient.value())?,
        notification_level: level.value().unwrap_or(NotificationLevel::All),
        is_default_recipients_enabled: default.value().unwrap_or(true),
        notification_recipients,
    }))
}

fn pim_only(reader: &mut Reader<'_>, place: &Place<'_>) -> RuleSettings {
    const MODES: [&str; 3] = ["Disabled", "Enabled", "ReportOnly"];
    let Some(inner) = reader.object(place, "pimOnlyModeSettings") else {
        reader.missing(place, "pimOnlyModeSettings");
        let settings = Map::new();
        return RuleSettings::PimOnlyMode(PimOnlyMode { mode: "Disabled".to_owned(), settings });
    };
    let mode = match reader.string(&inner, "mode") {
        Got::Is(text, span) => match MODES.iter().find(|mode| mode.eq_ignore_ascii_case(text)) {
            Some(mode) if *mode != text => {
                let message = format!("the mode is `{mode}`, found `{}`", shown(text));
                reader.fixable("pim-token-case", span, message, "write the token as it is", mode);
                (*mode).to_owned()
            }
            Some(mode) => (*mode).to_owned(),
            None => {
                let message = format!("the mode does not take `{}`", shown(text));
                let help = format!("it takes {}", quoted(&MODES));
                reader.advise("pim-unknown-token", span, message, help);
                text.to_owned()
            }
        },
        _ => "Disabled".to_owned(),
    };
    let settings = inner
        .node
        .fields()
        .iter()
        .map(|field| (field.name.clone(), field.value.to_json()))
        .collect();
    RuleSettings::PimOnlyMode(PimOnlyMode { mode, settings })
}
