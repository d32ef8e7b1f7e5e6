//! `contradiction`

use crate::category::Category;
use crate::clause::{Chain, no_common_action};
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::value::{Value, value};
use crate::wording::shown;
use abac_syntax::{
    AttributeId, Comparison, ExprId, ExprKind, Function, Operand, Operator, Relation, ValueType,
};
use diagnostics::Severity;
use std::collections::{HashMap, HashSet};

pub(crate) const RULE: Rule = Rule {
    id: "contradiction",
    severity: Severity::Warning,
    summary: "clauses joined by AND can never be true together",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for chain in facts.clauses().chains.iter().filter(|chain| chain.and) {
        opposites(facts, report, chain);
        actions(facts, report, chain);
        values(facts, report, chain);
    }
}

/// `x AND NOT x`.
fn opposites(facts: &Facts<'_>, report: &mut Report, chain: &Chain) {
    let clauses = facts.clauses();
    let mut seen: HashMap<u32, ExprId> = HashMap::with_capacity(chain.terms.len());
    for term in &chain.terms {
        let Some(number) = clauses.number(*term) else { continue };
        if let Some(other) = clauses.negation(number).and_then(|negation| seen.get(&negation)) {
            never(facts, report, *other, *term, "a clause and its opposite are never both true");
        }
        seen.entry(number).or_insert(*term);
    }
}

/// `ActionMatches{'a'} AND ActionMatches{'b'}`.
fn actions(facts: &Facts<'_>, report: &mut Report, chain: &Chain) {
    let mut matched = chain.terms.iter().filter_map(|term| match facts.tree.kind(*term) {
        ExprKind::Call { function: Function::ActionMatches, argument: Some(argument), .. } => {
            Some((*term, facts.tree.literal(argument)))
        }
        _ => None,
    });
    let Some((first, pattern)) = matched.next() else { return };
    if let Some((other, _)) = matched.find(|(_, other)| no_common_action(facts, pattern, other)) {
        never(facts, report, first, other, "no request has both actions");
    }
}

/// What the clauses so far leave of an attribute's values.
struct Left<'a> {
    term: ExprId,
    allowed: Option<Vec<Value<'a>>>,
    least: Option<Value<'a>>,
    most: Option<Value<'a>>,
}

/// `@x StringEquals 'a' AND @x StringEquals 'b'`, and intervals with nothing in them.
fn values(facts: &Facts<'_>, report: &mut Report, chain: &Chain) {
    let mut left: HashMap<(u32, ValueType), Left<'_>> = HashMap::new();
    let mut told = HashSet::new();
    for term in &chain.terms {
        let ExprKind::Comparison { left: Operand::Attribute(id), operator, right } =
            facts.tree.kind(*term)
        else {
            continue;
        };
        let Some((attribute, function)) = one_value(facts, id, operator) else { continue };
        let Some(mut values) = facts
            .tree
            .operand_literals(right)
            .iter()
            .map(|literal| comparable(function, value(facts, function, literal)?))
            .collect::<Option<Vec<_>>>()
            .filter(|values| !values.is_empty())
        else {
            continue;
        };
        let key = (attribute, function.value_type());
        let known =
            left.entry(key).or_insert(Left { term: *term, allowed: None, least: None, most: None });
        match function.relation() {
            Relation::Equals => match &mut known.allowed {
                Some(allowed) => {
                    let values: HashSet<_> = values.into_iter().collect();
                    allowed.retain(|value| values.contains(value));
                }
                None => known.allowed = Some(values),
            },
            Relation::GreaterThan | Relation::GreaterThanEquals => {
                known.least = known.least.take().into_iter().chain(values.pop()).max();
            }
            Relation::LessThan | Relation::LessThanEquals => {
                known.most = known.most.take().into_iter().chain(values.pop()).min();
            }
            Relation::StartsWith | Relation::Like => {}
        }
        let nothing = known.allowed.as_ref().is_some_and(Vec::is_empty)
            || matches!((&known.least, &known.most), (Some(least), Some(most)) if least > most);
        if nothing && told.insert(key) {
            let name = shown(facts.text(facts.attribute(id).span));
            let message = format!("no value of `{name}` satisfies both clauses");
            never(facts, report, known.term, *term, &message);
        }
    }
}

/// Returns the attribute and the function of a comparison that looks at a single value.
fn one_value(facts: &Facts<'_>, id: AttributeId, operator: Operator) -> Option<(u32, Comparison)> {
    let function = operator.function.filter(|function| !function.is_negated())?;
    let among = operator.quantifier.is_none_or(|quantifier| {
        !quantifier.all_right() && function.relation() == Relation::Equals
    });
    let single = facts.meant(id).is_some_and(|known| known.multi_valued == Some(false));
    // Folded and unfolded text do not compare.
    let comparable = among && single && !function.ignores_case();
    comparable.then_some(facts.clauses().attribute(id)?).map(|attribute| (attribute, function))
}

/// Brings instants into a form whose order is that of the text: whole seconds in UTC.
fn comparable(function: Comparison, value: Value<'_>) -> Option<Value<'_>> {
    match value {
        Value::Text(text) if function.value_type() == ValueType::DateTime => {
            let second = text.get(..19).filter(|_| text.ends_with('Z'))?;
            Some(Value::Text(second.to_owned().into()))
        }
        value => Some(value),
    }
}

fn never(facts: &Facts<'_>, report: &mut Report, one: ExprId, other: ExprId, message: &str) {
    let (one, other) = (facts.tree.expr(one).span, facts.tree.expr(other).span);
    let finding = report.at(other, message.to_owned()).label(one, "this excludes it");
    report.push(finding.help("join them with OR where either is enough, or take one away"));
}
