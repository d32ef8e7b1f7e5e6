//! Laws of the evaluator.

use crate::reference;
use abac_eval::{AccessRequest, Program, Truth};
use abac_syntax::{Holes, parse_with};
use serde_json::Value;

/// The compiled program, the trace and the naive reference evaluator say the same; returns what.
#[track_caller]
pub fn evaluators_agree(source: &str, request: &AccessRequest) -> Truth {
    let tree = parse_with(source, Holes::Allowed).tree;
    let program = Program::compile(source, &tree);
    let prepared = request.prepare();
    let truth = program.truth(&prepared);
    let expected = reference::evaluate(source, &tree, request).map_or(Truth::Unknown, Truth::from);
    assert_eq!(truth, expected, "compiled and reference differ on {source} and {request:?}");
    assert_eq!(program.evaluate(&prepared), truth.decision(), "{source}");
    let trace = program.trace(source, &tree, request);
    assert_eq!((trace.outcome, trace.decision), (truth, truth.decision()), "{source}");
    assert!(trace.deciding().count() > 0 || tree.is_empty(), "nothing decided {source}");
    truth
}

/// Reads a generated request.
///
/// # Panics
///
/// Where it is none.
#[track_caller]
#[must_use]
pub fn request_of(json: &Value) -> AccessRequest {
    match AccessRequest::from_json(&json.to_string()) {
        Ok(request) => request,
        Err(error) => panic!("{json}: {error}"),
    }
}

/// Decides a request by a condition without template holes.
pub(super) fn truth(source: &str, request: &AccessRequest) -> Truth {
    let tree = parse_with(source, Holes::Refused).tree;
    Program::compile(source, &tree).truth(&request.prepare())
}
