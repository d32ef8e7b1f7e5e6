//! The grammar, with nom. Each production chooses its branch by one look at what comes next, so
//! that a fault is reported where it is and not where a guess was given up.
//!
//! ```text
//! filter   = term *( "or" term )
//! term     = factor *( "and" factor )
//! factor   = "not" factor / "(" filter ")" / call / path operator literal / path "in" list
//! call     = name "(" [ path "," ] [ text ] ")"
//! ```

use super::{
    Comparison, Filter, FilterError, Function, Literal, MAX_FILTER_BYTES, MAX_FILTER_DEPTH,
    TextTest,
};
use jiff::Timestamp;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, multispace0};
use nom::combinator::cut;
use nom::error::{ErrorKind, ParseError};
use nom::sequence::{delimited, preceded};
use nom::{Err, IResult, Parser};
use uuid::Uuid;

type Read<'text, T> = IResult<&'text str, T, Fault<'text>>;

/// What is wrong, and the text from there on.
#[derive(Debug)]
struct Fault<'text> {
    rest: &'text str,
    what: String,
}

impl<'text> ParseError<&'text str> for Fault<'text> {
    fn from_error_kind(rest: &'text str, _kind: ErrorKind) -> Self {
        Self { rest, what: String::new() }
    }

    fn append(_rest: &'text str, _kind: ErrorKind, other: Self) -> Self {
        other
    }

    fn from_char(rest: &'text str, wanted: char) -> Self {
        Self { rest, what: format!("'{wanted}' is expected") }
    }
}

fn fault<T>(rest: &str, what: impl Into<String>) -> Read<'_, T> {
    Err(Err::Failure(Fault { rest, what: what.into() }))
}

pub(super) fn parse(text: &str) -> Result<Filter, FilterError> {
    if text.len() > MAX_FILTER_BYTES {
        let fault = format!("the filter is longer than {MAX_FILTER_BYTES} bytes");
        return Err(FilterError { position: MAX_FILTER_BYTES, fault });
    }
    let position = |rest: &str| {
        let before = text.len().saturating_sub(rest.len());
        text.get(..before).map_or(before, |part| part.chars().count())
    };
    match filter(text, 0) {
        Ok((rest, read)) if rest.trim_start().is_empty() => Ok(read),
        Ok((rest, _)) => Err(FilterError {
            position: position(rest.trim_start()),
            fault: "'and', 'or' or the end is expected".to_owned(),
        }),
        Err(Err::Error(fault) | Err::Failure(fault)) => {
            Err(FilterError { position: position(fault.rest), fault: fault.what })
        }
        Err(Err::Incomplete(_)) => {
            Err(FilterError { position: text.len(), fault: "the filter ends too early".to_owned() })
        }
    }
}

/// `filter = term *( "or" term )`
fn filter(text: &str, depth: usize) -> Read<'_, Filter> {
    chain(text, depth, "or", term, Filter::Or)
}

/// `term = factor *( "and" factor )`
fn term(text: &str, depth: usize) -> Read<'_, Filter> {
    chain(text, depth, "and", factor, Filter::And)
}

/// One item, or several that `word` joins.
fn chain<'text>(
    text: &'text str,
    depth: usize,
    word: &str,
    item: fn(&'text str, usize) -> Read<'text, Filter>,
    join: fn(Vec<Filter>) -> Filter,
) -> Read<'text, Filter> {
    let (mut rest, first) = item(text, depth)?;
    let mut others = Vec::new();
    // Invariant: each turn passes over the word at least, so the loop ends with the text.
    while let Some(after) = keyword(rest, word) {
        let (further, next) = item(after, depth)?;
        others.push(next);
        rest = further;
    }
    if others.is_empty() {
        return Ok((rest, first));
    }
    others.insert(0, first);
    Ok((rest, join(others)))
}

/// The text behind a word, when the word comes next and ends there.
fn keyword<'text>(text: &'text str, word: &str) -> Option<&'text str> {
    let text = text.trim_start();
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = !rest.starts_with(|next: char| next.is_alphanumeric() || "_/.".contains(next));
    (head.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

/// `factor = "not" factor / "(" filter ")" / call / path operator literal / path "in" list`
fn factor(text: &str, depth: usize) -> Read<'_, Filter> {
    let text = text.trim_start();
    if depth > MAX_FILTER_DEPTH {
        return fault(text, format!("it is nested more than {MAX_FILTER_DEPTH} levels deep"));
    }
    if let Some(rest) = keyword(text, "not") {
        let (rest, inner) = factor(rest, depth + 1)?;
        return Ok((rest, Filter::Not(Box::new(inner))));
    }
    if let Some(rest) = text.strip_prefix('(') {
        let (rest, inner) = filter(rest, depth + 1)?;
        let (rest, _) = cut(preceded(multispace0, char(')'))).parse(rest)?;
        return Ok((rest, inner));
    }
    let (rest, name) = path(text)?;
    if let Some(inside) = rest.trim_start().strip_prefix('(')
        && keyword(name, "in").is_none()
    {
        return call(text, name, inside);
    }
    if let Some(rest) = keyword(rest, "in") {
        let (rest, literals) = list(rest)?;
        return Ok((rest, Filter::In { property: name.to_owned(), literals }));
    }
    let (rest, comparison) = operator(rest)?;
    let (rest, literal) = literal(rest)?;
    Ok((rest, Filter::Compare { property: name.to_owned(), comparison, literal }))
}

