//! Everything the parser says, in one place.
//!
//! *What* is wrong is the message, *what to do* the help, *why* the page `docs/rules/<id>.md`.

mod suggestion;

use crate::input::Input;
use crate::operator::Function;
use crate::token::{Token, TokenKind, quote_of};
use crate::tree::{Operand, Operator, Quote};
use crate::{MAX_DEPTH, MAX_SOURCE_BYTES};
use diagnostics::{Applicability, Diagnostic, Edit, Fix, Severity, Span};

/// A finding the parser can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyntaxRule {
    /// Names the fault; its page is `docs/rules/<id>.md`.
    pub id: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
}

const fn rule(id: &'static str, severity: Severity, summary: &'static str) -> SyntaxRule {
    SyntaxRule { id, severity, summary }
}

/// Every finding the parser can make, by id.
pub const RULES: &[SyntaxRule] = &[
    rule("attribute-in-set", Severity::Error, "an attribute stands among the values of a set"),
    rule("attribute-suffix", Severity::Error, "something hangs on an attribute's bracket"),
    rule("comment", Severity::Error, "the text has a comment"),
    rule("curly-quotes", Severity::Error, "typographic quotes stand for straight ones"),
    rule("empty-attribute", Severity::Error, "an attribute reference has no name"),
    rule("empty-condition", Severity::Error, "there is no condition in the text"),
    rule("empty-set", Severity::Error, "a set has no value"),
    rule("exists-argument", Severity::Error, "`Exists` has something else than an attribute"),
    rule("exists-parentheses", Severity::Warning, "the attribute of `Exists` is in parentheses"),
    rule("exists-position", Severity::Error, "`Exists` stands behind its attribute"),
    rule("expected-attribute", Severity::Error, "a bare word stands where an attribute should"),
    rule("expected-expression", Severity::Error, "a test is missing"),
    rule("integer-out-of-range", Severity::Error, "an integer does not fit 64 bits"),
    rule("invisible-character", Severity::Error, "the text has invisible or control characters"),
    rule("malformed-guid", Severity::Error, "a GUID has digits too few, too many or wrong"),
    rule("missing-at-sign", Severity::Error, "an attribute reference has no `@`"),
    rule("missing-comma", Severity::Error, "two values of a set have no comma between them"),
    rule("missing-logical-operator", Severity::Error, "two tests have no AND or OR between them"),
    rule("missing-operator", Severity::Error, "a comparison has no operator"),
    rule("missing-pattern", Severity::Error, "a function has no pattern"),
    rule("missing-value", Severity::Error, "a comparison has no right side"),
    rule("nested-too-deeply", Severity::Error, "parentheses and NOT nest too deeply"),
    rule("not-exists", Severity::Warning, "`NotExists` is not in the documentation"),
    rule("one-pattern", Severity::Error, "a function has more than one pattern"),
    rule("operator-spacing", Severity::Error, "a quantifier and its operator are apart"),
    rule("stray-comma", Severity::Error, "a comma in a set has no value on one side"),
    rule("template-hole", Severity::Error, "a template hole was not filled in"),
    rule("too-large", Severity::Error, "the text is larger than grantif reads"),
    rule("unclosed-attribute", Severity::Error, "an attribute reference is not closed"),
    rule("unclosed-bracket", Severity::Error, "a brace or bracket is not closed"),
    rule("unclosed-parenthesis", Severity::Error, "a parenthesis is not closed"),
    rule("unclosed-string", Severity::Error, "a string is not closed"),
    rule("unexpected-text", Severity::Error, "text stands where AND, OR or the end should"),
    rule("unknown-function", Severity::Error, "a function does not exist"),
    rule("unknown-operator", Severity::Error, "an operator does not exist"),
    rule("unknown-source", Severity::Error, "an attribute source does not exist"),
    rule("unmatched-parenthesis", Severity::Error, "a closing parenthesis has no opening one"),
    rule("unquoted-pattern", Severity::Error, "the pattern of a function is not quoted"),
    rule("unquoted-value", Severity::Error, "a value is not quoted"),
    rule("wrong-brackets", Severity::Error, "parentheses or brackets stand for braces"),
];

fn error(id: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(id, Severity::Error, span, message)
}

/// Shortens the user's text so that a message stays a line.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

fn found(input: &Input<'_>) -> String {
    match input.peek() {
        None => "the end".to_owned(),
        Some(_) => format!("`{}`", shown(input.text())),
    }
}

