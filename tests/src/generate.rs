//! Conditions and requests made from bytes.
//!
//! A property test draws the bytes from proptest, a fuzz target gets them from libFuzzer; the
//! generator is the same, so that both look at the same space. Zero bytes, and none at all, choose
//! the simplest thing everywhere: a shorter input is a simpler condition, which is what makes a
//! failure shrink.

use arbitrary::{Result, Unstructured};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use serde_json::{Map, Value, json};

/// How deep generated expressions nest.
const DEPTH: u32 = 4;

/// Makes conditions that parse without an error.
pub fn conditions() -> impl Strategy<Value = String> {
    from_bytes(192, condition)
}

/// Makes requests over the attributes of [`conditions`].
pub fn requests() -> impl Strategy<Value = Value> {
    from_bytes(64, request)
}

/// Makes texts that look like conditions and mostly are none.
pub fn broken_texts() -> impl Strategy<Value = String> {
    from_bytes(192, broken_text)
}

fn from_bytes<T: std::fmt::Debug + Default>(
    most: usize,
    make: fn(&mut Unstructured<'_>) -> Result<T>,
) -> impl Strategy<Value = T> {
    vec(any::<u8>(), 0..most)
        .prop_map(move |bytes| make(&mut Unstructured::new(&bytes)).unwrap_or_default())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    String,
    Integer,
    DateTime,
    Guid,
    Boolean,
}

/// An attribute: its reference, what it holds, whether it may hold several.
type Attribute = (&'static str, Kind, bool);

const ATTRIBUTES: &[Attribute] = &[
    ("@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]", Kind::Guid, false),
    ("@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]", Kind::Guid, false),
    ("@Request[Microsoft.Authorization/roleAssignments:PrincipalType]", Kind::String, false),
    (
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]",
        Kind::String,
        false,
    ),
    (
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]",
        Kind::String,
        false,
    ),
    (
        "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>]",
        Kind::String,
        false,
    ),
    (
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>]",
        Kind::String,
        false,
    ),
    (
        "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags&$keys$&]",
        Kind::String,
        true,
    ),
    (
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:versionId]",
        Kind::DateTime,
        false,
    ),
    ("@Environment[UtcNow]", Kind::DateTime, false),
    ("@Environment[isPrivateLink]", Kind::Boolean, false),
    (
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project]",
        Kind::String,
        true,
    ),
    (
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Level]",
        Kind::Integer,
        false,
    ),
    (
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Levels]",
        Kind::Integer,
        true,
    ),
];

const ACTIONS: &[&str] = &[
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleAssignments/delete",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action",
];

const ACTION_PATTERNS: &[&str] = &[
    "Microsoft.Authorization/roleAssignments/*",
    "microsoft.authorization/roleassignments/WRITE",
    "*/read",
    "Microsoft.Storage/*/blobs/*",
    "*",
];

const SUBOPERATIONS: &[&str] = &["Blob.List", "Blob.Read.WithTagConditions", "Blob.Write.Tier"];

const STRINGS: &[&str] =
    &["a", "A", "alpha", "Alpha", "", "logs/2026/a.txt", "a*c", "User", "größe", "Größe"];

const PATTERNS: &[&str] =
    &["*", "a*", "A*", "?lpha", "*/a.txt", "a\\*c", "**", "a?c*", "gr??e", "\\?", "l*s/*/?.t*t"];

const INTEGERS: &[&str] = &["0", "1", "10", "15", "20", "9223372036854775807"];

const DATES: &[&str] = &[
    "2026-11-22T00:00:00Z",
    "2026-11-22T00:00:00.0Z",
    "2026-11-22T00:00:00.0000001Z",
    "2023-05-01T13:00:00.000Z",
    "2024-02-29T23:59:59.9999999Z",
];

const GUIDS: &[&str] = &[
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "8311E382-0749-4CB8-B61A-304F252E45EC",
    "8311e382-0749-4cb8-b61a-304f252e45ec",
    "8311e38207494cb8b61a304f252e45ec",
    "00000000-0000-0000-0000-000000000000",
];

