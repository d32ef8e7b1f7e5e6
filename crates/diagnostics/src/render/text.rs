//! Caret pictures for people.

mod excerpt;

use super::visible::one_line;
use crate::{
    Applicability, Diagnostic, Edit, Fix, LineIndex, Report, Severity, SourceReport, Span,
};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use excerpt::{Excerpt, Mark};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The most second places that one picture shows.
const MAX_LABELS: usize = 12;

/// The most edits of one fix that are drawn.
const MAX_EDITS: usize = 12;

/// The longest text that is drawn for an edit, in bytes.
const MAX_EDIT: usize = 400;

/// How the text is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// How many columns a line may have.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// Draws every finding with carets under its place, and a summary.
#[must_use]
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut text = String::new();
    for source in &report.sources {
        if source.diagnostics.is_empty() {
            continue;
        }
        let index = LineIndex::new(&source.text);
        for diagnostic in &source.diagnostics {
            let picture = Picture { source, index: &index, diagnostic, options };
            text.push_str(picture.draw().trim_end());
            text.push_str("\n\n");
        }
    }
    text.push_str(&summary(report));
    text.push('\n');
    text
}

/// Says in one line what was found: "2 errors, 1 warning in 1 condition; 1 fixable with --fix".
#[must_use]
pub fn summary(report: &Report) -> String {
    let counts = report.counts();
    let number = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let mut found = Vec::new();
    if counts.errors > 0 {
        found.push(number(counts.errors, "error", "errors"));
    }
    if counts.warnings > 0 {
        found.push(number(counts.warnings, "warning", "warnings"));
    }
    if counts.advice > 0 {
        found.push(number(counts.advice, "advice", "advice"));
    }
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let inputs = number(report.sources.len(), report.noun.0, report.noun.1);
    let mut line = format!("{found} in {inputs}");
    match (counts.fixable, counts.needs_review) {
        (0, 0) => {}
        (safe, 0) => _ = write!(line, "; {safe} fixable with --fix"),
        (0, review) => _ = write!(line, "; {review} fixable with --fix --unsafe"),
        (safe, review) => {
            _ = write!(line, "; {safe} fixable with --fix, {review} more with --fix --unsafe");
        }
    }
    if report.suppressed > 0 {
        _ = write!(line, "; {} not shown", report.suppressed);
    }
    line
}

/// One finding, ready to be drawn.
struct Picture<'r> {
    source: &'r SourceReport,
    index: &'r LineIndex,
    diagnostic: &'r Diagnostic,
    options: TextOptions,
}

