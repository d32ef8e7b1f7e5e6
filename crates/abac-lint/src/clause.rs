//! Which clauses of a condition say the same.

use crate::facts::{Facts, literal_has_hole};
use crate::value::{Value, value};
use abac_catalog::matches_action;
use abac_syntax::{
    AttributeId, Comparison, ExprId, ExprKind, Function, Literal, Operand, Operator, Quantifier,
};
use std::collections::HashMap;

/// Numbers for clauses and attributes: the same number means the same, whatever the spelling, the
/// order or the parentheses.
///
/// That a Not operator is the negation of its positive one is *documented*; that no clause changes
/// the answer of another is *assumed* (conditions-format, 2023-11-15).
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    /// Every chain of `AND` or `OR`, chains within the same kind of chain counted to that.
    pub(crate) chains: Vec<Chain>,
    // By `ExprId`; `None` where a template hole or something unread is part of it.
    numbers: Vec<Option<u32>>,
    // By `AttributeId`.
    attributes: Vec<Option<u32>>,
    // By number of clause.
    negations: Vec<Option<u32>>,
    // By `ExprId`, a place in `chains`.
    chain_of: HashMap<ExprId, u32>,
}

/// A chain of terms.
#[derive(Debug)]
pub(crate) struct Chain {
    /// The outermost `AND` or `OR`.
    pub(crate) id: ExprId,
    /// Whether it is one of `AND`.
    pub(crate) and: bool,
    /// The terms, in the order of the text, within their parentheses.
    pub(crate) terms: Vec<ExprId>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Call(Function, String),
    Exists(u32),
    Comparison(Side<'a>, Option<Quantifier>, Comparison, Side<'a>),
    Not(u32),
    And(Vec<u32>),
    Or(Vec<u32>),
}

#[derive(PartialEq, Eq, Hash)]
enum Side<'a> {
    Attribute(u32),
    Value(Value<'a>),
    Set(Vec<Value<'a>>),
}

impl Clauses {
    pub(crate) fn new(facts: &Facts<'_>) -> Self {
        let mut builder = Builder { facts, clauses: Self::default(), known: HashMap::new() };
        builder.number_attributes();
        builder.number_expressions();
        builder.find_chains();
        builder.clauses
    }

    /// Returns the number of a clause.
    pub(crate) fn number(&self, id: ExprId) -> Option<u32> {
        self.numbers.get(id.index()).copied().flatten()
    }

    /// Returns the number of an attribute reference, its source included.
    pub(crate) fn attribute(&self, id: AttributeId) -> Option<u32> {
        self.attributes.get(id.index()).copied().flatten()
    }

    /// Returns the number of the clause that says the opposite, if the condition has one.
    pub(crate) fn negation(&self, number: u32) -> Option<u32> {
        self.negations.get(number as usize).copied().flatten()
    }

    /// Returns the chain that an expression is, through parentheses.
    pub(crate) fn chain(&self, facts: &Facts<'_>, id: ExprId) -> Option<&Chain> {
        let index = self.chain_of.get(&facts.tree.ungrouped(id))?;
        self.chains.get(*index as usize)
    }
}

struct Builder<'f, 'a> {
    facts: &'f Facts<'a>,
    clauses: Clauses,
    known: HashMap<Key<'a>, u32>,
}

impl<'a> Builder<'_, 'a> {
    fn number_attributes(&mut self) {
        let facts = self.facts;
        let mut by_text: HashMap<(&str, &str), u32> = HashMap::new();
        let mut by_key: HashMap<String, u32> = HashMap::new();
        self.clauses.attributes = facts
            .tree
            .attributes()
            .map(|(id, attribute)| {
                if attribute.hole || attribute.source.is_none() {
                    return None;
                }
                // Most references are spelled alike, and the key takes a string to build.
                let text = (facts.source_of(id), facts.text(attribute.body));
                Some(*by_text.entry(text).or_insert_with(|| {
                    let next = by_key.len() as u32;
                    *by_key.entry(attribute.key(facts.source)).or_insert(next)
                }))
            })
            .collect();
    }

    fn number_expressions(&mut self) {
        // Children come before their parents.
        for (_, expr) in self.facts.tree.exprs() {
            let number = self.expression(expr.kind);
            self.clauses.numbers.push(number);
        }
    }

    fn expression(&mut self, kind: ExprKind) -> Option<u32> {
        let key = match kind {
            ExprKind::Group(inner) => return self.clauses.number(inner),
            ExprKind::Not { operand, .. } => {
                let operand = self.clauses.number(operand)?;
                return Some(self.not(operand));
            }
            ExprKind::And(children) => Key::And(self.terms(self.facts.tree.children(children))?),
            ExprKind::Or(children) => Key::Or(self.terms(self.facts.tree.children(children))?),
            ExprKind::Call { function, argument, .. } => {
                let pattern = self.facts.tree.literal(argument?);
                if literal_has_hole(pattern) {
                    return None;
                }
                Key::Call(function, self.facts.value(pattern).to_ascii_lowercase())
            }
            ExprKind::Exists { attribute, .. } => Key::Exists(self.clauses.attribute(attribute)?),
            ExprKind::Comparison { left, operator, right } => {
                return self.comparison(left, operator, right);
            }
            ExprKind::Hole | ExprKind::Error => return None,
        };
        Some(self.intern(key))
    }

    fn comparison(&mut self, left: Operand, operator: Operator, right: Operand) -> Option<u32> {
        let function = operator.function?;
        let (left, right) = (self.side(function, left)?, self.side(function, right)?);
        // Under a quantifier the negation is of each pair of values, not of the comparison.
        if operator.quantifier.is_none()
            && let Some(positive) = positive(function)
        {
            let positive = self.intern(Key::Comparison(left, None, positive, right));
            return Some(self.not(positive));
        }
        Some(self.intern(Key::Comparison(left, operator.quantifier, function, right)))
    }

    fn side(&self, function: Comparison, operand: Operand) -> Option<Side<'a>> {
        let facts = self.facts;
        match operand {
            Operand::Attribute(id) => Some(Side::Attribute(self.clauses.attribute(id)?)),
            Operand::Literal(id) => {
                Some(Side::Value(value(facts, function, facts.tree.literal(id))?))
            }
            Operand::Set { literals, .. } => {
                let values = facts.tree.set(literals).iter();
                let mut values = values
                    .map(|literal| value(facts, function, literal))
                    .collect::<Option<Vec<_>>>()?;
                values.sort_unstable();
                values.dedup();
                Some(Side::Set(values))
            }
            Operand::Missing(_) => None,
        }
    }

    fn terms(&self, children: &[ExprId]) -> Option<Vec<u32>> {
        let mut numbers: Vec<u32> =
            children.iter().map(|child| self.clauses.number(*child)).collect::<Option<_>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        Some(numbers)
    }

    fn intern(&mut self, key: Key<'a>) -> u32 {
        let next = self.known.len() as u32;
        let number = *self.known.entry(key).or_insert(next);
        if number == next {
            self.clauses.negations.push(None);
        }
        number
    }

    /// Returns the number of a negation; a double one is the clause itself.
    fn not(&mut self, number: u32) -> u32 {
        if let Some(negation) = self.clauses.negation(number) {
            return negation;
        }
        let negation = self.intern(Key::Not(number));
        for (one, other) in [(number, negation), (negation, number)] {
            if let Some(place) = self.clauses.negations.get_mut(one as usize) {
                *place = Some(other);
            }
        }
        negation
    }

    fn find_chains(&mut self) {
        let tree = self.facts.tree;
        for (id, expr) in tree.exprs() {
            let and = match expr.kind {
                ExprKind::And(_) => true,
                ExprKind::Or(_) => false,
                _ => continue,
            };
            let above = self.above(id).map(|above| tree.kind(above));
            let part_of_same = match above {
                Some(ExprKind::And(_)) => and,
                Some(ExprKind::Or(_)) => !and,
                _ => false,
            };
            if part_of_same {
                continue;
            }
            let terms = if and { tree.conjuncts(id) } else { tree.disjuncts(id) };
            let terms = terms.into_iter().map(|term| tree.ungrouped(term)).collect();
            self.clauses.chain_of.insert(id, self.clauses.chains.len() as u32);
            self.clauses.chains.push(Chain { id, and, terms });
        }
    }

    /// Returns what an expression is part of, parentheses passed over.
    fn above(&self, id: ExprId) -> Option<ExprId> {
        let mut above = self.facts.parent(id)?;
        while let ExprKind::Group(_) = self.facts.tree.kind(above) {
            above = self.facts.parent(above)?;
        }
        Some(above)
    }
}

