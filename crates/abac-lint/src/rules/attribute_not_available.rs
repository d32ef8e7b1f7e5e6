//! `attribute-not-available`

use crate::availability::{Missing, SOURCES, Why};
use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{list, shown};
use abac_syntax::AttributeId;
use diagnostics::{Diagnostic, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "attribute-not-available",
    severity: Severity::Error,
    summary: "an attribute is not available for the guarded action",
    category: Category::Attribute,
    check,
};

/// Actions that no table gives some attributes to, while Microsoft's own examples use those.
///
/// *Observed*: `blobs/filter/action` with a container name in samples for AI Foundry, and
/// `runAsSuperUser/action` beside `blobs/read` whatever is tested (storage-auth-abac-examples,
/// 2023-05-09).
const IN_EXAMPLES: [(&str, &[&str]); 2] = [
    ("blob.filter", &["blob.containerName"]),
    ("blob.superUser", &["blob.prefix", "blob.snapshot", "blob.versionId", "blob.tagValues"]),
];

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut told: Option<(AttributeId, Diagnostic)> = None;
    for missing in facts.missing.iter().filter(|missing| suits_no_form(missing)) {
        let Some(next) = finding(facts, report, missing) else { continue };
        match &mut told {
            // Several guards of one test make one finding.
            Some((attribute, finding)) if *attribute == missing.attribute => {
                finding.severity = finding.severity.max(next.severity);
                finding.labels.extend(next.labels);
            }
            _ => {
                let before = told.replace((missing.attribute, next));
                before.into_iter().for_each(|(_, finding)| report.push(finding));
            }
        }
    }
    told.into_iter().for_each(|(_, finding)| report.push(finding));
}

/// Says whether neither another source nor a suboperation of the action would help.
fn suits_no_form(missing: &Missing<'_>) -> bool {
    match missing.why {
        Why::NotAtAll => true,
        Why::OtherSource(_) => false,
        // The target names a suboperation already, and it is not the right one.
        Why::Suboperation(_) => missing.action.suboperation.is_some(),
    }
}

fn finding<'a>(facts: &Facts<'a>, report: &Report, missing: &Missing<'a>) -> Option<Diagnostic> {
    let Missing { attribute, action, .. } = *missing;
    let (known, target) = facts.known(attribute).zip(facts.target(missing))?;
    let reference = facts.attribute(attribute);
    let source = facts.source_of(attribute);
    let action_text = shown(action.action);
    let limited = match action.suboperation {
        Some(one) if one.negated => format!(" without the suboperation `{}`", one.name),
        Some(one) => format!(" with the suboperation `{}`", one.name),
        None => String::new(),
    };
    let text = shown(facts.text(reference.body).trim());
    let shown_in_examples = IN_EXAMPLES.iter().any(|(id, names)| {
        *id == action.id && known.attributes.iter().any(|one| names.contains(&one.id.as_ref()))
    });
    // Of an attribute that no page spells out, no page can say where it is missing.
    let confirmed = known.attributes.iter().all(|one| one.verified);
    let certain =
        SOURCES.contains(&source) && confirmed && !target.has_wildcard() && !shown_in_examples;
    let severity = if certain { Severity::Error } else { Severity::Warning };
    let message = if confirmed && SOURCES.contains(&source) {
        format!("`{text}` is not available for `{action_text}`{limited}")
    } else {
        format!("that `{text}` is available for `{action_text}` is not documented")
    };
    let offered: Vec<&str> = facts
        .catalog()
        .attributes_offered(action, source)
        .map(|one| one.reference.as_ref())
        .collect();
    let help = match missing.why {
        Why::Suboperation(sibling) => {
            format!("it is available for `{}`: {}", sibling.display_name, sibling.guard())
        }
        _ if offered.is_empty() => format!("it offers no attributes through `@{source}`"),
        _ => format!("through `@{source}` it offers {}", list(offered, "and")),
    };
    let finding = report
        .with(severity, reference.span, message)
        .label(target.span, format!("guarded here ({})", action.display_name))
        .help(help);
    Some(finding)
}
