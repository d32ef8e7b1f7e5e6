//! What is wrong with a policy as a whole.

use super::rule::RuleSettings;
use super::rule_id::RuleId;
use super::{Policy, Target};
use crate::document::Node;
use crate::duration::Duration;
use crate::reader::{Place, Reader};
use diagnostics::Span;

/// How many rules are looked at; a policy has eighteen.
const MAX_RULES: usize = 1000;

/// Checks a policy that was read, with the places of its fields.
pub(crate) fn lint(reader: &mut Reader<'_>, place: &Place<'_>, policy: &Policy) {
    let list = if place.node.get("rules").is_some() { "rules" } else { "effectiveRules" };
    let rules = if list == "rules" { &policy.rules } else { &policy.effective_rules };
    let nodes = place.node.get(list).map_or(&[][..], Node::items);
    let nodes = nodes.get(..MAX_RULES).unwrap_or(nodes);
    let span_of = |id: &RuleId, field: &str| {
        let text = |node: &Node| node.get("id").and_then(Node::text).map(str::to_lowercase);
        let id = id.as_str().to_lowercase();
        let rule = nodes.iter().find(|node| text(node).as_deref() == Some(id.as_str()));
        let node = rule.and_then(|rule| rule.at(field).or_else(|| rule.get("id")));
        node.map_or_else(
            || place.span(),
            |node| match node.kind {
                crate::document::Kind::Object(_) => Span::new(node.span.start, node.span.start + 1),
                _ => node.span,
            },
        )
    };

    for (index, rule) in rules.iter().take(MAX_RULES).enumerate() {
        let mut before = rules.iter().take(index);
        // Azure answers the PIM-only mode once for each source it comes from.
        let may_repeat = rule.id == RuleId::PimOnlyModeAdminAssignment;
        if !may_repeat && before.any(|other| other.id == rule.id) {
            let spans = nodes.iter().filter_map(|node| node.get("id"));
            let mut same = spans.filter(|node| node.text() == Some(rule.id.as_str()));
            let span = same.next_back().map_or_else(|| place.span(), |node| node.span);
            let message = format!("the policy has the rule `{}` twice", rule.id);
            reader.advise("pim-duplicate-rule", span, message, "keep one of them");
        }
        let wanted = Target::of(&rule.id);
        if let (Some(target), Some(wanted)) = (&rule.target, wanted)
            && (target.caller != wanted.caller || target.level != wanted.level)
        {
            let message = format!(
                "the target of `{}` is caller `{}` and level `{}`, found `{}` and `{}`",
                rule.id, wanted.caller, wanted.level, target.caller, target.level
            );
            reader.report("pim-rule-target", span_of(&rule.id, "target.caller"), message);
        }
        if let RuleSettings::Expiration(settings) = &rule.settings
            && rule.id == RuleId::ExpirationEndUserAssignment
        {
            let span = span_of(&rule.id, "maximumDuration");
            if let Some(duration) = settings.maximum_duration {
                activation_limit(reader, duration, span);
            }
        }
    }

    let activation = policy.enablement(&RuleId::EnablementEndUserAssignment);
    let context = policy.authentication_context();
    let context_id = RuleId::AuthenticationContextEndUserAssignment;
    if let Some(context) = context {
        let span = span_of(&context_id, "claimValue");
        if context.is_enabled && !is_context(&context.claim_value) {
            let message = format!(
                "an authentication context is `c1` to `c99`, found `{}`",
                context.claim_value
            );
            reader.report("pim-context-claim", span, message);
        } else if !context.is_enabled && !context.claim_value.is_empty() {
            let message = "the authentication context is off and has a value";
            let help = "send an empty `claimValue` when it is off";
            reader.advise("pim-context-claim", span, message, help);
        }
        if context.is_enabled && activation.is_some_and(|one| one.multi_factor_authentication) {
            let span = span_of(&context_id, "isEnabled");
            let message = "an activation requires MFA and an authentication context, which Azure \
                           refuses with `MfaAndAcrsConflict`";
            let help = "take `MultiFactorAuthentication` from `Enablement_EndUser_Assignment`, and \
                        let the authentication context ask for it";
            reader.advise("pim-mfa-and-context", span, message, help);
        }
    }
    if let Some(approval) = policy.approval().filter(|approval| approval.is_approval_required) {
        let id = RuleId::ApprovalEndUserAssignment;
        let span = span_of(&id, "setting.isApprovalRequired");
        match approval.approvers().count() {
            0 => {
                let message = "approval is required and nobody may approve: nobody can activate";
                let help = "name at least two approvers, or one group";
                reader.advise("pim-approval-without-approver", span, message, help);
            }
            1 if approval.approvers().all(|one| one.user_type == super::ApproverType::User) => {
                let message = "one person alone may approve, and never an own request";
                let help = "name a second approver, or a group";
                reader.advise("pim-single-approver", span, message, help);
            }
            _ => {}
        }
    }
    let id = RuleId::EnablementAdminAssignment;
    if policy.enablement(&id).is_some_and(|one| one.ticketing) {
        let message = format!("`Ticketing` is refused in `{id}`");
        let help = "require tickets of activations, in `Enablement_EndUser_Assignment`";
        reader.advise("pim-ticketing-for-admin", span_of(&id, "enabledRules"), message, help);
    }
    let id = RuleId::EnablementAdminEligibility;
    if policy.enablement(&id).is_some_and(|one| one.multi_factor_authentication) {
        let message = "making someone eligible requires MFA, which applications cannot do";
        let help = "take it out, so that pipelines can make eligible assignments";
        reader.advise("pim-mfa-for-eligible", span_of(&id, "enabledRules"), message, help);
    }
}

fn activation_limit(reader: &mut Reader<'_>, duration: Duration, span: Span) {
    const DAY: u64 = 86_400;
    if duration.seconds() > DAY {
        let message = format!("an activation lasts a day at most, found `{duration}`");
        reader.fixable("pim-activation-too-long", span, message, "take the longest", "PT24H");
    } else if !duration.seconds().is_multiple_of(1800) {
        let message =
            format!("the portal and azurerm know steps of half an hour only, found `{duration}`");
        let help = "take a multiple of `PT30M`";
        reader.advise("pim-activation-step", span, message, help);
    }
}

/// Says whether a text is `c1` to `c99`.
pub(super) fn is_context(text: &str) -> bool {
    text.strip_prefix('c').is_some_and(|number| {
        !number.starts_with('0') && number.parse::<u8>().is_ok_and(|one| (1..=99).contains(&one))
    })
}
