//! Deciding requests.

use crate::answer::Failure;
use crate::finding::Places;
use abac_eval::{
    AccessRequest, AttributeValue, PreparedRequest, Program, RequestError, Trace, Value,
};
use abac_syntax::Tree;

/// A condition that can be evaluated.
#[derive(Debug)]
pub struct Compiled {
    text: String,
    tree: Tree,
    program: Program,
}

impl Compiled {
    /// Compiles a condition.
    ///
    /// # Errors
    ///
    /// A condition with errors, which is not evaluated.
    pub fn new(text: &str) -> Result<Self, Failure> {
        let parsed = abac_syntax::parse(text);
        if let Some(failure) = Failure::of_errors(text, &parsed.diagnostics) {
            return Err(failure);
        }
        let program = Program::compile(text, &parsed.tree);
        Ok(Self { text: text.to_owned(), tree: parsed.tree, program })
    }

    /// Returns the text of the condition.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Says whether a request passes.
    #[must_use]
    pub fn allows(&self, request: &PreparedRequest) -> bool {
        self.program.evaluate(request).is_allow()
    }

    /// Decides a request and says which clauses decided; spans count indexes of the string, and
    /// whole numbers that JavaScript's numbers do not hold stand as text.
    #[must_use]
    pub fn trace(&self, request: &AccessRequest) -> Trace {
        let mut trace = self.program.trace(&self.text, &self.tree, request);
        let places = Places::new(&self.text);
        for clause in &mut trace.clauses {
            clause.span = places.units(clause.span);
            for seen in &mut clause.seen {
                match &mut seen.value {
                    Some(AttributeValue::One(value)) => keep_exact(value),
                    Some(AttributeValue::Many(values)) => values.iter_mut().for_each(keep_exact),
                    None => {}
                }
            }
        }
        trace
    }
}

/// Writes a whole number as text where the numbers of JavaScript would round it.
fn keep_exact(value: &mut Value) {
    const MOST: u64 = (1 << 53) - 1;
    if let Value::Integer(number) = value
        && number.unsigned_abs() > MOST
    {
        *value = Value::String(number.to_string());
    }
}

/// Reads a request from JSON.
///
/// # Errors
///
/// What is no request; the message names the field, what was expected and what was found.
pub fn request(json: &str) -> Result<AccessRequest, Failure> {
    AccessRequest::from_json(json).map_err(|error| {
        let id = match error {
            RequestError::Json { .. } => "json",
            RequestError::TooLarge { .. } => "too-large",
            _ => "access-request",
        };
        Failure::new(id, error.to_string())
    })
}
