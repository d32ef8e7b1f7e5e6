//! What the renderers are given: every input that was looked at, with its findings.

use crate::{Applicability, Diagnostic, Severity};
use std::borrow::Cow;

/// The tool that made a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// Its name, as on the command line.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
    /// Where it lives.
    pub home: Cow<'static, str>,
    /// What the address of a rule's page begins with; the page of `id` is `<docs><id>.md`.
    pub docs: Cow<'static, str>,
}

impl Tool {
    /// Returns the address of a rule's page.
    #[must_use]
    pub fn page(&self, id: &str) -> String {
        format!("{}{id}.md", self.docs)
    }
}

/// What a report may say about a rule, for formats that carry a list of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// The id its findings carry.
    pub id: Cow<'static, str>,
    /// What it finds, in one sentence.
    pub summary: Cow<'static, str>,
    /// Its page, in Markdown, where there is one.
    pub markdown: Option<Cow<'static, str>>,
    /// The severity of its findings, where nobody changes it.
    pub severity: Severity,
}

/// Where in a file of records (JSON Lines) an input stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line of the file, counted from 1.
    pub line: u32,
    /// The record's own id, where it has one.
    pub id: Option<String>,
}

/// One input and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// The path, or what stands for it: `<stdin>`, `--condition`.
    pub name: String,
    /// Whether the name is a path that others can open.
    pub is_file: bool,
    /// Where the input stands, if it is one record of a file; its text is then not the file's.
    pub record: Option<Record>,
    /// The text that was looked at; spans count its bytes.
    pub text: String,
    /// The findings, in the order in which they are to be shown.
    pub diagnostics: Vec<Diagnostic>,
}

impl SourceReport {
    /// Makes the report of a file.
    pub fn file(
        path: impl Into<String>,
        text: impl Into<String>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let (name, text) = (path.into(), text.into());
        Self { name, is_file: true, record: None, text, diagnostics }
    }

    /// Makes the report of a text that has no path, such as the standard input.
    pub fn unnamed(
        name: impl Into<String>,
        text: impl Into<String>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        Self { is_file: false, ..Self::file(name, text, diagnostics) }
    }

    /// Says that the input is one record of the named file.
    #[must_use]
    pub fn record(mut self, line: u32, id: Option<String>) -> Self {
        self.record = Some(Record { line, id });
        self
    }

    /// Returns the path with `/` between its parts, if others can open it.
    #[must_use]
    pub fn path(&self) -> Option<Cow<'_, str>> {
        self.is_file.then(|| {
            if self.name.contains('\\') {
                Cow::Owned(self.name.replace('\\', "/"))
            } else {
                Cow::Borrowed(self.name.as_str())
            }
        })
    }
}

/// How many findings a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are advice.
    pub advice: usize,
    /// Findings with a fix that is safe.
    pub fixable: usize,
    /// Findings with a fix that a person must look at.
    pub needs_review: usize,
}

impl Counts {
    /// Returns how many findings there are.
    #[must_use]
    pub const fn total(self) -> usize {
        self.errors + self.warnings + self.advice
    }

    /// Returns how many findings are at least so severe.
    #[must_use]
    pub const fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Advice => self.total(),
        }
    }
}

/// Every input of one run, with its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Who made the report.
    pub tool: Tool,
    /// What one input is called, and several: `("condition", "conditions")`.
    pub noun: (&'static str, &'static str),
    /// What is known about the rules; rules without an entry are listed by id alone.
    pub rules: Vec<RuleInfo>,
    /// The inputs, also those without findings.
    pub sources: Vec<SourceReport>,
    /// How many findings were left out, by a baseline or by ignores.
    pub suppressed: usize,
}

impl Report {
    /// Makes an empty report about inputs called `input`.
    #[must_use]
    pub const fn new(tool: Tool) -> Self {
        let noun = ("input", "inputs");
        Self { tool, noun, rules: Vec::new(), sources: Vec::new(), suppressed: 0 }
    }

    /// Counts the findings.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in self.sources.iter().flat_map(|source| &source.diagnostics) {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Advice => counts.advice += 1,
            }
            match diagnostic.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => counts.fixable += 1,
                Some(Applicability::NeedsReview) => counts.needs_review += 1,
                None => {}
            }
        }
        counts
    }

    /// Returns the severity of the worst finding.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        let diagnostics = self.sources.iter().flat_map(|source| &source.diagnostics);
        diagnostics.map(|diagnostic| diagnostic.severity).max()
    }
}