/// A name, or several that `/` joins.
fn path(text: &str) -> Read<'_, &str> {
    let allowed = |one: char| one.is_ascii_alphanumeric() || "_/.@-".contains(one);
    let read: Read<'_, &str> = take_while1(allowed).parse(text);
    read.or_else(|_| fault(text, "a property or function is expected"))
}

fn operator(text: &str) -> Read<'_, Comparison> {
    const OPERATORS: [(&str, Comparison); 6] = [
        ("eq", Comparison::Equal),
        ("ne", Comparison::NotEqual),
        ("lt", Comparison::Less),
        ("le", Comparison::LessOrEqual),
        ("gt", Comparison::Greater),
        ("ge", Comparison::GreaterOrEqual),
    ];
    let found =
        OPERATORS.iter().find_map(|(word, one)| keyword(text, word).map(|rest| (rest, *one)));
    match found {
        Some(found) => Ok(found),
        None => fault(text.trim_start(), "'eq', 'ne', 'lt', 'le', 'gt', 'ge' or 'in' is expected"),
    }
}

/// `call = name "(" [ path "," ] [ text ] ")"`, from behind the parenthesis.
fn call<'text>(at: &'text str, name: &str, inside: &'text str) -> Read<'text, Filter> {
    let test = match name.to_ascii_lowercase().as_str() {
        "atscope" => return plain_call(inside, Function::AtScope),
        "astarget" => return plain_call(inside, Function::AsTarget),
        "asrequestor" => return plain_call(inside, Function::AsRequestor),
        "ascreatedby" => return plain_call(inside, Function::AsCreatedBy),
        "asapprover" => return plain_call(inside, Function::AsApprover),
        "assignedto" => {
            let (rest, principal) = closed(quoted).parse(inside)?;
            return Ok((rest, Filter::Call(Function::AssignedTo(principal))));
        }
        "startswith" => TextTest::StartsWith,
        "endswith" => TextTest::EndsWith,
        "contains" => TextTest::Contains,
        _ => return fault(at, format!("the function '{name}' is not supported")),
    };
    let (rest, property) = path(inside.trim_start())?;
    let (rest, _) = cut(preceded(multispace0, char(','))).parse(rest)?;
    let (rest, literal) = closed(quoted).parse(rest)?;
    Ok((rest, Filter::Text { property: property.to_owned(), test, literal }))
}

fn plain_call(inside: &str, function: Function) -> Read<'_, Filter> {
    let (rest, _) = cut(preceded(multispace0, char(')'))).parse(inside)?;
    Ok((rest, Filter::Call(function)))
}

/// Something, then the parenthesis that closes its call.
fn closed<'text, T>(
    inner: impl Parser<&'text str, Output = T, Error = Fault<'text>>,
) -> impl Parser<&'text str, Output = T, Error = Fault<'text>> {
    delimited(multispace0, inner, cut(preceded(multispace0, char(')'))))
}

/// `list = "(" literal *( "," literal ) ")"`
fn list(text: &str) -> Read<'_, Vec<Literal>> {
    let (mut rest, _) = cut(preceded(multispace0, char('('))).parse(text)?;
    let mut literals = Vec::new();
    // Invariant: each turn passes over a literal, so the loop ends with the text.
    loop {
        let (after, one) = literal(rest)?;
        literals.push(one);
        match after.trim_start().strip_prefix(',') {
            Some(further) => rest = further,
            None => {
                let (rest, _) = cut(preceded(multispace0, char(')'))).parse(after)?;
                return Ok((rest, literals));
            }
        }
    }
}

fn literal(text: &str) -> Read<'_, Literal> {
    let text = text.trim_start();
    if text.starts_with('\'') {
        return quoted(text).map(|(rest, text)| (rest, Literal::Text(text)));
    }
    let allowed = |one: char| one.is_ascii_alphanumeric() || "-:.+".contains(one);
    let read: Read<'_, &str> = take_while1(allowed).parse(text);
    let Ok((rest, word)) = read else { return fault(text, "a literal is expected") };
    let literal = match word.to_ascii_lowercase().as_str() {
        "null" => Some(Literal::Null),
        "true" => Some(Literal::Boolean(true)),
        "false" => Some(Literal::Boolean(false)),
        _ => word
            .parse()
            .map(Literal::Number)
            .or_else(|_| Uuid::try_parse(word).map(Literal::Guid))
            .or_else(|_| word.parse::<Timestamp>().map(Literal::Instant))
            .ok(),
    };
    match literal {
        Some(literal) => Ok((rest, literal)),
        None => fault(text, "a text must stand in single quotes"),
    }
}

/// `'text'`, with `''` for an apostrophe.
fn quoted(text: &str) -> Read<'_, String> {
    let Some(mut rest) = text.strip_prefix('\'') else {
        return fault(text, "a text in single quotes is expected");
    };
    let mut value = String::new();
    // Invariant: each turn passes over an apostrophe, so the loop ends with the text.
    while let Some((part, after)) = rest.split_once('\'') {
        value.push_str(part);
        match after.strip_prefix('\'') {
            Some(further) => {
                value.push('\'');
                rest = further;
            }
            None => return Ok((after, value)),
        }
    }
    fault(text, "the text has no closing quote")
}
