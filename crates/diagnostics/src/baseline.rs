//! Findings that were there before and are accepted for now.

use crate::Report;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The version of the file format.
const VERSION: u32 = 1;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 64 << 20;

/// A list of accepted findings, kept in a file beside what is checked.
///
/// ```
/// use diagnostics::Baseline;
///
/// let baseline = Baseline::parse(r#"{ "version": 1, "entries": [] }"#)?;
/// assert!(baseline.entries.is_empty());
/// # Ok::<(), diagnostics::BaselineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of the file format: 1.
    pub version: u32,
    /// The accepted findings.
    pub entries: Vec<BaselineEntry>,
}

/// One accepted finding.
///
/// Only the fingerprint is compared; the rest is for the reader of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// The path or name of the input.
    pub input: String,
    /// The id of the record, for inputs that are records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The id of the rule.
    pub id: String,
    /// Identifies the finding.
    pub fingerprint: String,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The text is not JSON of the right shape.
    #[error("the baseline cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// The text is larger than any baseline.
    #[error("the baseline has {0} bytes; at most {MAX_BYTES} are read")]
    Size(usize),
    /// The version is not known.
    #[error("the baseline has version {0}; this tool reads version {VERSION}")]
    Version(u32),
}

/// A report without the findings of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filtered {
    /// What is left; `suppressed` has grown by `matched`.
    pub report: Report,
    /// How many findings the baseline accepts.
    pub matched: usize,
    /// The entries that nothing was found for any more.
    pub stale: Vec<BaselineEntry>,
}

impl Baseline {
    /// Makes a baseline that accepts every finding of a report.
    #[must_use]
    pub fn from_report(report: &Report) -> Self {
        let mut entries = Vec::new();
        for (source, fingerprints) in report.sources.iter().zip(report.fingerprints()) {
            for (diagnostic, fingerprint) in source.diagnostics.iter().zip(fingerprints) {
                entries.push(BaselineEntry {
                    input: source.path().map_or_else(|| source.name.clone(), Into::into),
                    record: source.record.as_ref().and_then(|record| record.id.clone()),
                    id: diagnostic.id.clone().into_owned(),
                    fingerprint: fingerprint.to_string(),
                });
            }
        }
        entries.sort();
        Self { version: VERSION, entries }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// The text is not a baseline, is of an unknown version, or is larger than 64 MiB.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        if text.len() > MAX_BYTES {
            return Err(BaselineError::Size(text.len()));
        }
        let baseline: Self = serde_json::from_str(text)?;
        if baseline.version != VERSION {
            return Err(BaselineError::Version(baseline.version));
        }
        Ok(baseline)
    }

    /// Writes the baseline as JSON, one entry a line so that differences read well.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = format!("{{\n  \"version\": {},\n  \"entries\": [", self.version);
        for (number, entry) in self.entries.iter().enumerate() {
            json.push_str(if number == 0 { "\n    " } else { ",\n    " });
            json.push_str(&serde_json::json!(entry).to_string());
        }
        json.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        json
    }

    /// Takes the accepted findings out of a report.
    #[must_use]
    pub fn filter(&self, mut report: Report) -> Filtered {
        let accepted: HashSet<&str> =
            self.entries.iter().map(|entry| entry.fingerprint.as_str()).collect();
        let mut found = HashSet::new();
        let mut matched = 0;
        let fingerprints = report.fingerprints();
        for (source, fingerprints) in report.sources.iter_mut().zip(fingerprints) {
            let mut fingerprints = fingerprints.into_iter();
            source.diagnostics.retain(|_| {
                let Some(fingerprint) = fingerprints.next() else { return true };
                let fingerprint = fingerprint.to_string();
                let keep = !accepted.contains(fingerprint.as_str());
                if !keep {
                    matched += 1;
                    found.insert(fingerprint);
                }
                keep
            });
        }
        report.suppressed += matched;
        let stale =
            self.entries.iter().filter(|entry| !found.contains(&entry.fingerprint)).cloned();
        Filtered { report, matched, stale: stale.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Baseline, BaselineError, MAX_BYTES};
    use crate::{Diagnostic, Report, Severity, SourceReport, Span, Tool};

    /// Makes a report about one file, with a finding of rule `r` for every `=`.
    fn report(text: &str) -> Report {
        let findings = text.match_indices('=').map(|(at, _)| {
            let at = u32::try_from(at).unwrap();
            Diagnostic::new("r", Severity::Error, Span::new(at, at + 1), "message")
        });
        let findings = findings.collect();
        let tool = Tool { name: "t".into(), version: "1".into(), home: "".into(), docs: "".into() };
        let sources = vec![SourceReport::file("./a\\b", text, findings)];
        Report { sources, ..Report::new(tool) }
    }

    fn check(before: &str, now: &str, expect: (usize, usize, usize)) {
        let filtered = Baseline::from_report(&report(before)).filter(report(now));
        let kept = filtered.report.counts().total();
        assert_eq!((kept, filtered.matched, filtered.stale.len()), expect);
        assert_eq!(filtered.report.suppressed, filtered.matched);
    }

    #[test]
    fn takes_out_what_was_there() {
        check("a = b", "a = b", (0, 1, 0));
        check("a = b", "\n\n  a\n = b", (0, 1, 0));
        check("a = b", "a = b = c", (1, 1, 0));
        check("a = b = c", "a = b", (0, 1, 1));
        check("", "a = b", (1, 0, 0));
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["", "a = b", "a = b = c"] {
            let baseline = Baseline::from_report(&report(text));
            assert_eq!(Baseline::parse(&baseline.to_json()).unwrap(), baseline);
        }
        insta::assert_snapshot!(Baseline::from_report(&report("a = b = c")).to_json());
    }

    #[test]
    fn refuses_what_is_no_baseline() {
        let error = |text: &str| Baseline::parse(text).unwrap_err();
        assert!(matches!(error("{}"), BaselineError::Shape(_)));
        assert!(matches!(error(r#"{"version":1,"entries":[],"x":1}"#), BaselineError::Shape(_)));
        assert!(matches!(error(r#"{"version":2,"entries":[]}"#), BaselineError::Version(2)));
        assert!(matches!(error(&" ".repeat(MAX_BYTES + 1)), BaselineError::Size(_)));
    }
}
