//! A condition, compiled.

mod leaf;

pub(crate) use leaf::{Leaf, Obstacle, Test};

use crate::decision::{Decision, Truth};
use crate::prepared::{PreparedRequest, Slot};
use crate::request::AccessRequest;
use crate::trace::Trace;
use abac_syntax::{ExprId, ExprKind, Tree};

/// A compiled condition: evaluates any number of requests without allocating.
///
/// # How it works
///
/// `NOT` is moved down to the single clauses, which three-valued logic allows. What is left joins
/// "this clause is true" and "this clause is false" with `AND` and `OR` only, and neither holds of
/// an unknown clause; so plain short-circuit jumps decide the whole. A second run of jumps answers
/// whether the condition is false, for those who ask why.
///
/// # Examples
///
/// ```
/// use abac_eval::{AccessRequest, Decision, Program};
///
/// let source = "!(ActionMatches{'a/write'}) OR @Request[a:name] StringEquals 'x'";
/// let parsed = abac_syntax::parse(source);
/// let program = Program::compile(source, &parsed.tree);
///
/// let request = AccessRequest::new("a/write").attribute("@Request[a:name]", "x")?.prepare();
/// assert_eq!(program.evaluate(&request), Decision::Allow);
/// # Ok::<(), abac_eval::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Program {
    leaves: Box<[Leaf]>,
    slots: Box<[Slot]>,
    /// The leaf of every expression, by [`ExprId::index`]; [`NO_LEAF`] for `AND`, `OR` and so on.
    leaf_of: Box<[u32]>,
    is_true: Jumps,
    is_false: Jumps,
}

const NO_LEAF: u32 = u32::MAX;

/// Short-circuit code.
#[derive(Debug, Clone)]
struct Jumps {
    // Invariant: a step jumps to a lower place only, so that every run ends.
    steps: Box<[Step]>,
    entry: u32,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    leaf: u32,
    /// What the leaf has to be for the `then` jump.
    wanted: Truth,
    then: u32,
    otherwise: u32,
}

/// Places behind the code, where a run ends.
const HOLDS: u32 = u32::MAX;
const FAILS: u32 = u32::MAX - 1;

/// How deep the compiler follows a tree. The parser's limit on parentheses and `NOT` is
/// [`abac_syntax::MAX_DEPTH`]; each level has at most a group, an `OR` and an `AND`.
const MAX_DEPTH: usize = 4 * abac_syntax::MAX_DEPTH + 8;

impl Program {
    /// Compiles a condition; `source` is the text the tree was parsed from.
    ///
    /// Clauses that could not be read, and template holes, are unknown to every request.
    #[must_use]
    pub fn compile(source: &str, tree: &Tree) -> Self {
        let mut slots = leaf::Slots::default();
        let mut leaves = Vec::new();
        let mut leaf_of = vec![NO_LEAF; tree.len()];
        for ((id, _), place) in tree.exprs().zip(&mut leaf_of) {
            if let Some(leaf) = Leaf::compile(source, tree, id, &mut slots) {
                *place = u32::try_from(leaves.len()).unwrap_or(NO_LEAF);
                leaves.push(leaf);
            }
        }
        let is_true = Jumps::compile(tree, &leaf_of, true);
        let is_false = Jumps::compile(tree, &leaf_of, false);
        Self {
            leaves: leaves.into(),
            slots: slots.into_slots(),
            leaf_of: leaf_of.into(),
            is_true,
            is_false,
        }
    }

    /// Decides a request. An empty condition, and one that stays unknown, is denied.
    #[must_use]
    pub fn evaluate(&self, request: &PreparedRequest) -> Decision {
        if self.run(&self.is_true, request) { Decision::Allow } else { Decision::Deny }
    }

    /// Decides requests one after the other, lazily.
    pub fn evaluate_batch<'p, I>(&'p self, requests: I) -> impl Iterator<Item = Decision> + 'p
    where
        I: IntoIterator<Item = &'p PreparedRequest>,
        I::IntoIter: 'p,
    {
        requests.into_iter().map(|request| self.evaluate(request))
    }

    /// Returns the value of the whole condition, which tells false from unknown.
    #[must_use]
    pub fn truth(&self, request: &PreparedRequest) -> Truth {
        if self.run(&self.is_true, request) {
            Truth::True
        } else if self.run(&self.is_false, request) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// Evaluates every clause and says which of them decided, and why.
    ///
    /// `source` and `tree` are those the program was compiled from.
    #[must_use]
    pub fn trace(&self, source: &str, tree: &Tree, request: &AccessRequest) -> Trace {
        Trace::new(self, source, tree, request)
    }

    fn run(&self, jumps: &Jumps, request: &PreparedRequest) -> bool {
        let mut place = jumps.entry;
        while let Some(step) = jumps.steps.get(place as usize) {
            let truth = match self.leaves.get(step.leaf as usize) {
                Some(leaf) => leaf.truth(&self.slots, request),
                None => Truth::Unknown,
            };
            place = if truth == step.wanted { step.then } else { step.otherwise };
        }
        place == HOLDS
    }

    /// Returns the compiled form of a single clause.
    pub(crate) fn leaf(&self, id: ExprId) -> Option<&Leaf> {
        self.leaves.get(*self.leaf_of.get(id.index())? as usize)
    }

    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
    }
}

impl Jumps {
    fn compile(tree: &Tree, leaf_of: &[u32], wanted: bool) -> Self {
        let mut compiler = JumpCompiler { tree, leaf_of, steps: Vec::new() };
        let entry = match tree.root() {
            Some(root) => {
                compiler.place(root, wanted, Targets { then: HOLDS, otherwise: FAILS }, 0)
            }
            None => FAILS,
        };
        Self { steps: compiler.steps.into(), entry }
    }
}

/// Writes code from its end to its beginning, so that every target is known when it is needed.
struct JumpCompiler<'t> {
    tree: &'t Tree,
    leaf_of: &'t [u32],
    steps: Vec<Step>,
}

#[derive(Clone, Copy)]
struct Targets {
    then: u32,
    otherwise: u32,
}

impl JumpCompiler<'_> {
    /// Writes the test whether an expression is `wanted`, and returns where it begins.
    fn place(&mut self, id: ExprId, wanted: bool, targets: Targets, depth: usize) -> u32 {
        let leaf = match self.tree.kind(id) {
            _ if depth > MAX_DEPTH => NO_LEAF,
            ExprKind::Group(inner) => return self.place(inner, wanted, targets, depth + 1),
            ExprKind::Not { operand, .. } => {
                return self.place(operand, !wanted, targets, depth + 1);
            }
            // "NOT (a AND b)" is "NOT a OR NOT b".
            kind @ (ExprKind::And(children) | ExprKind::Or(children)) => {
                let all = matches!(kind, ExprKind::And(_)) == wanted;
                let mut entry = if all { targets.then } else { targets.otherwise };
                for child in self.tree.children(children).iter().rev() {
                    let next = if all {
                        Targets { then: entry, ..targets }
                    } else {
                        Targets { otherwise: entry, ..targets }
                    };
                    entry = self.place(*child, wanted, next, depth + 1);
                }
                return entry;
            }
            _ => self.leaf_of.get(id.index()).copied().unwrap_or(NO_LEAF),
        };
        let place = u32::try_from(self.steps.len()).unwrap_or(FAILS);
        let Targets { then, otherwise } = targets;
        self.steps.push(Step { leaf, wanted: Truth::from(wanted), then, otherwise });
        place
    }
}
