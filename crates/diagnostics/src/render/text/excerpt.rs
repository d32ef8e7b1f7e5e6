//! The lines of a text that a picture shows, laid out to fit.

use super::super::visible;
use crate::{LineIndex, Span};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How far a second place may lie from the first before it is left out, in lines.
const MAX_LINES: u32 = 500;

/// What is written where part of a line is left out.
const ELLIPSIS: &str = "…";

/// The least that is shown on either side of a marked place in a line that is cut, in columns.
const LEAST_CONTEXT: usize = 8;

/// A place that a picture marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) span: Span,
    /// How many columns are wanted to the right of it, for what is written there.
    pub(super) room: usize,
}

/// Some whole lines of a text, each cut to its marked places if it is too long, with tabs as
/// spaces and every character visible.
pub(super) struct Excerpt {
    /// The lines, joined by `\n`.
    pub(super) text: String,
    /// The number of the first line, counted from 1.
    pub(super) first_line: u32,
    /// Byte offsets of the source and of `text`, for every character that could be shown.
    // Invariant: sorted by source offset.
    offsets: Vec<(u32, usize)>,
}

impl Excerpt {
    /// Lays out the lines around some marks; the first mark always has its lines.
    pub(super) fn new(text: &str, index: &LineIndex, marks: &[Mark], width: usize) -> Self {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|mark| Mark { span: within_line(index, mark.span), ..*mark })
            .collect();
        let lines = |span: Span| (index.position(span.start).line, index.position(span.end).line);
        let (home, _) = marks.first().map_or((1, 1), |mark| lines(mark.span));
        let near = |line: u32| line.abs_diff(home) <= MAX_LINES;
        let (mut first, mut last) = (home, home);
        for (start, end) in marks.iter().map(|mark| lines(mark.span)) {
            if near(start) && near(end) {
                (first, last) = (first.min(start), last.max(end));
            }
        }
        let gutter = last.to_string().len() + 4;
        let budget = width.saturating_sub(gutter).max(4 * LEAST_CONTEXT);
        let mut excerpt = Self { text: String::new(), first_line: first, offsets: Vec::new() };
        for line in first..=last {
            if line > first {
                excerpt.text.push('\n');
            }
            let span = index.line(line).unwrap_or_default();
            excerpt.line(text, index, span, &marks, budget);
        }
        excerpt
    }

    /// Returns where a span of the source stands in the excerpt, if it begins in its lines; one
    /// that goes on below them ends with them.
    pub(super) fn place(&self, index: &LineIndex, span: Span) -> Option<Range<usize>> {
        let span = within_line(index, span);
        let start = self.offset(span.start)?;
        let end = self.offset(span.end).unwrap_or(self.text.len());
        Some(start..end.max(start))
    }

    fn offset(&self, offset: u32) -> Option<usize> {
        let (first, last) = (self.offsets.first()?, self.offsets.last()?);
        if offset < first.0 || offset > last.0 {
            return None;
        }
        let count = self.offsets.partition_point(|(source, _)| *source <= offset);
        self.offsets.get(count.checked_sub(1)?).map(|(_, shown)| *shown)
    }

    /// Adds a line, or what of it fits.
    fn line(&mut self, text: &str, index: &LineIndex, line: Span, marks: &[Mark], budget: usize) {
        let cells = Cells::new(text, index, line, marks, budget);
        let mut kept = cells.kept(marks, budget).into_iter().peekable();
        let mut hidden = false;
        for cell in &cells.cells {
            while kept.next_if(|range| range.end <= cell.column).is_some() {}
            let show = kept.peek().is_some_and(|range| range.start <= cell.column);
            if !show && !hidden {
                self.text.push_str(ELLIPSIS);
            }
            hidden = !show;
            // What is hidden stands where the ellipsis begins.
            let back = if show { 0 } else { ELLIPSIS.len() };
            self.offsets.push((cell.offset, self.text.len() - back));
            if show {
                show_character(&mut self.text, cell.character);
            }
        }
        self.offsets.push((line.end, self.text.len()));
    }
}

/// One character of a line.
struct Cell {
    offset: u32,
    character: char,
    column: usize,
}

/// The characters of a line that may be shown, with the columns in which they stand.
struct Cells {
    cells: Vec<Cell>,
    line: Span,
    width: usize,
}

impl Cells {
    /// Lays out the surroundings of the line's two ends and of the marks, wide enough to choose
    /// from; a byte of what lies between counts as a column.
    fn new(text: &str, index: &LineIndex, line: Span, marks: &[Mark], budget: usize) -> Self {
        let reach = u32::try_from(budget.saturating_mul(4)).unwrap_or(u32::MAX);
        let floor = |offset: u32| index.byte_offset(index.utf16_offset(offset));
        let ends = [line.start, line.end];
        let places = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).chain(ends);
        let mut windows: Vec<Span> = places
            .filter(|place| (line.start..=line.end).contains(place))
            .map(|place| {
                let start = floor(place.saturating_sub(reach)).max(line.start);
                Span::new(start, floor(place.saturating_add(reach)).min(line.end))
            })
            .collect();
        windows.sort_unstable();

