//! Tables for the terminal.

use crate::console::{STRONG, Style};
use diagnostics::render::one_line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How narrow a column may become.
const MIN_COLUMN: usize = 16;

/// Rows of cells under headings, fitted to the width of the terminal.
pub(crate) struct Table<const N: usize> {
    headings: [&'static str; N],
    /// The columns that give way where there is no room.
    gives_way: &'static [usize],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(crate) const fn new(headings: [&'static str; N], gives_way: &'static [usize]) -> Self {
        Self { headings, gives_way, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| one_line(&cell).into_owned()));
    }

    pub(crate) fn draw(&self, style: Style) -> String {
        // A column without anything in it is left out.
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        for (width, heading) in widths.iter_mut().zip(self.headings) {
            if *width > 0 {
                *width = heading.width().max(*width);
            }
        }
        let columns = widths.iter().filter(|width| **width > 0).count();
        let room = style.width.saturating_sub(2 * columns.saturating_sub(1));
        // The widest of those that give way does, a column at a time.
        let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
        while excess > 0 {
            let may = widths.iter_mut().enumerate();
            let may = may.filter(|(number, _)| self.gives_way.contains(number));
            match may.map(|(_, width)| width).max() {
                Some(widest) if *widest > MIN_COLUMN => *widest -= 1,
                _ => break,
            }
            excess -= 1;
        }
        let line = |cells: [&str; N]| {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(widths) {
                if width > 0 {
                    let cell = shortened(cell, width, style);
                    line.push_str(&cell);
                    line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
                }
            }
            line.trim_end().to_owned()
        };
        let mut text = style.paint(STRONG, &line(self.headings));
        text.push('\n');
        for row in &self.rows {
            text.push_str(&line(row.each_ref().map(String::as_str)));
            text.push('\n');
        }
        text
    }
}

/// Shortens a text in its middle, where ids differ least.
fn shortened(text: &str, width: usize, style: Style) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mark = if style.unicode { "…" } else { "~" };
    let room = width.saturating_sub(mark.width());
    let (front, back) = (room / 3, room - room / 3);
    let take = |letters: &mut dyn Iterator<Item = char>, room: usize| {
        let mut left = room;
        let mut taken = Vec::new();
        for letter in letters {
            let wide = letter.width().unwrap_or(0);
            if wide > left {
                break;
            }
            left -= wide;
            taken.push(letter);
        }
        taken
    };
    let front: String = take(&mut text.chars(), front).into_iter().collect();
    let back: String = take(&mut text.chars().rev(), back).into_iter().rev().collect();
    format!("{front}{mark}{back}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_fits_the_terminal() {
        let mut table = Table::new(["role", "scope", "empty"], &[1]);
        let scope = "/subscriptions/0/resourceGroups/a-long-name";
        table.row(["Owner".to_owned(), scope.to_owned(), String::new()]);
        let style = Style { color: false, unicode: true, width: 40 };
        let text = table.draw(style);
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
        assert!(text.contains('…') && text.contains("a-long-name"), "{text}");
        assert!(!text.contains("empty"), "{text}");
        let wide = Style { width: 100, ..style };
        assert!(table.draw(wide).contains("/subscriptions/0/resourceGroups/a-long-name"));
    }
}
