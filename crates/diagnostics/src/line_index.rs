//! Lines and columns: the only place that knows them.

use crate::Span;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnUnit {
    /// UTF-8 bytes.
    Byte,
    /// Unicode scalar values, as people and most tools count.
    Char,
    /// UTF-16 code units, as browsers, editors and SARIF count.
    Utf16,
}

/// A place in a text, counted from 1 in all three units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column in bytes.
    pub byte_column: u32,
    /// The column in characters.
    pub char_column: u32,
    /// The column in UTF-16 code units.
    pub utf16_column: u32,
}

impl Position {
    /// Returns the column in one unit.
    #[must_use]
    pub const fn column(self, unit: ColumnUnit) -> u32 {
        match unit {
            ColumnUnit::Byte => self.byte_column,
            ColumnUnit::Char => self.char_column,
            ColumnUnit::Utf16 => self.utf16_column,
        }
    }
}

/// A character of more than one byte, with the counts up to and including it.
#[derive(Debug, Clone, Copy)]
struct Wide {
    start: u32,
    end: u32,
    /// Bytes minus characters of the text up to `end`.
    beyond_chars: u32,
    /// Bytes minus UTF-16 code units of the text up to `end`.
    beyond_utf16: u32,
}

/// Translates byte offsets of one text into lines and columns, and back.
///
/// `\n`, `\r\n` and `\r` each end a line. An offset beyond the text counts as its end, an offset
/// within a character as the character's start. The index does not hold the text.
///
/// ```
/// use diagnostics::{ColumnUnit, LineIndex};
///
/// let index = LineIndex::new("a\r\n'😀' x");
/// let position = index.position(10);
/// assert_eq!((position.line, position.char_column, position.utf16_column), (2, 5, 6));
/// assert_eq!(index.offset(2, 5, ColumnUnit::Char), 10);
/// ```
#[derive(Debug, Clone)]
pub struct LineIndex {
    // Invariant: never empty, sorted; each without its line break, the first from 0.
    lines: Vec<Span>,
    // Invariant: sorted, disjoint.
    wide: Vec<Wide>,
    len: u32,
}

