//! PowerShell: assignments, hashtables, command lines, splatting, here-strings.
//!
//! Read by hand: the tree-sitter grammar takes `#` within strings for a comment (0.26, tried
//! 2026-11).

use super::command_line::{Word, command_item};
use crate::expr::{Expr, Field, Item, ItemKind, Kind, Literal, MAX_DEPTH, Module};
use crate::form::Form;
use crate::scan::{Parts, Scanner, code_point};
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

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
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

    fn expression(&mut self) -> Expr {
        if self.depth >= MAX_DEPTH {
            let span = self.scan.place();
            self.scan.skip_line();
            return Expr::new(span, Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let result = self.operators();
        self.depth -= 1;
        result
    }

    fn operators(&mut self) -> Expr {
        let start = self.scan.at;
        if self.operator("-join") {
            self.space(true);
            let list = self.unary();
            let span = self.scan.span_from(start);
            let empty = Literal {
                form: Form::PowerShellSingle,
                content: Span::at(span.end),
                parts: Vec::new(),
            };
            let empty = Expr::new(Span::at(span.end), Kind::Literal(empty));
            return Expr::new(span, Kind::Call("join".to_owned(), vec![list, empty]));
        }
        let mut left = self.unary();
        loop {
            let back = self.scan;
            self.space(false);
            let span = |reader: &Self| reader.scan.span_from(start);
            if self.scan.peek() == b'+' && self.scan.peek_at(1) != b'=' {
                self.scan.at += 1;
                self.space(true);
                let right = self.unary();
                let mut parts = match left.kind {
                    Kind::Concat(parts) => parts,
                    _ => vec![left],
                };
                parts.push(right);
                left = Expr::new(span(self), Kind::Concat(parts));
            } else if self.scan.peek() == b',' {
                self.scan.at += 1;
                self.space(true);
                let right = self.unary();
                let mut items = match left.kind {
                    Kind::List(items) => items,
                    _ => vec![left],
                };
                items.push(right);
                left = Expr::new(span(self), Kind::List(items));
            } else if self.operator("-f") {
                self.space(true);
                let mut arguments = vec![left];
                loop {
                    arguments.push(self.unary());
                    let back = self.scan;
                    self.space(false);
                    if !self.scan.eat(",") {
                        self.scan = back;
                        break;
                    }
                    self.space(true);
                }
                left = Expr::new(span(self), Kind::Call("format".to_owned(), arguments));
            } else if self.operator("-join") {
                self.space(true);
                let separator = self.unary();
                let arguments = vec![left, separator];
                left = Expr::new(span(self), Kind::Call("join".to_owned(), arguments));
            } else if OPERATORS.iter().any(|one| self.operator(one)) {
                self.space(true);
                let right = self.unary();
                left = Expr::new(span(self), Kind::Other(vec![left, right]));
            } else {
                self.scan = back;
                return left;
            }
            if self.scan.is_end() {
                return left;
            }
        }
    }

    /// Passes over a word operator.
    fn operator(&mut self, word: &str) -> bool {
        let found = self.scan.rest().get(..word.len());
        let ends = !is_name(self.scan.peek_at(word.len()));
        let is_it = ends && found.is_some_and(|found| found.eq_ignore_ascii_case(word));
        if is_it {
            self.scan.at += word.len();
        }
        is_it
    }

    fn skip_type(&mut self) {
        let mut depth = 0_usize;
        while !self.scan.is_end() {
            match self.scan.peek() {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'\n' if depth == 0 => return,
                b'\'' => {
                    self.single();
                    continue;
                }
                b'"' => {
                    self.double();
                    continue;
                }
                _ => {}
            }
            self.scan.bump();
            if depth == 0 {
                return;
            }
        }
    }

    fn unary(&mut self) -> Expr {
        let start = self.scan.at;
        if self.depth >= MAX_DEPTH {
            self.scan.skip_line();
            return Expr::new(self.scan.span_from(start), Kind::Other(Vec::new()));
        }
        self.depth += 1;
        let mut value = self.primary();
        loop {
            match self.scan.peek() {
                b'.' if is_name(self.scan.peek_at(1)) => {
                    self.scan.at += 1;
                    let name = self.scan.word(is_name).to_owned();
                    if self.scan.peek() == b'(' {
                        value = self.method(value, &name, start);
                        continue;
                    }
                    let span = self.scan.span_from(start);
                    value = match value.kind {
                        Kind::Name(path) => {
                            Expr::new(span, Kind::Name(format!("{path}.{}", name.to_lowercase())))
                        }
                        kind => {
                            let inner = Expr::new(value.span, kind);
                            Expr::new(span, Kind::Other(vec![inner]))
                        }
                    };
                }
                b'[' => {
                    self.scan.at += 1;
                    self.space(true);
                    let index = self.expression();
                    self.space(true);
                    self.scan.eat("]");
                    let span = self.scan.span_from(start);
                    let name = index.plain(self.scan.source);
                    value = match (value.kind, name) {
                        (Kind::Name(path), Some(name)) => {
                            Expr::new(span, Kind::Name(format!("{path}.{}", name.to_lowercase())))
                        }
                        (kind, _) => {
                            let inner = Expr::new(value.span, kind);
                            Expr::new(span, Kind::Other(vec![inner, index]))
                        }
                    };
                }
                _ => break,
            }
        }
        self.depth -= 1;
        value
    }

    /// `.Trim()`, `.Replace('a', 'b')`
    fn method(&mut self, value: Expr, name: &str, start: usize) -> Expr {
        let mut arguments = vec![value];
        arguments.extend(self.arguments());
        let name = name.to_lowercase();
        let kind = match (name.as_str(), arguments.len()) {
            ("trim", 1) | ("replace", 3) | ("tostring", 1) => Kind::Call(name, arguments),
            _ => Kind::Other(arguments),
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    fn arguments(&mut self) -> Vec<Expr> {
        let mut arguments = Vec::new();
        self.scan.at += 1;
        loop {
            self.space(true);
            if self.scan.eat(")") || self.scan.is_end() {
                return arguments;
            }
            let before = self.scan.at;
            match self.expression() {
                Expr { kind: Kind::List(items), .. } => arguments.extend(items),
                one => arguments.push(one),
            }
            if self.scan.at == before {
                self.scan.bump();
            }
        }
    }

    fn primary(&mut self) -> Expr {
        let start = self.scan.at;
        let next = self.next();
        if is_single(next) {
            return self.single();
        }
        if is_double(next) {
            return self.double();
        }
        match self.scan.peek() {
            b'@' => match self.scan.peek_at(1) {
                b'{' => return self.hashtable(),
                b'(' => {
                    self.scan.at += 1;
                    let items = self.arguments();
                    return Expr::new(self.scan.span_from(start), Kind::List(items));
                }
                _ => {
                    self.scan.at += 1;
                    let next = self.next();
                    if is_single(next) || is_double(next) {
                        return self.here_string(start);
                    }
                }
            },
            b'$' => return self.variable(),
            b'(' => {
                self.scan.at += 1;
                self.space(true);
                let inside = if self.scan.peek().is_ascii_alphabetic() {
                    let at = self.scan.at;
                    self.statement();
                    while !self.scan.is_end() && self.scan.peek() != b')' {
                        self.scan.bump();
                    }
                    Expr::new(self.scan.span_from(at), Kind::Other(Vec::new()))
                } else {
                    self.expression()
                };
                self.space(true);
                self.scan.eat(")");
                return Expr::new(self.scan.span_from(start), inside.kind);
            }
            b'{' => {
                self.block();
                return Expr::new(self.scan.span_from(start), Kind::Other(Vec::new()));
            }
            b'[' => {
                self.skip_type();
                if self.scan.eat("::") {
                    let name = self.scan.word(is_name).to_lowercase();
                    let arguments =
                        if self.scan.peek() == b'(' { self.arguments() } else { Vec::new() };
                    let kind = match (name.as_str(), arguments.as_slice()) {
                        ("format", _) => Kind::Call(name, arguments),
                        ("join", [separator, list]) => {
                            Kind::Call(name, vec![list.clone(), separator.clone()])
                        }
                        _ => Kind::Other(arguments),
                    };
                    return Expr::new(self.scan.span_from(start), kind);
                }
                self.space(false);
                // A cast.
                let mut value = self.unary();
                value.span = self.scan.span_from(start);
                return value;
            }
            _ => {}
        }
        let word = self.scan.word(|byte| is_name(byte) || matches!(byte, b'.' | b'-'));
        let kind = match word {
            "" => Kind::Other(Vec::new()),
            word => Kind::Word(word.to_owned()),
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    /// `$name`, `${name}`, `$script:name`, `$(…)`
    fn variable(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 1;
        if self.scan.peek() == b'(' {
            self.scan.at += 1;
            self.space(true);
            // What is picked from one name is that name.
            let kind = if self.scan.peek() == b'$' {
                self.expression().kind
            } else {
                Kind::Other(Vec::new())
            };
            let whole = {
                self.space(true);
                self.scan.peek() == b')'
            };
            self.skip_balanced();
            let kind = if whole { kind } else { Kind::Other(Vec::new()) };
            return Expr::new(self.scan.span_from(start), kind);
        }
        let name = if self.scan.eat("{") {
            let name = self.scan.word(|byte| byte != b'}' && byte != b'\n').to_lowercase();
            self.scan.eat("}");
            name
        } else {
            let mut name = self.scan.word(is_name).to_lowercase();
            if self.scan.peek() == b':' && is_name(self.scan.peek_at(1)) {
                self.scan.at += 1;
                let member = self.scan.word(is_name).to_lowercase();
                name = match name.as_str() {
                    "script" | "global" | "local" | "private" => member,
                    _ => format!("{name}:{member}"),
                };
            }
            name
        };
        let kind = if name.is_empty() { Kind::Other(Vec::new()) } else { Kind::Name(name) };
        let kind = match kind {
            Kind::Name(name) if matches!(name.as_str(), "true" | "false" | "null") => {
                Kind::Word(name)
            }
            kind => kind,
        };
        Expr::new(self.scan.span_from(start), kind)
    }

    /// Goes behind the `)` that closes.
    fn skip_balanced(&mut self) {
        let mut depth = 1_usize;
        while !self.scan.is_end() {
            let next = self.next();
            if is_single(next) {
                self.single();
                continue;
            }
            if is_double(next) && self.depth < MAX_DEPTH {
                self.depth += 1;
                self.double();
                self.depth -= 1;
                continue;
            }
            self.scan.bump();
            match next {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn hashtable(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.at += 2;
        let mut fields = Vec::new();
        loop {
            self.space(true);
            while self.scan.eat(";") {
                self.space(true);
            }
            if self.scan.eat("}") || self.scan.is_end() {
                break;
            }
            let at = self.scan.at;
            let next = self.next();
            let name = if is_single(next) || is_double(next) {
                self.primary().plain(self.scan.source).unwrap_or_default()
            } else {
                self.scan.word(|byte| is_name(byte) || matches!(byte, b'-' | b'.')).to_owned()
            };
            let name_span = self.scan.span_from(at);
            self.space(false);
            if self.scan.eat("=") {
                self.space(true);
                let value = self.assigned_value();
                fields.push(Field { name, name_span, value });
            }
            if self.scan.at == at {
                self.scan.bump();
            }
        }
        Expr::new(self.scan.span_from(start), Kind::Object(fields))
    }

    fn finish(&self, form: Form, start: usize, content: Span, mut parts: Parts) -> Expr {
        parts.flush(content.end as usize);
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }

    fn single(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.bump();
        let content = self.scan.at;
        let mut parts = Parts::default();
        while !self.scan.is_end() {
            let at = self.scan.at;
            let next = self.next();
            if !is_single(next) {
                parts.copy(at);
                self.scan.bump();
                continue;
            }
            let mut ahead = self.scan;
            ahead.bump();
            let second = ahead.rest().chars().next().unwrap_or('\0');
            if !is_single(second) {
                break;
            }
            ahead.bump();
            self.scan = ahead;
            parts.escape(self.scan.span_from(at), second);
        }
        let content = self.scan.span_from(content);
        self.scan.bump();
        self.finish(Form::PowerShellSingle, start, content, parts)
    }

    fn double(&mut self) -> Expr {
        let start = self.scan.at;
        self.scan.bump();
        let content = self.scan.at;
        let mut parts = Parts::default();
        while !self.scan.is_end() {
            let at = self.scan.at;
            if is_double(self.next()) {
                let mut ahead = self.scan;
                ahead.bump();
                let second = ahead.rest().chars().next().unwrap_or('\0');
                if !is_double(second) {
                    break;
                }
                ahead.bump();
                self.scan = ahead;
                parts.escape(self.scan.span_from(at), second);
                continue;
            }
            self.quoted_step(&mut parts);
        }
        let content = self.scan.span_from(content);
        self.scan.bump();
        self.finish(Form::PowerShellDouble, start, content, parts)
    }

    /// A step within `"…"` or `@"…"@`.
    fn quoted_step(&mut self, parts: &mut Parts) {
        let at = self.scan.at;
        match self.scan.peek() {
            b'`' => {
                self.scan.at += 1;
                let value = match self.scan.bump() {
                    Some('n') => "\n".to_owned(),
                    Some('r') => "\r".to_owned(),
                    Some('t') => "\t".to_owned(),
                    Some('0') => "\0".to_owned(),
                    Some('a') => "\u{7}".to_owned(),
                    Some('b') => "\u{8}".to_owned(),
                    Some('e') => "\u{1b}".to_owned(),
                    Some('f') => "\u{c}".to_owned(),
                    Some('v') => "\u{b}".to_owned(),
                    Some('u') if self.scan.eat("{") => {
                        let digits = self.scan.word(|byte| byte.is_ascii_hexdigit());
                        self.scan.eat("}");
                        code_point(digits).map(String::from).unwrap_or_default()
                    }
                    Some(other) => other.to_string(),
                    None => String::new(),
                };
                parts.escape(self.scan.span_from(at), value);
            }
            b'$' => {
                let next = self.scan.peek_at(1);
                let is_variable = is_name(next) || matches!(next, b'{' | b'(');
                if is_variable && self.depth < MAX_DEPTH {
                    self.depth += 1;
                    let value = self.variable();
                    self.depth -= 1;
                    parts.hole(value.span, value);
                } else {
                    parts.copy(at);
                    self.scan.at += 1;
                }
            }
            _ => {
                parts.copy(at);
                self.scan.bump();
            }
        }
    }

    /// `@'…'@` and `@"…"@`; the place is at the quote.
    fn here_string(&mut self, start: usize) -> Expr {
        let single = is_single(self.next());
        self.scan.bump();
        self.scan.skip_line();
        if !self.scan.eat("\r\n") {
            self.scan.eat("\n");
        }
        let content = self.scan.at;
        let end = self.here_end(single);
        let mut parts = Parts::default();
        let outer = self.scan.end;
        self.scan.end = end.0;
        while !self.scan.is_end() {
            if single {
                parts.copy(self.scan.at);
                self.scan.at = self.scan.end;
            } else {
                self.quoted_step(&mut parts);
            }
        }
        self.scan.end = outer;
        parts.flush(self.scan.at);
        let content = self.scan.span_from(content);
        self.scan.at = end.1;
        let form = if single { Form::PowerShellHereSingle } else { Form::PowerShellHereDouble };
        self.finish(form, start, content, parts)
    }

    /// Returns where the text of a here-string ends, and where its closing quote does.
    fn here_end(&self, single: bool) -> (usize, usize) {
        let from = self.scan.at;
        let mut at = from;
        while at < self.scan.end {
            let rest = self.scan.source.get(at..self.scan.end).unwrap_or("");
            let mut letters = rest.chars();
            let first = letters.next().unwrap_or('\0');
            let is_quote = if single { is_single(first) } else { is_double(first) };
            if is_quote && letters.next() == Some('@') {
                let before = self.scan.source.get(from..at).unwrap_or("");
                let text = before.strip_suffix('\n').unwrap_or(before);
                let text = text.strip_suffix('\r').unwrap_or(text);
                return (from + text.len(), at + first.len_utf8() + 1);
            }
            at += memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |line| line + 1);
        }
        (self.scan.end, self.scan.end)
    }
}
