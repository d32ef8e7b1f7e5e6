//! Microsoft's `regorus`, feature `azure-rbac`: an interpreter for a dialect of the language.
//!
//! It writes parentheses for braces around patterns, `NOT` for `!`, quotes around GUIDs, and
//! quantifiers without an operator (equality is meant).

use crate::case::{ATTRIBUTE, Case, Source};
use regorus::Value;
use regorus::languages::azure_rbac::ast::{
    ConditionExpr, EnvironmentContext, EvaluationContext, Principal, PrincipalType, RequestContext,
    Resource,
};
use regorus::languages::azure_rbac::interpreter::ConditionInterpreter;
use regorus::languages::azure_rbac::parser::parse_condition_expression;

/// The condition in the dialect.
pub const TEXT: &str = "((NOT (ActionMatches('Microsoft.Authorization/roleAssignments/write'))) OR \
(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues \
{'7f951dda-4ed3-4680-a7ca-43fe172d538d', '8311e382-0749-4cb8-b61a-304f252e45ec', \
'acdd72a7-3385-48ef-bd42-f606fba81ae7', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'})) AND \
((NOT (ActionMatches('Microsoft.Authorization/roleAssignments/delete'))) OR \
(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues \
{'7f951dda-4ed3-4680-a7ca-43fe172d538d', '8311e382-0749-4cb8-b61a-304f252e45ec', \
'acdd72a7-3385-48ef-bd42-f606fba81ae7', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'}))";

/// Reads the condition.
pub fn parse(text: &str) -> ConditionExpr {
    let condition = parse_condition_expression(text).expect("regorus reads its dialect");
    condition.expression.expect("the expression was parsed")
}

/// Makes the request that is evaluated.
pub fn request(case: &Case) -> EvaluationContext {
    let attributes = |source| {
        let mut object = Value::new_object();
        if source == case.source {
            let map = object.as_object_mut().expect("it is an object");
            map.insert(ATTRIBUTE.into(), case.role.into());
        }
        object
    };
    EvaluationContext {
        principal: Principal {
            id: String::new(),
            principal_type: PrincipalType::User,
            custom_security_attributes: Value::new_object(),
        },
        resource: Resource {
            id: String::new(),
            resource_type: String::new(),
            scope: String::new(),
            attributes: attributes(Source::Resource),
        },
        request: RequestContext {
            action: Some(case.action.into()),
            data_action: None,
            attributes: attributes(Source::Request),
        },
        environment: EnvironmentContext {
            is_private_link: None,
            private_endpoint: None,
            subnet: None,
            utc_now: None,
        },
        action: Some(case.action.into()),
        suboperation: None,
    }
}

/// Decides a request.
pub fn decide(condition: &ConditionExpr, request: &EvaluationContext) -> bool {
    ConditionInterpreter::new(request).evaluate_bool(condition).expect("regorus evaluates it")
}
