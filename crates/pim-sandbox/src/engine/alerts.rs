//! Role management alerts: scanned, configured, dismissed, remediated.

mod scan;

use super::authorization::{ASSIGN, Question};
use super::caller::Caller;
use super::change::Change;
use super::error::{Code, Evidence, ServiceError};
use super::event::{Event, Outcome};
use super::record::{Alert, AlertKind, Incident, Subject};
use super::world::{ScopeKey, World};
use super::{assignments, roles};
use serde_json::Value;
use uuid::Uuid;

/// No alert or incident of that name.
const NOT_FOUND: Code = Code {
    name: "RoleManagementAlertNotFound",
    status: 404,
    message: "The role management alert or its incident is not found.",
    evidence: Evidence::Assumed,
};

impl World {
    /// Returns an alert at a scope. There always is one.
    pub(crate) fn alert(&self, scope: &str, kind: AlertKind) -> Alert {
        let fresh = Alert::new(scope, kind);
        self.kept_alert(&fresh.key()).map_or(fresh, |kept| Alert::clone(kept))
    }
}

/// Returns the alert of an id, for a path.
pub(crate) fn kind(id: &str) -> Result<AlertKind, ServiceError> {
    AlertKind::from_text(id).ok_or(ServiceError::new(NOT_FOUND))
}

/// Returns an incident of an alert.
pub(crate) fn incident(alert: &Alert, name: Uuid) -> Result<&Incident, ServiceError> {
    let found = alert.incidents.iter().find(|one| one.name == name);
    found.ok_or(ServiceError::new(NOT_FOUND))
}

/// Scans for one alert, or for all. Returns the operation, which is finished with it.
pub(crate) fn refresh(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    only: Option<AlertKind>,
) -> Result<Uuid, ServiceError> {
    may_administer(change.world(), caller, scope)?;
    let operation = Uuid::new_v4();
    let now = change.now();
    for kind in AlertKind::ALL.into_iter().filter(|kind| only.is_none_or(|only| only == *kind)) {
        let mut alert = change.world().alert(scope, kind);
        let found =
            if alert.is_enabled { scan::incidents(change.world(), &alert) } else { Vec::new() };
        if found != alert.incidents {
            // What was dismissed is told again once it is something else (*assumed*).
            alert.is_dismissed = false;
            alert.modified_on = Some(now);
        }
        alert.incidents = found;
        alert.scanned_on = Some(now);
        alert.operation = Some(operation);
        change.put(alert);
    }
    tell(change, caller, scope, "refresh/action", "alerts refreshed".to_owned());
    Ok(operation)
}

/// Dismisses an alert, or takes that back.
pub(crate) fn dismiss(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    kind: AlertKind,
    body: &Value,
) -> Result<(), ServiceError> {
    may_administer(change.world(), caller, scope)?;
    let active = body.pointer("/properties/isActive").and_then(Value::as_bool);
    let active = active.ok_or_else(|| invalid("'properties.isActive' must be true or false."))?;
    let mut alert = change.world().alert(scope, kind);
    alert.is_dismissed = !active;
    alert.modified_on = Some(change.now());
    change.put(alert);
    let what = if active { "activated" } else { "dismissed" };
    tell(change, caller, scope, "write", format!("alert {} {what}", kind.as_str()));
    Ok(())
}