        let mut cells: Vec<Cell> = Vec::new();
        let (mut column, mut done) = (0, line.start);
        let mut shown = String::new();
        for window in windows {
            let start = window.start.max(done);
            column += start.saturating_sub(done) as usize;
            for (within, character) in Span::new(start, window.end).of(text).char_indices() {
                let offset = start.saturating_add(u32::try_from(within).unwrap_or(u32::MAX));
                cells.push(Cell { offset, character, column });
                shown.clear();
                show_character(&mut shown, character);
                let as_it_is = shown.len() == character.len_utf8();
                let width = if as_it_is { character.width() } else { Some(shown.width()) };
                column += width.unwrap_or(0);
            }
            done = done.max(window.end);
        }
        Self { cells, line, width: column }
    }

    /// Returns the column in which an offset stands.
    fn column(&self, offset: u32) -> usize {
        let index = self.cells.partition_point(|cell| cell.offset < offset);
        self.cells.get(index).map_or(self.width, |cell| cell.column)
    }

    /// Returns the columns to show, sorted and apart: all of them, or those around the marks.
    fn kept(&self, marks: &[Mark], budget: usize) -> Vec<Range<usize>> {
        if self.width <= budget {
            return std::iter::once(0..self.width + 1).collect();
        }
        let columns: Vec<(Range<usize>, usize)> = marks
            .iter()
            .filter(|mark| mark.span.start <= self.line.end && mark.span.end >= self.line.start)
            .map(|mark| (self.column(mark.span.start)..self.column(mark.span.end), mark.room))
            .collect();
        match columns.as_slice() {
            [] => std::iter::once(0..budget - 1).collect(),
            [(_, room)] => {
                // What is written beside the only mark shall fit as well, if it is not too long.
                let room = (*room).min(budget / 3);
                let most = budget.saturating_sub(room + 2 * LEAST_CONTEXT);
                let most = most.max(2 * LEAST_CONTEXT);
                let left = |mark: &Range<usize>| budget.saturating_sub(mark.len().min(most) + room);
                self.widest(&columns, most, left, budget)
            }
            _ => {
                let most = (budget / (columns.len() + 1)).max(2 * LEAST_CONTEXT);
                self.widest(&columns, most, |_| usize::MAX, budget)
            }
        }
    }

    /// Shows as much on either side of the marks as fits; of a mark longer than `most`, its ends.
    fn widest(
        &self,
        marks: &[(Range<usize>, usize)],
        most: usize,
        left: impl Fn(&Range<usize>) -> usize,
        budget: usize,
    ) -> Vec<Range<usize>> {
        let around = |context: usize| {
            let mut kept = Vec::with_capacity(marks.len() + 1);
            for (mark, _) in marks {
                let before = context.min(left(mark)).max(LEAST_CONTEXT);
                let start = self.word_after(mark.start.saturating_sub(before), before / 3);
                let end = mark.end.saturating_add(context).min(self.width + 1);
                if mark.len() > most {
                    kept.push(start..mark.start + most / 2);
                    kept.push(mark.end - most / 2..end);
                } else {
                    kept.push(start..end);
                }
            }
            join(kept)
        };
        let columns = |kept: &[Range<usize>]| -> usize {
            kept.iter().map(|range| range.len() + 1).sum::<usize>() + 1
        };
        let mut fitting = (LEAST_CONTEXT..budget).rev().map(around);
        fitting.find(|kept| columns(kept) <= budget).unwrap_or_else(|| around(LEAST_CONTEXT))
    }

    /// Moves a column on to the beginning of a word, if one comes within some columns.
    fn word_after(&self, column: usize, within: usize) -> usize {
        if column == 0 {
            return 0;
        }
        let index = self.cells.partition_point(|cell| cell.column < column);
        let soon = self.cells.get(index..).unwrap_or_default().iter().take(within);
        let mut soon = soon.skip_while(|cell| cell.character != ' ').skip(1);
        soon.next().map_or(column, |cell| cell.column)
    }
}

/// Joins ranges that overlap or between which an ellipsis would save nothing.
fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end + 4 => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Adds a character as it is shown in a picture.
fn show_character(text: &mut String, character: char) {
    match character {
        '\t' => text.push_str("    "),
        _ => visible::push(text, character),
    }
}

/// Pulls a span that ends with a line break back to the end of the line.
fn within_line(index: &LineIndex, span: Span) -> Span {
    let (start, end) = index.positions(span);
    let before = index.line(end.line.saturating_sub(1)).map_or(0, |line| line.end);
    let line_end = |line| index.line(line).map_or(0, |line: Span| line.end);
    let first = span.start.min(line_end(start.line));
    if end.line > start.line && end.byte_column == 1 {
        Span::new(first, before)
    } else {
        Span::new(first, span.end.min(line_end(end.line)))
    }
}
