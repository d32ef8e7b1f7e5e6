//! The tool's own JSON, described by `docs/schemas/findings.v1.json`.

use crate::{
    Applicability, Diagnostic, Fingerprint, LineIndex, Position, Report, Severity, SourceReport,
    Span,
};
use serde::Serialize;
use serde_json::json;

/// The version of the shape; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

/// Writes the report as one JSON object.
#[must_use]
pub fn json(report: &Report) -> String {
    let counts = report.counts();
    let inputs = report.sources.iter().zip(report.fingerprints());
    let inputs: Vec<_> = inputs
        .map(|(source, fingerprints)| {
            let index = LineIndex::new(&source.text);
            let findings = source.diagnostics.iter().zip(fingerprints);
            Input {
                name: &source.name,
                record: source
                    .record
                    .as_ref()
                    .map(|record| Record { line: record.line, id: record.id.as_deref() }),
                findings: findings
                    .map(|(diagnostic, fingerprint)| {
                        Finding::new(report, source, &index, diagnostic, fingerprint)
                    })
                    .collect(),
            }
        })
        .collect();
    let output = json!({
        "version": VERSION,
        "tool": { "name": report.tool.name, "version": report.tool.version },
        "summary": {
            "inputs": report.sources.len(),
            "errors": counts.errors,
            "warnings": counts.warnings,
            "advice": counts.advice,
            "fixable": counts.fixable,
            "needsReview": counts.needs_review,
            "suppressed": report.suppressed,
        },
        "inputs": inputs,
    });
    format!("{output:#}\n")
}

#[derive(Serialize)]
struct Input<'r> {
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Record<'r>>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Record<'r> {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
}

#[derive(Serialize)]
struct Finding<'r> {
    id: &'r str,
    severity: Severity,
    message: &'r str,
    span: Place,
    text: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caret: Option<&'r str>,
    labels: Vec<LabelOut<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixOut<'r>>,
    page: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct LabelOut<'r> {
    span: Place,
    text: &'r str,
    message: &'r str,
}

#[derive(Serialize)]
struct FixOut<'r> {
    title: &'r str,
    applicability: Applicability,
    edits: Vec<EditOut<'r>>,
}

#[derive(Serialize)]
struct EditOut<'r> {
    span: Place,
    replacement: &'r str,
}

/// A span, with everything that readers count.
#[derive(Serialize)]
struct Place {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Point {
    byte: u32,
    utf16: u32,
    line: u32,
    column: u32,
    utf16_column: u32,
}

impl<'r> Finding<'r> {
    fn new(
        report: &'r Report,
        source: &'r SourceReport,
        index: &LineIndex,
        diagnostic: &'r Diagnostic,
        fingerprint: Fingerprint,
    ) -> Self {
        let labels = diagnostic.labels.iter().map(|label| LabelOut {
            span: Place::new(index, label.span),
            text: label.span.of(&source.text),
            message: &label.message,
        });
        let fix = diagnostic.fix.as_ref().map(|fix| {
            let edits = fix.edits.iter().map(|edit| EditOut {
                span: Place::new(index, edit.span),
                replacement: &edit.replacement,
            });
            FixOut { title: &fix.title, applicability: fix.applicability, edits: edits.collect() }
        });
        Self {
            id: &diagnostic.id,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            span: Place::new(index, diagnostic.span),
            text: diagnostic.span.of(&source.text),
            caret: diagnostic.caret.as_deref(),
            labels: labels.collect(),
            help: diagnostic.help.as_deref(),
            fix,
            page: report.tool.page(&diagnostic.id),
            fingerprint: fingerprint.to_string(),
        }
    }
}

impl Place {
    fn new(index: &LineIndex, span: Span) -> Self {
        Self { start: Point::new(index, span.start), end: Point::new(index, span.end) }
    }
}

impl Point {
    fn new(index: &LineIndex, offset: u32) -> Self {
        let Position { line, char_column, utf16_column, .. } = index.position(offset);
        let utf16 = index.utf16_offset(offset);
        Self { byte: offset, utf16, line, column: char_column, utf16_column }
    }
}
