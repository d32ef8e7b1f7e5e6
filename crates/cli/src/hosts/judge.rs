//! What is wrong in a host: with its conditions, its assignments and its requests.

use super::unit::{Unit, UnitPart};
use crate::input::Input;
use crate::settings::Setting;
use abac_syntax::Holes;
use diagnostics::{Diagnostic, Edit, Fix, Label, Span};
use iac_extract::{Assignment, AssignmentKind, Condition, FieldValue, Host, Seen, Shell, Via};
use pim_model::{Timestamp, Tool};

/// A file of a unit, and what holds for it.
pub(crate) struct File<'f> {
    /// The number of the file in its unit.
    pub(crate) number: usize,
    pub(crate) input: &'f Input,
    pub(crate) setting: &'f Setting,
    pub(crate) now: Timestamp,
}

impl File<'_> {
    /// Returns what is wrong in the file, and how many findings the configuration accepts.
    pub(crate) fn look(&self, unit: &Unit) -> (Vec<Diagnostic>, usize) {
        let Some(part) = unit.parts.get(self.number) else { return (Vec::new(), 0) };
        let inside = |span: Span| part.span.contains(Span::at(span.start));
        let mut findings = Vec::new();
        for one in unit.found.conditions.iter().filter(|one| inside(one.span)) {
            findings.extend(condition(unit, one, self.setting));
        }
        let assignments: Vec<&Assignment> =
            unit.found.assignments.iter().filter(|one| inside(one.head)).collect();
        findings.extend(requests(unit, &assignments, self.now));
        let mut findings: Vec<Diagnostic> =
            findings.into_iter().filter_map(|finding| within(finding, part)).collect();
        self.setting.adjust(&mut findings);
        findings.sort_by(|one, other| (one.span, &one.id).cmp(&(other.span, &other.id)));
        findings.dedup();
        let suppressed = self.setting.ignore(&mut findings, self.input);
        (findings, suppressed)
    }
}

/// Returns what is wrong with the text of a condition, in places of the text.
pub(crate) fn text_findings(unit: &Unit, one: &Condition, setting: &Setting) -> Vec<Diagnostic> {
    let carrier = unit.found.assignments.iter().find(|carrier| carries(carrier, one));
    let holes = if one.text.has_holes() { Holes::Allowed } else { setting.holes() };
    let mut options = setting.options();
    if let Some(shell) = one.shell {
        options.context.shell = Some(match shell {
            Shell::Bash => abac_lint::Shell::Bash,
            Shell::PowerShell => abac_lint::Shell::PowerShell,
        });
    }
    // Where an assignment carries it, the version is judged with the assignment.
    if let (None, Some(version)) = (carrier, one.version.known()) {
        options.context.condition_version = Some(version.to_owned());
    }
    if let Some(carrier) = carrier {
        options.context.pim |= carrier.kind != AssignmentKind::Role;
        let role = carrier.seen("properties.roleDefinitionId");
        let guid = role.known().and_then(|role| role.rsplit('/').next());
        if let Some(role) = guid.and_then(|guid| options.catalog.role(guid)) {
            options.role.get_or_insert(role);
        }
    }
    abac_lint::check(one.text.value(), holes, &options)
}

/// Judges a condition by its text, its version and where it stands.
fn condition(unit: &Unit, one: &Condition, setting: &Setting) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for finding in text_findings(unit, one, setting) {
        let is_version = finding.id == "condition-version";
        let mut carried = one.carry(finding);
        if is_version && let Seen::Is(text) = &one.version {
            let whole = Span::new(0, super::unit::offset(text.value().len()));
            carried.span = text.host_span(whole).unwrap_or(carried.span);
        }
        findings.push(carried);
    }
    if one.via == Via::Property
        && let Some(kind) = &one.resource_type
    {
        findings.extend(pim_model::condition_not_taken(kind, one.property.unwrap_or(one.span)));
    }
    findings
}

/// Says whether a condition is that of an assignment.
fn carries(carrier: &Assignment, condition: &Condition) -> bool {
    match carrier.field("properties.condition") {
        Some(FieldValue::Text(text)) => *text == condition.text,
        _ => false,
    }
}

/// Judges assignments and requests.
fn requests(unit: &Unit, assignments: &[&Assignment], now: Timestamp) -> Vec<Diagnostic> {
    let is_own_json = |one: &&Assignment| matches!(one.tool, Some(Tool::Template | Tool::Rest));
    if unit.host == Host::Json && !assignments.is_empty() && assignments.iter().all(is_own_json) {
        // A template or a body is read as it is.
        let options = options(assignments.first().and_then(|one| one.tool), now);
        return pim_model::check(&unit.text, &options)
            .diagnostics
            .into_iter()
            .filter(|finding| !is_about_text(finding))
            .collect();
    }
    let mut findings = Vec::new();
    for one in assignments {
        let document = one.document();
        let checked = pim_model::check(document.value(), &options(one.tool, now));
        let is_script = matches!(one.tool, Some(Tool::PowerShell | Tool::Rest));
        let kept = checked.diagnostics.into_iter().filter(|finding| {
            let of_template = OF_TEMPLATES.contains(&finding.id.as_ref());
            !(is_about_text(finding) || is_script && of_template)
        });
        findings.extend(kept.map(|finding| one.carry(&document, &unit.text, finding)));
    }
    findings
}

/// Rules about what happens when a template is deployed again, or by somebody else; a script is run
/// by whoever runs it.
const OF_TEMPLATES: &[&str] = &["pim-self-in-template", "pim-not-idempotent", "pim-start-drift"];

fn options(tool: Option<Tool>, now: Timestamp) -> pim_model::Options {
    pim_model::Options { now: Some(now), tool, ..pim_model::Options::default() }
}

/// The text of a condition is judged on its own, with more knowledge.
fn is_about_text(finding: &Diagnostic) -> bool {
    abac_syntax::RULES.iter().any(|rule| rule.id == finding.id)
}

/// Takes a finding over into the places of its file; a fix that reaches into another is left out.
fn within(finding: Diagnostic, part: &UnitPart) -> Option<Diagnostic> {
    let own = |span: Span| {
        part.span
            .contains(span)
            .then(|| Span::new(span.start - part.span.start, span.end - part.span.start))
    };
    let start = Span::at(finding.span.start.max(part.span.start));
    let span = own(finding.span).or_else(|| own(start))?;
    let labels = finding
        .labels
        .into_iter()
        .filter_map(|label| Some(Label { span: own(label.span)?, message: label.message }))
        .collect();
    let fix = finding.fix.and_then(|fix| {
        let edit = |edit: &Edit| {
            Some(Edit { span: own(edit.span)?, replacement: edit.replacement.clone() })
        };
        let edits: Option<Vec<Edit>> = fix.edits.iter().map(edit).collect();
        Some(Fix { edits: edits?, ..fix })
    });
    Some(Diagnostic { span, labels, fix, ..finding })
}
