//! Characters that cannot be seen, made visible.

use std::borrow::Cow;

/// Returns what to write for a character that a terminal would not show, or would obey.
///
/// Control characters become their pictures (`␀`), and blank or formatting characters their names
/// (`<U+200B>`). A space and everything with ink of its own stay; so do line breaks and tabs,
/// which the caller lays out.
pub(super) fn visible(character: char) -> Option<Cow<'static, str>> {
    let code = u32::from(character);
    match code {
        0x09 | 0x0A | 0x0D | 0x20..=0x7E => None,
        0x00..=0x1F => char::from_u32(0x2400 + code).map(|picture| picture.to_string().into()),
        0x7F => Some("␡".into()),
        0x80..=0xA0
        | 0xAD
        | 0x034F
        | 0x061C
        | 0x115F..=0x1160
        | 0x1680
        | 0x17B4..=0x17B5
        | 0x180B..=0x180F
        | 0x2000..=0x200F
        | 0x2028..=0x202F
        | 0x205F..=0x206F
        | 0x2800
        | 0x3000
        | 0x3164
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF => Some(format!("<U+{code:04X}>").into()),
        _ => None,
    }
}

/// Makes a text visible and keeps it on one line, for messages in which it must not draw anything.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    let plain =
        |character| visible(character).is_none() && !matches!(character, '\n' | '\r' | '\t');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => line.push('␊'),
            '\r' => line.push('␍'),
            '\t' => line.push('␉'),
            _ => push(&mut line, character),
        }
    }
    Cow::Owned(line)
}

/// Adds a character, visibly.
pub(super) fn push(text: &mut String, character: char) {
    match visible(character) {
        Some(picture) => text.push_str(&picture),
        None => text.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn shows_what_cannot_be_seen() {
        assert_eq!(one_line("plain é 漢 “x”"), "plain é 漢 “x”");
        assert_eq!(one_line("a\u{1b}[31m\0b"), "a␛[31m␀b");
        assert_eq!(one_line("a\u{200b}b\u{a0}c\u{202e}"), "a<U+200B>b<U+00A0>c<U+202E>");
        assert_eq!(one_line("a\r\n\tb"), "a␍␊␉b");
    }
}
