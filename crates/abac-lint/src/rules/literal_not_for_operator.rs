//! `literal-not-for-operator`

use crate::category::Category;
use crate::facts::{Facts, literal_has_hole};
use crate::quoted;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{a_value_type, shown};
use abac_syntax::{Comparison, Literal, LiteralKind, ValueType};
use diagnostics::{Diagnostic, Fix, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    id: "literal-not-for-operator",
    severity: Severity::Error,
    summary: "a value is of another type than the operator compares",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some(function) = compared.operator.function else { continue };
        for side in [compared.left, compared.right] {
            for literal in facts.tree.operand_literals(side) {
                if !literal_has_hole(literal) && !fits(facts, literal, function) {
                    report.push(finding(facts, report, literal, function));
                }
            }
        }
    }
}

/// Says whether a value fits, or another rule tells what is wrong with it.
fn fits(facts: &Facts<'_>, literal: &Literal, function: Comparison) -> bool {
    let wanted = function.value_type();
    match literal.kind {
        LiteralKind::String { .. } => {
            let value = facts.value(literal);
            match wanted {
                // `malformed-date-time` looks at the form.
                ValueType::String | ValueType::DateTime => true,
                ValueType::Guid => quoted::guid(&value).is_some(),
                ValueType::Numeric => quoted::integer(&value).is_some(),
                ValueType::Bool => quoted::boolean(&value).is_some(),
            }
        }
        LiteralKind::Guid(_) => wanted == ValueType::Guid,
        LiteralKind::Integer(_) => wanted == ValueType::Numeric,
        LiteralKind::Boolean(_) => wanted == ValueType::Bool,
        LiteralKind::Hole | LiteralKind::Bare => true,
    }
}

fn finding(
    facts: &Facts<'_>,
    report: &Report,
    literal: &Literal,
    function: Comparison,
) -> Diagnostic {
    let wanted = function.value_type();
    let text = shown(facts.text(literal.span));
    let message = format!(
        "`{}` compares {}, and {text} is not one",
        function.as_str(),
        a_value_type(wanted),
        text = if text.starts_with('\'') { text } else { format!("`{text}`") },
    );
    let finding = report.at(literal.span, message);
    match wanted {
        ValueType::String => finding.help("put it in single quotes").fix(
            Fix::needs_review("add quotes", Span::at(literal.span.start), "'")
                .and(Span::at(literal.span.end), "'"),
        ),
        ValueType::Guid => finding.help(
            "a GUID has 32 hexadecimal digits, without quotes: \
             7f951dda-4ed3-4680-a7ca-43fe172d538d",
        ),
        ValueType::Numeric => finding.help("write a whole number without quotes"),
        ValueType::Bool => finding.help("write true or false without quotes"),
        ValueType::DateTime => {
            finding.help("write a date and time in quotes: '2026-01-31T13:00:00.0Z'")
        }
    }
}
