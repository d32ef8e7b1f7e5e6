//! The data files: one fact a line, columns parted by tabs, `-` for nothing, `#` for a note.

/// What stands for an empty column, so that no line ends in blanks.
const NOTHING: &str = "-";

/// Returns the rows of a data file.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| Row { columns: line.split('\t') })
}

/// The columns of a line, read from left to right.
pub(crate) struct Row {
    columns: std::str::Split<'static, char>,
}

impl Row {
    /// Returns the next column; a missing one is empty.
    pub(crate) fn text(&mut self) -> &'static str {
        match self.columns.next() {
            Some(NOTHING) | None => "",
            Some(text) => text,
        }
    }

    /// Returns the items of the next column, which commas part.
    pub(crate) fn list(&mut self) -> Vec<&'static str> {
        items(self.text()).collect()
    }
}

/// Returns the items of a column that commas part.
pub(crate) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|item| !item.is_empty())
}
