//! PowerShell: assignments, hashtables, command lines, splatting, here-strings.
//!
//! Read by hand: the tree-sitter grammar takes `#` within strings for a comment (0.26, tried
//! 2026-11).

mod expressions;
mod strings;

use super::command_line::{Word, command_item};
use crate::expr::{Expr, Field, Item, ItemKind, Kind, Literal, MAX_DEPTH, Module};
use crate::form::Form;
use crate::scan::{Parts, Scanner, is_name};
use crate::text::offset;
use diagnostics::Span;
use std::collections::HashSet;

/// Words that begin a statement that is no command.
const KEYWORDS: &[&str] = &[
    "if", "elseif", "else", "foreach", "for", "while", "do", "until", "try", "catch", "finally",
    "function", "filter", "param", "begin", "process", "end", "return", "throw", "switch", "in",
    "trap", "data", "class", "enum", "using", "exit", "break", "continue",
];

/// Operators that stand between values and are not followed.
const OPERATORS: &[&str] = &[
    "-eq",
    "-ne",
    "-gt",
    "-lt",
    "-ge",
    "-le",
    "-like",
    "-notlike",
    "-match",
    "-notmatch",
    "-contains",
    "-notcontains",
    "-in",
    "-notin",
    "-and",
    "-or",
    "-xor",
    "-is",
    "-isnot",
    "-as",
    "-split",
    "-replace",
    "-ireplace",
    "-creplace",
    "-band",
    "-bor",
    "-not",
];

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

const fn ends_word(byte: u8) -> bool {
    matches!(
        byte,
        0 | b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b'(' | b')' | b'{' | b'}' | b',' | b'&'
    )
}

/// `'` and the other characters that PowerShell takes for it.
fn is_single(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‚' | '‛')
}

/// `"` and the other characters that PowerShell takes for it.
fn is_double(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„')
}