const QUANTIFIERS: &[&str] =
    &["ForAnyOfAnyValues", "ForAllOfAnyValues", "ForAnyOfAllValues", "ForAllOfAllValues"];

const STRING_OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringStartsWith",
    "StringNotStartsWith",
    "StringStartsWithIgnoreCase",
    "StringNotStartsWithIgnoreCase",
];

const LIKE_OPERATORS: &[&str] =
    &["StringLike", "StringNotLike", "StringLikeIgnoreCase", "StringNotLikeIgnoreCase"];

const RELATIONS: &[&str] =
    &["Equals", "NotEquals", "GreaterThan", "GreaterThanEquals", "LessThan", "LessThanEquals"];

/// Makes a condition that parses without an error.
///
/// # Errors
///
/// Never in practice: bytes that have run out count as zero.
pub fn condition(bytes: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    if one_in(bytes, 4)? {
        let blocks = bytes.int_in_range(1..=3)?;
        for index in 0..blocks {
            if index > 0 {
                joiner(bytes, &mut text, &["AND", "&&"])?;
            }
            block(bytes, &mut text)?;
        }
    } else {
        expression(bytes, &mut text, DEPTH)?;
    }
    Ok(text)
}

/// Makes a block as the portal writes it.
fn block(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    text.push_str("((!(");
    call(bytes, text)?;
    if one_in(bytes, 3)? {
        text.push_str(" AND NOT SubOperationMatches{'");
        text.push_str(pick(bytes, SUBOPERATIONS)?);
        text.push_str("'}");
    }
    text.push_str("))");
    joiner(bytes, text, &["OR", "||"])?;
    text.push('(');
    expression(bytes, text, 2)?;
    text.push_str("))");
    Ok(())
}

fn expression(bytes: &mut Unstructured<'_>, text: &mut String, depth: u32) -> Result<()> {
    let choices = if depth == 0 { 5 } else { 10 };
    match bytes.int_in_range(0..=choices)? {
        0 | 1 => comparison(bytes, text),
        2 => two_attributes(bytes, text),
        3 => call(bytes, text),
        4 | 5 => {
            text.push_str("Exists ");
            text.push_str(pick(bytes, ATTRIBUTES)?.0);
            Ok(())
        }
        6 => {
            text.push_str(pick(bytes, &["NOT ", "!", "not ", "! ", "NOT\n"])?);
            operand(bytes, text, depth - 1)
        }
        7 => {
            text.push('(');
            expression(bytes, text, depth - 1)?;
            text.push(')');
            Ok(())
        }
        8 => chain(bytes, text, depth, &["AND", "&&", "and"]),
        9 => chain(bytes, text, depth, &["OR", "||", "or"]),
        _ => chain(bytes, text, depth, &["AND", "OR"]),
    }
}

fn chain(
    bytes: &mut Unstructured<'_>,
    text: &mut String,
    depth: u32,
    joiners: &[&str],
) -> Result<()> {
    for index in 0..bytes.int_in_range(2..=4)? {
        if index > 0 {
            joiner(bytes, text, joiners)?;
        }
        operand(bytes, text, depth - 1)?;
    }
    Ok(())
}

/// Makes an expression that may stand beside others without changing how they are read.
fn operand(bytes: &mut Unstructured<'_>, text: &mut String, depth: u32) -> Result<()> {
    let bare = depth == 0 || one_in(bytes, 3)?;
    if bare {
        return expression(bytes, text, 0);
    }
    text.push('(');
    expression(bytes, text, depth)?;
    text.push(')');
    Ok(())
}

/// Writes the word between two terms, with room around it.
fn joiner(bytes: &mut Unstructured<'_>, text: &mut String, words: &[&str]) -> Result<()> {
    let room = pick(bytes, &[" ", "\n", "  ", "\r\n\t"])?;
    text.push_str(room);
    text.push_str(pick(bytes, words)?);
    text.push_str(room);
    Ok(())
}

