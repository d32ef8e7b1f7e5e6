//! Comparisons in words.

use crate::explanation::{Context, Statement};
use crate::phrase::Phrase;
use crate::subject::{Names, Subject, subject};
use crate::value::{Predicate, predicate, verbs};
use abac_syntax::{
    Comparison, Literal, LiteralKind, Operand, Operator, Quantifier, Relation, ValueType,
};
use diagnostics::Span;
use std::collections::BTreeSet;

/// More values than these are listed one by one.
const VALUES_IN_A_SENTENCE: usize = 4;

/// Which of several values has to fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Any,
    Every,
}

impl Which {
    fn new(every: bool) -> Self {
        if every { Self::Every } else { Self::Any }
    }

    fn flipped_if(self, flip: bool) -> Self {
        Self::new((self == Self::Every) != flip)
    }
}

/// A comparison whose negations are carried out: "not any value" has become "every value not".
struct Test {
    function: Comparison,
    negated: bool,
    left: Which,
    right: Which,
    quantified: bool,
}

/// Puts a comparison, or its negation, into words.
pub(crate) fn explain(
    context: Context<'_>,
    span: Span,
    (left, operator, right): (Operand, Operator, Operand),
    negated: bool,
) -> Statement {
    let as_written = || {
        let text = Phrase::words("the test ").join(Phrase::literal(span.of(context.source)));
        Statement::leaf(span, text.and(if negated { " does not hold" } else { " holds" }))
    };
    let Some(function) = operator.function else { return as_written() };
    let quantifier = operator.quantifier;
    let test = Test {
        function,
        negated: function.is_negated() != negated,
        left: Which::new(quantifier.is_some_and(Quantifier::all_left)).flipped_if(negated),
        right: Which::new(quantifier.is_some_and(Quantifier::all_right)).flipped_if(negated),
        quantified: quantifier.is_some(),
    };
    match (left, right) {
        (Operand::Attribute(left), Operand::Attribute(right)) => {
            let (left, right) = (subject(context, left), subject(context, right));
            attribute_with_attribute(span, &test, &left, &right)
        }
        (Operand::Attribute(left), Operand::Literal(_) | Operand::Set { .. }) => {
            let left = subject(context, left);
            attribute_with_values(context, span, &test, &left, right)
        }
        (Operand::Literal(_) | Operand::Set { .. }, Operand::Attribute(right)) => {
            let values = context.tree.operand_literals(left);
            let right = subject(context, right);
            let list: Vec<_> = values
                .iter()
                .map(|literal| crate::value::value(context, literal, right.names, function))
                .collect();
            let several = list.len() > 1;
            let list = Phrase::list(list, "and");
            let noun = Phrase::words("the value ").join(list.clone());
            let left = Subject {
                noun: if several { Phrase::words("the values ").join(list.clone()) } else { noun },
                values: several.then_some(list),
                names: Names::Nothing,
                truth: None,
                presence: None,
                optional: false,
                terms: false,
            };
            attribute_with_attribute(span, &test, &left, &right)
        }
        _ => as_written(),
    }
}

fn attribute_with_values(
    context: Context<'_>,
    span: Span,
    test: &Test,
    left: &Subject,
    right: Operand,
) -> Statement {
    let literals = context.tree.operand_literals(right);
    if let (Some([yes, no]), [literal]) = (left.truth, literals)
        && test.function.value_type() == ValueType::Bool
        && let LiteralKind::Boolean(value) = literal.kind
    {
        let words = if value != test.negated { yes } else { no };
        return Statement::leaf(span, Phrase::words(words));
    }
    let relation = test.function.relation();
    let predicates: Vec<Predicate> = literals
        .iter()
        .map(|literal| predicate(context, literal, left.names, test.function, relation, left.terms))
        .collect();
    let predicates = with_open_sets(predicates, test, literals, right);
    let different = distinct(context, literals, test.function);
    // "None of the keys is …" says it better than "every key is not …".
    let none = test.negated
        && test.quantified
        && left.values.is_some()
        && test.left == Which::Every
        && (test.right == Which::Every || literals.len() < 2);
    let (negated, right_which) =
        if none { (false, Which::Any) } else { (test.negated, test.right) };
    let subject = whose(left, test, none);
    let mut statement =
        Statement::leaf(span, subject.join(said(&predicates, relation, negated, right_which)));
    if predicates.len() > VALUES_IN_A_SENTENCE
        && let Some(introduction) = introduction(&predicates, relation, negated, right_which)
    {
        statement.text = whose(left, test, none).join(introduction);
        let part = |(predicate, literal): (Predicate, &Literal)| {
            Statement::leaf(literal.span, predicate.object)
        };
        statement.parts = predicates.iter().cloned().zip(literals).map(part).collect();
    }
    statement.text = statement.text.and(remarks(test, &predicates, left, literals));
    if let Some(words) = signs(&predicates) {
        statement.text = statement.text.and(words);
    }
    if relation == Relation::Equals && different && !none {
        if negated && right_which == Which::Any {
            let words = " (which always holds: nothing equals all of them)";
            statement.text = statement.text.and(words);
        } else if !negated && right_which == Which::Every {
            let words = " (which never holds: nothing equals several different values)";
            statement.text = statement.text.and(words);
        }
    }
    if !test.quantified && matches!(right, Operand::Set { .. }) {
        let words = " (a list without a quantifier; what Azure makes of it is not documented)";
        statement.text = statement.text.and(words);
    }
    statement
}

