//! Classes of characters.

/// May stand in a word.
pub(crate) const WORD: u8 = 1;
/// Ends the body of an attribute reference, or means that it was never closed.
pub(crate) const BODY_END: u8 = 2;
/// Space, tab, line feed, carriage return.
pub(crate) const SPACE: u8 = 4;
/// Punctuation without a meaning of its own.
pub(crate) const SYMBOL: u8 = 8;

const CLASSES: [u8; 256] = classes();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a miss is an error")]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        let mut class = 0;
        if character.is_ascii_alphanumeric()
            || matches!(character, b'_' | b'.' | b':' | b'/' | b'-' | b'*')
        {
            class |= WORD;
        } else if character.is_ascii_punctuation() {
            class |= SYMBOL;
        }
        if matches!(
            character,
            b']' | b'[' | b'@' | b'\'' | b'"' | b'{' | b'}' | b'(' | b')' | b'\n' | b'\r'
        ) {
            class |= BODY_END;
        }
        if matches!(character, b' ' | b'\t' | b'\n' | b'\r') {
            class |= SPACE;
        }
        table[byte] = class;
        byte += 1;
    }
    table
}

/// Says whether a byte belongs to a class.
#[inline]
pub(crate) fn is(byte: u8, class: u8) -> bool {
    CLASSES.get(byte as usize).is_some_and(|classes| classes & class != 0)
}

/// Says whether a character looks like nothing or like a plain space without being one.
///
/// *Documented*: such characters make Azure refuse a condition (conditions-troubleshoot,
/// 2024-02-27).
#[must_use]
pub(crate) fn is_invisible(character: char) -> bool {
    if matches!(character, ' ' | '\t' | '\n' | '\r') {
        return false;
    }
    character.is_control()
        || character.is_whitespace()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e01ef}'
        )
}

/// Says whether a character is a typographic single or double quote.
pub(crate) const fn is_curly_quote(character: char) -> bool {
    matches!(character, '\u{2018}'..='\u{201f}')
}
