//! Finding a request by what a person calls it.

use crate::failure::Failure;
use crate::online::{Session, troubled};
use clap::Args;
use pim_client::{Filter, RequestAnswer, call};
use pim_model::{Family, Scope};
use uuid::Uuid;

/// Which request is meant.
#[derive(Debug, Clone, Args)]
pub(crate) struct Which {
    /// The request: its id, as `submit` and `list` show it, or its name alone
    #[arg(value_name = "REQUEST")]
    pub(crate) request: String,
    /// Where to look for a name [default: among your own requests and those you may decide]
    #[arg(long, value_name = "ID")]
    pub(crate) scope: Option<Scope>,
}

/// A request by its address.
pub(crate) struct Address {
    pub(crate) scope: Scope,
    pub(crate) family: Family,
    pub(crate) name: Uuid,
}

impl Address {
    /// Reads a whole id.
    fn of_id(id: &str) -> Option<Self> {
        let id = id.trim();
        let at = id.to_ascii_lowercase().rfind("/providers/microsoft.authorization/")?;
        let (scope, rest) = id.split_at_checked(at)?;
        let mut parts = rest.trim_start_matches('/').split('/').skip(2);
        let family = Family::of_resource_type(parts.next()?)?;
        let name = parts.next()?.parse().ok()?;
        let scope = if scope.is_empty() { Scope::Tenant } else { scope.parse().ok()? };
        parts.next().is_none().then_some(Self { scope, family, name })
    }

    fn of_answer(answer: &RequestAnswer) -> Option<Self> {
        let request = &answer.request;
        match (&request.scope, request.name) {
            (Some(scope), Some(name)) => {
                Some(Self { scope: scope.clone(), family: request.family, name })
            }
            _ => Self::of_id(answer.id.as_deref()?),
        }
    }
}

/// Finds a request.
pub(crate) fn find(which: &Which, session: &mut Session<'_>) -> Result<Address, Failure> {
    if let Some(address) = Address::of_id(&which.request) {
        return Ok(address);
    }
    let Ok(name) = Uuid::try_parse(which.request.trim()) else {
        return Err(Failure::new(format!("`{}` is no request", which.request)).help(
            "give the whole id, `/…/roleAssignmentScheduleRequests/…`, or its last part, a GUID",
        ));
    };
    let (scope, filters): (_, &[Filter]) = match &which.scope {
        Some(scope) => (scope.clone(), &[Filter::AtScope]),
        None => (Scope::Tenant, &[Filter::AsRequestor, Filter::AsTarget, Filter::AsApprover]),
    };
    for family in [Family::Assignment, Family::Eligibility] {
        for filter in filters {
            let listed = session.list(call::requests(&scope, family, filter))?;
            let listed = listed.map_err(|trouble| troubled(&trouble, session))?;
            let found = listed.iter().filter_map(Address::of_answer).find(|one| one.name == name);
            if let Some(address) = found {
                return Ok(address);
            }
        }
    }
    Err(Failure::new(format!("there is no request `{name}`")).help(
        "give its whole id, or say where with --scope: what you have decided is not listed for \
               you, and requests are kept for about 45 days",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_apart() {
        let name = Uuid::from_u128(5);
        let scope = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/a";
        for (scope, kind) in [
            (scope, "roleAssignmentScheduleRequests"),
            (scope, "RoleEligibilityScheduleRequests"),
            ("", "roleAssignmentScheduleRequests"),
        ] {
            let id = format!("{scope}/providers/Microsoft.Authorization/{kind}/{name}");
            let address = Address::of_id(&id).unwrap();
            assert_eq!(address.name, name);
            assert_eq!(address.scope == Scope::Tenant, scope.is_empty());
        }
        for id in ["x", "/providers/Microsoft.Authorization/roleAssignments/5", "/a/b/c/d"] {
            assert!(Address::of_id(id).is_none(), "{id}");
        }
    }
}
