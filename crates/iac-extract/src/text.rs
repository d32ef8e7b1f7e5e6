//! Decoded text that knows where each of its bytes stands in the host.

use diagnostics::Span;

/// The most bytes of one decoded text; what would be longer is cut into a hole.
pub(crate) const MAX_TEXT_BYTES: usize = 1 << 20;

/// The most bytes of source that are shown for a hole.
const MAX_HOLE_BYTES: usize = 512;

/// How a piece of decoded text came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Byte for byte as in the host.
    Copied,
    /// One escape of the host, such as `\'`.
    Escaped,
    /// An interpolation, parameter or call that was not followed; the text only stands for it.
    Hole,
    /// Text that stands nowhere in the host, such as a separator put in by `join`.
    Made,
}

/// A piece of decoded text and the host bytes it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The piece, in bytes of the decoded text.
    pub value: Span,
    /// The bytes of the host.
    pub host: Span,
    /// How it came to be.
    pub origin: Origin,
    /// The number of the literal it stands in; segments of different literals have different
    /// numbers.
    pub(crate) literal: u32,
}

/// Text as Azure receives it, with the way back to the host.
// Invariant: the segments tile the value, in order, none empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    value: String,
    segments: Vec<Segment>,
}

impl Text {
    /// Makes the text of a whole file: every byte is itself.
    #[must_use]
    pub fn identity(source: &str) -> Self {
        let mut text = Self::default();
        text.push(source, Span::new(0, offset(source.len())), Origin::Copied, 0);
        text
    }

    /// Makes a text that is one hole.
    pub(crate) fn hole(source: &str, host: Span) -> Self {
        let mut text = Self::default();
        text.push_hole(source, host);
        text
    }

    /// Returns the text; holes are shown as holes.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the pieces.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Says whether a part of it is not known.
    #[must_use]
    pub fn has_holes(&self) -> bool {
        self.segments.iter().any(|one| one.origin == Origin::Hole)
    }