impl LineIndex {
    /// Reads a text; what lies beyond 4 GiB is not seen.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut wide = Vec::new();
        let (mut beyond_chars, mut beyond_utf16) = (0, 0);
        let (mut line_start, mut len) = (0_u32, 0_u32);
        let mut characters = text.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            let size = character.len_utf8();
            let (Ok(start), Ok(mut end)) = (u32::try_from(start), u32::try_from(start + size))
            else {
                break;
            };
            match character {
                '\n' | '\r' => {
                    if character == '\r' && characters.next_if(|(_, next)| *next == '\n').is_some()
                    {
                        end = end.saturating_add(1);
                    }
                    lines.push(Span::new(line_start, start));
                    line_start = end;
                }
                _ if size > 1 => {
                    beyond_chars += end - start - 1;
                    beyond_utf16 += end - start - if character.len_utf16() == 2 { 2 } else { 1 };
                    wide.push(Wide { start, end, beyond_chars, beyond_utf16 });
                }
                _ => {}
            }
            len = end;
        }
        lines.push(Span::new(line_start, len));
        Self { lines, wide, len }
    }

    /// Returns the number of lines; a text that ends in a line break has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    /// Returns the span of a line, counted from 1, without its line break.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<Span> {
        let index = usize::try_from(line.checked_sub(1)?).ok()?;
        self.lines.get(index).copied()
    }

    /// Returns the place of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.floor(offset);
        let count = self.lines.partition_point(|line| line.start <= offset).max(1);
        let start = self.lines.get(count - 1).map_or(0, |line| line.start);
        let column = |unit| self.units_before(offset, unit) - self.units_before(start, unit) + 1;
        Position {
            line: u32::try_from(count).unwrap_or(u32::MAX),
            byte_column: column(ColumnUnit::Byte),
            char_column: column(ColumnUnit::Char),
            utf16_column: column(ColumnUnit::Utf16),
        }
    }

    /// Returns the places of a span's start and end.
    #[must_use]
    pub fn positions(&self, span: Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end))
    }

    /// Returns the byte offset of a line and column, both counted from 1.
    ///
    /// A line beyond the text counts as its end, a column beyond a line as the line's end.
    #[must_use]
    pub fn offset(&self, line: u32, column: u32, unit: ColumnUnit) -> u32 {
        let Some(text) = self.line(line.max(1)) else { return self.len };
        let before = self.units_before(text.start, unit);
        let wanted = before.saturating_add(column.saturating_sub(1));
        self.byte_of(wanted, unit).clamp(text.start, text.end)
    }

    /// Returns the offset in UTF-16 code units, counted from 0 at the start of the text.
    #[must_use]
    pub fn utf16_offset(&self, offset: u32) -> u32 {
        self.units_before(self.floor(offset), ColumnUnit::Utf16)
    }

    /// Returns the offset in characters, counted from 0 at the start of the text.
    #[must_use]
    pub fn char_offset(&self, offset: u32) -> u32 {
        self.units_before(self.floor(offset), ColumnUnit::Char)
    }

    /// Returns the byte offset of an offset in UTF-16 code units.
    #[must_use]
    pub fn byte_offset(&self, utf16_offset: u32) -> u32 {
        self.byte_of(utf16_offset, ColumnUnit::Utf16)
    }

    /// Moves an offset back to the start of the character it lies in.
    fn floor(&self, offset: u32) -> u32 {
        let offset = offset.min(self.len);
        let index = self.wide.partition_point(|wide| wide.end <= offset);
        match self.wide.get(index) {
            Some(wide) if wide.start < offset => wide.start,
            _ => offset,
        }
    }

    /// Counts the units before an offset that lies on a character's start.
    fn units_before(&self, offset: u32, unit: ColumnUnit) -> u32 {
        let index = self.wide.partition_point(|wide| wide.end <= offset);
        offset - self.beyond(index, unit)
    }

    /// Returns how many more bytes than units the first `count` wide characters make.
    fn beyond(&self, count: usize, unit: ColumnUnit) -> u32 {
        let last = count.checked_sub(1).and_then(|last| self.wide.get(last));
        last.map_or(0, |wide| match unit {
            ColumnUnit::Byte => 0,
            ColumnUnit::Char => wide.beyond_chars,
            ColumnUnit::Utf16 => wide.beyond_utf16,
        })
    }

    /// Returns the byte offset behind a number of units, moved back to a character's start.
    fn byte_of(&self, units: u32, unit: ColumnUnit) -> u32 {
        let beyond = |wide: &Wide| match unit {
            ColumnUnit::Byte => 0,
            ColumnUnit::Char => wide.beyond_chars,
            ColumnUnit::Utf16 => wide.beyond_utf16,
        };
        let count = self.wide.partition_point(|wide| wide.end - beyond(wide) <= units);
        self.floor(units.saturating_add(self.beyond(count, unit)))
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnUnit, LineIndex};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn check(text: &str, offset: usize, expect: (u32, u32, u32, u32)) {
        let position = LineIndex::new(text).position(u32::try_from(offset).unwrap());
        let found =
            (position.line, position.byte_column, position.char_column, position.utf16_column);
        assert_eq!(found, expect, "{text:?} at {offset}");
    }

    #[test]
    fn counts_every_unit() {
        check("", 0, (1, 1, 1, 1));
        check("ab", 1, (1, 2, 2, 2));
        check("é😀x", "é😀".len(), (1, 7, 3, 4));
        check("a\n😀x", 6, (2, 5, 2, 3));
    }

    #[test]
    fn ends_lines_at_all_three_breaks() {
        check("a\nb", 2, (2, 1, 1, 1));
        check("a\r\nb", 3, (2, 1, 1, 1));
        check("a\rb", 2, (2, 1, 1, 1));
        check("a\n\rb", 3, (3, 1, 1, 1));
        check("a\n", 2, (2, 1, 1, 1));
    }

    #[test]
    fn bounds_offsets_that_do_not_fit() {
        check("ab", 99, (1, 3, 3, 3));
        check("😀x", 2, (1, 1, 1, 1));
        check("a\r\nb", 2, (1, 3, 3, 3));
        let index = LineIndex::new("ab\ncd");
        assert_eq!(index.offset(1, 99, ColumnUnit::Char), 2);
        assert_eq!(index.offset(9, 1, ColumnUnit::Char), 5);
        assert_eq!(index.offset(0, 0, ColumnUnit::Char), 0);
        assert_eq!(index.line(0), None);
        assert_eq!(index.line(3), None);
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("a"),
            Just("'"),
            Just("\n"),
            Just("\r"),
            Just("\r\n"),
            Just("é"),
            Just("漢"),
            Just("😀"),
            Just("\u{200b}"),
            Just("\t")
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    /// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
    fn config() -> ProptestConfig {
        ProptestConfig {
            rng_seed: RngSeed::Fixed(1),
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn agrees_with_counting(text in text()) {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (before, _) = text.split_at(offset);
                let line_start = before
                    .char_indices()
                    .filter(|(at, c)| match c {
                        '\n' => true,
                        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
                        _ => false,
                    })
                    .map(|(at, _)| at + 1)
                    .next_back()
                    .unwrap_or(0);
                let (_, line) = before.split_at(line_start.min(offset));
                let position = index.position(offset as u32);
                prop_assert_eq!(position.byte_column as usize, line.len() + 1);
                prop_assert_eq!(position.char_column as usize, line.chars().count() + 1);
                prop_assert_eq!(position.utf16_column as usize, line.encode_utf16().count() + 1);
                prop_assert_eq!(index.utf16_offset(offset as u32) as usize,
                    before.encode_utf16().count());
            }
        }

        #[test]
        fn goes_there_and_back(text in text()) {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (before, after) = text.split_at(offset);
                let within_break = before.ends_with('\r') && after.starts_with('\n');
                let offset = offset as u32;
                prop_assert_eq!(index.byte_offset(index.utf16_offset(offset)), offset);
                let position = index.position(offset);
                for unit in [ColumnUnit::Byte, ColumnUnit::Char, ColumnUnit::Utf16] {
                    let back = index.offset(position.line, position.column(unit), unit);
                    prop_assert_eq!(back, if within_break { offset - 1 } else { offset });
                }
            }
        }

        #[test]
        fn never_leaves_the_text(text in text(), a in any::<u32>(), b in 0_u32..64, c in 0_u32..64) {
            let index = LineIndex::new(&text);
            for unit in [ColumnUnit::Byte, ColumnUnit::Char, ColumnUnit::Utf16] {
                for (line, column) in [(a, b), (b, a), (b, c)] {
                    prop_assert!(text.is_char_boundary(index.offset(line, column, unit) as usize));
                }
            }
            for at in [a, b] {
                prop_assert!(text.is_char_boundary(index.byte_offset(at) as usize));
                prop_assert!(index.position(at).line <= index.line_count());
            }
        }
    }
}
