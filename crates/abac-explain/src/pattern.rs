//! Patterns of `StringLike` in words.

/// What a pattern asks of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// `a`
    Exactly(String),
    /// `a*`
    Beginning(String),
    /// `*a`
    Ending(String),
    /// `*a*`
    Within(String),
    /// `*`
    Anything,
    /// Anything else; the flags say whether `*` and `?` occur.
    Pattern { star: bool, question: bool },
}

/// Reads a pattern: `*` is any text, `?` any one character, and a backslash before either makes it
/// an ordinary character (*documented*: conditions-format, 2023-11-15).
pub(crate) fn read(pattern: &str) -> Wanted {
    let mut plain = String::new();
    let (mut first, mut last, mut inner) = (false, false, false);
    let mut question = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        // A star that turns out not to be the last one.
        inner |= std::mem::take(&mut last);
        match (character, characters.peek()) {
            ('\\', Some(next @ ('*' | '?'))) => {
                plain.push(*next);
                characters.next();
            }
            ('*', _) => {
                while characters.next_if_eq(&'*').is_some() {}
                if plain.is_empty() && !question && !first && !inner {
                    first = true;
                } else {
                    last = true;
                }
            }
            ('?', _) => question = true,
            _ => plain.push(character),
        }
    }
    let star = first || last || inner;
    match (question || inner, first, last) {
        (true, ..) => Wanted::Pattern { star, question },
        (_, false, false) => Wanted::Exactly(plain),
        (_, false, true) => Wanted::Beginning(plain),
        (_, true, false) if plain.is_empty() => Wanted::Anything,
        (_, true, false) => Wanted::Ending(plain),
        (_, true, true) => Wanted::Within(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, read};

    #[test]
    fn patterns() {
        let text = |text: &str| text.to_owned();
        for (pattern, expect) in [
            ("abc", Wanted::Exactly(text("abc"))),
            ("readonly/*", Wanted::Beginning(text("readonly/"))),
            ("logs**", Wanted::Beginning(text("logs"))),
            ("*.txt", Wanted::Ending(text(".txt"))),
            ("*secret*", Wanted::Within(text("secret"))),
            ("*", Wanted::Anything),
            ("", Wanted::Exactly(text(""))),
            (r"5\*", Wanted::Exactly(text("5*"))),
            (r"a\b*", Wanted::Beginning(text(r"a\b"))),
            ("a*c", Wanted::Pattern { star: true, question: false }),
            ("*a*b*", Wanted::Pattern { star: true, question: false }),
            ("a?", Wanted::Pattern { star: false, question: true }),
            ("*?", Wanted::Pattern { star: true, question: true }),
        ] {
            assert_eq!(read(pattern), expect, "{pattern}");
        }
    }
}
