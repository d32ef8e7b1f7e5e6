//! `unlisted-value`

use crate::category::Category;
use crate::facts::{Compared, Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{did_you_mean, list, shown};
use abac_catalog::Attribute;
use abac_syntax::{Comparison, Literal, LiteralKind, Relation, ValueType};
use diagnostics::{Diagnostic, Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "unlisted-value",
    severity: Severity::Warning,
    summary: "an attribute is compared with a value that it is not documented to have",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let Some((attribute, function)) = listed(facts, compared) else { continue };
        for literal in facts.tree.operand_literals(compared.other) {
            let string = matches!(literal.kind, LiteralKind::String { .. });
            if !string || literal_has_hole(literal) {
                continue;
            }
            let value = facts.value(literal);
            let same = |known: &&&str| known.eq_ignore_ascii_case(&value);
            let known = attribute.values.iter().find(same);
            if known.is_some_and(|known| function.ignores_case() || **known == *value) {
                continue;
            }
            report.push(finding(facts, report, literal, attribute, known.copied()));
        }
    }
}

/// Returns the attribute of an equality and its operator, where a page lists its values.
fn listed<'a>(facts: &Facts<'a>, compared: &Compared) -> Option<(&'a Attribute, Comparison)> {
    let function = compared.operator.function?;
    let equality =
        function.relation() == Relation::Equals && function.value_type() == ValueType::String;
    let attribute = facts.known(compared.attribute?)?.attribute()?;
    (equality && !attribute.values.is_empty()).then_some((attribute, function))
}

fn finding(
    facts: &Facts<'_>,
    report: &Report,
    literal: &Literal,
    attribute: &Attribute,
    known: Option<&'static str>,
) -> Diagnostic {
    let value = facts.value(literal);
    let name = &attribute.display_name;
    let values = attribute.values.iter().copied();
    let (message, meant) = match known {
        Some(known) => {
            (format!("`{}` never equals `{known}` in this letter case", shown(&value)), Some(known))
        }
        None => (
            format!("{name} is not documented to be `{}`", shown(&value)),
            diagnostics::closest(&value, values.clone()),
        ),
    };
    let finding = report.at(literal.span, message);
    match meant {
        Some(meant) => finding.help(did_you_mean(meant)).fix(Fix::needs_review(
            format!("write `{meant}`"),
            literal.content_span(facts.source),
            meant,
        )),
        None => finding.help(format!("it is {}", list(values, "or"))),
    }
}
