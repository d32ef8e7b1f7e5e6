//! Breaking lines between words.

use unicode_width::UnicodeWidthStr;

/// Breaks a text between words so that no line is wider than `width`, unless a word is. The first
/// line begins with `first`, every other with `rest`; both count.
pub(crate) fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    wrapped.push_str(first);
    let mut column = first.width();
    let mut begun = false;
    for word in text.split(' ') {
        let length = word.width();
        if begun && column + 1 + length > width && !word.is_empty() {
            wrapped.push('\n');
            wrapped.push_str(rest);
            column = rest.width();
        } else if begun {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
        begun = true;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_between_words() {
        assert_eq!(wrap("aa bb cc", 7, "- ", "  "), "- aa bb\n  cc");
        assert_eq!(wrap("'a  b'", 80, "", ""), "'a  b'", "spaces may belong to a value");
        assert_eq!(wrap("", 7, "- ", "  "), "- ");
        assert_eq!(wrap("abcdefghij k", 5, "", " "), "abcdefghij\n k");
    }
}
