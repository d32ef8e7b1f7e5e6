//! Terraform with azurerm: `azurerm_role_management_policy`. What it accepts is *observed*:
//! terraform-provider-azurerm, `role_management_policy_resource.go`, read 2026-11.

use pim_model::policy::{
    Approval, ApproverType, Enabled, Expires, Notification, NotificationLevel, Rule, RuleId,
    RuleSettings,
};
use pim_model::{Duration, ScopeKind};

use crate::document::hcl::{Document, Item, Value};
use crate::error::EmitError;
use crate::policy::PolicyPlan;
use crate::target::Target;

pub(crate) fn document(plan: &PolicyPlan) -> Result<Document, EmitError> {
    if matches!(plan.scope.kind(), ScopeKind::Tenant | ScopeKind::Resource) {
        let kind = plan.scope.kind().as_str();
        return Err(refused(
            format!("the policy of a {kind}"),
            "it accepts management groups, subscriptions and resource groups",
        ));
    }
    let mut blocks = Blocks::default();
    for rule in &plan.rules {
        blocks.add(rule)?;
    }
    blocks.keep_one_of_two()?;
    let mut body = vec![
        Item::attribute("scope", Value::Text(plan.scope.to_string())),
        Item::attribute("role_definition_id", plan.role.as_str()),
    ];
    let has_active = !blocks.active.is_empty();
    body.extend(blocks.into_items());
    let mut header = format!(
        "{}\nA second apply changes nothing; the settings stay as they are when the resource is destroyed.",
        plan.summary()
    );
    if has_active {
        header.push_str(
            "\nactive_assignment_rules may take a second apply to arrive (azurerm issue 28913).",
        );
    }
    let labels = vec!["azurerm_role_management_policy".to_owned(), "policy".to_owned()];
    Ok(Document { items: vec![Item::Comment(header), Item::Block("resource", labels, body)] })
}

#[derive(Default)]
struct Blocks {
    eligible: Vec<Item>,
    active: Vec<Item>,
    activation: Vec<Item>,
    approval: Vec<Item>,
    eligible_mail: Vec<Item>,
    active_mail: Vec<Item>,
    activation_mail: Vec<Item>,
}

impl Blocks {
    fn add(&mut self, rule: &Rule) -> Result<(), EmitError> {
        if let Some(field) = rule.other.keys().next() {
            return Err(refused(
                format!("the field `{field}` of `{}`", rule.id),
                "it has no argument for it",
            ));
        }
        match (&rule.id, &rule.settings) {
            (RuleId::ExpirationAdminEligibility, RuleSettings::Expiration(settings)) => {
                self.eligible.extend(expiration(settings)?);
            }
            (RuleId::ExpirationAdminAssignment, RuleSettings::Expiration(settings)) => {
                self.active.extend(expiration(settings)?);
            }
            (RuleId::ExpirationEndUserAssignment, RuleSettings::Expiration(settings)) => {
                self.activation.push(activation(settings)?);
            }
            (RuleId::EnablementAdminAssignment, RuleSettings::Enablement(settings)) => {
                self.active.extend(requirements(settings));
            }
            (RuleId::EnablementEndUserAssignment, RuleSettings::Enablement(settings)) => {
                self.activation.extend(requirements(settings));
            }
            (RuleId::ApprovalEndUserAssignment, RuleSettings::Approval(settings)) => {
                let required = Value::Boolean(settings.is_approval_required);
                self.activation.push(Item::attribute("require_approval", required));
                self.approval = approval(settings)?;
            }
            (_, RuleSettings::AuthenticationContext(settings)) if settings.is_enabled => {
                self.activation.push(Item::attribute(
                    "required_conditional_access_authentication_context",
                    settings.claim_value.as_str(),
                ));
            }
            (_, RuleSettings::AuthenticationContext(_)) => {
                return Err(refused(
                    "an authentication context that is switched off".to_owned(),
                    "it can only switch one on",
                ));
            }
            (id, RuleSettings::Notification(settings)) => {
                let mail = match id.level().zip(id.caller()) {
                    Some((pim_model::policy::Level::Eligibility, _)) => &mut self.eligible_mail,
                    Some((_, pim_model::policy::Caller::EndUser)) => &mut self.activation_mail,
                    _ => &mut self.active_mail,
                };
                mail.push(notification(settings)?);
            }
            (id, _) => {
                return Err(refused(format!("the rule `{id}`"), "it has no argument for it"));
            }
        }
        Ok(())
    }

    /// The provider takes multi-factor authentication and an authentication context for rivals,
    /// even where one of them is off.
    fn keep_one_of_two(&mut self) -> Result<(), EmitError> {
        const CONTEXT: &str = "required_conditional_access_authentication_context";
        const MFA: &str = "require_multifactor_authentication";
        if !self.activation.iter().any(|item| item.name() == Some(CONTEXT)) {
            return Ok(());
        }
        let mfa = Item::attribute(MFA, Value::Boolean(true));
        if self.activation.contains(&mfa) {
            return Err(refused(
                "multi-factor authentication together with an authentication context".to_owned(),
                "the two arguments exclude each other, as they do in Azure",
            ));
        }
        self.activation.retain(|item| item.name() != Some(MFA));
        Ok(())
    }