/// Changes the settings of an alert: those that are sent, the others stay.
pub(crate) fn configure(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    kind: AlertKind,
    body: &Value,
) -> Result<(), ServiceError> {
    may_administer(change.world(), caller, scope)?;
    let properties = body.get("properties").and_then(Value::as_object);
    let properties = properties.ok_or_else(|| invalid("'properties' must be an object."))?;
    let sent = properties.get("alertConfigurationType").and_then(Value::as_str);
    if sent != Some(&configuration_type(kind)) {
        let message = format!("'alertConfigurationType' must be '{}'.", configuration_type(kind));
        return Err(invalid(message));
    }
    let mut alert = change.world().alert(scope, kind);
    if let Some(enabled) = properties.get("isEnabled") {
        let enabled = enabled.as_bool();
        alert.is_enabled =
            enabled.ok_or_else(|| invalid("'properties.isEnabled' must be true or false."))?;
    }
    if let Some((number, percentage)) = threshold_names(kind) {
        let threshold = |name: &str, most: u32| match properties.get(name) {
            None => Ok(None),
            Some(value) => {
                let value = value.as_u64().and_then(|value| u32::try_from(value).ok());
                let value = value.filter(|value| *value <= most);
                let message = format!("'properties.{name}' must be a number from 0 to {most}.");
                value.map(Some).ok_or_else(|| invalid(message))
            }
        };
        alert.threshold_number = threshold(number, 10_000)?.or(alert.threshold_number);
        alert.threshold_percentage = threshold(percentage, 100)?.or(alert.threshold_percentage);
    }
    alert.modified_on = Some(change.now());
    change.put(alert);
    tell(change, caller, scope, "write", format!("alert {} configured", kind.as_str()));
    Ok(())
}

/// Removes what an incident is about, as the caller could without the alert.
pub(crate) fn remediate(
    change: &mut Change<'_>,
    caller: &Caller,
    scope: &str,
    kind: AlertKind,
    name: Uuid,
) -> Result<(), ServiceError> {
    may_administer(change.world(), caller, scope)?;
    let mut alert = change.world().alert(scope, kind);
    match incident(&alert, name)?.subject {
        Subject::Assignment(assignment) => {
            let at = change.world().role_assignment(assignment).map(|one| one.scope.clone());
            if let Some(at) = at {
                assignments::delete(change, caller, &at, assignment)?;
            }
        }
        Subject::Role { role, .. } => {
            roles::delete(change, caller, scope, role)?;
        }
    }
    alert.incidents.retain(|one| one.name != name);
    alert.modified_on = Some(change.now());
    change.put(alert);
    Ok(())
}

/// Returns the discriminator of the settings of an alert.
pub(crate) fn configuration_type(kind: AlertKind) -> String {
    format!("{}Configuration", alert_type(kind))
}

/// Returns the discriminator of the incidents of an alert.
pub(crate) fn incident_type(kind: AlertKind) -> String {
    format!("{}Incident", alert_type(kind))
}

/// Every type ends with `Alert`, and not every id does.
fn alert_type(kind: AlertKind) -> String {
    format!("{}Alert", kind.as_str().trim_end_matches("Alert"))
}

/// Returns what the settings call the thresholds of an alert.
pub(crate) const fn threshold_names(kind: AlertKind) -> Option<(&'static str, &'static str)> {
    match kind {
        AlertKind::TooManyOwnersAssignedToResource => {
            Some(("thresholdNumberOfOwners", "thresholdPercentageOfOwnersOutOfAllRoleMembers"))
        }
        AlertKind::TooManyPermanentOwnersAssignedToResource => Some((
            "thresholdNumberOfPermanentOwners",
            "thresholdPercentageOfPermanentOwnersOutOfAllOwners",
        )),
        _ => None,
    }
}

fn may_administer(world: &World, caller: &Caller, scope: &str) -> Result<(), ServiceError> {
    let key = ScopeKey::of(scope);
    let allowed = world.authorize(caller, &Question::plain(ASSIGN, &key, scope));
    allowed.map(|_| ()).map_err(|refusal| refusal.error)
}

fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> ServiceError {
    ServiceError::with(Code::INVALID_BODY, message)
}

fn tell(change: &mut Change<'_>, caller: &Caller, scope: &str, verb: &str, summary: String) {
    change.tell(Event {
        time: change.now(),
        caller: Some(caller.id),
        action: format!("Microsoft.Authorization/roleManagementAlerts/{verb}"),
        scope: scope.to_owned(),
        outcome: Outcome::Allowed,
        code: None,
        summary,
        reason: Value::Null,
    });
}
