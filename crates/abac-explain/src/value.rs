//! Literals in words.

use crate::explanation::Context;
use crate::phrase::Phrase;
use crate::subject::Names;
use crate::{date, pattern};
use abac_syntax::{Comparison, Literal, LiteralKind, Relation, ValueType};

/// Puts a literal into words.
pub(crate) fn value(
    context: Context<'_>,
    literal: &Literal,
    names: Names,
    function: Comparison,
) -> Phrase {
    let text = literal.text(context.source);
    let guid = match literal.kind {
        LiteralKind::Guid(guid) => Some(guid.hyphenated().to_string()),
        _ => None,
    };
    let guid_or_text = guid.as_deref().unwrap_or(&text);
    match (literal.kind, names) {
        (LiteralKind::Hole | LiteralKind::Bare, _) => Phrase::literal(text),
        (LiteralKind::Boolean(true), _) => Phrase::words("true"),
        (LiteralKind::Boolean(false), _) => Phrase::words("false"),
        (LiteralKind::Integer(number), _) => Phrase::words(number.to_string()),
        (_, Names::Roles) => role(context, guid_or_text, guid.is_some()),
        (_, Names::Principals) => match context.catalog.principal(guid_or_text) {
            Some(name) => Phrase::name(name),
            None => Phrase::literal(guid_or_text),
        },
        (LiteralKind::String { .. }, Names::PrincipalTypes) => {
            match principal_type(&text).filter(|_| function.relation() == Relation::Equals) {
                Some(words) => Phrase::words(words),
                None => Phrase::literal(text),
            }
        }
        (LiteralKind::String { .. }, _) if function.value_type() == ValueType::DateTime => {
            match date::readable(&text) {
                Some(words) => Phrase::words(words),
                None => Phrase::literal(text),
            }
        }
        (LiteralKind::String { .. }, _) if text.is_empty() => Phrase::words("an empty text"),
        _ => Phrase::literal(guid_or_text),
    }
}

fn role(context: Context<'_>, id: &str, is_guid: bool) -> Phrase {
    let Some(role) = context.catalog.role(id) else {
        let none = if !is_guid {
            ""
        } else if context.catalog.custom_roles().is_empty() {
            " (not a built-in role)"
        } else {
            " (not a known role)"
        };
        return Phrase::literal(id).and(none);
    };
    let name = Phrase::name(role.name());
    if role.can_assign_roles() {
        name.and(" (can assign roles)")
    } else if role.is_privileged() {
        name.and(" (privileged)")
    } else {
        name
    }
}

fn principal_type(text: &str) -> Option<&'static str> {
    // *Documented*: conditions-authorization-actions-attributes, 2023-09-20; a managed identity is
    // a service principal. The last two are in the enumeration of the REST API only.
    Some(match text.to_ascii_lowercase().as_str() {
        "user" => "a user",
        "group" => "a group",
        "serviceprincipal" => "a service principal or managed identity",
        "foreigngroup" => "a group of another tenant",
        "device" => "a device",
        _ => return None,
    })
}

/// A verb with its object: "starts with" `readonly/`.
#[derive(Clone)]
pub(crate) struct Predicate {
    pub(crate) verb: &'static str,
    pub(crate) negative: &'static str,
    pub(crate) object: Phrase,
    /// Whether the object is a pattern whose signs need a word of explanation.
    pub(crate) signs: Option<(bool, bool)>,
}

/// Puts what a function asks of a value into words. Ordering functions have no negative: negating
/// one gives another.
pub(crate) fn predicate(
    context: Context<'_>,
    literal: &Literal,
    names: Names,
    function: Comparison,
    relation: Relation,
    terms: bool,
) -> Predicate {
    let object = value(context, literal, names, function);
    let say = |[verb, negative]: [&'static str; 2], object| Predicate {
        verb,
        negative,
        object,
        signs: None,
    };
    if relation != Relation::Like {
        return say(verbs(function, relation, false), object);
    }
    let LiteralKind::String { hole: false, .. } = literal.kind else {
        return say(["matches", "does not match"], object);
    };
    if terms {
        return say(["contains the term", "does not contain the term"], object);
    }
    let text = literal.text(context.source);
    match pattern::read(&text) {
        pattern::Wanted::Exactly(text) if text.is_empty() => {
            say(["is", "is not"], Phrase::words("an empty text"))
        }
        pattern::Wanted::Exactly(text) => say(["is", "is not"], Phrase::literal(text)),
        pattern::Wanted::Beginning(text) => say(STARTS, Phrase::literal(text)),
        pattern::Wanted::Ending(text) => {
            say(["ends with", "does not end with"], Phrase::literal(text))
        }
        pattern::Wanted::Within(text) => {
            say(["contains", "does not contain"], Phrase::literal(text))
        }
        pattern::Wanted::Anything => say(["is", "is not"], Phrase::words("any text at all")),
        pattern::Wanted::Pattern { star, question } => Predicate {
            signs: Some((star, question)),
            ..say(["matches", "does not match"], Phrase::literal(text))
        },
    }
}

const STARTS: [&str; 2] = ["starts with", "does not start with"];

/// Returns the verb of a relation and its negative.
pub(crate) const fn verbs(
    function: Comparison,
    relation: Relation,
    attributes: bool,
) -> [&'static str; 2] {
    let time = matches!(function.value_type(), ValueType::DateTime);
    match relation {
        Relation::Equals if attributes => ["is the same as", "is not the same as"],
        Relation::Equals => ["is", "is not"],
        Relation::StartsWith => STARTS,
        Relation::Like => ["matches", "does not match"],
        Relation::GreaterThan if time => ["is after", "is not after"],
        Relation::GreaterThanEquals if time => ["is at or after", "is before"],
        Relation::LessThan if time => ["is before", "is not before"],
        Relation::LessThanEquals if time => ["is at or before", "is after"],
        Relation::GreaterThan => ["is greater than", "is at most"],
        Relation::GreaterThanEquals => ["is at least", "is less than"],
        Relation::LessThan => ["is less than", "is at least"],
        Relation::LessThanEquals => ["is at most", "is greater than"],
    }
}
