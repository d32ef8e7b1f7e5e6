//! Changes of a text.

use crate::position::Range;
use diagnostics::{LineIndex, Span};

/// One stretch of a text that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is replaced, in bytes; empty for an insertion.
    pub span: Span,
    /// The same, as a browser counts.
    pub range: Range,
    /// The new text.
    pub insert: String,
}

/// Changes of one text, sorted and apart from each other; empty where nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The changes.
    pub list: Vec<Change>,
}

impl Changes {
    /// Makes changes from replacements of bytes, sorted and apart from each other.
    pub(crate) fn new(index: &LineIndex, edits: impl IntoIterator<Item = (Span, String)>) -> Self {
        let change = |(span, insert)| Change { span, range: Range::of(index, span), insert };
        Self { list: edits.into_iter().map(change).collect() }
    }

    /// Returns the smallest single change that makes one text the other.
    #[must_use]
    pub fn between(before: &str, after: &str) -> Self {
        if before == after {
            return Self::default();
        }
        let same = |(one, other): &(char, char)| one == other;
        let start: usize = before
            .chars()
            .zip(after.chars())
            .take_while(same)
            .map(|(letter, _)| letter.len_utf8())
            .sum();
        let (old, new) = (before.get(start..), after.get(start..));
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let end: usize = old
            .chars()
            .rev()
            .zip(new.chars().rev())
            .take_while(same)
            .map(|(letter, _)| letter.len_utf8())
            .sum();
        let insert = new.get(..new.len() - end).unwrap_or_default().to_owned();
        let span = Span::new(start as u32, (before.len() - end) as u32);
        Self::new(&LineIndex::new(before), [(span, insert)])
    }

    /// Returns the text after the changes.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = 0;
        for change in &self.list {
            out.push_str(text.get(rest..change.span.start as usize).unwrap_or_default());
            out.push_str(&change.insert);
            rest = change.span.end as usize;
        }
        out.push_str(text.get(rest..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Changes;

    #[test]
    fn finds_the_smallest_change() {
        for (before, after, from, to, insert) in [
            ("abc", "abxc", 2, 2, "x"),
            ("aaa", "aa", 2, 3, ""),
            ("é😀b", "é😁b", 1, 3, "😁"),
            ("", "x", 0, 0, "x"),
        ] {
            let changes = Changes::between(before, after);
            assert_eq!(changes.apply(before), after);
            let change = &changes.list[0];
            let found = (change.range.from, change.range.to, change.insert.as_str());
            assert_eq!(found, (from, to, insert), "{before} to {after}");
        }
        assert_eq!(Changes::between("a", "a").list, []);
    }
}
