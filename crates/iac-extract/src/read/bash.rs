//! bash and its like: words, assignments, command lines, heredocs.

mod quoting;

use super::command_line::{Word, command_item};
use crate::expr::{Expr, Item, ItemKind, Kind, MAX_DEPTH, Module};
use crate::form::Form;
use crate::scan::{Scanner, is_name};
use crate::text::offset;
use diagnostics::Span;
use std::collections::HashSet;

/// Words that begin a command without being one.
const KEYWORDS: &[&str] = &[
    "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time",
    "sudo", "exec", "command",
];

/// Commands whose arguments are assignments.
const DECLARE: &[&str] = &["export", "local", "readonly", "declare", "typeset"];

/// Reads a script. What cannot be read is passed over.
pub(crate) fn read(source: &str) -> Module {
    let mut reader = Reader {
        scan: Scanner::new(source),
        depth: 0,
        module: Module::default(),
        assigned: HashSet::new(),
    };
    reader.statements();
    reader.module
}

struct Reader<'s> {
    scan: Scanner<'s>,
    depth: usize,
    module: Module,
    /// Names that were given a value.
    assigned: HashSet<String>,
}

/// A heredoc whose lines have not come yet.
struct Pending {
    word: String,
    plain: bool,
    strips: bool,
    /// Where its operator stands.
    span: Span,
}

const fn ends_word(byte: u8) -> bool {
    matches!(
        byte,
        0 | b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>'
    )
}

