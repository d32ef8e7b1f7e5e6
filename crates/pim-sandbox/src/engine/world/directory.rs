//! Who there is, and who belongs to whom.

use super::World;
use crate::engine::record::{MEMBER, Principal, State};
use pim_model::Family;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// How many groups a principal is followed into.
const MAX_GROUPS: usize = 10_000;

impl World {
    pub(crate) fn principal(&self, id: Uuid) -> Option<&Arc<Principal>> {
        self.principals.get(&id)
    }

    pub(crate) fn principals(&self) -> impl Iterator<Item = &Arc<Principal>> {
        self.principals.values()
    }

    /// Returns the principal of an object id, a short name or a sign-in name.
    pub(crate) fn find_principal(&self, text: &str) -> Option<&Arc<Principal>> {
        if let Ok(id) = Uuid::try_parse(text) {
            return self.principal(id);
        }
        self.principals.values().find(|one| {
            one.name.eq_ignore_ascii_case(text)
                || one
                    .user_principal_name
                    .as_deref()
                    .is_some_and(|name| name.eq_ignore_ascii_case(text))
        })
    }

    /// Returns a principal and every group it belongs to, through groups in groups and through
    /// memberships that PIM for Groups made active.
    pub(crate) fn identities(&self, id: Uuid) -> Vec<Uuid> {
        let mut found = vec![id];
        let mut known = BTreeSet::from([id]);
        let mut place = 0;
        while let Some(one) = found.get(place).copied() {
            place += 1;
            let through_pim =
                self.schedules(Family::Assignment).held_anywhere(one).filter_map(|held| {
                    let group = held.scope.strip_prefix("/groups/")?;
                    let member = held.role == MEMBER && held.state == State::Current;
                    member.then(|| Uuid::try_parse(group).ok()).flatten()
                });
            let direct = self.groups_of.get(&one).into_iter().flatten().copied();
            for group in direct.chain(through_pim) {
                if found.len() < MAX_GROUPS && known.insert(group) {
                    found.push(group);
                }
            }
        }
        found
    }
}
