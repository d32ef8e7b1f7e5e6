//! Words of a command line, as flags with their values.

use crate::expr::{Expr, Field, Item, ItemKind, Kind, Literal, Part};
use crate::text::offset;
use diagnostics::Span;

/// How many words before the first flag name the command.
const MAX_NAME_WORDS: usize = 4;

/// A word of a command line.
#[derive(Debug)]
pub(super) struct Word {
    /// The word where it stands without quotes and expansions; else empty.
    pub(super) text: String,
    pub(super) value: Expr,
}

impl Word {
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }

    /// Says whether it names a flag: `--condition`, `-Condition`, `--condition=…`.
    fn is_flag(&self) -> bool {
        let mut letters = self.text.trim_start_matches('-').chars();
        self.text.starts_with('-')
            && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
    }
}

/// Makes a command of its words; what stands in heredocs is called `<<`.
pub(super) fn command_item(
    words: Vec<Word>,
    heredocs: Vec<Expr>,
    span: Span,
    source: &str,
) -> Item {
    let mut name = Vec::new();
    let mut head = Span::at(span.start);
    let mut fields: Vec<Field> = Vec::new();
    let mut flag: Option<Field> = None;
    for word in words {
        let place = word.value.span;
        if fields.is_empty()
            && flag.is_none()
            && !word.is_flag()
            && !word.text.is_empty()
            && name.len() < MAX_NAME_WORDS
        {
            head = if name.is_empty() { place } else { head.to(place) };
            name.push(word.text);
            continue;
        }
        if let Some(field) = with_equals(&word, source) {
            fields.extend(flag.take());
            fields.push(field);
            continue;
        }
        if word.is_flag() {
            fields.extend(flag.take());
            let on = Expr::new(place, Kind::Word("true".to_owned()));
            flag = Some(Field { name: word.text, name_span: place, value: on });
            continue;
        }
        match flag.take() {
            Some(open) => fields.push(Field { value: word.value, ..open }),
            None => {
                let is_spread = matches!(word.value.kind, Kind::Other(_));
                let name = if is_spread { String::new() } else { "#".to_owned() };
                fields.push(Field { name, name_span: place, value: word.value });
            }
        }
    }
    fields.extend(flag);
    for heredoc in heredocs {
        fields.push(Field { name: "<<".to_owned(), name_span: heredoc.span, value: heredoc });
    }
    let kind = ItemKind::Command { name: name.join(" "), head };
    Item { kind, span, body: Expr::new(span, Kind::Object(fields)) }
}

/// `--flag="value"` and `--flag=value`: the flag, where it stands, and its value.
fn with_equals(word: &Word, source: &str) -> Option<Field> {
    let place = word.value.span;
    let split = |text: &str| {
        let (name, _) = text.split_once('=')?;
        let is_flag = name.starts_with('-') && name.len() > 1;
        is_flag.then(|| name.to_owned())
    };
    let name = split(place.of(source))?;
    let name_span = Span::new(place.start, place.start + offset(name.len()));
    let rest = Span::new(name_span.end + 1, place.end);
    let value = match &word.value.kind {
        Kind::Concat(pieces) => {
            let kept: Vec<Expr> =
                pieces.iter().filter(|piece| rest.contains(piece.span)).cloned().collect();
            match <[Expr; 1]>::try_from(kept) {
                Ok([only]) => only,
                Err(kept) => Expr::new(rest, Kind::Concat(kept)),
            }
        }
        Kind::Literal(literal) => {
            let parts = vec![Part::Copied(rest)];
            let literal = Literal { form: literal.form.clone(), content: rest, parts };
            Expr::new(rest, Kind::Literal(literal))
        }
        _ => return None,
    };
    Some(Field { name, name_span, value })
}
