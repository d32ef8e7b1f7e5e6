//! Those of the directory who can sign in.

use crate::engine::Principal;
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
    let users = state.store.read(|world, _| {
        let users = world.principals().filter(|one| one.kind == PrincipalType::User);
        users.map(|one| person(one)).collect::<Vec<_>>()
    });
    let mut users = users.await.unwrap_or_default();
    users.sort_by(|one, other| one.name.cmp(&other.name));
    users
}

/// Returns a user by object id.
pub(super) async fn user(state: &AppState, id: Uuid) -> Option<Person> {
    let found = state.store.read(|world, _| {
        let user = world.principal(id).filter(|one| one.kind == PrincipalType::User);
        user.map(|one| person(one))
    });
    found.await.ok()?
}

/// Returns a service principal by the id of its application.
pub(super) async fn application(state: &AppState, app_id: Uuid) -> Option<Person> {
    let found = state.store.read(|world, _| {
        world.principals().find(|one| one.app_id == Some(app_id)).map(|one| person(one))
    });
    found.await.ok()?
}

fn person(principal: &Principal) -> Person {
    Person {
        id: principal.id,
        name: principal.display_name.clone(),
        user_principal_name: principal.user_principal_name.clone(),
    }
}