pub(crate) fn too_large(source: &str) -> Diagnostic {
    let message = format!(
        "the text has {} bytes, more than the {MAX_SOURCE_BYTES} that are read",
        source.len()
    );
    error("too-large", Span::at(0), message).help("Azure takes 8 KB (8,192 bytes) at most")
}

pub(crate) fn empty_condition(source: &str) -> Diagnostic {
    let message =
        if source.is_empty() { "the condition is empty" } else { "the condition is blank" };
    error("empty-condition", Span::new(0, source.len() as u32), message)
        .help("a role assignment without a condition has no `condition` property at all")
}

pub(crate) fn invisible_character(source: &str, span: Span) -> Diagnostic {
    let text = span.of(source);
    let first = text.chars().next().unwrap_or('\0');
    let name = match first {
        '\u{a0}' => "a no-break space".to_owned(),
        '\u{feff}' => "a byte order mark".to_owned(),
        '\u{200b}' => "a zero-width space".to_owned(),
        '\0' => "a NUL character".to_owned(),
        _ => format!("an invisible character, U+{:04X}", first as u32),
    };
    let more = text.chars().count() - 1;
    let message = match more {
        0 => format!("{name} in the condition"),
        _ => format!("{name} in the condition, and {more} more behind it"),
    };
    // Between two words only a space keeps them apart.
    let replacement = if first.is_whitespace() { " " } else { "" };
    error("invisible-character", span, message)
        .help("delete it, or type a plain space")
        .fix(Fix::safe("replace it", span, replacement))
}

pub(crate) fn comment(source: &str, span: Span) -> Diagnostic {
    let message = format!("comments do not exist in conditions: `{}`", shown(span.of(source)));
    // A comment that begins its line goes with the line.
    let before = source.get(..span.start as usize).unwrap_or("");
    let behind = source.get(span.end as usize..).unwrap_or("");
    let line_break = behind.len() - behind.trim_start_matches(['\r', '\n']).len();
    let begins_line = before.is_empty() || before.ends_with('\n');
    let taken = if begins_line { line_break as u32 } else { 0 };
    error("comment", span, message)
        .help("delete it; say it in the description of the role assignment")
        .fix(Fix::safe("delete the comment", Span::new(span.start, span.end + taken), ""))
}

pub(crate) fn curly_quotes(source: &str, token: Token) -> Diagnostic {
    let text = token.span.of(source);
    let open = text.chars().next().map_or(0, char::len_utf8) as u32;
    let message = format!("typographic quotes around `{}`", shown(text.trim_matches(is_curly)));
    let diagnostic = error("curly-quotes", token.span, message).help("type straight quotes: '…'");
    if token.kind == TokenKind::UnclosedString {
        return diagnostic;
    }
    let close = text.chars().next_back().map_or(0, char::len_utf8) as u32;
    let (start, end) = (token.span.start, token.span.end);
    // A pair around a whole condition was a quotation, not a string.
    let content = text.get(open as usize..text.len() - close as usize).unwrap_or("");
    let quote = if content.contains(['\'', '@', '{']) { "" } else { "'" };
    diagnostic.fix(
        Fix::safe("type straight quotes", Span::new(start, start + open), quote)
            .and(Span::new(end - close, end), quote),
    )
}

fn is_curly(character: char) -> bool {
    crate::character::is_curly_quote(character)
}

pub(crate) fn unclosed_string(source: &str, span: Span) -> Diagnostic {
    let quote = if quote_of(span.of(source)) == Quote::Double { "\"" } else { "'" };
    error("unclosed-string", span, format!("the string `{}` is not closed", shown(span.of(source))))
        .help(format!("add {quote} where it ends"))
}

pub(crate) fn unclosed_attribute(input: &Input<'_>, bracket: bool) -> Diagnostic {
    let span = input.span();
    let text = shown(input.text());
    if bracket {
        let message = format!("the attribute `{text}` is not closed");
        let diagnostic = error("unclosed-attribute", span, message).help("add `]` where it ends");
        // Without a name there is nothing to close.
        return match text.ends_with('[') {
            true => diagnostic,
            false => diagnostic.fix(Fix::safe("add `]`", Span::at(span.end), "]")),
        };
    }
    error("unclosed-attribute", span, format!("`{text}` has no attribute in brackets"))
        .help("write `@Source[Type:Name]`, for example `@Environment[UtcNow]`")
}

pub(crate) fn unknown_source(input: &Input<'_>, span: Span) -> Diagnostic {
    let text = span.of(input.session.source);
    let names = ["Environment", "Principal", "Request", "Resource"];
    let diagnostic = error("unknown-source", span, format!("unknown attribute source `@{text}`"));
    match suggestion::closest(text, names.into_iter()).or(suggestion::source(text)) {
        Some(name) => diagnostic.help(format!("did you mean `@{name}`?")).fix(Fix::needs_review(
            format!("write `@{name}`"),
            span,
            name,
        )),
        None => diagnostic
            .help("the sources are `@Resource`, `@Request`, `@Principal` and `@Environment`"),
    }
}

