//! grantif itself.

use crate::case::{ATTRIBUTE, Case, Source};
use abac_eval::{AccessRequest, Decision, PreparedRequest, Program};
use abac_syntax::Parsed;

/// Reads the condition.
pub fn parse(text: &str) -> Parsed {
    let parsed = abac_syntax::parse(text);
    assert!(parsed.diagnostics.is_empty(), "{:#?}", parsed.diagnostics);
    parsed
}

/// Compiles the condition.
pub fn compile(text: &str) -> Program {
    Program::compile(text, &parse(text).tree)
}

/// Makes the request that is evaluated.
pub fn request(case: &Case) -> PreparedRequest {
    let source = match case.source {
        Source::Request => "Request",
        Source::Resource => "Resource",
    };
    AccessRequest::new(case.action)
        .attribute(&format!("@{source}[{ATTRIBUTE}]"), case.role)
        .expect("it is an attribute")
        .prepare()
}

/// Decides a request.
pub fn decide(program: &Program, request: &PreparedRequest) -> bool {
    program.evaluate(request) == Decision::Allow
}
