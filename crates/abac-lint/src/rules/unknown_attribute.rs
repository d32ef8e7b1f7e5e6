//! `unknown-attribute`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::{closest_path, did_you_mean, shown};
use abac_catalog::{LegacyKind, NameForm};
use abac_syntax::{Attribute, AttributeForm, AttributeSource};
use diagnostics::{Diagnostic, Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "unknown-attribute",
    severity: Severity::Error,
    summary: "an attribute is not among those that are documented",
    category: Category::Attribute,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for (id, attribute) in facts.tree.attributes() {
        let body = facts.text(attribute.body);
        // The parser tells an unknown source, an empty body, and a key behind the bracket.
        let behind = facts.source.get(attribute.span.end as usize..).unwrap_or_default();
        let told =
            attribute.source.is_none() || body.trim().is_empty() || behind.starts_with(['.', '[']);
        if attribute.hole || told || facts.known(id).is_some() {
            continue;
        }
        let text = shown(body.trim());
        let finding = match facts.catalog().find_legacy(body) {
            // `legacy-attribute` has the better answer.
            Some(legacy) if legacy.upgrade.is_some() => continue,
            Some(legacy) => match legacy.kind {
                LegacyKind::Internal => report
                    .with(
                        Severity::Warning,
                        attribute.body,
                        format!("`{text}` is not documented: only Azure's own roles use it"),
                    )
                    .help("what it means to other conditions is not known"),
                LegacyKind::Refused => report
                    .at(attribute.body, format!("Azure refuses the attribute `{text}`"))
                    .help("observed: HTTP 400, the given role assignment condition is invalid"),
                _ => report
                    .with(
                        Severity::Warning,
                        attribute.body,
                        format!("the attribute `{text}` is not documented"),
                    )
                    .help("see `grantif catalog attributes`"),
            },
            None => unknown(facts, report, attribute, &text),
        };
        report.push(finding);
    }
}

fn unknown(facts: &Facts<'_>, report: &Report, attribute: &Attribute, text: &str) -> Diagnostic {
    let finding = report.at(attribute.body, format!("unknown attribute `{text}`"));
    if attribute.source == Some(AttributeSource::Principal) {
        return finding.help(
            "a principal attribute is a custom security attribute: \
             `@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:<set>_<name>]`",
        );
    }
    match suggestion(facts, attribute) {
        Some(meant) => finding.help(did_you_mean(&meant)).fix(Fix::needs_review(
            format!("write `{meant}`"),
            attribute.body,
            meant,
        )),
        None => finding.help("see `grantif catalog attributes`"),
    }
}

/// Returns the reference that was probably meant, with the author's own key.
fn suggestion(facts: &Facts<'_>, attribute: &Attribute) -> Option<String> {
    let body = facts.text(attribute.body).trim();
    let keyed = matches!(attribute.form, AttributeForm::Keyed);
    let known = facts.catalog().attributes();
    let whole = known
        .clone()
        .filter(|known| !matches!(known.form, NameForm::Key { .. } | NameForm::SecurityAttribute));
    if let Some(found) = closest_path(body, whole.map(|known| known.reference.as_ref())) {
        return Some(found.to_owned());
    }
    // A key is the author's own, so only what stands before it is compared.
    let path = facts.text(attribute.path);
    let by_key = known.filter(|known| matches!(known.form, NameForm::Key { .. }));
    let meant = closest_path(path, by_key.clone().map(|known| known.path.as_ref()))?;
    let mut family = by_key.filter(|known| known.path == meant);
    let key = facts.text(attribute.name);
    let key = if keyed { key } else { key.split('<').next().unwrap_or(key) };
    (!key.is_empty()).then(|| family.next().map(|known| known.body(key)))?
}
