//! What rules know about a condition, worked out once.

use crate::availability::{self, Missing};
use crate::clause::Clauses;
use crate::options::Options;
use crate::scope::{Scope, Target, scopes};
use abac_catalog::{Attribute as CatalogAttribute, AttributeMatch, Catalog};
use abac_syntax::{
    Attribute, AttributeId, AttributeSource, Block, ExprId, ExprKind, Function, Literal,
    LiteralKind, Operand, Operator, Tree, blocks,
};
use diagnostics::Span;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// A condition and what follows from it.
pub(crate) struct Facts<'a> {
    /// The text.
    pub(crate) source: &'a str,
    /// The text as it was read.
    pub(crate) tree: &'a Tree,
    /// What the caller knows.
    pub(crate) options: &'a Options<'a>,
    /// The condition's blocks.
    pub(crate) blocks: Vec<Block>,
    /// Every comparison, in the order of the text.
    pub(crate) comparisons: Vec<Compared>,
    /// Every `ActionMatches` and `SubOperationMatches` with a pattern, in the order of the text.
    pub(crate) calls: Vec<Called>,
    /// Every test that uses an attribute (comparisons and `Exists`), once for each attribute.
    pub(crate) uses: Vec<Use>,
    /// Attributes that are not available for the actions they are evaluated for.
    pub(crate) missing: Vec<Missing<'a>>,
    // By `ExprId`.
    parents: Vec<Option<ExprId>>,
    // By `AttributeId`.
    known: Vec<Option<u32>>,
    // Each attribute's text once.
    matches: Vec<AttributeMatch<'a, 'a>>,
    scopes: Vec<Scope<'a>>,
    // By `ExprId`; a place in `scopes`.
    scope_of: Vec<Option<u32>>,
    // Worked out by the first rule that asks.
    clauses: OnceCell<Clauses>,
    // Whether a role spells an action out; finding out means looking through all roles.
    operations: RefCell<HashMap<String, bool>>,
}

/// A comparison and its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compared {
    /// The comparison.
    pub(crate) id: ExprId,
    /// Where it stands.
    pub(crate) span: Span,
    /// The left side.
    pub(crate) left: Operand,
    /// The operator.
    pub(crate) operator: Operator,
    /// The right side.
    pub(crate) right: Operand,
    /// The attribute: the left one, or the right one where no attribute is on the left.
    pub(crate) attribute: Option<AttributeId>,
    /// The side that the attribute is compared with; the right one where no attribute is there.
    pub(crate) other: Operand,
}

/// A function and its pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Called {
    /// The call.
    pub(crate) id: ExprId,
    /// Where it stands.
    pub(crate) span: Span,
    /// The function.
    pub(crate) function: Function,
    /// The pattern.
    pub(crate) pattern: Literal,
}

