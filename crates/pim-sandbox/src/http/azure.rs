//! What clients of Azure ask for besides roles, before they ask about roles: where things are, which
//! tenants, subscriptions and resource groups there are, whether a provider is registered.

mod endpoints;
mod groups;
mod management_groups;
mod providers;
mod subscriptions;

use super::{AppState, Origin, arm, authenticate};
use crate::engine::{Caller, Code, Evidence, Question, ScopeKey, ServiceError, World};
use crate::identity::Audience;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

/// Returns what it answers whatever the letter case of the rest.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/metadata/endpoints", get(endpoints::answer))
}

/// A call of one of these, taken apart.
struct Call {
    state: AppState,
    caller: Caller,
    method: Method,
    body: Bytes,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target<'p> {
    Tenants,
    Subscriptions,
    Subscription(&'p str),
    Locations(&'p str),
    ResourceGroups(&'p str),
    ResourceGroup(&'p str, &'p str),
    Resources(&'p str),
    Providers,
    Provider(&'p str),
    ManagementGroups,
    ManagementGroup(&'p str),
}

/// Answers a call of any path: what belongs here, and the rest by `Microsoft.Authorization`.
///
/// Azure Resource Manager does not count the letter case of paths, so the router cannot tell.
pub(crate) async fn answer(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Some(target) = Target::of(&path) else {
        return arm::answer(State(state), request).await;
    };
    let (parts, body) = request.into_parts();
    let origin = Origin::of(&parts);
    let audience = Audience::ResourceManager;
    let caller = match authenticate(&state, &parts.headers, &origin, audience).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.into_response(),
    };
    if !has_api_version(parts.uri.query()) {
        return refuse(&ServiceError::new(MISSING_API_VERSION));
    }
    let body = match Bytes::from_request(Request::new(body), &()).await {
        Ok(body) => body,
        Err(rejection) => return rejection.into_response(),
    };
    let call = Call { state, caller, method: parts.method, body };
    target.answer(call).await.unwrap_or_else(|error| refuse(&error))
}

impl<'p> Target<'p> {
    fn of(path: &'p str) -> Option<Self> {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let parts: [Option<&str>; 6] = std::array::from_fn(|_| segments.next());
        if segments.next().is_some() {
            return None;
        }
        let is =
            |part: Option<&str>, name: &str| part.is_some_and(|p| p.eq_ignore_ascii_case(name));
        let [first, second, third, fourth, fifth, _] = parts;
        let subscriptions = is(first, "subscriptions");
        let management = is(first, "providers")
            && is(second, "microsoft.management")
            && is(third, "managementgroups");
        match (first, second, third, fourth, fifth, parts.last().copied().flatten()) {
            (_, None, ..) if subscriptions => Some(Target::Subscriptions),
            (_, None, ..) if is(first, "tenants") => Some(Target::Tenants),
            (_, None, ..) if is(first, "providers") => Some(Target::Providers),
            (_, Some(id), None, ..) if subscriptions => Some(Target::Subscription(id)),
            (_, Some(name), None, ..) if is(first, "providers") => Some(Target::Provider(name)),
            (_, Some(id), Some(what), None, ..) if subscriptions => {
                match what.to_ascii_lowercase().as_str() {
                    "locations" => Some(Target::Locations(id)),
                    "resourcegroups" => Some(Target::ResourceGroups(id)),
                    "resources" => Some(Target::Resources(id)),
                    "providers" => Some(Target::Providers),
                    _ => None,
                }
            }
            (_, _, _, None, ..) if management => Some(Target::ManagementGroups),
            (_, _, _, Some(name), None, _) if management => Some(Target::ManagementGroup(name)),
            (_, Some(id), Some(what), Some(name), None, _) if subscriptions => {
                match what.to_ascii_lowercase().as_str() {
                    "resourcegroups" => Some(Target::ResourceGroup(id, name)),
                    "providers" => Some(Target::Provider(name)),
                    _ => None,
                }
            }
            // `az provider register`: they all are, so there is nothing to do but say so.
            (_, _, Some(_), Some(name), Some(_), None)
                if subscriptions && is(third, "providers") && is(fifth, "register") =>
            {
                Some(Target::Provider(name))
            }
            _ => None,
        }
    }

    async fn answer(self, call: Call) -> Result<Response, ServiceError> {
        let reads = call.method == Method::GET;
        match self {
            Target::ResourceGroup(subscription, name) => {
                groups::one(&call, subscription, name).await
            }
            Target::Provider(name) if reads || call.method == Method::POST => providers::one(name),
            _ if !reads => Err(no_such_method(&call.method)),
            Target::Tenants => subscriptions::tenants(&call),
            Target::Subscriptions => subscriptions::list(&call).await,
            Target::Subscription(id) => subscriptions::one(&call, id).await,
            Target::Locations(id) => subscriptions::locations(&call, id).await,
            Target::ResourceGroups(id) => groups::list(&call, id).await,
            Target::Resources(id) => groups::resources(&call, id).await,
            Target::Providers => providers::list(),
            Target::Provider(name) => providers::one(name),
            Target::ManagementGroups => management_groups::list(&call).await,
            Target::ManagementGroup(name) => management_groups::one(&call, name).await,
        }
    }
}

impl Call {
    /// Looks at the world.
    async fn read<T>(
        &self,
        look: impl FnOnce(&World, &Caller) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        self.state.store.read(|world, _| look(world, &self.caller)).await?
    }
}

/// Refuses a caller who may not read something.
fn may(world: &World, caller: &Caller, permission: &str, scope: &str) -> Result<(), ServiceError> {
    let key = ScopeKey::of(scope);
    match world.authorize(caller, &Question::plain(permission, &key, scope)) {
        Ok(_) => Ok(()),
        Err(refusal) => Err(refusal.error),
    }
}

/// `{"value": […]}`
fn list_of(items: Vec<Value>) -> Response {
    ok(json!({ "value": items }))
}

fn ok(body: Value) -> Response {
    axum::Json(body).into_response()
}

/// Answers with a refusal, in the layout of Azure Resource Manager.
fn refuse(error: &ServiceError) -> Response {
    let status =
        StatusCode::from_u16(error.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error.body())).into_response()
}

fn has_api_version(query: Option<&str>) -> bool {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs
        .into_iter()
        .any(|(name, value)| name.eq_ignore_ascii_case("api-version") && !value.is_empty())
}

fn no_such_method(method: &Method) -> ServiceError {
    let message = format!("The requested resource does not support http method '{method}'.");
    ServiceError::with(METHOD_NOT_ALLOWED, message)
}

/// A query without a version (every client, 2026-11).
const MISSING_API_VERSION: Code = Code {
    name: "MissingApiVersionParameter",
    status: 400,
    message: "The api-version query parameter (?api-version=) is required for all requests.",
    evidence: Evidence::Observed,
};

/// A method that a path does not have (terraform-provider-azapi issue 685, 2026-11).
const METHOD_NOT_ALLOWED: Code =
    Code { name: "MethodNotAllowed", status: 405, message: "", evidence: Evidence::Observed };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_paths_apart() {
        let of = Target::of;
        assert_eq!(of("/subscriptions"), Some(Target::Subscriptions));
        assert_eq!(of("/SUBSCRIPTIONS/x"), Some(Target::Subscription("x")));
        assert_eq!(of("/subscriptions/x/resourcegroups"), Some(Target::ResourceGroups("x")));
        assert_eq!(of("/subscriptions/x/resourceGroups/y"), Some(Target::ResourceGroup("x", "y")));
        let management = "/providers/Microsoft.Management/managementGroups";
        assert_eq!(of(management), Some(Target::ManagementGroups));
        let one = format!("{management}/m");
        assert_eq!(of(&one), Some(Target::ManagementGroup("m")));
        let register = "/subscriptions/x/providers/Microsoft.Authorization/register";
        assert_eq!(of(register), Some(Target::Provider("Microsoft.Authorization")));
        for path in [
            "/",
            "/x",
            "/subscriptions/x/y",
            "/subscriptions/x/providers/Microsoft.Authorization/roleAssignments",
            "/providers/Microsoft.Authorization/roleDefinitions",
            "/subscriptions/x/resourceGroups/y/providers/Microsoft.Authorization/roleAssignments",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