    /// Returns the value where all of it is known.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        (!self.has_holes()).then_some(self.value.as_str())
    }

    /// Returns the holes, each with its text.
    pub fn holes(&self) -> impl Iterator<Item = (&Segment, &str)> {
        let holes = self.segments.iter().filter(|one| one.origin == Origin::Hole);
        holes.map(|one| (one, one.value.of(&self.value)))
    }

    /// Returns the host bytes that a span of the value came from; an empty span has its place
    /// too. `None` for a text that is empty.
    #[must_use]
    pub fn host_span(&self, span: Span) -> Option<Span> {
        let start = self.host_start(span.start)?;
        if span.is_empty() {
            return Some(Span::at(start));
        }
        let end = self.host_end(span.end)?;
        // A text put together from several places may run backwards.
        if end < start {
            let first = self.segment_at(span.start)?;
            return Some(Span::new(start, first.host.end.max(start)));
        }
        Some(Span::new(start, end))
    }

    fn host_start(&self, at: u32) -> Option<u32> {
        match self.segment_at(at) {
            Some(one) if one.origin == Origin::Copied => {
                Some(one.host.start + (at - one.value.start))
            }
            Some(one) => Some(one.host.start),
            None => self.segments.last().map(|last| last.host.end),
        }
    }

    fn host_end(&self, at: u32) -> Option<u32> {
        let one = self.segment_at(at.checked_sub(1)?)?;
        Some(match one.origin {
            Origin::Copied => one.host.start + (at - one.value.start),
            _ => one.host.end,
        })
    }

    /// Returns the segment of a byte of the value.
    pub(crate) fn segment_at(&self, at: u32) -> Option<&Segment> {
        let index = self.segments.partition_point(|one| one.value.end <= at);
        self.segments.get(index)
    }

    /// Returns the segments that a span of the value touches.
    pub(crate) fn segments_of(&self, span: Span) -> impl Iterator<Item = &Segment> {
        let first = self.segments.partition_point(|one| one.value.end <= span.start);
        let rest = self.segments.get(first..).unwrap_or_default();
        rest.iter().take_while(move |one| one.value.start < span.end)
    }

    /// Returns the value of host bytes that stand for themselves.
    pub(crate) fn value_of_host(&self, host: Span) -> Option<&str> {
        let index = self.segments.partition_point(|one| one.host.end < host.end);
        let one = self.segments.get(index).filter(|one| one.host.contains(host))?;
        let from = one.value.start + (host.start - one.host.start);
        Some(Span::new(from, from + host.len()).of(&self.value))
    }

    /// Appends a piece.
    pub(crate) fn push(&mut self, value: &str, host: Span, origin: Origin, literal: u32) {
        if value.is_empty() {
            return;
        }
        if self.value.len() + value.len() > MAX_TEXT_BYTES && origin != Origin::Hole {
            if self.segments.last().is_none_or(|last| last.origin != Origin::Hole) {
                self.push_hole("…", host);
            }
            return;
        }
        let start = offset(self.value.len());
        self.value.push_str(value);
        let span = Span::new(start, offset(self.value.len()));
        if let Some(last) = self.segments.last_mut()
            && last.origin == Origin::Copied
            && origin == Origin::Copied
            && last.literal == literal
            && last.host.end == host.start
        {
            last.value.end = span.end;
            last.host.end = host.end;
            return;
        }
        self.segments.push(Segment { value: span, host, origin, literal });
    }

    /// Appends a hole that shows what stands there in the host.
    pub(crate) fn push_hole(&mut self, source: &str, host: Span) {
        self.push(&hole_text(source), host, Origin::Hole, 0);
    }

    /// Appends another text.
    pub(crate) fn append(&mut self, other: &Self) {
        for one in &other.segments {
            self.push(one.value.of(&other.value), one.host, one.origin, one.literal);
        }
    }

    /// Returns a part of it. A hole that is cut stays whole.
    pub(crate) fn slice(&self, span: Span) -> Self {
        let mut part = Self::default();
        for one in self.segments_of(span) {
            let value = Span::new(one.value.start.max(span.start), one.value.end.min(span.end));
            match one.origin {
                Origin::Copied => {
                    let from = one.host.start + (value.start - one.value.start);
                    let host = Span::new(from, from + value.len());
                    part.push(value.of(&self.value), host, one.origin, one.literal);
                }
                Origin::Hole => part.push(one.value.of(&self.value), one.host, one.origin, 0),
                _ => part.push(value.of(&self.value), one.host, one.origin, one.literal),
            }
        }
        part
    }

    /// Returns the text without white space at its ends.
    pub(crate) fn trimmed(&self) -> Self {
        let start = self.value.len() - self.value.trim_start().len();
        let end = start + self.value.trim().len();
        self.slice(Span::new(offset(start), offset(end)))
    }

    /// Replaces every occurrence of a word that stands in known text.
    pub(crate) fn replaced(&self, word: &str, with: &Self) -> Self {
        let mut result = Self::default();
        if word.is_empty() {
            return self.clone();
        }
        let mut rest = 0;
        for (at, _) in self.value.match_indices(word) {
            let span = Span::new(offset(at), offset(at + word.len()));
            if self.segments_of(span).any(|one| one.origin == Origin::Hole) {
                continue;
            }
            result.append(&self.slice(Span::new(rest, span.start)));
            result.append(with);
            rest = span.end;
        }
        result.append(&self.slice(Span::new(rest, offset(self.value.len()))));
        result
    }

    /// Carries a text that was read from the value of `outer` over to the host of `outer`.
    pub(crate) fn through(&self, outer: &Self) -> Self {
        let mut result = Self::default();
        for one in &self.segments {
            let value = one.value.of(&self.value);
            let crosses = outer.segments_of(one.host).any(|part| part.origin == Origin::Hole);
            match one.origin {
                Origin::Copied => {
                    for part in outer.segments_of(one.host) {
                        let common = Span::new(
                            part.value.start.max(one.host.start),
                            part.value.end.min(one.host.end),
                        );
                        let from = common.start - one.host.start;
                        let piece = Span::new(from, from + common.len()).of(value);
                        let host = outer.host_span(common).unwrap_or(part.host);
                        let origin = part.origin;
                        result.push(piece, host, origin, one.literal);
                    }
                }
                origin => {
                    let host = outer.host_span(one.host).unwrap_or_default();
                    let origin = if crosses { Origin::Hole } else { origin };
                    result.push(value, host, origin, one.literal);
                }
            }
        }
        result
    }

    /// Returns the text of a file that begins at an offset of its module.
    pub(crate) fn moved(mut self, by: u32) -> Self {
        for one in &mut self.segments {
            one.host = Span::new(one.host.start + by, one.host.end + by);
            one.literal = by + 1;
        }
        self
    }
}