impl Picture<'_> {
    fn draw(&self) -> String {
        let Diagnostic { id, severity, message, span, caret, labels, help, fix } = self.diagnostic;
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE.with_name("advice"),
        };

        let caret = caret.as_deref().map(one_line);
        let room = |text: &str| text.width() + 1;
        let mut marks = vec![Mark { span: *span, room: caret.as_deref().map_or(0, room) }];
        let shown = labels.iter().take(MAX_LABELS);
        marks.extend(
            shown.clone().map(|label| Mark { span: label.span, room: room(&label.message) }),
        );
        let excerpt = Excerpt::new(&self.source.text, self.index, &marks, self.options.width);

        let mut snippet =
            Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line as usize);
        if let Some(place) = excerpt.place(self.index, *span) {
            snippet = snippet.annotation(AnnotationKind::Primary.span(place).label(caret));
        }
        let mut elsewhere = labels.len().saturating_sub(MAX_LABELS);
        for label in shown {
            if let Some(place) = excerpt.place(self.index, label.span) {
                let text = one_line(&label.message);
                snippet = snippet.annotation(AnnotationKind::Context.span(place).label(text));
            } else {
                elsewhere += 1;
            }
        }

        let mut group = level
            .primary_title(one_line(message))
            .id(one_line(id))
            .element(self.origin(*span))
            .element(snippet);
        if elsewhere > 0 {
            let places = if elsewhere == 1 { "place" } else { "places" };
            group = group.element(Level::NOTE.message(format!("{elsewhere} more {places}")));
        }
        let title = fix.as_ref().map(|fix| &*fix.title);
        if let Some(help) = help.as_deref().filter(|help| Some(*help) != title) {
            let indent = excerpt.first_line.to_string().len() + "  = help: ".len();
            let help = wrap(help, self.options.width.saturating_sub(indent));
            group = group.element(Level::HELP.message(help));
        }
        let mut groups = vec![group];
        let mut suggestion = None;
        if let Some(fix) = fix {
            suggestion = Some((fix, self.edited(fix)));
        }
        if let Some((fix, excerpt)) = &suggestion {
            groups.push(self.fix(fix, excerpt.as_ref()));
        }

        let renderer = if self.options.color { Renderer::styled() } else { Renderer::plain() };
        // Lines are already cut to the width, around their marks; cutting again would lose some.
        without_divider(&renderer.term_width(usize::from(u16::MAX)).render(&groups))
    }

    fn origin(&self, span: Span) -> Origin<'static> {
        let position = self.index.position(span.start);
        let name = one_line(&self.source.name);
        match &self.source.record {
            None => Origin::path(name.into_owned())
                .line(position.line as usize)
                .char_column(position.char_column as usize),
            Some(record) => {
                let id = record.id.as_deref().map(|id| format!(" ({})", one_line(id)));
                let (line, column) = (position.line, position.char_column);
                let id = id.unwrap_or_default();
                Origin::path(format!("{name}:{}{id} at {line}:{column}", record.line))
            }
        }
    }

    /// Lays out the lines that a fix changes, unless it changes too much to be drawn.
    fn edited(&self, fix: &Fix) -> Option<Excerpt> {
        let text = &self.source.text;
        let small = fix.edits.iter().all(|edit| {
            let (start, end) = self.index.positions(edit.span);
            text.get(edit.span.start as usize..edit.span.end as usize).is_some()
                && start.line == end.line
                && edit.replacement.len() <= MAX_EDIT
                && !edit.replacement.contains(['\n', '\r'])
        });
        let apart = fix.edits.is_sorted_by(|a, b| a.span.end <= b.span.start && a != b);
        if !small || !apart || fix.edits.is_empty() || fix.edits.len() > MAX_EDITS {
            return None;
        }
        let marks: Vec<_> =
            fix.edits.iter().map(|edit| Mark { span: edit.span, room: 0 }).collect();
        let growth =
            |edit: &Edit| edit.replacement.width().saturating_sub(edit.span.of(text).width());
        let growth: usize = fix.edits.iter().map(growth).sum();
        let width = self.options.width.saturating_sub(growth.min(self.options.width / 2));
        Some(Excerpt::new(text, self.index, &marks, width))
    }

    fn fix<'p>(&self, fix: &'p Fix, excerpt: Option<&'p Excerpt>) -> Group<'p> {
        let kind = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::NeedsReview => "fix needs review",
        };
        let title = format!("{} ({kind})", one_line(&fix.title));
        let mut group = Group::with_title(Level::HELP.secondary_title(title));
        if let Some(excerpt) = excerpt {
            let mut snippet =
                Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line as usize);
            for edit in &fix.edits {
                if let Some(place) = excerpt.place(self.index, edit.span) {
                    snippet = snippet.patch(Patch::new(place, one_line(&edit.replacement)));
                }
            }
            group = group.element(snippet);
        }
        group
    }
}

/// Takes out the `:::` that the library writes between a place it was given (here because lines
/// are cut, so that it would count columns wrongly) and the lines of no file of their own.
fn without_divider(picture: &str) -> String {
    let lines = picture.split_inclusive('\n').enumerate();
    lines
        .filter(|(number, line)| *number != 3 || !line.contains("::: "))
        .map(|(_, line)| line)
        .collect()
}

/// Breaks a text between words, and where it has line breaks of its own.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            wrapped.push('\n');
        }
        let mut column = 0;
        for word in line.split(' ') {
            let word = one_line(word);
            let length = word.width();
            if column > 0 && column + 1 + length > width.max(20) {
                wrapped.push('\n');
                column = 0;
            } else if column > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(&word);
            column += length;
        }
    }
    wrapped
}
