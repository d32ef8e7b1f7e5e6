//! The sentences of a trace.

use super::{Clause, Part, UnknownReason};
use crate::decision::Truth;
use crate::key::AttributeKey;
use crate::letter_case::fold;
use crate::program::{Leaf, Obstacle, Program, Test};
use crate::request::AccessRequest;
use crate::value::{AttributeValue, Value};
use crate::{date_time, guid};
use abac_syntax::{ExprId, ExprKind, Operand, Operator, Relation, Tree, ValueType};

/// How many characters of a clause are shown.
const EXCERPT: usize = 160;

/// How many of the clauses that decided are named in the reason.
const NAMED: usize = 3;

/// Returns the beginning of a clause's text on one line; text in quotes keeps its spaces.
pub(super) fn excerpt(text: &str) -> String {
    let mut excerpt = String::new();
    let (mut length, mut quoted, mut space) = (0, false, false);
    for character in text.trim().chars() {
        quoted ^= character == '\'';
        if character.is_whitespace() && !quoted {
            space = true;
            continue;
        }
        if length >= EXCERPT {
            excerpt.push('…');
            break;
        }
        if std::mem::take(&mut space) {
            excerpt.push(' ');
            length += 1;
        }
        excerpt.push(character);
        length += 1;
    }
    excerpt
}

/// Says in one sentence why the whole condition has its value.
pub(super) fn reason(outcome: Truth, clauses: &[Clause]) -> String {
    let deciding =
        || clauses.iter().filter(|clause| clause.is_single() && clause.part == Part::Decided);
    let mut named: Vec<_> = deciding().take(NAMED).map(|clause| told(outcome, clause)).collect();
    if let Some(more @ 1..) = deciding().count().checked_sub(NAMED) {
        let clauses = if more == 1 { "clause" } else { "clauses" };
        named.push(format!("{more} more {clauses}"));
    }
    let because = listed(&named);
    match outcome {
        _ if clauses.is_empty() => "denied, because there is no condition to decide".to_owned(),
        Truth::True => format!("allowed, because {because}"),
        Truth::False => format!("denied, because {because}"),
        Truth::Unknown => {
            format!("denied, because the condition cannot be decided: {because}")
        }
    }
}

fn listed(phrases: &[String]) -> String {
    match phrases {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
    }
}

fn told(outcome: Truth, clause: &Clause) -> String {
    match &clause.note {
        Some(note) if outcome == Truth::Unknown => note.clone(),
        _ => format!("`{}` is {}", clause.text, clause.outcome),
    }
}

/// Says why a single clause is unknown, or what is worth knowing about its value.
pub(super) fn explain(
    program: &Program,
    source: &str,
    tree: &Tree,
    request: &AccessRequest,
    id: ExprId,
    outcome: Truth,
) -> (Option<UnknownReason>, Option<String>) {
    let unknown = |reason, note| (Some(reason), Some(note));
    match (program.leaf(id), tree.kind(id)) {
        (Some(Leaf::Unknown(obstacle)), kind) => {
            let (reason, note) = obstacle_note(*obstacle, kind, source);
            unknown(reason, note)
        }
        (Some(Leaf::Comparison(test)), ExprKind::Comparison { left, operator, right }) => {
            let comparison = Comparison { source, tree, request, test, operator, left, right };
            match outcome {
                Truth::Unknown => {
                    let (reason, note) = comparison.why_unknown();
                    unknown(reason, note)
                }
                Truth::False => (None, comparison.near_miss()),
                Truth::True => (None, None),
            }
        }
        (Some(Leaf::Exists(_)), ExprKind::Exists { attribute, .. }) if outcome == Truth::False => {
            let key = AttributeKey::of(source, tree, attribute);
            (None, similar(request, &key))
        }
        (Some(Leaf::SubOperation(_)), _) if request.suboperation_name().is_none() => {
            (None, Some("the request has no suboperation".to_owned()))
        }
        _ => (None, None),
    }
}

fn obstacle_note(obstacle: Obstacle, kind: ExprKind, source: &str) -> (UnknownReason, String) {
    match obstacle {
        Obstacle::Unreadable(span) => (
            UnknownReason::CannotBeDecided,
            format!("`{}` could not be read", excerpt(span.of(source))),
        ),
        Obstacle::Hole(span) => (
            UnknownReason::CannotBeDecided,
            format!("`{}` holds a template hole", excerpt(span.of(source))),
        ),
        Obstacle::Operator(span) => (
            UnknownReason::CannotBeDecided,
            format!("`{}` is not a known operator", excerpt(span.of(source))),
        ),
        Obstacle::Operand(_) => {
            (UnknownReason::CannotBeDecided, "one side of the comparison is missing".to_owned())
        }
        Obstacle::LiteralType(span, value_type) => {
            let operator = match kind {
                ExprKind::Comparison { operator, .. } => operator.span.of(source),
                _ => "the operator",
            };
            (
                UnknownReason::WrongType,
                format!(
                    "`{}` is not {}, which `{operator}` compares",
                    excerpt(span.of(source)),
                    article(value_type)
                ),
            )
        }
    }
}

const fn article(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::String => "a String",
        ValueType::Numeric => "an Integer",
        ValueType::DateTime => "a DateTime",
        ValueType::Guid => "a GUID",
        ValueType::Bool => "a Boolean",
    }
}