pub(crate) fn missing_at_sign(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    error("missing-at-sign", span, format!("`{}` has no `@` in front", shown(input.text())))
        .help("an attribute reference begins with `@`")
        .fix(Fix::safe("add `@`", Span::at(span.start), "@"))
}

pub(crate) fn empty_attribute(input: &Input<'_>, body: Span) -> Diagnostic {
    error("empty-attribute", input.span(), format!("`{}` names no attribute", input.text()))
        .label(body, "expected `Type:Name`")
        .help("see `grantif catalog attributes`")
}

pub(crate) fn attribute_suffix(
    input: &Input<'_>,
    word: &str,
    key: Option<&str>,
    suffix: Span,
) -> Diagnostic {
    let text = suffix.of(input.session.source);
    let message = format!("`{}` behind the attribute: keys stand in its brackets", shown(text));
    let key = key.map(|key| key.trim_matches(['\'', '"']));
    let span = input.span();
    let diagnostic = error("attribute-suffix", suffix, message);
    match key {
        Some(key) => {
            let inside = format!("/{}:{key}", word.trim_start_matches('.'));
            let fix = Fix::needs_review("move the key into the brackets", suffix, "")
                .and(Span::at(span.end.saturating_sub(1)), inside.clone());
            diagnostic.help(format!("write `…{inside}]`")).fix(fix)
        }
        None => diagnostic.help("write `@Source[Type/path:key]`"),
    }
}

pub(crate) fn missing_logical_operator(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    let message = format!("expected AND or OR before {}", found(input));
    error("missing-logical-operator", span, message)
        .help("join the two tests with AND or OR; grantif goes on as if AND stood there")
        .fix(Fix::needs_review("add AND", Span::at(span.start), "AND "))
}

pub(crate) fn unmatched(input: &Input<'_>, close: &str) -> Diagnostic {
    let span = input.span();
    error("unmatched-parenthesis", span, format!("`{close}` closes nothing"))
        .help("delete it, or add the opening one")
        .fix(Fix::needs_review(format!("delete `{close}`"), span, ""))
}

pub(crate) fn unexpected(input: &Input<'_>, span: Span) -> Diagnostic {
    let text = span.of(input.session.source);
    if let Some(logical) = suggestion::logical_operator(text) {
        return error("unexpected-text", span, format!("`{text}` is no logical operator"))
            .help(format!("write `{logical}`"))
            .fix(Fix::safe(format!("write `{logical}`"), span, logical));
    }
    error("unexpected-text", span, format!("expected AND, OR or the end, found `{}`", shown(text)))
        .help("delete it, or join it with AND or OR")
}

pub(crate) fn unclosed_parenthesis(input: &Input<'_>, open: Span) -> Diagnostic {
    let span = input.span();
    error("unclosed-parenthesis", span, format!("expected `)`, found {}", found(input)))
        .label(open, "this parenthesis is not closed")
        .help("add `)` where the group ends")
        .fix(Fix::needs_review("add `)`", Span::at(span.start), ")"))
}

pub(crate) fn unclosed_bracket(input: &Input<'_>, open: Span, last: Span) -> Diagnostic {
    let (open_text, close) = match open.of(input.session.source) {
        "(" => ("parenthesis", ")"),
        "[" => ("bracket", "]"),
        _ => ("brace", "}"),
    };
    let message = format!("expected `{close}`, found {}", found(input));
    error("unclosed-bracket", input.span(), message)
        .label(open, format!("this {open_text} is not closed"))
        .help(format!("add `{close}`"))
        .fix(Fix::needs_review(format!("add `{close}`"), Span::at(last.end), close))
}

pub(crate) fn expected_expression(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    error("expected-expression", span, format!("expected a test, found {}", found(input))).help(
        "a test is `ActionMatches{'…'}`, `@Source[…] Operator value`, `Exists @Source[…]`, \
         or a group in parentheses",
    )
}

/// A hole where none is read: the text is a template, not yet a condition.
pub(crate) fn template_hole(source: &str, span: Span) -> Diagnostic {
    error("template-hole", span, format!("`{}` is not filled in", shown(span.of(source))))
        .help("check the text that Azure receives, or read holes with `--template`")
}

