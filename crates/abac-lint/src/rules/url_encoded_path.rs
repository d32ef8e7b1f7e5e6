//! `url-encoded-path`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::service::catalog_id;
use crate::wording::shown;
use abac_syntax::LiteralKind;
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "url-encoded-path",
    severity: Severity::Warning,
    summary: "a blob path or prefix is URL-encoded",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let path = |id| matches!(catalog_id(facts, id), Some("blob.path" | "blob.prefix"));
        if !compared.attribute.is_some_and(path) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let string = matches!(literal.kind, LiteralKind::String { .. });
            if !string || literal_has_hole(literal) {
                continue;
            }
            let content = literal.content_span(facts.source);
            let text = facts.text(content);
            let Some(decoded) = decoded(text) else { continue };
            let message = format!("`{}` is URL-encoded, paths in conditions are not", shown(text));
            let finding = report.at(literal.span, message);
            report.push(if is_plain(text, &decoded) {
                finding.help(format!("write `{}`", shown(&decoded))).fix(Fix::needs_review(
                    "decode it",
                    content,
                    decoded,
                ))
            } else {
                finding.help("write the characters themselves")
            });
        }
    }
}

/// Says whether decoding brings nothing in that would mean something else.
fn is_plain(text: &str, decoded: &str) -> bool {
    let count = |text: &str| text.matches(['\'', '\\', '*', '?']).count();
    count(text) == count(decoded) && !decoded.chars().any(char::is_control)
}

/// Decodes `%20`; `None` where nothing is encoded.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                found = true;
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok().filter(|_| found)
}
