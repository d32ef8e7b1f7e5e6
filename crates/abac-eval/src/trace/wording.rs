//! The sentences of a trace.

use super::{Clause, ClauseKind, Part, Seen, UnknownReason};
use crate::decision::Truth;
use crate::key::AttributeKey;
use crate::letter_case::fold;
use crate::program::{Leaf, Obstacle, Program, Test};
use crate::request::AccessRequest;
use crate::value::{AttributeValue, Value};
use crate::{date_time, guid};
use abac_syntax::{
    AttributeSource, ExprId, ExprKind, Operand, Operator, Relation, Tree, ValueType,
};
use std::cell::OnceCell;
use std::collections::HashMap;

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
    let mut named: Vec<String> = Vec::new();
    let mut more = 0;
    for clause in clauses.iter().filter(|clause| clause.is_single() && clause.part == Part::Decided)
    {
        if named.len() < NAMED {
            let told = told(outcome, clause);
            // Several clauses may lack the same attribute; that is said once.
            if !named.contains(&told) {
                named.push(told);
            }
        } else {
            more += 1;
        }
    }
    if more > 0 {
        named.push(format!("{more} more {}", if more == 1 { "clause" } else { "clauses" }));
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
        [first, last] => format!("{first} and {last}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
    }
}

fn told(outcome: Truth, clause: &Clause) -> String {
    if let (Truth::Unknown, Some(note)) = (outcome, &clause.note) {
        return note.clone();
    }
    let told = format!("`{}` is {}", clause.text, clause.outcome);
    let detail = match (outcome, clause.outcome, &clause.note) {
        (Truth::False, Truth::False, Some(note)) => Some(note.clone()),
        (Truth::False, _, None) if clause.kind == ClauseKind::Comparison => held(&clause.seen),
        _ => None,
    };
    match detail {
        Some(detail) => format!("{told} ({detail})"),
        None => told,
    }
}

/// Says what the request holds for the attributes of a comparison.
fn held(seen: &[Seen]) -> Option<String> {
    let shown = |seen: &Seen| Some(format!("`{}`", excerpt(&seen.value.as_ref()?.to_string())));
    let values: Vec<_> = seen.iter().filter_map(shown).collect();
    (!values.is_empty()).then(|| format!("the request has {}", listed(&values)))
}

/// Says why a single clause is unknown, or what is worth knowing about its value.
pub(super) fn explain<'r>(
    program: &Program,
    source: &str,
    tree: &Tree,
    (request, similar): (&'r AccessRequest, &Similar<'r>),
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
            let comparison =
                Comparison { source, tree, request, similar, test, operator, left, right };
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
            (None, similar.find(request, &key))
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
struct Comparison<'c, 'r> {
    source: &'c str,
    tree: &'c Tree,
    request: &'r AccessRequest,
    similar: &'c Similar<'r>,
    test: &'c Test,
    operator: Operator,
    left: Operand,
    right: Operand,
}

impl Comparison<'_, '_> {
    fn why_unknown(&self) -> (UnknownReason, String) {
        for operand in [self.left, self.right] {
            let Operand::Attribute(id) = operand else { continue };
            let key = AttributeKey::of(self.source, self.tree, id);
            if self.request.value(&key).is_none() {
                let missing = format!("`{key}` is missing from the request");
                let note = match self.similar.find(self.request, &key) {
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

/// The attributes of a request by what is left of their names when letter case, markers and
/// sources are ignored; made when the first attribute is missing.
#[derive(Default)]
pub(super) struct Similar<'r>(OnceCell<HashMap<String, Vec<&'r AttributeKey>>>);

impl<'r> Similar<'r> {
    /// Finds an attribute that was perhaps meant, and says what sets it apart.
    fn find(&self, request: &'r AccessRequest, wanted: &AttributeKey) -> Option<String> {
        let known = self.0.get_or_init(|| {
            let mut known: HashMap<_, Vec<_>> = HashMap::new();
            for (key, _) in request.attributes() {
                let alike = known.entry(bare(key).1).or_default();
                // One a source is enough.
                if alike.len() < AttributeSource::ALL.len() {
                    alike.push(key);
                }
            }
            known
        });
        let (source, body) = bare(wanted);
        let alike = known.get(&body)?;
        if let Some(key) = alike.iter().find(|key| bare(key).0 == source) {
            let differs = "whose key differs in letter case or in its marker";
            return Some(format!("the request has `{key}`, {differs}"));
        }
        Some(format!("the request has `{}`, which is of another source", alike.first()?))
    }
}

/// Returns the source of a reference and its body in lower case, without the marker.
fn bare(key: &AttributeKey) -> (String, String) {
    let folded = fold(key.normalised()).replace("<$key_case_sensitive$>", "");
    let (source, body) = folded.split_once('[').unwrap_or(("", &folded));
    (source.to_owned(), body.to_owned())
}
