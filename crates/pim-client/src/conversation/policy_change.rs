//! Changing a policy.

use super::{Conversation, Event, Pace, Step, Trouble, pause};
use crate::answer::Page;
use crate::call::{Call, Filter, patch_policy, policy_assignments};
use pim_model::{Policy, RoleDefinitionId, Scope};
use uuid::Uuid;

/// How often the policy is changed; the second time is after an answer was lost.
const MAX_PATCHES: u32 = 3;

/// Brings the policy of a role at a scope to what is wanted, with the fewest rules.
///
/// It reads the policy first, since its id changes with each update, and again where an answer was
/// lost.
#[derive(Debug, Clone)]
pub struct PolicyChange {
    look: Call<Page<Policy>>,
    role: Uuid,
    wanted: Policy,
    pace: Pace,
    patch: Option<Call<Policy>>,
    patches: u32,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyChanged {
    /// It was changed.
    Yes,
    /// It is so already.
    NotNeeded,
}

impl PolicyChange {
    /// Makes the conversation.
    #[must_use]
    pub fn new(scope: &Scope, role: Uuid, wanted: Policy, pace: Pace) -> Self {
        let id = RoleDefinitionId::seen_from(scope, role).to_string();
        let look = policy_assignments(scope, &Filter::Role(id));
        Self { look, role, wanted, pace, patch: None, patches: 0 }
    }

    fn looked(&mut self, policies: &[Policy]) -> Step<Result<PolicyChanged, Trouble>> {
        let found = policies.iter().find(|policy| policy.role() == Some(self.role));
        let Some((policy, id)) = found.and_then(|policy| Some((policy, policy.id.as_ref()?)))
        else {
            let why = "the service has no policy for the role at the scope";
            return Step::Done(Err(Trouble::Nothing(why.to_owned())));
        };
        let changes = policy.changes_to(&self.wanted);
        if changes.is_empty() {
            let sent = self.patches > 0;
            let changed = if sent { PolicyChanged::Yes } else { PolicyChanged::NotNeeded };
            return Step::Done(Ok(changed));
        }
        if self.patches >= MAX_PATCHES {
            let why = "the service took the change and does not show it";
            return Step::Done(Err(Trouble::Nothing(why.to_owned())));
        }
        self.patches += 1;
        let call = patch_policy(id, changes.iter().map(|change| &change.after));
        let request = call.request.clone();
        self.patch = Some(call);
        Step::Send(request)
    }
}

impl Conversation for PolicyChange {
    type Outcome = Result<PolicyChanged, Trouble>;

    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome> {
        if let Some(pause) = pause(&mut self.pace, event) {
            self.patch = None;
            return pause.into();
        }
        match (self.patch.take(), event) {
            (Some(patch), Event::Answer(response)) => match patch.answer(response) {
                Ok(_) => Step::Done(Ok(PolicyChanged::Yes)),
                Err(error) => Step::Done(Err(error.into())),
            },
            (None, Event::Answer(response)) => match self.look.answer(response) {
                Ok(page) => self.looked(&page.items),
                Err(error) => Step::Done(Err(error.into())),
            },
            _ => Step::Send(self.look.request.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{HttpResponse, Method};

    const ROLE: Uuid = Uuid::from_u128(2);

    fn there(maximum: &str, name: &str) -> HttpResponse {
        HttpResponse::new(
            200,
            format!(
                r#"{{"value": [{{"properties": {{
                    "policyId": "/providers/Microsoft.Authorization/roleManagementPolicies/{name}",
                    "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/{ROLE}",
                    "effectiveRules": [{{
                        "id": "Expiration_EndUser_Assignment",
                        "ruleType": "RoleManagementPolicyExpirationRule",
                        "isExpirationRequired": true,
                        "maximumDuration": "{maximum}",
                        "target": {{"caller": "EndUser", "operations": ["All"], "level": "Assignment"}}
                    }}]}}}}]}}"#
            ),
        )
    }

    fn begun() -> PolicyChange {
        let wanted = Policy::from_toml("[activation]\nmaximum_duration = \"2 hours\"").unwrap();
        let mut change = PolicyChange::new(&Scope::Tenant, ROLE, wanted, Pace::new(1));
        assert!(
            matches!(change.next(Event::Begin), Step::Send(look) if look.method == Method::Get)
        );
        change
    }

    #[test]
    fn a_policy_is_changed_under_the_name_it_has_now() {
        let mut change = begun();
        let Step::Send(patch) = change.next(Event::Answer(&there("PT8H", "one"))) else { panic!() };
        assert!(patch.method == Method::Patch && patch.path.contains("/one?"), "{patch}");
        // The answer is lost, and the service did not get it: the policy has another name by now.
        assert!(matches!(change.next(Event::Lost("reset")), Step::Wait(..)));
        assert!(
            matches!(change.next(Event::Waited), Step::Send(look) if look.method == Method::Get)
        );
        let Step::Send(patch) = change.next(Event::Answer(&there("PT8H", "two"))) else { panic!() };
        assert!(patch.path.contains("/two?"), "{patch}");
        assert!(matches!(change.next(Event::Lost("reset")), Step::Wait(..)));
        change.next(Event::Waited);
        let step = change.next(Event::Answer(&there("PT2H", "three")));
        assert_eq!(step, Step::Done(Ok(PolicyChanged::Yes)));
    }

    #[test]
    fn a_policy_that_is_so_already_is_left() {
        let step = begun().next(Event::Answer(&there("PT120M", "one")));
        assert_eq!(step, Step::Done(Ok(PolicyChanged::NotNeeded)));
        let none = HttpResponse::new(200, r#"{"value": []}"#);
        assert!(matches!(begun().next(Event::Answer(&none)), Step::Done(Err(Trouble::Nothing(_)))));
    }
}