/// One attribute in one test.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    /// The comparison or `Exists`.
    pub(crate) id: ExprId,
    /// The attribute.
    pub(crate) attribute: AttributeId,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(source: &'a str, tree: &'a Tree, options: &'a Options<'a>) -> Self {
        let mut parents = vec![None; tree.len()];
        let mut comparisons = Vec::new();
        let mut calls = Vec::new();
        let mut uses = Vec::new();
        for (id, expr) in tree.exprs() {
            let mut adopt = |child: ExprId| {
                if let Some(parent) = parents.get_mut(child.index()) {
                    *parent = Some(id);
                }
            };
            match expr.kind {
                ExprKind::And(children) | ExprKind::Or(children) => {
                    tree.children(children).iter().copied().for_each(adopt);
                }
                ExprKind::Not { operand, .. } => adopt(operand),
                ExprKind::Group(inner) => adopt(inner),
                ExprKind::Exists { attribute, .. } => uses.push(Use { id, attribute }),
                ExprKind::Comparison { left, operator, right } => {
                    let sides = [left, right];
                    uses.extend(sides.into_iter().filter_map(|side| match side {
                        Operand::Attribute(attribute) => Some(Use { id, attribute }),
                        _ => None,
                    }));
                    let (attribute, other) = match sides {
                        [Operand::Attribute(attribute), _] => (Some(attribute), right),
                        [_, Operand::Attribute(attribute)] => (Some(attribute), left),
                        _ => (None, right),
                    };
                    let span = expr.span;
                    comparisons.push(Compared {
                        id,
                        span,
                        left,
                        operator,
                        right,
                        attribute,
                        other,
                    });
                }
                ExprKind::Call { function, argument: Some(argument), .. } => {
                    let (span, pattern) = (expr.span, *tree.literal(argument));
                    calls.push(Called { id, span, function, pattern });
                }
                ExprKind::Call { .. } | ExprKind::Hole | ExprKind::Error => {}
            }
        }
        comparisons.sort_by_key(|compared| compared.span);
        calls.sort_by_key(|call: &Called| call.span);
        uses.sort_by_key(|one: &Use| one.attribute);
        let blocks = blocks(tree);
        let (scopes, scope_of) = scopes(source, tree, options.catalog, &blocks);
        let (known, matches) = matches(source, tree, options.catalog);
        let mut facts = Self {
            source,
            tree,
            options,
            blocks,
            comparisons,
            calls,
            uses,
            parents,
            known,
            matches,
            scopes,
            scope_of,
            missing: Vec::new(),
            clauses: OnceCell::new(),
            operations: RefCell::default(),
        };
        facts.missing = availability::missing(&facts);
        facts
    }

    /// Returns which clauses say the same.
    pub(crate) fn clauses(&self) -> &Clauses {
        self.clauses.get_or_init(|| Clauses::new(self))
    }

    /// Returns the facts about Azure.
    pub(crate) const fn catalog(&self) -> &'a Catalog {
        self.options.catalog
    }

    /// Says whether an action is known at all, be it that conditions cannot target it.
    pub(crate) fn operation_known(&self, action: &str) -> bool {
        let mut operations = self.operations.borrow_mut();
        if let Some(known) = operations.get(action) {
            return *known;
        }
        let known = self.catalog().operation_known(action);
        operations.insert(action.to_owned(), known);
        known
    }

    /// Returns the text of a span.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    /// Returns the content of a string, or the text of any other literal.
    pub(crate) fn value(&self, literal: &Literal) -> Cow<'a, str> {
        literal.text(self.source)
    }

    /// Returns an attribute reference.
    pub(crate) fn attribute(&self, id: AttributeId) -> &'a Attribute {
        self.tree.attribute(id)
    }

    /// Returns the source of an attribute reference as Azure spells it; `""` where it is unknown.
    pub(crate) fn source_of(&self, id: AttributeId) -> &'static str {
        self.attribute(id).source.map_or("", AttributeSource::as_str)
    }

    /// Returns what the catalog knows about an attribute reference, its source left aside; `None`
    /// for an unknown one and for one with a template hole.
    pub(crate) fn known(&self, id: AttributeId) -> Option<&AttributeMatch<'a, 'a>> {
        let index = self.known.get(id.index()).copied().flatten()?;
        self.matches.get(index as usize)
    }

    /// Returns the expression that an expression is a direct part of.
    pub(crate) fn parent(&self, id: ExprId) -> Option<ExprId> {
        self.parents.get(id.index()).copied().flatten()
    }

    /// Says whether an odd number of `NOT` stands over an expression.
    pub(crate) fn is_negated(&self, id: ExprId) -> bool {
        // Invariant: the parser bounds how deep expressions nest.
        let mut negated = false;
        let mut above = self.parent(id);
        while let Some(parent) = above {
            negated ^= matches!(self.tree.kind(parent), ExprKind::Not { .. });
            above = self.parent(parent);
        }
        negated
    }

    /// Returns the attribute that an attribute reference with its source means, or `None` where the
    /// reference is unknown or no attribute is available through that source.
    pub(crate) fn meant(&self, id: AttributeId) -> Option<&'a CatalogAttribute> {
        self.known(id)?.through(self.source_of(id))
    }

    /// Returns the call whose pattern stands at a place.
    pub(crate) fn call_at(&self, pattern: Span) -> Option<&Called> {
        let behind = self.calls.partition_point(|call| call.pattern.span <= pattern);
        self.calls.get(behind.checked_sub(1)?).filter(|call| call.pattern.span == pattern)
    }

    /// Returns the actions an expression is evaluated for; `None` where that is any action.
    pub(crate) fn scope(&self, id: ExprId) -> Option<&Scope<'a>> {
        let index = self.scope_of.get(id.index()).copied().flatten()?;
        self.scopes.get(index as usize)
    }

    /// Returns the guarded action that lacks an attribute.
    pub(crate) fn target(&self, missing: &Missing<'a>) -> Option<&Target<'a>> {
        self.scope(missing.used_in)?.targets.get(missing.target)
    }

    /// Returns every set of actions that a part of the condition is evaluated for.
    pub(crate) fn scopes(&self) -> &[Scope<'a>] {
        &self.scopes
    }
}

/// Looks every attribute up, each text once: conditions repeat a few attributes many times.
fn matches<'a>(
    source: &'a str,
    tree: &Tree,
    catalog: &'a Catalog,
) -> (Vec<Option<u32>>, Vec<AttributeMatch<'a, 'a>>) {
    let mut matches = Vec::new();
    let mut seen: HashMap<&str, Option<u32>> = HashMap::new();
    let known = tree
        .attributes()
        .map(|(_, attribute)| {
            if attribute.hole {
                return None;
            }
            let body = attribute.body.of(source);
            *seen.entry(body).or_insert_with(|| {
                let found = catalog.match_attribute(body)?;
                matches.push(found);
                Some(matches.len() as u32 - 1)
            })
        })
        .collect();
    (known, matches)
}

/// Says whether a literal is a template hole, or has one in it.
pub(crate) const fn literal_has_hole(literal: &Literal) -> bool {
    matches!(literal.kind, LiteralKind::Hole | LiteralKind::String { hole: true, .. })
}
