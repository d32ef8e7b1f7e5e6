//! The functions that need the catalog, and those about PIM.

use super::given::{Given, document, options, text};
use super::{answer, guard};
use crate::answer::Failure;
use pim_model::{MAX_DOCUMENT_BYTES, Timestamp};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

const MAX_DOCUMENT: u32 = MAX_DOCUMENT_BYTES as u32;

/// How long a search text may be, in UTF-16 code units.
const MAX_SEARCH: u32 = 1 << 12;

/// Finds what is wrong with a condition: what the parser and every rule find, with fixes.
#[wasm_bindgen(unchecked_return_type = "Answer<Checked>")]
#[must_use]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckOptions")] options: &JsValue,
) -> JsValue {
    answer(Given { condition, options }.with(|text, options| crate::check(text, &options)))
}

/// Applies the fixes of a condition until nothing more can be repaired.
#[wasm_bindgen(unchecked_return_type = "Answer<Fixed>")]
#[must_use]
pub fn fix(
    #[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FixOptions")] options: &JsValue,
) -> JsValue {
    answer(Given { condition, options }.with(|text, options| crate::fix(text, &options)))
}

/// Says in plain English what a condition allows.
#[wasm_bindgen(unchecked_return_type = "Answer<Explained>")]
#[must_use]
pub fn explain(
    #[wasm_bindgen(unchecked_param_type = "string")] condition: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ExplainOptions")] options: &JsValue,
) -> JsValue {
    answer(Given { condition, options }.with(|text, options| crate::explain(text, &options)))
}

/// Finds roles by the words of their names or by GUID; an empty text finds all.
#[wasm_bindgen(js_name = searchRoles, unchecked_return_type = "Answer<FoundRoles>")]
#[must_use]
pub fn search_roles(
    #[wasm_bindgen(unchecked_param_type = "string")] words: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SearchOptions")] options: &JsValue,
) -> JsValue {
    let found = text("words", words, MAX_SEARCH)
        .and_then(|text| crate::search_roles(&text, &self::options(options)?));
    answer(found)
}

/// Finds actions that a condition can target, by the words of their ids, names and permission
/// strings; an empty text finds all.
#[wasm_bindgen(js_name = searchActions, unchecked_return_type = "Answer<FoundActions>")]
#[must_use]
pub fn search_actions(
    #[wasm_bindgen(unchecked_param_type = "string")] words: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SearchOptions")] options: &JsValue,
) -> JsValue {
    let found = text("words", words, MAX_SEARCH)
        .and_then(|text| crate::search_actions(&text, &self::options(options)?));
    answer(found)
}

/// Finds what is wrong with the schedule requests, role assignments and policies of a document: the
/// JSON of a call or an answer, a list of them, or an ARM template.
#[wasm_bindgen(js_name = checkRequest, unchecked_return_type = "Answer<CheckedRequests>")]
#[must_use]
pub fn check_request(
    #[wasm_bindgen(unchecked_param_type = "string | object")] request: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "RequestOptions")] options: &JsValue,
) -> JsValue {
    let checked = document("request", request, MAX_DOCUMENT)
        .and_then(|text| crate::check_request(&text, &self::options(options)?, now()?));
    answer(checked)
}

/// Holds every request of a document against the policies of another, and gives the nearest request
/// that the policy allows.
#[wasm_bindgen(unchecked_return_type = "Answer<Judged[]>")]
#[must_use]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "string | object")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string | object")] policy: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "JudgeOptions")] options: &JsValue,
) -> JsValue {
    let judged = document("request", request, MAX_DOCUMENT).and_then(|request| {
        let policy = document("policy", policy, MAX_DOCUMENT)?;
        crate::judge(&request, &policy, &self::options(options)?, now()?)
    });
    answer(judged)
}

/// Makes the request that does what is wanted.
#[wasm_bindgen(js_name = newRequest, unchecked_return_type = "Answer<NewRequest>")]
#[must_use]
pub fn new_request(#[wasm_bindgen(unchecked_param_type = "Intent")] intent: &JsValue) -> JsValue {
    answer(options(intent).and_then(|intent| crate::new_request(&intent)))
}

/// Writes the one request, assignment or policy of a document for the tool that deploys it.
#[wasm_bindgen(unchecked_return_type = "Answer<Emission>")]
#[must_use]
pub fn emit(
    #[wasm_bindgen(unchecked_param_type = "string | object")] request: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "EmitOptions")] options: &JsValue,
) -> JsValue {
    let emitted = document("request", request, MAX_DOCUMENT)
        .and_then(|text| crate::emit(&text, &self::options(options)?, now()?, guard::is_nfc));
    answer(emitted)
}

/// Lists the targets that `emit` writes for.
#[wasm_bindgen(unchecked_return_type = "Answer<TargetInfo[]>")]
#[must_use]
pub fn targets() -> JsValue {
    answer(Ok(crate::targets()))
}

/// Returns the time that JavaScript has.
fn now() -> Result<Timestamp, Failure> {
    Timestamp::from_millisecond(guard::now() as i64)
        .map_err(|_| Failure::new("options", "the clock shows no time").help("give it with `at`"))
}
