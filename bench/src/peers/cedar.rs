//! `cedar-policy`: the same rule as a Cedar policy.

use crate::case::{Case, Source};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

/// The condition as a policy.
pub const TEXT: &str = r#"permit(principal, action, resource) when {
  (action != Action::"Microsoft.Authorization/roleAssignments/write" ||
    ["7f951dda-4ed3-4680-a7ca-43fe172d538d", "8311e382-0749-4cb8-b61a-304f252e45ec",
     "acdd72a7-3385-48ef-bd42-f606fba81ae7", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"]
      .contains(context.roleDefinitionId)) &&
  (action != Action::"Microsoft.Authorization/roleAssignments/delete" ||
    ["7f951dda-4ed3-4680-a7ca-43fe172d538d", "8311e382-0749-4cb8-b61a-304f252e45ec",
     "acdd72a7-3385-48ef-bd42-f606fba81ae7", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"]
      .contains(resource.roleDefinitionId))
};"#;

/// A request with everything Cedar wants beside it.
pub struct Prepared {
    authorizer: Authorizer,
    request: Request,
    entities: Entities,
}

/// Reads the policy.
pub fn parse(text: &str) -> PolicySet {
    PolicySet::from_str(text).expect("cedar reads its policy")
}

fn uid(text: &str) -> EntityUid {
    EntityUid::from_str(text).expect("it is an entity")
}

/// Makes the request that is evaluated.
pub fn request(case: &Case) -> Prepared {
    let role =
        || ("roleDefinitionId".to_owned(), RestrictedExpression::new_string(case.role.into()));
    let (context, attributes) = match case.source {
        Source::Request => (Context::from_pairs([role()]).expect("no duplicates"), HashMap::new()),
        Source::Resource => (Context::empty(), HashMap::from([role()])),
    };
    let resource = uid("RoleAssignment::\"it\"");
    let entity = Entity::new(resource.clone(), attributes, HashSet::new()).expect("plain values");
    let action = uid(&format!("Action::\"{}\"", case.action));
    Prepared {
        authorizer: Authorizer::new(),
        request: Request::new(uid("User::\"me\""), action, resource, context, None)
            .expect("no schema to violate"),
        entities: Entities::from_entities([entity], None).expect("one entity"),
    }
}

/// Decides a request.
pub fn decide(policies: &PolicySet, prepared: &Prepared) -> bool {
    let Prepared { authorizer, request, entities } = prepared;
    authorizer.is_authorized(request, policies, entities).decision() == Decision::Allow
}
