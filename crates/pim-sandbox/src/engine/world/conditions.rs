//! Conditions, compiled once for each text.

use super::World;
use abac_eval::{AccessRequest, Program, Trace};
use abac_syntax::Tree;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many compiled conditions are kept; when there are more, all are compiled anew.
const MAX_KEPT: usize = 4096;

/// A condition that can be evaluated.
#[derive(Debug)]
pub(crate) struct Condition {
    text: String,
    tree: Tree,
    program: Program,
}

impl Condition {
    pub(crate) fn compile(text: &str) -> Self {
        let tree = abac_syntax::parse(text).tree;
        let program = Program::compile(text, &tree);
        Self { text: text.to_owned(), tree, program }
    }

    /// Says whether it lets a request pass.
    pub(crate) fn allows(&self, request: &AccessRequest) -> bool {
        self.program.evaluate(&request.prepare()).is_allow()
    }

    /// Says why it decides as it does.
    pub(crate) fn trace(&self, request: &AccessRequest) -> Trace {
        self.program.trace(&self.text, &self.tree, request)
    }
}

#[derive(Debug, Default)]
pub(super) struct Conditions {
    compiled: Mutex<HashMap<String, Arc<Condition>>>,
}

impl World {
    /// Returns the compiled condition of a text.
    pub(crate) fn condition(&self, text: &str) -> Arc<Condition> {
        let mut compiled = self.conditions.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(condition) = compiled.get(text) {
            return Arc::clone(condition);
        }
        let condition = Arc::new(Condition::compile(text));
        if compiled.len() >= MAX_KEPT {
            compiled.clear();
        }
        compiled.insert(text.to_owned(), Arc::clone(&condition));
        condition
    }
}
