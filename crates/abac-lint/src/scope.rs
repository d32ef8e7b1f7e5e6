//! Which actions a part of a condition is evaluated for.

use crate::facts::literal_has_hole;
use abac_catalog::{Action, Catalog, matches_action, matches_suboperation};
use abac_syntax::{Block, ExprId, ExprKind, Function, Guard, GuardSuboperation, LiteralId, Tree};
use diagnostics::Span;
use std::borrow::Cow;

/// The actions that a part of a condition is evaluated for: those of one guard, or those that a
/// test in front of it, joined by `AND`, lets through.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// One for each `ActionMatches`; any of them may be the action of the request.
    pub(crate) targets: Vec<Target<'a>>,
}

/// One `ActionMatches` with its suboperations.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    /// The pattern; `None` where only a suboperation is matched, or a template hole stands in it.
    pub(crate) pattern: Option<Cow<'a, str>>,
    /// Where the pattern stands with its quotes; the suboperation where there is no pattern.
    pub(crate) span: Span,
    /// The suboperations that are asked for or excluded.
    pub(crate) suboperations: Vec<NamedSuboperation<'a>>,
    /// Whether a template hole stands in it, so that nothing is known about its actions.
    pub(crate) hole: bool,
    /// The catalog's actions that it covers, those limited to a suboperation apart from those
    /// that are not; empty where the catalog knows none.
    pub(crate) actions: Vec<&'a Action>,
}

/// A suboperation named in a target.
#[derive(Debug)]
pub(crate) struct NamedSuboperation<'a> {
    /// The name.
    pub(crate) name: Cow<'a, str>,
    /// Where it stands, with its quotes.
    pub(crate) span: Span,
    /// Whether it is excluded.
    pub(crate) negated: bool,
}

impl Scope<'_> {
    /// Says whether every target is known to the catalog, so that what is available for it is
    /// known too.
    pub(crate) fn is_known(&self) -> bool {
        self.targets.iter().all(|target| !target.hole && !target.actions.is_empty())
    }
}

impl Target<'_> {
    /// Says whether the pattern has a wildcard.
    pub(crate) fn has_wildcard(&self) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| pattern.contains('*'))
    }
}

/// Works out the scopes of a condition and, for each expression by its index, which one holds.
pub(crate) fn scopes<'a>(
    source: &'a str,
    tree: &Tree,
    catalog: &'a Catalog,
    blocks: &[Block],
) -> (Vec<Scope<'a>>, Vec<Option<u32>>) {
    let mut walk =
        Walk { source, tree, catalog, scopes: Vec::new(), scope_of: vec![None; tree.len()] };
    for block in blocks {
        let scope = match block.guards.as_slice() {
            [] => None,
            guards => {
                let targets = guards.iter().map(|guard| walk.target_of_guard(guard)).collect();
                Some(walk.add(Scope { targets }))
            }
        };
        for alternative in &block.alternatives {
            walk.descend(*alternative, scope);
        }
    }
    (walk.scopes, walk.scope_of)
}

struct Walk<'a, 't> {
    source: &'a str,
    tree: &'t Tree,
    catalog: &'a Catalog,
    scopes: Vec<Scope<'a>>,
    scope_of: Vec<Option<u32>>,
}