fn call(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    let (name, pattern) = match bytes.int_in_range(0..=3)? {
        0 | 1 => ("ActionMatches", pick(bytes, ACTIONS)?),
        2 => ("ActionMatches", pick(bytes, ACTION_PATTERNS)?),
        _ => ("SubOperationMatches", pick(bytes, SUBOPERATIONS)?),
    };
    text.push_str(name);
    text.push_str("{'");
    text.push_str(pattern);
    text.push_str("'}");
    Ok(())
}

/// Makes a comparison of an attribute with a value or a set of values.
fn comparison(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    let (reference, kind, several) = *pick(bytes, ATTRIBUTES)?;
    // Now and then an operator of another type: nothing says that it must not be written.
    let kind = if rarely(bytes)? { any_kind(bytes)? } else { kind };
    let quantified = several || one_in(bytes, 2)?;
    text.push_str(reference);
    let like = operator(bytes, text, kind, quantified)?;
    if !quantified {
        return literal(bytes, text, kind, like);
    }
    text.push('{');
    for index in 0..bytes.int_in_range(1..=4)? {
        if index > 0 {
            text.push_str(pick(bytes, &[", ", ",", " , "])?);
        }
        literal(bytes, text, kind, like)?;
    }
    text.push('}');
    Ok(())
}

/// Makes a comparison of two attributes.
fn two_attributes(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    let (left, kind, several) = *pick(bytes, ATTRIBUTES)?;
    let alike = ATTRIBUTES.iter().filter(|(_, other, _)| *other == kind).collect::<Vec<_>>();
    let (right, _, also_several) = **pick(bytes, &alike)?;
    text.push_str(left);
    let quantified = several || also_several || one_in(bytes, 2)?;
    operator(bytes, text, kind, quantified)?;
    text.push_str(right);
    Ok(())
}

/// Writes an operator; the answer says whether it takes a pattern.
fn operator(
    bytes: &mut Unstructured<'_>,
    text: &mut String,
    kind: Kind,
    quantified: bool,
) -> Result<bool> {
    let like = kind == Kind::String && one_in(bytes, 3)?;
    let name = match kind {
        Kind::String if like => pick(bytes, LIKE_OPERATORS)?.to_string(),
        Kind::String => pick(bytes, STRING_OPERATORS)?.to_string(),
        Kind::Integer => format!("Numeric{}", pick(bytes, RELATIONS)?),
        Kind::DateTime => format!("DateTime{}", pick(bytes, RELATIONS)?),
        Kind::Guid => format!("Guid{}", pick(bytes, &["Equals", "NotEquals"])?),
        Kind::Boolean => format!("Bool{}", pick(bytes, &["Equals", "NotEquals"])?),
    };
    let name = if quantified { format!("{}:{name}", pick(bytes, QUANTIFIERS)?) } else { name };
    text.push(' ');
    text.push_str(&if rarely(bytes)? { name.to_lowercase() } else { name });
    text.push_str(pick(bytes, &[" ", "  ", "\n  "])?);
    Ok(like)
}

fn literal(bytes: &mut Unstructured<'_>, text: &mut String, kind: Kind, like: bool) -> Result<()> {
    let pool = match kind {
        Kind::String if like => PATTERNS,
        Kind::String => STRINGS,
        Kind::Integer => INTEGERS,
        Kind::DateTime => DATES,
        Kind::Guid => GUIDS,
        Kind::Boolean => &["true", "false"],
    };
    let quote = if matches!(kind, Kind::String | Kind::DateTime) { "'" } else { "" };
    text.push_str(quote);
    text.push_str(pick(bytes, pool)?);
    text.push_str(quote);
    Ok(())
}