/// Says "one of" where a template hole stands for the values of a set.
fn with_open_sets(
    mut predicates: Vec<Predicate>,
    test: &Test,
    literals: &[Literal],
    right: Operand,
) -> Vec<Predicate> {
    if let ([one], [literal]) = (predicates.as_mut_slice(), literals)
        && literal.kind == LiteralKind::Hole
        && (test.quantified || matches!(right, Operand::Set { .. }))
        && test.function.relation() == Relation::Equals
        && test.negated == (test.right == Which::Every)
    {
        (one.verb, one.negative) = ("is one of", "is none of");
    }
    predicates
}

/// Names whose values are tested.
fn whose(left: &Subject, test: &Test, none: bool) -> Phrase {
    match &left.values {
        Some(values) if test.quantified => {
            let words = match test.left {
                _ if none => "none of ",
                Which::Any => "at least one of ",
                Which::Every => "every one of ",
            };
            Phrase::words(words).join(values.clone()).and(" ")
        }
        _ => left.noun.clone().and(" "),
    }
}

/// Says what is asked of the values: "starts with `a` or `b`".
fn said(predicates: &[Predicate], relation: Relation, negated: bool, right: Which) -> Phrase {
    let word = match right {
        Which::Any => "or",
        Which::Every => "and",
    };
    let objects = || predicates.iter().map(|one| one.object.clone()).collect::<Vec<_>>();
    let Some(first) = predicates.first() else { return Phrase::words("is one of no values") };
    let verb = |one: &Predicate| if negated { one.negative } else { one.verb };
    let same = predicates.iter().all(|one| verb(one) == verb(first));
    let several = predicates.len() > 1;
    if !same || (several && relation != Relation::Equals && negated != (right == Which::Every)) {
        let each =
            predicates.iter().map(|one| Phrase::words(verb(one)).and(" ").join(one.object.clone()));
        return Phrase::list(each.collect(), word);
    }
    let list = match (several, negated, right) {
        (true, false, Which::Every) => {
            return Phrase::words("is each of ").join(Phrase::list(objects(), "and"));
        }
        (true, true, Which::Any) => {
            return Phrase::words("differs from ").join(Phrase::list(objects(), "or"));
        }
        _ => Phrase::list(objects(), "or"),
    };
    Phrase::words(verb(first)).and(" ").join(list)
}

/// Says what is asked of values that are listed one by one; `None` where that does not work.
fn introduction(
    predicates: &[Predicate],
    relation: Relation,
    negated: bool,
    right: Which,
) -> Option<Phrase> {
    let first = predicates.first()?;
    if predicates.iter().any(|one| one.verb != first.verb) {
        return None;
    }
    let verb = if negated { first.negative } else { first.verb };
    let words = match (relation, negated, right) {
        (Relation::Equals, true, Which::Every) => "is none of these".to_owned(),
        (Relation::Equals, true, Which::Any) => "differs from one of these".to_owned(),
        (Relation::Equals, false, Which::Any) => "is one of these".to_owned(),
        (Relation::Equals, false, Which::Every) => "is each of these".to_owned(),
        (_, true, Which::Every) => format!("{verb} any of these"),
        (_, false, Which::Any) => format!("{verb} one of these"),
        _ => return None,
    };
    Some(Phrase::words(words))
}

fn remarks(
    test: &Test,
    predicates: &[Predicate],
    left: &Subject,
    literals: &[Literal],
) -> &'static str {
    let text = literals
        .iter()
        .any(|one| matches!(one.kind, LiteralKind::String { .. } | LiteralKind::Hole));
    let everything = predicates.iter().all(|one| one.object == Phrase::words("any text at all"));
    if test.function.ignores_case() && text && !everything && left.names == Names::Nothing {
        " (in any letter case)"
    } else {
        ""
    }
}

fn signs(predicates: &[Predicate]) -> Option<&'static str> {
    let (star, question) = predicates
        .iter()
        .filter_map(|one| one.signs)
        .fold((false, false), |all, one| (all.0 | one.0, all.1 | one.1));
    match (star, question) {
        (true, true) => Some(", where * stands for any text and ? for any one character"),
        (true, false) => Some(", where * stands for any text"),
        (false, true) => Some(", where ? stands for any one character"),
        (false, false) => None,
    }
}

/// Says whether at least two of the values are known to be different.
fn distinct(context: Context<'_>, literals: &[Literal], function: Comparison) -> bool {
    let known = literals.iter().filter(|literal| {
        !matches!(literal.kind, LiteralKind::Hole | LiteralKind::String { hole: true, .. })
    });
    let texts = known.map(|literal| match literal.kind {
        LiteralKind::Guid(guid) => guid.hyphenated().to_string(),
        _ if function.ignores_case() => literal.text(context.source).to_lowercase(),
        _ => literal.text(context.source).into_owned(),
    });
    texts.collect::<BTreeSet<_>>().len() > 1
}

fn attribute_with_attribute(span: Span, test: &Test, left: &Subject, right: &Subject) -> Statement {
    let none = test.negated
        && test.quantified
        && left.values.is_some()
        && test.left == Which::Every
        && (test.right == Which::Every || right.values.is_none());
    let negated = test.negated && !none;
    let [verb, negative] = verbs(test.function, test.function.relation(), true);
    let verb = if negated { negative } else { verb };
    let object = match &right.values {
        Some(values) if test.quantified => {
            let words = match test.right {
                _ if none => "any of ",
                Which::Any => "one of ",
                Which::Every if negated => "any of ",
                Which::Every => "every one of ",
            };
            Phrase::words(words).join(values.clone())
        }
        _ => right.noun.clone(),
    };
    let text = whose(left, test, none).and(verb).and(" ").join(object);
    let case = if test.function.ignores_case() { " (in any letter case)" } else { "" };
    Statement::leaf(span, text.and(case))
}
