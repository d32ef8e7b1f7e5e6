//! Findings about a decoded text, carried back to the host; fixes written in the host's quoting.

use crate::fold::Piece;
use crate::form::encode;
use crate::found::Condition;
use crate::text::{Origin, Text, offset};
use diagnostics::{Diagnostic, Edit, Fix, Label, Span};

impl Condition {
    /// Carries a finding about the text of the condition over to the host.
    ///
    /// A fix that would have to change what is not written there, such as a value that comes from
    /// elsewhere, is left out.
    #[must_use]
    pub fn carry(&self, found: Diagnostic) -> Diagnostic {
        let place = |span: Span| self.text.host_span(span).unwrap_or(self.span);
        let fix = found.fix.as_ref().and_then(|fix| self.carry_fix(fix));
        Diagnostic {
            span: place(found.span),
            labels: found
                .labels
                .into_iter()
                .map(|label| Label { span: place(label.span), message: label.message })
                .collect(),
            fix,
            ..found
        }
    }

    fn carry_fix(&self, fix: &Fix) -> Option<Fix> {
        let edits: Option<Vec<Edit>> =
            fix.edits.iter().map(|edit| carry_edit(&self.text, &self.pieces, edit)).collect();
        let mut edits = edits?;
        edits.sort_by_key(|edit| edit.span);
        Some(Fix { title: fix.title.clone(), edits, applicability: fix.applicability })
    }

    /// Returns the text of the one literal that the condition is, interpolations unfollowed, where
    /// it is one; what can be laid out in its place.
    #[must_use]
    pub fn own_text(&self) -> Option<&Text> {
        self.own_piece().map(|piece| &piece.own)
    }

    /// Says whether the literal has line breaks, or could have.
    #[must_use]
    pub fn holds_lines(&self) -> bool {
        self.own_piece().is_some_and(|piece| piece.forms.iter().all(crate::Form::holds_lines))
    }

    /// Writes a new text in place of the literal, in its quoting. The holes must be those of
    /// [`Condition::own_text`], in their order.
    #[must_use]
    pub fn replacement(&self, source: &str, text: &str) -> Option<Edit> {
        let piece = self.own_piece()?;
        let mut result = String::new();
        let mut rest = text;
        for (segment, shown) in piece.own.holes() {
            let (before, behind) = rest.split_once(shown)?;
            result.push_str(&encode(&piece.forms, before)?);
            result.push_str(segment.host.of(source));
            rest = behind;
        }
        result.push_str(&encode(&piece.forms, rest)?);
        Some(Edit { span: piece.content, replacement: result.into() })
    }

    fn own_piece(&self) -> Option<&Piece> {
        let mut own = self.pieces.iter().filter(|piece| self.span.contains(piece.whole));
        let piece = own.next()?;
        // Of several literals in one expression none is the condition.
        own.next().is_none().then_some(piece)
    }
}

/// Carries one edit over; `None` where what it changes is not written in one literal, or would read
/// as something else next to what stands there.
pub(crate) fn carry_edit(text: &Text, pieces: &[Piece], edit: &Edit) -> Option<Edit> {
    let written = |origin: Origin| matches!(origin, Origin::Copied | Origin::Escaped);
    let cuts = |at: u32| {
        text.segment_at(at).is_some_and(|one| one.origin == Origin::Escaped && one.value.start < at)
    };
    if cuts(edit.span.start) || cuts(edit.span.end) || joins(text, edit) {
        return None;
    }
    let (literal, host) = if edit.span.is_empty() {
        let at = edit.span.start;
        let before = at.checked_sub(1).and_then(|before| text.segment_at(before));
        // Behind a line break stands the white space of the host, and then the text.
        let begins_line = Span::new(0, at).of(text.value()).ends_with('\n');
        let behind = text.segment_at(at).filter(|one| written(one.origin));
        let before = before.filter(|one| written(one.origin) && !(begins_line && behind.is_some()));
        match before {
            Some(one) => {
                let host = text.host_span(Span::new(at - 1, at))?;
                (one.literal, Span::at(host.end))
            }
            None => {
                let one = text.segment_at(at).filter(|one| written(one.origin))?;
                (one.literal, Span::at(text.host_span(edit.span)?.start))
            }
        }
    } else {
        let mut touched = text.segments_of(edit.span);
        let first = touched.next()?;
        if !written(first.origin)
            || touched.any(|one| !written(one.origin) || one.literal != first.literal)
        {
            return None;
        }
        let mut host = text.host_span(edit.span)?;
        // The white space of the host before the next line goes with a line break that goes.
        let next = text.segment_at(edit.span.end).filter(|one| one.literal == first.literal);
        if edit.span.of(text.value()).ends_with('\n')
            && !edit.replacement.ends_with('\n')
            && let Some(next) = next
            && next.value.start == edit.span.end
        {
            host.end = host.end.max(next.host.start);
        }
        (first.literal, host)
    };
    let piece = pieces.iter().find(|piece| piece.id == literal)?;
    if !piece.content.contains(host) {
        return None;
    }
    let replacement = encode(&piece.forms, &edit.replacement)?;
    Some(Edit { span: host, replacement: replacement.into() })
}

/// Says whether an edit makes one sign of a host out of two that stood apart, such as `${`.
fn joins(text: &Text, edit: &Edit) -> bool {
    const SIGNS: &[&str] = &["${", "%{", "$$", "%%", "''", "'@", "\"@", "$("];
    let value = text.value();
    let before = value.get(..edit.span.start as usize).and_then(|text| text.chars().next_back());
    let behind = value.get(edit.span.end as usize..).and_then(|text| text.chars().next());
    let mut joined = String::new();
    joined.extend(before);
    joined.push_str(&edit.replacement);
    joined.extend(behind);
    let first = joined.chars().take(2).collect::<String>();
    let last = joined.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev();
    let last = last.collect::<String>();
    [first, last].iter().any(|pair| SIGNS.contains(&pair.as_str()))
}

/// Carries an edit of a JSON document that stands for the host: a string in place of a string.
pub(crate) fn carry_json_edit(document: &Text, pieces: &[Piece], edit: &Edit) -> Option<Edit> {
    let value: String = serde_json::from_str(&edit.replacement).ok()?;
    let token = edit.span.of(document.value());
    if token.len() < 2 || !token.starts_with('"') || !token.ends_with('"') {
        return None;
    }
    let inside = Span::new(edit.span.start + 1, edit.span.start + offset(token.len()) - 1);
    carry_edit(document, pieces, &Edit { span: inside, replacement: value.into() })
}
