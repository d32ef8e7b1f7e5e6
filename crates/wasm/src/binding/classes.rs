//! What is kept between calls: compiled conditions and prepared requests.

use super::store::Store;
use super::{answer, failed, given, guard};
use crate::answer::Failure;
use crate::evaluate::Compiled;
use abac_eval::PreparedRequest as Prepared;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

thread_local! {
    static CONDITIONS: Store<Compiled> = Store::new();
    static REQUESTS: Store<Prepared> = Store::new();
    static BATCHES: Store<Vec<Prepared>> = Store::new();
}

/// Makes a class of a store. Its object is a number in the store; when JavaScript lets go of the
/// object, or calls `free`, what it stands for is dropped.
macro_rules! held {
    ($class:ident, $store:ident, $content:ty) => {
        impl $class {
            pub(super) fn new(content: $content) -> Self {
                Self { handle: $store.with(|store| store.keep(content)) }
            }

            pub(super) fn into_answer(self) -> JsValue {
                let handle = f64::from(self.handle);
                guard::done(&JsValue::from(self), handle)
            }
        }

        impl Drop for $class {
            fn drop(&mut self) {
                $store.with(|store| store.release(self.handle));
            }
        }
    };
}

/// A compiled condition. `free`, or the end of a `using` block, gives its memory back; otherwise the
/// garbage collector does.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Condition {
    handle: u32,
}

/// A request that was read once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PreparedRequest {
    handle: u32,
}

/// Many requests that were read once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RequestBatch {
    handle: u32,
}

held!(Condition, CONDITIONS, Compiled);
held!(PreparedRequest, REQUESTS, Prepared);
held!(RequestBatch, BATCHES, Vec<Prepared>);

#[wasm_bindgen]
impl Condition {
    /// Decides a request. One that was prepared is decided without being read again.
    #[wasm_bindgen(unchecked_return_type = "Answer<Decision>")]
    pub fn evaluate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PreparedRequest | AccessRequest")] request: &JsValue,
    ) -> JsValue {
        let decided = match held(request) {
            Some(handle) => self.look(|condition| {
                REQUESTS.with(|store| store.with(handle, |request| condition.allows(request)))
            }),
            None => match given::request(request) {
                Ok(request) => self.look(|condition| Some(condition.allows(&request.prepare()))),
                Err(failure) => return failed(failure),
            },
        };
        match decided {
            Ok(Some(allowed)) => guard::decided(allowed),
            Ok(None) => failed(not_there("request", "a prepared request")),
            Err(failure) => failed(failure),
        }
    }

    /// Decides many requests in one call: 1 for each that is allowed, 0 for each that is denied.
    #[wasm_bindgen(js_name = evaluateAll, unchecked_return_type = "Answer<Uint8Array>")]
    pub fn evaluate_all(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RequestBatch")] requests: &JsValue,
    ) -> JsValue {
        let Some(handle) = held(requests) else {
            let expected = "requests of `prepareRequests`";
            return failed(given::wrong_type("requests", expected, "something else"));
        };
        let decided = self.look(|condition| {
            BATCHES.with(|store| {
                store.with(handle, |requests| {
                    let decide = |request| u8::from(condition.allows(request));
                    requests.iter().map(decide).collect::<Vec<u8>>()
                })
            })
        });
        match decided {
            Ok(Some(decisions)) => guard::bytes(&decisions),
            Ok(None) => failed(not_there("requests", "prepared requests")),
            Err(failure) => failed(failure),
        }
    }

    /// Decides a request and says which clauses decided, and why. A whole number that a number of
    /// JavaScript does not hold stands as text.
    #[wasm_bindgen(unchecked_return_type = "Answer<Trace>")]
    pub fn trace(
        &self,
        #[wasm_bindgen(unchecked_param_type = "AccessRequest")] request: &JsValue,
    ) -> JsValue {
        let traced = given::request(request)
            .and_then(|request| self.look(|condition| condition.trace(&request)));
        answer(traced)
    }

    /// Gives the text it was compiled from.
    #[wasm_bindgen(unchecked_return_type = "Answer<string>")]
    pub fn text(&self) -> JsValue {
        answer(self.look(|condition| condition.text().to_owned()))
    }

    /// What `free` calls; see `guard.js`.
    #[wasm_bindgen(skip_typescript)]
    pub fn release(&self) {
        CONDITIONS.with(|store| store.release(self.handle));
    }

    fn look<R>(&self, look: impl FnOnce(&Compiled) -> R) -> Result<R, Failure> {
        CONDITIONS
            .with(|store| store.with(self.handle, look))
            .ok_or_else(|| released("the condition"))
    }
}

#[wasm_bindgen]
impl PreparedRequest {
    /// What `free` calls; see `guard.js`.
    #[wasm_bindgen(skip_typescript)]
    pub fn release(&self) {
        REQUESTS.with(|store| store.release(self.handle));
    }
}

#[wasm_bindgen]
impl RequestBatch {
    /// Gives the number of requests.
    #[wasm_bindgen(unchecked_return_type = "Answer<number>")]
    pub fn count(&self) -> JsValue {
        let count = BATCHES.with(|store| store.with(self.handle, Vec::len));
        answer(count.ok_or_else(|| released("the list of requests")))
    }

    /// What `free` calls; see `guard.js`.
    #[wasm_bindgen(skip_typescript)]
    pub fn release(&self) {
        BATCHES.with(|store| store.release(self.handle));
    }
}

/// Returns the number of an object of ours.
fn held(value: &JsValue) -> Option<u32> {
    let handle = guard::handle_of(value);
    // Invariant: what `guard.js` gives is a number that it was given, or -1.
    (handle >= 0.0).then_some(handle as u32)
}

fn released(what: &str) -> Failure {
    Failure::new("released", format!("{what} was freed and cannot be used any more"))
}

/// Says that an object of ours is of another class, or was freed.
fn not_there(name: &str, expected: &str) -> Failure {
    Failure::new("released", format!("`{name}` was freed, or is not {expected}"))
}
