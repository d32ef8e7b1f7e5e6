//! What keeps a command from doing its work.

use crate::console::Style;
use crate::tool;
use anstyle::{AnsiColor, Style as Paint};
use diagnostics::{Diagnostic, Report, Severity, SourceReport, Span, TextOptions, render};
use std::fmt::Write as _;
use std::path::Path;

/// A reason why something could not be done: exit code 2.
#[derive(Debug, Clone)]
pub(crate) struct Failure(Kind);

#[derive(Debug, Clone)]
enum Kind {
    /// A message, and perhaps what to do.
    Plain { message: String, help: Option<String> },
    /// A mistake in a text of the user's, shown where it is.
    Pictured(Box<Report>),
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(Kind::Plain { message: message.into(), help: None })
    }

    /// Says that a file could not be read or written.
    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {}", path.display(), reason(error)))
    }

    /// Shows a place in a text.
    pub(crate) fn at(name: &str, text: &str, finding: Diagnostic) -> Self {
        Self::findings(SourceReport::file(name, text, vec![finding]))
    }

    /// Shows findings in a text.
    pub(crate) fn findings(source: SourceReport) -> Self {
        let mut report = Report::new(tool::tool());
        report.sources.push(source);
        Self(Kind::Pictured(Box::new(report)))
    }

    /// Sets what to do.
    #[must_use]
    pub(crate) fn help(mut self, advice: impl Into<String>) -> Self {
        if let Kind::Plain { help, .. } = &mut self.0 {
            *help = Some(advice.into());
        }
        self
    }

    /// Says what went wrong on one line, for output that is read by programs.
    pub(crate) fn message(&self) -> String {
        match &self.0 {
            Kind::Plain { message, .. } => render::one_line(message).into_owned(),
            Kind::Pictured(report) => {
                let all = report.sources.iter().flat_map(|source| &source.diagnostics);
                let worst = all.max_by_key(|finding| finding.severity);
                worst.map_or_else(String::new, |finding| finding.message.clone())
            }
        }
    }

    /// Draws the failure for the terminal.
    pub(crate) fn draw(&self, style: Style) -> String {
        let (message, help) = match &self.0 {
            Kind::Pictured(report) => {
                let text = render::text(report, style.text_options());
                let summary = format!("{}\n", render::summary(report));
                return text.strip_suffix(&summary).unwrap_or(&text).trim_end().to_owned() + "\n";
            }
            Kind::Plain { message, help } => (message, help),
        };
        let error = style.paint(AnsiColor::BrightRed.on_default().bold(), "error");
        let colon = style.paint(Paint::new().bold(), ":");
        let mut text = String::new();
        for (number, line) in message.lines().enumerate() {
            let line = render::one_line(line);
            _ = match number {
                0 => writeln!(text, "{error}{colon} {line}"),
                _ => writeln!(text, "       {line}"),
            };
        }
        if let Some(help) = help {
            let word = style.paint(AnsiColor::BrightCyan.on_default().bold(), "help");
            for (number, line) in help.lines().enumerate() {
                let line = render::one_line(line);
                _ = match number {
                    0 => writeln!(text, "  {word}: {line}"),
                    _ => writeln!(text, "        {line}"),
                };
            }
        }
        text
    }
}

/// Makes a finding about a file of the user's that is no condition.
pub(crate) fn finding(
    id: &'static str,
    span: std::ops::Range<usize>,
    message: impl Into<String>,
) -> Diagnostic {
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span::new(offset(span.start), offset(span.end));
    Diagnostic::new(id, Severity::Error, span, message)
}

/// Says why input or output failed, without the number that the system has for it.
fn reason(error: &std::io::Error) -> String {
    let text = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    };
    match text.find(" (os error") {
        Some(end) => lower(text.get(..end).unwrap_or(&text)),
        None => lower(&text),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

impl Style {
    /// Returns how caret pictures are to look.
    pub(crate) fn text_options(self) -> TextOptions {
        TextOptions { color: self.color, width: self.width }
    }
}