/// Makes a request: `{"action": …, "suboperation": …, "attributes": {"@Source[…]": …}}`.
///
/// # Errors
///
/// Never in practice: bytes that have run out count as zero.
pub fn request(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut request = Map::new();
    request.insert("action".to_owned(), json!(pick(bytes, ACTIONS)?));
    if one_in(bytes, 2)? {
        request.insert("suboperation".to_owned(), json!(pick(bytes, SUBOPERATIONS)?));
    }
    let mut attributes = Map::new();
    for (reference, kind, several) in ATTRIBUTES {
        let present: bool = bytes.arbitrary()?;
        if !present {
            continue;
        }
        let value = if *several {
            let mut values = Vec::new();
            for _ in 0..bytes.int_in_range(0..=3)? {
                values.push(value(bytes, *kind)?);
            }
            Value::Array(values)
        } else {
            let kind = if rarely(bytes)? { any_kind(bytes)? } else { *kind };
            value(bytes, kind)?
        };
        attributes.insert((*reference).to_owned(), value);
    }
    request.insert("attributes".to_owned(), Value::Object(attributes));
    Ok(Value::Object(request))
}

fn value(bytes: &mut Unstructured<'_>, kind: Kind) -> Result<Value> {
    Ok(match kind {
        Kind::String => json!(pick(bytes, STRINGS)?),
        Kind::Integer => json!(pick(bytes, INTEGERS)?.parse::<i64>().unwrap_or_default()),
        Kind::DateTime => json!(pick(bytes, DATES)?),
        Kind::Guid => json!(pick(bytes, GUIDS)?),
        Kind::Boolean => json!(bytes.arbitrary::<bool>()?),
    })
}

/// Makes a text that looks like a condition and mostly is none: words of the language in any
/// order, or a condition with pieces cut out, doubled or put in.
///
/// # Errors
///
/// Never in practice: bytes that have run out count as zero.
pub fn broken_text(bytes: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    if bytes.arbitrary()? {
        text = condition(bytes)?;
    }
    for _ in 0..bytes.int_in_range(0..=12)? {
        let at = boundary(&text, bytes.int_in_range(0..=text.len())?);
        match bytes.int_in_range(0..=3)? {
            0 | 1 => text.insert_str(at, pick(bytes, SCRAPS)?),
            2 => {
                let end = boundary(&text, (at + bytes.int_in_range(0..=20)?).min(text.len()));
                text.replace_range(at.min(end)..end, "");
            }
            _ => text.insert(at, bytes.arbitrary()?),
        }
    }
    Ok(text)
}

const SCRAPS: &[&str] = &[
    " ",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "@",
    "'",
    "\"",
    "!",
    "NOT ",
    " AND ",
    " OR ",
    "&&",
    "||",
    "&",
    "|",
    "==",
    "Exists ",
    "NotExists ",
    "ActionMatches",
    "SubOperationMatches{'",
    "@Request[",
    "@Resource",
    "@Environment[UtcNow]",
    "Request[a:b]",
    " StringEquals ",
    "ForAnyOfAnyValues:",
    " GuidEquals ",
    "'a'",
    "'",
    "\\'",
    "''",
    "1",
    "-1",
    "99999999999999999999",
    "true",
    "True",
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "7f951dda",
    "12345678-",
    "<$key_case_sensitive$>",
    "&$keys$&",
    "${a}",
    "${",
    "$a",
    "<a>",
    "{{a}}",
    "{{",
    "%s",
    "\u{a0}",
    "\u{2018}",
    "\u{2019}",
    "\u{201c}",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "\r\n",
    "\t",
    "é",
    "🔑",
    "#",
    ";",
    "//",
    "null",
];

/// Moves an offset down to the start of a character.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or_default()
}

fn pick<'a, T>(bytes: &mut Unstructured<'_>, choices: &'a [T]) -> Result<&'a T> {
    bytes.choose(choices)
}

fn any_kind(bytes: &mut Unstructured<'_>) -> Result<Kind> {
    let kinds = [Kind::String, Kind::Integer, Kind::DateTime, Kind::Guid, Kind::Boolean];
    pick(bytes, &kinds).copied()
}

fn one_in(bytes: &mut Unstructured<'_>, of: u8) -> Result<bool> {
    Ok(bytes.int_in_range(1..=of)? == of)
}

fn rarely(bytes: &mut Unstructured<'_>) -> Result<bool> {
    one_in(bytes, 16)
}
