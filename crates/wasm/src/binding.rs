//! The functions and classes as the module exports them.
//!
//! Whatever JavaScript gives is taken by `guard.js`, which throws nothing and hands over text; so
//! nothing of JavaScript runs while a value of ours is borrowed, and nothing unwinds.

mod classes;
#[cfg(feature = "full")]
mod full;
mod given;
mod guard;
mod store;

pub use classes::{Condition, PreparedRequest, RequestBatch};
#[cfg(feature = "full")]
pub use full::*;

use crate::answer::{Answer, Failure};
use given::{Given, text};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The largest condition that is taken, in UTF-16 code units; the parser has its own limit in bytes.
const MAX_CONDITION: u32 = 1 << 20;

/// Returns the version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Reads a condition, however broken it is: findings, the tree, and the tokens if they are asked for.
#[wasm_bindgen(unchecked_return_type = "Answer<Parsed>")]
#[must_use]
pub fn parse(
    #[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ParseOptions")] options: &JsValue,
) -> JsValue {
    answer(Given { condition, options }.with(crate::parse))
}

/// Lays a condition out. The new text is read again before it is given.
#[wasm_bindgen(unchecked_return_type = "Answer<string>")]
#[must_use]
pub fn format(
    #[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FormatOptions")] options: &JsValue,
) -> JsValue {
    answer(Given { condition, options }.with(crate::format))
}

/// Compiles a condition for any number of evaluations.
#[wasm_bindgen(unchecked_return_type = "Answer<Condition>")]
#[must_use]
pub fn compile(#[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue) -> JsValue {
    match text("condition", condition, MAX_CONDITION).and_then(|text| crate::Compiled::new(&text)) {
        Ok(compiled) => Condition::new(compiled).into_answer(),
        Err(failure) => failed(failure),
    }
}

/// Reads a request once, for any number of evaluations.
#[wasm_bindgen(js_name = prepareRequest, unchecked_return_type = "Answer<PreparedRequest>")]
#[must_use]
pub fn prepare_request(
    #[wasm_bindgen(unchecked_param_type = "AccessRequest")] request: &JsValue,
) -> JsValue {
    match given::request(request) {
        Ok(request) => PreparedRequest::new(request.prepare()).into_answer(),
        Err(failure) => failed(failure),
    }
}

/// Reads many requests once. One that is no request makes the whole list fail, with its place.
#[wasm_bindgen(js_name = prepareRequests, unchecked_return_type = "Answer<RequestBatch>")]
#[must_use]
pub fn prepare_requests(
    #[wasm_bindgen(unchecked_param_type = "AccessRequest[]")] requests: &JsValue,
) -> JsValue {
    match given::requests(requests) {
        Ok(requests) => RequestBatch::new(requests).into_answer(),
        Err(failure) => failed(failure),
    }
}

/// Makes the object that JavaScript sees.
fn answer<T: Serialize>(result: Result<T, Failure>) -> JsValue {
    // A value of ours always is JSON: its keys are strings, its numbers finite.
    let text = serde_json::to_string(&Answer::from(result)).unwrap_or_default();
    guard::from_json(&text)
}

fn failed(failure: Failure) -> JsValue {
    answer::<()>(Err(failure))
}