impl Reader<'_> {
    fn next(&self) -> char {
        self.scan.rest().chars().next().unwrap_or('\0')
    }

    /// Passes over blanks, continued lines and comments; `lines` says whether over line breaks.
    fn space(&mut self, lines: bool) {
        loop {
            match self.scan.peek() {
                b' ' | b'\t' => self.scan.at += 1,
                b'\n' | b'\r' if lines => self.scan.at += 1,
                b'`' if matches!(self.scan.peek_at(1), b'\n' | b'\r') => {
                    self.scan.at += if self.scan.looking_at("`\r\n") { 3 } else { 2 };
                }
                b'#' => self.scan.skip_line(),
                b'<' if self.scan.looking_at("<#") => self.scan.skip_past("#>"),
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

    fn statement(&mut self) {
        self.space(true);
        let start = self.scan.at;
        match self.scan.peek() {
            b'{' | b'}' | b'(' | b')' | b';' | b'|' | b',' => {
                self.scan.at += 1;
                return;
            }
            b'&' => {
                self.scan.at += 1;
                return;
            }
            b'[' => {
                // A type before a variable, or an attribute.
                let back = self.scan;
                self.skip_type();
                self.space(false);
                if self.scan.peek() != b'$' {
                    if self.scan.looking_at("::") {
                        self.scan = back;
                        let body = self.expression();
                        self.value(body);
                    }
                    return;
                }
            }
            b'$' | b'@' => {}
            _ if is_single(self.next()) || is_double(self.next()) => {}
            byte if byte.is_ascii_alphabetic() => return self.command(start),
            _ => {
                self.scan.bump();
                return;
            }
        }
        let target = self.unary();
        self.space(false);
        let adds = self.scan.looking_at("+=");
        if adds || self.scan.peek() == b'=' && self.scan.peek_at(1) != b'=' {
            self.scan.at += if adds { 2 } else { 1 };
            self.space(true);
            let value = self.assigned_value();
            self.assign(target, value, adds, start);
            return;
        }
        self.value(target);
    }

    fn value(&mut self, body: Expr) {
        self.module.items.push(Item { kind: ItemKind::Value, span: body.span, body });
    }

    /// What stands behind `=`: an expression, or the output of a command.
    fn assigned_value(&mut self) -> Expr {
        let start = self.scan.at;
        let is_word = self.scan.peek().is_ascii_alphabetic();
        if !is_word {
            return self.expression();
        }
        self.statement();
        Expr::new(self.scan.span_from(start), Kind::Other(Vec::new()))
    }

    fn assign(&mut self, target: Expr, value: Expr, adds: bool, start: usize) {
        let span = self.scan.span_from(start);
        let Kind::Name(path) = &target.kind else {
            self.value(value);
            return;
        };
        match path.rsplit_once('.') {
            // `$x.Condition = …`
            Some((_, member)) => {
                let field = Field { name: member.to_owned(), name_span: target.span, value };
                let body = Expr::new(span, Kind::Object(vec![field]));
                self.module.items.push(Item { kind: ItemKind::Value, span, body });
            }
            None => {
                // A name that is given one value in the whole script is followed.
                if self.assigned.insert(path.clone()) && !adds {
                    self.module.names.insert(path.clone(), value.clone());
                } else {
                    self.module.names.remove(path);
                }
                let kind = ItemKind::Binding(path.clone());
                self.module.items.push(Item { kind, span, body: value });
            }
        }
    }

    /// A command line, or a keyword.
    fn command(&mut self, start: usize) {
        let first = self.bare_word();
        if KEYWORDS.contains(&first.text.to_ascii_lowercase().as_str()) {
            return;
        }
        // Of a cmdlet the first word is the name; of other commands those up to the first flag.
        let is_cmdlet = first.text.contains('-');
        let mut words = vec![first];
        loop {
            self.space(false);
            let at = self.scan.at;
            match self.scan.peek() {
                0 | b'\n' | b'\r' | b';' | b'|' | b')' | b'}' => break,
                b'&' | b'>' | b'<' => {
                    self.scan.at += 1;
                    continue;
                }
                b',' => {
                    self.scan.at += 1;
                    continue;
                }
                b'@' if is_name(self.scan.peek_at(1)) => {
                    self.scan.at += 1;
                    let name = self.scan.word(is_name).to_lowercase();
                    self.splat(&name, at, &mut words);
                    continue;
                }
                b'{' => {
                    // A script block: its statements are read as such.
                    self.block();
                    continue;
                }
                _ => {}
            }
            let word = if self.begins_value() {
                let value = self.unary();
                Word { text: String::new(), value }
            } else {
                self.bare_word()
            };
            if self.scan.at == at {
                self.scan.bump();
                continue;
            }
            words.push(word);
        }
        let span = self.scan.span_from(start);
        if is_cmdlet && words.len() > 1 {
            // A word behind the cmdlet is an argument.
            for word in words.iter_mut().skip(1) {
                if !word.text.starts_with('-') {
                    word.text.clear();
                }
            }
        }
        self.module.items.push(command_item(words, Vec::new(), span, self.scan.source));
    }

    /// `{…}` as an argument.
    fn block(&mut self) {
        self.scan.at += 1;
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        loop {
            self.space(true);
            if self.scan.eat("}") || self.scan.is_end() {
                break;
            }
            let before = self.scan.at;
            self.statement();
            if self.scan.at == before {
                self.scan.bump();
            }
        }
        self.depth -= 1;
    }

    /// `@parameters`: the fields of the hashtable, as flags.
    fn splat(&self, name: &str, at: usize, words: &mut Vec<Word>) {
        let span = Span::new(offset(at), offset(self.scan.at));
        match self.module.names.get(name).map(|value| &value.kind) {
            Some(Kind::Object(fields)) => {
                for field in fields {
                    let flag = Expr::new(field.name_span, Kind::Other(Vec::new()));
                    words.push(Word { text: format!("-{}", field.name), value: flag });
                    words.push(Word { text: String::new(), value: field.value.clone() });
                }
            }
            _ => {
                let unknown = Expr::new(span, Kind::Other(Vec::new()));
                words.push(Word { text: String::new(), value: unknown });
            }
        }
    }

    fn begins_value(&self) -> bool {
        let next = self.next();
        is_single(next)
            || is_double(next)
            || matches!(next, '$' | '(' | '[')
            || (next == '@' && matches!(self.scan.peek_at(1), b'{' | b'(' | b'\'' | b'"'))
    }

    /// A word without quotes.
    fn bare_word(&mut self) -> Word {
        let start = self.scan.at;
        let mut parts = Parts::default();
        while !ends_word(self.scan.peek()) && !is_double(self.next()) && !is_single(self.next()) {
            if self.scan.peek() == b'`' && matches!(self.scan.peek_at(1), b'\n' | b'\r') {
                break;
            }
            // `-Name:value`
            if self.scan.peek() == b':' && self.scan.source.as_bytes().get(start) == Some(&b'-') {
                let text = self.scan.span_from(start).of(self.scan.source).to_owned();
                let span = self.scan.span_from(start);
                self.scan.at += 1;
                return Word { text, value: Expr::new(span, Kind::Other(Vec::new())) };
            }
            parts.copy(self.scan.at);
            self.scan.bump();
        }
        parts.flush(self.scan.at);
        let content = self.scan.span_from(start);
        let text = content.of(self.scan.source).to_owned();
        let literal = Literal { form: Form::BashBare, content, parts: parts.parts };
        Word { text, value: Expr::new(content, Kind::Literal(literal)) }
    }
}