pub(crate) fn nested_too_deeply(span: Span) -> Diagnostic {
    let message = format!("parentheses and NOT nest more than {MAX_DEPTH} deep");
    error("nested-too-deeply", span, message)
        .help("take away parentheses that group nothing; the rest of this group is not read")
}

pub(crate) fn not_exists(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    let message = "`NotExists` is not documented; only `Exists` is";
    Diagnostic::new("not-exists", Severity::Warning, span, message)
        .help("write `NOT Exists`")
        .fix(Fix::safe("write `NOT Exists`", span, "NOT Exists"))
}

pub(crate) fn exists_parentheses(input: &Input<'_>, open: Span, close: Span) -> Diagnostic {
    let message = "parentheses around the attribute of `Exists` are not documented";
    let fix = Fix {
        title: "take the parentheses away".into(),
        edits: vec![
            Edit { span: open, replacement: " ".into() },
            Edit { span: close, replacement: "".into() },
        ],
        applicability: Applicability::Safe,
    };
    Diagnostic::new("exists-parentheses", Severity::Warning, input.span().to(close), message)
        .help("write `Exists @Source[…]`")
        .fix(fix)
}

pub(crate) fn exists_argument(input: &Input<'_>) -> Diagnostic {
    let message = format!("`Exists` takes an attribute, found {}", found(input));
    error("exists-argument", input.span(), message).help("write `Exists @Source[…]`")
}

pub(crate) fn exists_position(input: &Input<'_>, left: Operand) -> Diagnostic {
    let span = input.span();
    let diagnostic = error("exists-position", span, "`Exists` stands in front of its attribute");
    let left = input.session.growth.borrow().tree.operand_span(left);
    diagnostic.label(left, "the attribute").help("write `Exists @Source[…]`").fix(
        Fix::safe("move `Exists` to the front", Span::at(left.start), "Exists ")
            .and(Span::new(left.end, span.end), ""),
    )
}

pub(crate) fn pattern_without_braces(input: &Input<'_>, function: Function) -> Diagnostic {
    let span = input.span();
    let name = function.as_str();
    error("wrong-brackets", span, format!("the pattern of `{name}` stands in braces"))
        .help(format!("write `{name}{{{}}}`", shown(input.text())))
        .fix(Fix::safe("add braces", Span::at(span.start), "{").and(Span::at(span.end), "}"))
}

pub(crate) fn wrong_brackets(input: &Input<'_>, close: TokenKind, what: &str) -> Diagnostic {
    let open = input.span();
    let (written, end) = match close {
        TokenKind::RightParenthesis => ("parentheses", ")"),
        _ => ("brackets", "]"),
    };
    let diagnostic =
        error("wrong-brackets", open, format!("{what} stands in braces, not in {written}"))
            .help("write `{…}`");
    let closing = match input.is_full() {
        true => None,
        false => input.tokens().iter().find(|token| token.kind == close),
    };
    match closing {
        Some(token) if token.span.of(input.session.source) == end => {
            diagnostic.fix(Fix::safe("write braces", open, "{").and(token.span, "}"))
        }
        _ => diagnostic,
    }
}

pub(crate) fn missing_pattern(input: &Input<'_>, function: Function) -> Diagnostic {
    let name = function.as_str();
    let example = match function {
        Function::ActionMatches => "Microsoft.Authorization/roleAssignments/write",
        Function::SubOperationMatches => "Blob.List",
    };
    let message = format!("`{name}` takes a pattern in quotes, found {}", found(input));
    error("missing-pattern", input.span(), message).help(format!("write `{name}{{'{example}'}}`"))
}

pub(crate) fn one_pattern(input: &Input<'_>, function: Function) -> Diagnostic {
    let name = function.as_str();
    error("one-pattern", input.span(), format!("`{name}` takes one pattern"))
        .help(format!("write one `{name}{{…}}` for each pattern"))
}

pub(crate) fn unquoted_pattern(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    error("unquoted-pattern", span, format!("the pattern `{}` is not quoted", shown(input.text())))
        .help("put it in single quotes")
        .fix_if(quoted(input))
}

/// Quotes the next token, but not where an apostrophe beside it would make two in a row: the lost
/// quote is elsewhere then.
fn quoted(input: &Input<'_>) -> Option<Fix> {
    let span = input.span();
    let bytes = input.session.source.as_bytes();
    let before = span.start.checked_sub(1).and_then(|at| bytes.get(at as usize));
    let beside = before == Some(&b'\'') || bytes.get(span.end as usize) == Some(&b'\'');
    let fix = Fix::safe("add quotes", Span::at(span.start), "'").and(Span::at(span.end), "'");
    (!beside).then_some(fix)
}

