//! Who administers a group.

use super::authorization::{ASSIGN, Grounds, Question, Refusal};
use super::caller::Caller;
use super::error::{Code, Evidence, ServiceError};
use super::record::{OWNER, State};
use super::world::{ScopeKey, World};
use pim_model::Family;
use serde_json::json;
use uuid::Uuid;

/// The caller may not (learn.microsoft.com/graph/errors, 2026-11).
const DENIED: Code = Code {
    name: "Authorization_RequestDenied",
    status: 403,
    message: "Insufficient privileges to complete the operation.",
    evidence: Evidence::Documented,
};

impl World {
    /// Whether a caller administers a group: as its owner, by PIM or without, or as one who
    /// administers the directory (*documented*: learn.microsoft.com/entra/id-governance/
    /// privileged-identity-management/groups-assign-member-owner, 2026-11).
    pub(crate) fn administers_group(&self, caller: &Caller, group: Uuid) -> bool {
        let owns = self.principal(group).is_some_and(|one| one.owners.contains(&caller.id));
        let scope = ScopeKey::of(&format!("/groups/{group}"));
        let mut held = self.schedules(Family::Assignment).held(caller.id, &scope);
        let owns = owns || held.any(|one| one.role == OWNER && one.state == State::Current);
        owns || self.administers_directory(caller)
    }

    /// Whether a caller administers the directory. The sandbox has no roles of the directory; who can
    /// give every role of Azure at the tenant root stands in for its administrators (*assumed*).
    pub(crate) fn administers_directory(&self, caller: &Caller) -> bool {
        let root = ScopeKey::root();
        self.authorize(caller, &Question::plain(ASSIGN, &root, "/")).is_ok()
    }

    /// Decides what is asked about `/groups/{id}`.
    pub(super) fn authorize_for_group(
        &self,
        caller: &Caller,
        group: &str,
    ) -> Result<Grounds, Box<Refusal>> {
        let group = Uuid::try_parse(group).ok();
        match group.filter(|group| self.administers_group(caller, *group)) {
            Some(group) => Ok(Grounds(json!({ "allowedBy": { "administersGroup": group } }))),
            None => {
                let reason = json!({ "missingPermission": "administration of the group" });
                Err(Box::new(Refusal { error: ServiceError::new(DENIED), reason }))
            }
        }
    }
}
