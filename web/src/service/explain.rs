//! Why a condition of the caller refused something.

use super::{Problem, Service};
use abac_catalog::Catalog;
use pim_client::{Asked, CallerAssignment, Explained, Filter, call};
use pim_model::Scope;

impl Service {
    /// Adds to a refusal what the caller's own conditions say to it, as far as the service tells:
    /// whoever may not read assignments learns nothing more.
    pub(crate) async fn explain(self, problem: Problem, scope: &Scope, asked: Asked) -> Problem {
        let Problem::Refused(error, None) = problem else { return problem };
        let caller = self.account.try_get_untracked().flatten().and_then(|one| one.object_id);
        let Some(caller) = caller.filter(|_| error.may_be_a_condition()) else {
            return Problem::Refused(error, None);
        };
        let listed = self.list(call::role_assignments(scope, &Filter::AssignedTo(caller))).await;
        let callers = listed
            .map(|listed| CallerAssignment::that_give_roles(listed, Catalog::builtin()))
            .unwrap_or_default();
        let explained = Explained::new(&callers, &asked).ok().filter(|one| !one.said.is_empty());
        Problem::Refused(error, explained.map(Box::new))
    }
}

use leptos::prelude::GetUntracked as _;
