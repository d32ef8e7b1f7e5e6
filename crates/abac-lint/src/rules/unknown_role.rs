//! `unknown-role`

use crate::category::Category;
use crate::delegation::{guid, role, role_comparisons};
use crate::facts::{Compared, Facts};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::did_you_mean;
use abac_catalog::Role;
use abac_syntax::Literal;
use diagnostics::{Diagnostic, Fix, Severity};
use uuid::Uuid;

pub(crate) const RULE: Rule = Rule {
    id: "unknown-role",
    severity: Severity::Warning,
    summary: "a GUID is neither a built-in role nor a custom role that is configured",
    category: Category::Delegation,
    check,
};

/// How many unknown GUIDs of a set are named and looked at for typing mistakes.
const MOST: usize = 8;

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in role_comparisons(facts) {
        set(facts, report, compared);
    }
}

fn set(facts: &Facts<'_>, report: &mut Report, compared: &Compared) {
    let literals = facts.tree.operand_literals(compared.other);
    let mut unknown: Vec<&Literal> = Vec::new();
    let mut count = 0;
    for literal in literals {
        let Some(guid) = guid(facts, literal) else { continue };
        if role(facts, guid).is_some() {
            continue;
        }
        if count < MOST
            && let Some(meant) = misspelt(facts, guid)
        {
            report.push(typing_mistake(facts, report, literal, meant));
            continue;
        }
        count += 1;
        if unknown.len() < MOST {
            unknown.push(literal);
        }
    }
    let Some((first, others)) = unknown.split_first() else { return };
    let guid = facts.value(first);
    let message = match count {
        1 => format!("no role is known by the id `{guid}`"),
        _ => format!("no role is known by the id `{guid}`, nor by {} more", count - 1),
    };
    // Custom roles are common; only where some are configured one that is not stands out.
    let (severity, help) = if facts.catalog().custom_roles().is_empty() {
        (Severity::Advice, "it is no built-in role; if it is a custom one, configure it")
    } else {
        (Severity::Warning, "it is neither a built-in role nor a custom one that is configured")
    };
    let mut finding = report.with(severity, first.span, message).help(help);
    for literal in others {
        finding = finding.label(literal.span, "unknown, too");
    }
    report.push(finding);
}

fn typing_mistake(
    facts: &Facts<'_>,
    report: &Report,
    literal: &Literal,
    meant: &Role,
) -> Diagnostic {
    let id = meant.id().to_owned();
    report
        .at(literal.span, format!("no role is known by the id `{}`", facts.value(literal)))
        .help(format!("{} It is `{}`", did_you_mean(&id), meant.name()))
        .fix(Fix::needs_review(
            format!("write the id of `{}`", meant.name()),
            literal.content_span(facts.source),
            id,
        ))
}

/// Returns the role whose id differs in one or two digits.
fn misspelt<'a>(facts: &Facts<'a>, guid: Uuid) -> Option<&'a Role> {
    let mut buffer = Uuid::encode_buffer();
    let wanted: &str = guid.as_hyphenated().encode_lower(&mut buffer);
    facts.catalog().roles().find(|role| {
        let digits = role.id().bytes().zip(wanted.bytes());
        // Most ids differ in the first three digits, and the fourth is not looked at.
        digits.filter(|(one, other)| one != other).take(3).count() < 3
    })
}
