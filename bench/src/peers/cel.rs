//! `cel`: the same rule as a Common Expression Language program.

use crate::case::{Case, Source};
use cel::{Context, Program, Value};
use std::collections::HashMap;

/// The condition as a program.
pub const TEXT: &str = "(action != 'Microsoft.Authorization/roleAssignments/write' || \
request.roleDefinitionId in \
['7f951dda-4ed3-4680-a7ca-43fe172d538d', '8311e382-0749-4cb8-b61a-304f252e45ec', \
'acdd72a7-3385-48ef-bd42-f606fba81ae7', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1']) && \
(action != 'Microsoft.Authorization/roleAssignments/delete' || \
resource.roleDefinitionId in \
['7f951dda-4ed3-4680-a7ca-43fe172d538d', '8311e382-0749-4cb8-b61a-304f252e45ec', \
'acdd72a7-3385-48ef-bd42-f606fba81ae7', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'])";

/// Compiles the program.
pub fn parse(text: &str) -> Program {
    Program::compile(text).expect("cel reads its program")
}

/// Makes the request that is evaluated.
pub fn request(case: &Case) -> Context<'static, 'static> {
    let attributes = |source| {
        let mut map = HashMap::new();
        if source == case.source {
            map.insert("roleDefinitionId", case.role);
        }
        map
    };
    let mut context = Context::default();
    context.add_variable_from_value("action", case.action);
    context.add_variable_from_value("request", attributes(Source::Request));
    context.add_variable_from_value("resource", attributes(Source::Resource));
    context
}

/// Decides a request.
pub fn decide(program: &Program, context: &Context<'_, '_>) -> bool {
    program.execute(context).expect("cel evaluates it") == Value::Bool(true)
}