    fn into_items(mut self) -> Vec<Item> {
        const ORDER: [&str; 5] = [
            "maximum_duration",
            "require_approval",
            "require_justification",
            "require_multifactor_authentication",
            "require_ticket_info",
        ];
        self.activation.sort_by_key(|item| {
            ORDER.iter().position(|name| item.name() == Some(name)).unwrap_or(ORDER.len())
        });
        let mut items = Vec::new();
        let mut block = |name: &'static str, body: Vec<Item>| {
            if !body.is_empty() {
                items.push(Item::Blank);
                items.push(Item::block(name, body));
            }
        };
        block("eligible_assignment_rules", self.eligible);
        block("active_assignment_rules", self.active);
        if !self.approval.is_empty() {
            self.activation.push(Item::Blank);
            self.activation.push(Item::block("approval_stage", separated(self.approval)));
        }
        block("activation_rules", self.activation);
        let mails: Vec<_> = [
            ("eligible_assignments", self.eligible_mail),
            ("active_assignments", self.active_mail),
            ("eligible_activations", self.activation_mail),
        ]
        .into_iter()
        .filter(|(_, mail)| !mail.is_empty())
        .map(|(name, mail)| Item::block(name, separated(mail)))
        .collect();
        block("notification_rules", separated(mails));
        items
    }
}

/// Puts a blank line between blocks.
fn separated(blocks: Vec<Item>) -> Vec<Item> {
    let mut items = Vec::with_capacity(2 * blocks.len());
    for block in blocks {
        if !items.is_empty() {
            items.push(Item::Blank);
        }
        items.push(block);
    }
    items
}

fn expiration(settings: &Expires) -> Result<Vec<Item>, EmitError> {
    const DAY: u64 = 24 * 60 * 60;
    let required = Value::Boolean(settings.is_expiration_required);
    let mut items = vec![Item::attribute("expiration_required", required)];
    if let Some(duration) = settings.maximum_duration {
        let seconds = duration.seconds();
        let days = seconds / DAY;
        if seconds % DAY != 0 || ![15, 30, 90, 180, 365].contains(&days) {
            return Err(refused(
                format!("an end after `{duration}`"),
                "it accepts 15, 30, 90, 180 and 365 days",
            ));
        }
        items.push(Item::attribute("expire_after", Value::Text(format!("P{days}D"))));
    }
    Ok(items)
}

fn activation(settings: &Expires) -> Result<Item, EmitError> {
    const HALF_AN_HOUR: u64 = 30 * 60;
    let Some(duration) = settings.maximum_duration else {
        return Err(refused(
            "activations without a limit".to_owned(),
            "it needs a maximum duration",
        ));
    };
    let seconds = duration.seconds();
    if seconds % HALF_AN_HOUR != 0 || !(1..=48).contains(&(seconds / HALF_AN_HOUR)) {
        return Err(refused(
            format!("activations of `{duration}`"),
            "it accepts 30 minutes to 24 hours in steps of 30 minutes",
        ));
    }
    let duration = Duration::from_seconds(seconds).to_string();
    Ok(Item::attribute("maximum_duration", Value::Text(duration)))
}

fn requirements(settings: &Enabled) -> [Item; 3] {
    [
        ("require_justification", settings.justification),
        ("require_multifactor_authentication", settings.multi_factor_authentication),
        ("require_ticket_info", settings.ticketing),
    ]
    .map(|(name, truth)| Item::attribute(name, Value::Boolean(truth)))
}

fn approval(settings: &Approval) -> Result<Vec<Item>, EmitError> {
    let has_more = settings.approval_stages.iter().any(|stage| {
        stage.escalation_approvers.as_ref().is_some_and(|approvers| !approvers.is_empty())
            || stage.primary_approvers.iter().any(|approver| approver.is_backup)
    });
    if has_more || settings.approval_stages.len() > 1 {
        return Err(refused(
            "more than one stage of approval, or approvers who stand in".to_owned(),
            "it has one stage, and approvers alone",
        ));
    }
    Ok(settings
        .approvers()
        .map(|approver| {
            let kind = if approver.user_type == ApproverType::User { "User" } else { "Group" };
            Item::block(
                "primary_approver",
                vec![
                    Item::attribute("object_id", Value::Text(approver.id.to_string())),
                    Item::attribute("type", kind),
                ],
            )
        })
        .collect())
}

fn notification(settings: &Notification) -> Result<Item, EmitError> {
    use pim_model::policy::Recipient;
    let name = match settings.recipient_type {
        Recipient::Admin => "admin_notifications",
        Recipient::Approver => "approver_notifications",
        Recipient::Requestor => "assignee_notifications",
    };
    if settings.notification_level == NotificationLevel::None {
        return Err(refused(
            "the notification level `None`".to_owned(),
            "it accepts `All` and `Critical`",
        ));
    }
    let mut body = vec![
        Item::attribute("notification_level", settings.notification_level.arm()),
        Item::attribute(
            "default_recipients",
            Value::Boolean(settings.is_default_recipients_enabled),
        ),
    ];
    if let Some(recipients) = &settings.notification_recipients {
        let recipients = recipients.iter().map(|address| address.as_str().into()).collect();
        body.push(Item::attribute("additional_recipients", Value::List(recipients)));
    }
    Ok(Item::block(name, body))
}

fn refused(what: String, why: &str) -> EmitError {
    EmitError::Refused {
        target: Target::Azurerm,
        what,
        why: why.to_owned(),
        instead: vec![Target::AzapiAction, Target::AzRest, Target::Powershell],
    }
}