/// Returns the function that a Not function is the negation of.
fn positive(function: Comparison) -> Option<Comparison> {
    if !function.is_negated() {
        return None;
    }
    Comparison::ALL.iter().copied().find(|other| {
        !other.is_negated()
            && other.value_type() == function.value_type()
            && other.relation() == function.relation()
            && other.ignores_case() == function.ignores_case()
    })
}

/// Says whether a term is `!(ActionMatches{'…'})`, with or without suboperations.
pub(crate) fn is_guard(facts: &Facts<'_>, id: ExprId) -> bool {
    match facts.tree.kind(facts.tree.ungrouped(id)) {
        ExprKind::Not { operand, .. } => called_actions(facts, operand).is_some(),
        _ => false,
    }
}

/// Returns the patterns of the actions that a term matches, where it does nothing else:
/// `ActionMatches{'…'}`, joined by `OR` with its like, or by `AND` with suboperations.
pub(crate) fn called_actions(facts: &Facts<'_>, id: ExprId) -> Option<Vec<Literal>> {
    let tree = facts.tree;
    let call = |id: ExprId| match tree.kind(tree.ungrouped(id)) {
        ExprKind::Call { function, argument: Some(argument), .. } => Some((function, argument)),
        _ => None,
    };
    let mut patterns = Vec::new();
    for alternative in tree.disjuncts(id) {
        let mut pattern = None;
        for term in tree.conjuncts(alternative) {
            let inner = match tree.kind(tree.ungrouped(term)) {
                ExprKind::Not { operand, .. } => operand,
                _ => term,
            };
            let (function, argument) = call(inner)?;
            match function {
                Function::ActionMatches if inner == term && pattern.is_none() => {
                    pattern = Some(*tree.literal(argument));
                }
                Function::ActionMatches => return None,
                Function::SubOperationMatches => {}
            }
        }
        patterns.push(pattern?);
    }
    Some(patterns)
}

/// Says whether no action matches both patterns; `false` where that is not certain.
pub(crate) fn no_common_action(facts: &Facts<'_>, one: &Literal, other: &Literal) -> bool {
    if literal_has_hole(one) || literal_has_hole(other) {
        return false;
    }
    let (one, other) = (facts.value(one), facts.value(other));
    match (one.contains('*'), other.contains('*')) {
        (false, false) => !one.eq_ignore_ascii_case(&other),
        (true, false) => !matches_action(&one, &other),
        (false, true) => !matches_action(&other, &one),
        (true, true) => {
            let before =
                |pattern: &str| pattern.split('*').next().unwrap_or_default().to_ascii_lowercase();
            let (one, other) = (before(&one), before(&other));
            !one.starts_with(&other) && !other.starts_with(&one)
        }
    }
}