impl Reader<'_> {
    /// Passes over blanks and continued lines.
    fn space(&mut self) {
        loop {
            match self.scan.peek() {
                b' ' | b'\t' => self.scan.at += 1,
                b'\\' if self.scan.peek_at(1) == b'\n' => self.scan.at += 2,
                b'\\' if self.scan.looking_at("\\\r\n") => self.scan.at += 3,
                _ => return,
            }
        }
    }

    fn statements(&mut self) {
        while !self.scan.is_end() {
            let before = self.scan.at;
            self.statement();
            if self.scan.at == before {
                self.scan.bump();
            }
        }
    }

    /// One command line, up to its line break or separator.
    fn statement(&mut self) {
        self.space();
        let start = self.scan.at;
        let mut words: Vec<Word> = Vec::new();
        let mut pending: Vec<Pending> = Vec::new();
        let mut heredocs: Vec<Expr> = Vec::new();
        let mut written: Option<String> = None;
        loop {
            self.space();
            match self.scan.peek() {
                b'#' => self.scan.skip_line(),
                b'\n' | b'\r' | 0 => {
                    if !self.scan.eat("\r\n") {
                        self.scan.at = (self.scan.at + 1).min(self.scan.end);
                    }
                    for one in pending.drain(..) {
                        let heredoc = self.heredoc(&one);
                        heredocs.push(heredoc);
                    }
                    break;
                }
                b';' | b'&' | b'|' if pending.is_empty() => {
                    self.scan.at += 1;
                    break;
                }
                b';' | b'&' | b'|' => {
                    // The heredoc of the first command comes behind the line.
                    self.scan.at += 1;
                }
                b'<' if self.scan.looking_at("<<") && !self.scan.looking_at("<<<") => {
                    if let Some(one) = self.heredoc_start() {
                        pending.push(one);
                    }
                }
                b'<' | b'>' => {
                    self.scan.skip_while(|byte| matches!(byte, b'<' | b'>' | b'&'));
                    self.space();
                    if !matches!(self.scan.peek(), b'\n' | b'\r' | 0) {
                        let before = self.scan.at;
                        let target = self.word();
                        if self.scan.at == before {
                            self.scan.bump();
                        }
                        written = Some(target.text);
                    }
                }
                b'(' | b')' => {
                    self.scan.at += 1;
                    if words.is_empty() {
                        return;
                    }
                }
                _ => {
                    let before = self.scan.at;
                    let begins =
                        words.iter().all(|word| word.is_one_of(KEYWORDS)) || declares(&words);
                    if begins && self.assignment() {
                        continue;
                    }
                    let word = self.word();
                    if self.scan.at == before {
                        self.scan.bump();
                        continue;
                    }
                    words.push(word);
                }
            }
            if self.scan.is_end() {
                break;
            }
        }
        let keywords = words.iter().take_while(|word| word.is_one_of(KEYWORDS)).count();
        words.drain(..keywords);
        // `read -r -d '' NAME <<EOF`
        if words.first().is_some_and(|word| word.text == "read")
            && let (Some(name), Some(heredoc)) = (words.last(), heredocs.first())
            && name.text.bytes().all(is_name)
        {
            let (name, heredoc) = (name.text.clone(), heredoc.clone());
            self.bind(name, heredoc, start);
            return;
        }
        // `cat > file <<EOF`, which `--condition @file` reads; az takes the line break at its end
        // away (*assumed*).
        if let ([Word { text, .. }], Some(file), [heredoc]) =
            (words.as_slice(), &written, heredocs.as_slice())
            && text == "cat"
            && !file.is_empty()
        {
            let kind = Kind::Call("chomp".to_owned(), vec![heredoc.clone()]);
            let value = Expr::new(heredoc.span, kind);
            self.bind(format!("@{file}"), value, start);
            return;
        }
        if words.is_empty() && heredocs.is_empty() {
            return;
        }
        let span = self.scan.span_from(start);
        self.module.items.push(command_item(words, heredocs, span, self.scan.source));
    }

    /// `NAME=value`, `NAME+=value`, `NAME=(a b)`
    fn assignment(&mut self) -> bool {
        let start = self.scan;
        let name = self.scan.word(is_name).to_owned();
        let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        let adds = self.scan.looking_at("+=");
        if !begins || !(adds || self.scan.peek() == b'=') {
            self.scan = start;
            return false;
        }
        self.scan.at += if adds { 2 } else { 1 };
        if self.scan.peek() == b'(' {
            self.scan.at += 1;
            let mut words = Vec::new();
            while !self.scan.is_end() && !self.scan.eat(")") {
                let before = self.scan.at;
                self.space();
                match self.scan.peek() {
                    b'\n' | b'\r' => self.scan.at += 1,
                    b'#' => self.scan.skip_line(),
                    b')' => {}
                    _ => {
                        let word = self.word();
                        words.push(word);
                    }
                }
                if self.scan.at == before && self.scan.peek() != b')' {
                    self.scan.bump();
                }
            }
            let span = self.scan.span_from(start.at);
            let mut item = command_item(words, Vec::new(), span, self.scan.source);
            item.kind = ItemKind::Value;
            self.module.items.push(item);
            return true;
        }
        let value = self.word().value;
        if adds {
            // What it was before is not followed through loops.
            self.assigned.insert(name.clone());
            self.module.names.remove(&name);
            let span = value.span;
            let kind = ItemKind::Binding(name);
            self.module.items.push(Item { kind, span, body: value });
        } else {
            self.bind(name, value, start.at);
        }
        true
    }

    /// A name that is given one value in the whole script is followed.
    fn bind(&mut self, name: String, value: Expr, start: usize) {
        if self.assigned.insert(name.clone()) {
            self.module.names.insert(name.clone(), value.clone());
        } else {
            self.module.names.remove(&name);
        }
        let span = self.scan.span_from(start);
        self.module.items.push(Item { kind: ItemKind::Binding(name), span, body: value });
    }

    /// A word: quoted and bare pieces without blanks between them.
    fn word(&mut self) -> Word {
        let start = self.scan.at;
        let mut pieces = Vec::new();
        if self.depth >= MAX_DEPTH {
            self.scan.skip_line();
        }
        while !ends_word(self.scan.peek()) {
            let before = self.scan.at;
            let piece = match self.scan.peek() {
                b'\'' => self.single(),
                b'"' => self.double(),
                b'$' if self.scan.peek_at(1) == b'\'' => self.ansi(),
                b'$' if self.scan.peek_at(1) == b'"' => {
                    self.scan.at += 1;
                    self.double()
                }
                b'$' | b'`' => match self.expansion() {
                    Some(hole) => hole,
                    None => self.bare(),
                },
                _ => self.bare(),
            };
            if self.scan.at == before {
                break;
            }
            pieces.push(piece);
        }
        let span = self.scan.span_from(start);
        let is_bare = pieces.iter().all(
            |piece| matches!(&piece.kind, Kind::Literal(literal) if literal.form == Form::BashBare),
        );
        let text = if is_bare { span.of(self.scan.source).to_owned() } else { String::new() };
        if text.starts_with('@') {
            // The text of a file.
            return Word { value: Expr::new(span, Kind::Name(text)), text: String::new() };
        }
        let value = match (pieces.len(), pieces.pop()) {
            (1, Some(only)) => only,
            (_, Some(last)) => {
                pieces.push(last);
                Expr::new(span, Kind::Concat(pieces))
            }
            (_, None) => Expr::new(span, Kind::Other(Vec::new())),
        };
        Word { text, value }
    }

    fn is_expansion(&self) -> bool {
        let next = self.scan.peek_at(1);
        matches!(next, b'{' | b'(' | b'@' | b'*' | b'#' | b'?') || is_name(next)
    }

    /// `$name`, `${name}`, `$(command)`, `` `command` ``
    fn expansion(&mut self) -> Option<Expr> {
        let start = self.scan.at;
        if self.scan.eat("`") {
            self.scan.skip_while(|byte| byte != b'`');
            self.scan.eat("`");
            return Some(Expr::new(self.scan.span_from(start), Kind::Other(Vec::new())));
        }
        if !self.is_expansion() {
            return None;
        }
        self.scan.at += 1;
        let kind = match self.scan.peek() {
            b'{' => {
                self.scan.at += 1;
                let name = self.scan.word(is_name).to_owned();
                let whole = self.scan.peek() == b'}';
                self.skip_balanced(b'{', b'}');
                match whole && !name.is_empty() {
                    true => Kind::Name(name),
                    false => Kind::Other(Vec::new()),
                }
            }
            b'(' => {
                self.scan.at += 1;
                let inside = self.scan.at;
                self.skip_balanced(b'(', b')');
                let end = self.scan.at.saturating_sub(1).max(inside);
                let value = self.substitution(Span::new(offset(inside), offset(end)));
                let span = self.scan.span_from(start);
                return Some(match value {
                    Some(value) => Expr::new(span, value.kind),
                    None => Expr::new(span, Kind::Other(Vec::new())),
                });
            }
            byte if is_name(byte) => Kind::Name(self.scan.word(is_name).to_owned()),
            _ => {
                self.scan.at += 1;
                Kind::Other(Vec::new())
            }
        };
        Some(Expr::new(self.scan.span_from(start), kind))
    }

    /// Goes behind the bracket that closes, quotes and heredocs passed over.
    fn skip_balanced(&mut self, open: u8, close: u8) {
        let mut depth = 1_usize;
        while !self.scan.is_end() {
            match self.scan.peek() {
                b'\\' => {
                    self.scan.at += 1;
                    self.scan.bump();
                }
                b'\'' if open == b'(' => {
                    self.single();
                }
                b'<' if open == b'('
                    && self.scan.looking_at("<<")
                    && !self.scan.looking_at("<<<") =>
                {
                    if let Some(one) = self.heredoc_start() {
                        self.scan.skip_line();
                        self.scan.at = (self.scan.at + 1).min(self.scan.end);
                        self.heredoc(&one);
                    }
                }
                b'"' if self.depth < MAX_DEPTH => {
                    self.depth += 1;
                    self.double();
                    self.depth -= 1;
                }
                byte => {
                    if byte == open {
                        depth += 1;
                    } else if byte == close {
                        depth -= 1;
                    }
                    self.scan.bump();
                    if depth == 0 {
                        return;
                    }
                }
            }
        }
    }

    /// The commands of `$(…)`; the value where it is `cat` with a heredoc.
    fn substitution(&mut self, span: Span) -> Option<Expr> {
        if self.depth >= MAX_DEPTH / 4 {
            return None;
        }
        let mut inner = Reader {
            scan: Scanner::within(self.scan.source, span),
            depth: self.depth + 1,
            module: Module::default(),
            assigned: HashSet::new(),
        };
        inner.statements();
        let items = inner.module.items;
        if let [Item { kind: ItemKind::Command { name, .. }, body, .. }] = items.as_slice()
            && name == "cat"
            && let [only] = body.fields()
            && only.name == "<<"
        {
            let kind = Kind::Call("chomp".to_owned(), vec![only.value.clone()]);
            return Some(Expr::new(span, kind));
        }
        self.module.items.extend(items);
        None
    }
}

/// Says whether the words so far are a command that declares.
fn declares(words: &[Word]) -> bool {
    words.first().is_some_and(|first| DECLARE.contains(&first.text.as_str()))
        && words.iter().skip(1).all(|word| word.text.starts_with('-'))
}
