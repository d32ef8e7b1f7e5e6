//! Those of the directory who can sign in.

use crate::engine::{Key, Kind, Principal, Record, World};
use crate::http::AppState;
use pim_model::PrincipalType;
use uuid::Uuid;

/// A user or service principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) user_principal_name: Option<String>,
}

/// Returns the users, by the name people see.
pub(super) async fn users(state: &AppState) -> Vec<Person> {
    let mut users = look(state, |world| {
        let principals = world.records().filter_map(as_principal);
        principals.filter(|one| one.kind == PrincipalType::User).map(person).collect::<Vec<_>>()
    })
    .await
    .unwrap_or_default();
    users.sort_by(|one, other| one.name.cmp(&other.name));
    users
}

/// Returns a user by object id.
pub(super) async fn user(state: &AppState, id: Uuid) -> Option<Person> {
    look(state, move |world| {
        let key = Key { kind: Kind::Principal, name: id.to_string() };
        let principal = as_principal(world.get(&key)?)?;
        (principal.kind == PrincipalType::User).then(|| person(principal))
    })
    .await?
}

/// Returns a service principal by the id of its application.
pub(super) async fn application(state: &AppState, app_id: Uuid) -> Option<Person> {
    look(state, move |world| {
        let mut principals = world.records().filter_map(as_principal);
        principals.find(|one| one.app_id == Some(app_id)).map(person)
    })
    .await?
}

async fn look<T>(state: &AppState, find: impl FnOnce(&World) -> T) -> Option<T> {
    state.store.read(|world, _| find(world)).await.ok()
}

fn as_principal(record: &Record) -> Option<&Principal> {
    match record {
        Record::Principal(principal) => Some(principal),
        _ => None,
    }
}

fn person(principal: &Principal) -> Person {
    Person {
        id: principal.id,
        name: principal.display_name.clone(),
        user_principal_name: principal.user_principal_name.clone(),
    }
}
