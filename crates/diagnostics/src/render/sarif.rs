//! SARIF 2.1.0, which GitHub code scanning, Azure DevOps and many editors read.

use super::place::message_and_help;
use crate::{
    Diagnostic, Fingerprint, Fix, LineIndex, Report, RuleInfo, Severity, SourceReport, Span,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The address of the schema, which readers look at to know the version.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name and version of the fingerprints.
const FINGERPRINT: &str = "findingHash/v1";

/// Writes one SARIF 2.1.0 run.
///
/// Columns count UTF-16 code units. Advice is a `note`. Of a record of a file only the line is a
/// region; what is known of the place within the record is in the message.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let rules = Rules::new(report);
    let mut results = Vec::new();
    for (source, fingerprints) in report.sources.iter().zip(report.fingerprints()) {
        let index = LineIndex::new(&source.text);
        let file = File { report, source, index: &index };
        for (diagnostic, fingerprint) in source.diagnostics.iter().zip(fingerprints) {
            results.push(file.result(&rules, diagnostic, fingerprint));
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "informationUri": report.tool.home,
                "rules": rules.list,
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// The rules that have findings or are known, and where in the list each is.
struct Rules {
    list: Vec<Value>,
    places: BTreeMap<String, usize>,
}

impl Rules {
    fn new(report: &Report) -> Self {
        let mut rules = Self { list: Vec::new(), places: BTreeMap::new() };
        for rule in &report.rules {
            rules.add(&rule.id, || known_rule(report, rule));
        }
        for diagnostic in report.sources.iter().flat_map(|source| &source.diagnostics) {
            rules.add(
                &diagnostic.id,
                || json!({ "id": diagnostic.id, "helpUri": report.tool.page(&diagnostic.id) }),
            );
        }
        rules
    }

    fn add(&mut self, id: &str, rule: impl FnOnce() -> Value) {
        if !self.places.contains_key(id) {
            self.places.insert(id.to_owned(), self.list.len());
            self.list.push(rule());
        }
    }
}

fn known_rule(report: &Report, rule: &RuleInfo) -> Value {
    let mut value = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "helpUri": report.tool.page(&rule.id),
        "defaultConfiguration": { "level": level(rule.severity) },
    });
    if let (Some(markdown), Some(value)) = (&rule.markdown, value.as_object_mut()) {
        value.insert("help".into(), json!({ "text": rule.summary, "markdown": markdown }));
    }
    value
}

/// One input, for the results that point into it.
struct File<'r> {
    report: &'r Report,
    source: &'r SourceReport,
    index: &'r LineIndex,
}

impl File<'_> {
    fn result(&self, rules: &Rules, diagnostic: &Diagnostic, fingerprint: Fingerprint) -> Value {
        let text = message_and_help(self.report, self.source, self.index, diagnostic);
        let mut result = Map::new();
        result.insert("ruleId".into(), json!(diagnostic.id));
        if let Some(place) = rules.places.get(&*diagnostic.id) {
            result.insert("ruleIndex".into(), json!(place));
        }
        result.insert("level".into(), json!(level(diagnostic.severity)));
        result.insert("message".into(), json!({ "text": text }));
        result.insert("locations".into(), json!([self.location(diagnostic.span)]));
        let related: Vec<_> = diagnostic
            .labels
            .iter()
            .enumerate()
            .map(|(number, label)| {
                let mut location = self.location(label.span);
                if let Some(location) = location.as_object_mut() {
                    location.insert("id".into(), json!(number + 1));
                    location.insert("message".into(), json!({ "text": label.message }));
                }
                location
            })
            .collect();
        if !related.is_empty() {
            result.insert("relatedLocations".into(), Value::Array(related));
        }
        let fingerprints = json!({ FINGERPRINT: fingerprint.to_string() });
        result.insert("partialFingerprints".into(), fingerprints);
        // The edits of a record are not edits of its file.
        if let (Some(fix), None) = (&diagnostic.fix, &self.source.record) {
            result.insert("fixes".into(), json!([self.fix(fix)]));
        }
        Value::Object(result)
    }

    fn location(&self, span: Span) -> Value {
        let mut location = json!({ "physicalLocation": {
            "artifactLocation": self.artifact(),
            "region": self.region(span),
        }});
        let id = self.source.record.as_ref().and_then(|record| record.id.as_deref());
        if let (Some(id), Some(location)) = (id, location.as_object_mut()) {
            location.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": id }]));
        }
        location
    }

    fn artifact(&self) -> Value {
        let path = self.source.path().unwrap_or_else(|| self.source.name.as_str().into());
        json!({ "uri": uri(&path) })
    }

    fn region(&self, span: Span) -> Value {
        if let Some(record) = &self.source.record {
            return json!({ "startLine": record.line });
        }
        let (start, end) = self.index.positions(span);
        let char_offset = self.index.utf16_offset(span.start);
        json!({
            "startLine": start.line,
            "startColumn": start.utf16_column,
            "endLine": end.line,
            "endColumn": end.utf16_column,
            "charOffset": char_offset,
            "charLength": self.index.utf16_offset(span.end).saturating_sub(char_offset),
            "byteOffset": span.start,
            "byteLength": span.len(),
        })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacements = fix.edits.iter().map(|edit| {
            json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.replacement },
            })
        });
        let replacements: Vec<_> = replacements.collect();
        json!({
            "description": { "text": fix.title },
            "artifactChanges": [{
                "artifactLocation": self.artifact(),
                "replacements": replacements,
            }],
        })
    }
}

/// Writes a path as a URI: relative as it is, absolute as `file:`.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let mut uri = String::with_capacity(path.len() + 8);
    uri.push_str(match (drive, path.starts_with('/')) {
        (true, _) => "file:///",
        (_, true) => "file://",
        _ => "",
    });
    for (number, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b':' if drive && number == 1 => uri.push(':'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