/// Returns what stands for a hole: `${…}` around what stands in the host, on one line.
pub(crate) fn hole_text(source: &str) -> String {
    let source = source.trim();
    let is_hole = |prefix: &str, end: char| source.starts_with(prefix) && source.ends_with(end);
    let plain = source.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !name.starts_with(|first: char| first.is_ascii_digit())
    });
    let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() > MAX_HOLE_BYTES || !is_balanced(&line) {
        return "${…}".to_owned();
    }
    if plain || is_hole("${", '}') || is_hole("$(", ')') { line } else { format!("${{{line}}}") }
}

/// Says whether brackets and quotes close within a text, as whoever reads the hole counts them.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for byte in text.bytes() {
        match (quote, byte) {
            (Some(expected), byte) if expected == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'{') => open.push(b'}'),
            (None, b'(') => open.push(b')'),
            (None, b'[') => open.push(b']'),
            (None, b'}' | b')' | b']') if open.pop() != Some(byte) => return false,
            _ => {}
        }
        if open.len() > 16 {
            return false;
        }
    }
    quote.is_none() && open.is_empty()
}

/// Takes a length as an offset; files are refused long before 4 GiB.
pub(crate) fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pieces: &[(&str, u32, u32, Origin)]) -> Text {
        let mut text = Text::default();
        for (value, start, end, origin) in pieces {
            text.push(value, Span::new(*start, *end), *origin, 1);
        }
        text
    }

    #[test]
    fn spans_go_back_through_escapes() {
        // Host: a\'b${x}c
        let text = text(&[
            ("a", 0, 1, Origin::Copied),
            ("'", 1, 3, Origin::Escaped),
            ("b", 3, 4, Origin::Copied),
            ("${x}", 4, 8, Origin::Hole),
            ("c", 8, 9, Origin::Copied),
        ]);
        assert_eq!(text.value(), "a'b${x}c");
        assert_eq!(text.host_span(Span::new(1, 3)), Some(Span::new(1, 4)));
        assert_eq!(text.host_span(Span::new(4, 5)), Some(Span::new(4, 8)), "a hole is whole");
        assert_eq!(text.host_span(Span::at(8)), Some(Span::at(9)));
        assert_eq!(text.known(), None);
    }

    #[test]
    fn two_layers_are_one() {
        let outer = text(&[
            ("x\"", 0, 2, Origin::Copied),
            ("'", 2, 4, Origin::Escaped),
            ("y", 4, 5, Origin::Copied),
        ]);
        let inner = text(&[("'", 2, 3, Origin::Copied), ("y", 3, 4, Origin::Copied)]);
        let both = inner.through(&outer);
        assert_eq!(both.value(), "'y");
        assert_eq!(both.host_span(Span::new(0, 1)), Some(Span::new(2, 4)));
        assert_eq!(both.host_span(Span::new(1, 2)), Some(Span::new(4, 5)));
    }

    #[test]
    fn words_are_replaced_and_keep_their_places() {
        let template = text(&[("a #x# b", 10, 17, Origin::Copied)]);
        let hole = Text::hole("name", Span::new(30, 34));
        let done = template.replaced("#x#", &hole);
        assert_eq!(done.value(), "a ${name} b");
        assert_eq!(done.host_span(Span::new(2, 9)), Some(Span::new(30, 34)));
        assert_eq!(done.host_span(Span::new(10, 11)), Some(Span::new(16, 17)));
    }

    #[test]
    fn holes_read_as_holes() {
        assert_eq!(hole_text("$name"), "$name");
        assert_eq!(hole_text("${a.b}"), "${a.b}");
        assert_eq!(hole_text("join(\",\",\n  x)"), "${join(\",\", x)}");
        assert_eq!(hole_text("a'"), "${…}");
    }
}