/// A comparison whose value has to be explained.
struct Comparison<'c> {
    source: &'c str,
    tree: &'c Tree,
    request: &'c AccessRequest,
    test: &'c Test,
    operator: Operator,
    left: Operand,
    right: Operand,
}

impl Comparison<'_> {
    fn why_unknown(&self) -> (UnknownReason, String) {
        for operand in [self.left, self.right] {
            let Operand::Attribute(id) = operand else { continue };
            let key = AttributeKey::of(self.source, self.tree, id);
            if self.request.value(&key).is_none() {
                let missing = format!("`{key}` is missing from the request");
                let note = match similar(self.request, &key) {
                    Some(similar) => format!("{missing} ({similar})"),
                    None => missing,
                };
                return (UnknownReason::MissingAttribute, note);
            }
        }
        let operator = self.operator.span.of(self.source);
        if self.test.scalar {
            for operand in [self.left, self.right] {
                let text = excerpt(self.tree.operand_span(operand).of(self.source));
                let what = match operand {
                    Operand::Set { .. } => "is a set",
                    Operand::Attribute(_) if self.values(operand).is_some_and(|v| v.is_list()) => {
                        "has a list of values in the request"
                    }
                    _ => continue,
                };
                return (
                    UnknownReason::CannotBeDecided,
                    format!(
                        "`{text}` {what}, and `{operator}` without a quantifier compares single \
                         values"
                    ),
                );
            }
        }
        for operand in [self.left, self.right] {
            let Some(value) = self.values(operand) else { continue };
            let wrong = value.values().iter().find(|value| !readable(value, self.test.value_type));
            if let Some(wrong) = wrong {
                let text = self.tree.operand_span(operand).of(self.source);
                let note = format!(
                    "`{text}` is the {} `{}`, and `{operator}` compares {}",
                    wrong.type_name(),
                    excerpt(&wrong.to_string()),
                    plural(self.test.value_type)
                );
                return (UnknownReason::WrongType, note);
            }
        }
        (UnknownReason::CannotBeDecided, format!("`{operator}` cannot be decided"))
    }

    /// Tells what a false comparison only just misses.
    fn near_miss(&self) -> Option<String> {
        for operand in [self.left, self.right] {
            let Operand::Attribute(id) = operand else { continue };
            let key = AttributeKey::of(self.source, self.tree, id);
            if self.request.value(&key).is_some_and(|value| value.values().is_empty()) {
                return Some(format!("`{key}` is an empty list, which satisfies no comparison"));
            }
        }
        let cased = self.test.value_type == ValueType::String
            && self.test.relation == Relation::Equals
            && !self.test.ignores_case
            && !self.test.negated;
        if !cased {
            return None;
        }
        let (left, right) = (self.texts(self.left), self.texts(self.right));
        let near = left.iter().find(|left| {
            let left_folded = fold(left);
            right.iter().any(|right| *left != right && left_folded == fold(right))
        })?;
        Some(format!("`{}` differs only in letter case", excerpt(near)))
    }

    fn values(&self, operand: Operand) -> Option<&AttributeValue> {
        match operand {
            Operand::Attribute(id) => {
                self.request.value(&AttributeKey::of(self.source, self.tree, id))
            }
            _ => None,
        }
    }

    /// Returns the first texts of a side; a hint does not need all.
    fn texts(&self, operand: Operand) -> Vec<String> {
        const LOOKED_AT: usize = 100;
        match operand {
            Operand::Attribute(_) => {
                let values = self.values(operand).map_or(&[][..], AttributeValue::values);
                let text = |value: &Value| match value {
                    Value::String(text) => Some(text.clone()),
                    Value::Integer(_) | Value::Boolean(_) => None,
                };
                values.iter().take(LOOKED_AT).filter_map(text).collect()
            }
            _ => {
                let literals = self.tree.operand_literals(operand).iter().take(LOOKED_AT);
                literals.map(|literal| literal.text(self.source).into_owned()).collect()
            }
        }
    }
}

const fn plural(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::String => "Strings",
        ValueType::Numeric => "Integers",
        ValueType::DateTime => "DateTimes such as `2026-01-31T12:00:00.0Z`",
        ValueType::Guid => "GUIDs",
        ValueType::Bool => "Booleans",
    }
}

fn readable(value: &Value, value_type: ValueType) -> bool {
    match (value, value_type) {
        (Value::String(_), ValueType::String)
        | (Value::Integer(_), ValueType::Numeric)
        | (Value::Boolean(_), ValueType::Bool) => true,
        (Value::String(text), ValueType::Guid) => guid::read(text).is_some(),
        (Value::String(text), ValueType::DateTime) => date_time::read(text).is_some(),
        _ => false,
    }
}

/// Finds an attribute of the request that was perhaps meant: the same but for the letter case of
/// its key, for its marker, or for its source.
fn similar(request: &AccessRequest, wanted: &AttributeKey) -> Option<String> {
    let bare = |key: &AttributeKey| fold(key.normalised()).replace("<$key_case_sensitive$>", "");
    let body = |bare: &str| bare.split_once('[').map(|(_, body)| body.to_owned());
    let wanted = bare(wanted);
    let mut other_source = None;
    for (key, _) in request.attributes() {
        let found = bare(key);
        if found == wanted {
            return Some(format!(
                "the request has `{key}`, whose key differs in letter case or in its marker"
            ));
        }
        if other_source.is_none() && body(&found) == body(&wanted) {
            other_source = Some(format!("the request has `{key}`, which is of another source"));
        }
    }
    other_source
}