impl<'a> Walk<'a, '_> {
    fn add(&mut self, scope: Scope<'a>) -> u32 {
        self.scopes.push(scope);
        self.scopes.len() as u32 - 1
    }

    /// Gives an expression and its parts their scope.
    fn descend(&mut self, root: ExprId, scope: Option<u32>) {
        // With each, whether it is part of an AND that has narrowed the scope already.
        let mut open = vec![(root, scope, false)];
        while let Some((id, scope, narrowed)) = open.pop() {
            if let Some(place) = self.scope_of.get_mut(id.index()) {
                *place = scope;
            }
            match self.tree.kind(id) {
                ExprKind::And(children) => {
                    let children = self.tree.children(children);
                    let scope = match narrowed {
                        true => scope,
                        false => self.narrowed(children).or(scope),
                    };
                    open.extend(children.iter().map(|child| (*child, scope, true)));
                }
                ExprKind::Or(children) => {
                    let children = self.tree.children(children);
                    open.extend(children.iter().map(|child| (*child, scope, false)));
                }
                ExprKind::Not { operand, .. } => open.push((operand, scope, false)),
                ExprKind::Group(inner) => open.push((inner, scope, narrowed)),
                _ => {}
            }
        }
    }

    /// Returns the scope of `ActionMatches{'…'} AND …`, where the rest is evaluated for that
    /// action only.
    fn narrowed(&mut self, children: &[ExprId]) -> Option<u32> {
        let mut action = None;
        let mut suboperations = Vec::new();
        for child in children.iter().flat_map(|child| self.tree.conjuncts(*child)) {
            let inner = self.tree.ungrouped(child);
            let (negated, inner) = match self.tree.kind(inner) {
                ExprKind::Not { operand, .. } => (true, self.tree.ungrouped(operand)),
                _ => (false, inner),
            };
            if let ExprKind::Call { function, argument: Some(argument), .. } = self.tree.kind(inner)
            {
                match function {
                    Function::ActionMatches if !negated => action = Some(argument),
                    Function::ActionMatches => {}
                    Function::SubOperationMatches => {
                        suboperations.push(GuardSuboperation { name: argument, negated });
                    }
                }
            }
        }
        let action = action?;
        let target = self.target(Some(action), &suboperations, self.tree.literal(action).span);
        Some(self.add(Scope { targets: vec![target] }))
    }

    fn target_of_guard(&self, guard: &Guard) -> Target<'a> {
        let place = guard.action.or(guard.suboperations.first().map(|named| named.name));
        let span = place.map_or(guard.span, |literal| self.tree.literal(literal).span);
        self.target(guard.action, &guard.suboperations, span)
    }

    fn target(
        &self,
        action: Option<LiteralId>,
        suboperations: &[GuardSuboperation],
        span: Span,
    ) -> Target<'a> {
        let literals = action.iter().copied().chain(suboperations.iter().map(|one| one.name));
        let mut hole = false;
        for literal in literals {
            hole |= literal_has_hole(self.tree.literal(literal));
        }
        let pattern = action
            .map(|action| self.tree.literal(action))
            .filter(|literal| !literal_has_hole(literal))
            .map(|literal| literal.text(self.source));
        let suboperations: Vec<_> = suboperations
            .iter()
            .map(|named| (self.tree.literal(named.name), named.negated))
            .filter(|(literal, _)| !literal_has_hole(literal))
            .map(|(literal, negated)| NamedSuboperation {
                name: literal.text(self.source),
                span: literal.span,
                negated,
            })
            .collect();
        let actions = covered(self.catalog, pattern.as_deref(), &suboperations);
        Target { pattern, span, suboperations, hole, actions }
    }
}

/// Returns the catalog's actions that a pattern covers: where a suboperation is named that an
/// action is limited to, that one; otherwise those without a suboperation.
fn covered<'a>(
    catalog: &'a Catalog,
    pattern: Option<&str>,
    suboperations: &[NamedSuboperation<'_>],
) -> Vec<&'a Action> {
    let named = |action: &Action| {
        action.suboperation.is_some_and(|target| {
            suboperations.iter().any(|named| {
                named.negated == target.negated && matches_suboperation(&named.name, target.name)
            })
        })
    };
    let unknown = |named: &NamedSuboperation<'_>| {
        catalog.suboperations_matching(&named.name).next().is_none()
    };
    if suboperations.iter().any(unknown) {
        return Vec::new();
    }
    let mut limited = Vec::new();
    let mut whole = Vec::new();
    for action in catalog.actions() {
        let matches = match pattern {
            None => true,
            Some(pattern) if pattern.contains('*') => matches_action(pattern, action.action),
            Some(pattern) => pattern.eq_ignore_ascii_case(action.action),
        };
        if !matches {
            continue;
        }
        if action.suboperation.is_none() {
            whole.push(action);
        } else if named(action) {
            limited.push(action);
        }
    }
    if pattern.is_none() {
        return limited;
    }
    if !limited.is_empty() {
        // A pattern that covers several actions may meet the suboperation in some of them only.
        whole.retain(|action| !limited.iter().any(|other| other.action == action.action));
        limited.append(&mut whole);
        return limited;
    }
    whole
}