pub(crate) fn integer_out_of_range(input: &Input<'_>) -> Diagnostic {
    let message = format!("`{}` does not fit 64 bits", shown(input.text()));
    error("integer-out-of-range", input.span(), message)
        .help("integers go from -9223372036854775808 to 9223372036854775807")
}

pub(crate) fn bare_value(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    let text = input.text();
    if suggestion::looks_like_guid(text) {
        let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
        let message = format!("`{}` is no GUID: it has {digits} hexadecimal digits", shown(text));
        return error("malformed-guid", span, message)
            .help("a GUID has 32 of them, as 8-4-4-4-12 or without dashes");
    }
    let message = format!("the value `{}` is not quoted", shown(text));
    error("unquoted-value", span, message)
        .help(
            "strings and dates stand in single quotes; only GUIDs, integers, true and false do not",
        )
        .fix_if(quoted(input))
}

pub(crate) fn missing_comma(input: &Input<'_>, last: Span) -> Diagnostic {
    let message = format!("expected `,` before {}", found(input));
    error("missing-comma", input.span(), message)
        .help("values of a set are separated by commas")
        .fix(Fix::safe("add a comma", Span::at(last.end), ","))
}

pub(crate) fn stray_comma(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    error("stray-comma", span, "this comma separates no two values")
        .help("delete it, or add the missing value")
        .fix(Fix::safe("delete the comma", span, ""))
}

pub(crate) fn attribute_in_set(input: &Input<'_>) -> Diagnostic {
    let message = format!("a set holds values, found the attribute `{}`", shown(input.text()));
    error("attribute-in-set", input.span(), message)
        .help("compare with the attribute by itself, without braces")
}

pub(crate) fn empty_set(span: Span) -> Diagnostic {
    error("empty-set", span, "the set has no value").help("name at least one value")
}

pub(crate) fn expected_attribute(input: &Input<'_>) -> Diagnostic {
    let text = input.text();
    error(
        "expected-attribute",
        input.span(),
        format!("expected an attribute, found `{}`", shown(text)),
    )
    .help("write `@Source[Type:Name]`; see `grantif catalog attributes`")
}

pub(crate) fn unknown_function(input: &Input<'_>) -> Diagnostic {
    let span = input.span();
    let text = input.text();
    let names = ["ActionMatches", "SubOperationMatches", "Exists"];
    let diagnostic = error("unknown-function", span, format!("unknown function `{}`", shown(text)));
    match suggestion::closest(text, names.into_iter()) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")).fix(Fix::needs_review(
            format!("write `{name}`"),
            span,
            name,
        )),
        None => diagnostic.help("the functions are ActionMatches, SubOperationMatches and Exists"),
    }
}

pub(crate) fn unknown_operator(input: &Input<'_>, span: Span) -> Diagnostic {
    let text = input.text();
    let diagnostic = error("unknown-operator", span, format!("unknown operator `{}`", shown(text)));
    match suggestion::operator(text) {
        Some(suggestion::Suggested::Operator(name)) => diagnostic
            .help(format!("did you mean `{name}`?"))
            .fix(Fix::needs_review(format!("write `{name}`"), span, name)),
        Some(suggestion::Suggested::Advice(advice)) => diagnostic.help(advice),
        None => diagnostic.help("see `grantif catalog operators`"),
    }
}

pub(crate) fn operator_spacing(span: Span, joined: String) -> Diagnostic {
    error("operator-spacing", span, format!("`{joined}` is one word"))
        .help("take the space away")
        .fix(Fix::safe("take the space away", span, joined))
}

pub(crate) fn missing_operator(input: &Input<'_>, left: Operand) -> Diagnostic {
    let left = input.session.growth.borrow().tree.operand_span(left);
    let text = shown(left.of(input.session.source));
    let place = Span::new(left.end, input.span().start.max(left.end));
    let message = format!("expected an operator behind `{text}`, found {}", found(input));
    let place = if place.is_empty() { input.span() } else { place };
    error("missing-operator", place, message)
        .help("for example `StringEquals`; see `grantif catalog operators`")
}

pub(crate) fn missing_value(input: &Input<'_>, operator: Operator) -> Diagnostic {
    let name = operator.span.of(input.session.source);
    let message = format!("expected a value behind `{}`, found {}", shown(name), found(input));
    let example = match operator.quantifier {
        Some(_) => "a set in braces: `{'a', 'b'}`",
        None => "a string, a GUID, an integer, true, false, or an attribute",
    };
    error("missing-value", input.span(), message).help(format!("add {example}"))
}
