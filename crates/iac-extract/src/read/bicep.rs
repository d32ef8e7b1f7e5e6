//! Bicep and its parameter files.
//!
//! Read by hand: the tree-sitter grammar takes `//`, `/*` and `#` within strings for comments, and
//! `StringLike 'logs/*'` stands in many conditions (1.1, tried 2026-11).

use crate::expr::{Expr, Field, Item, ItemKind, Kind, Literal, MAX_DEPTH, Module};
use crate::form::Form;
use crate::scan::{Parts, Scanner, code_point};
use diagnostics::Span;

/// Reads a file. What cannot be read is passed over.
pub(crate) fn read(source: &str) -> Module {
    let mut reader = Reader { scan: Scanner::new(source), depth: 0, module: Module::default() };
    while !reader.scan.is_end() {
        let before = reader.scan.at;
        reader.statement();
        if reader.scan.at == before {
            // A character that begins no statement.
            reader.scan.bump();
        }
    }
    reader.module
}

struct Reader<'s> {
    scan: Scanner<'s>,
    depth: usize,
    module: Module,
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Reader<'_> {
    /// Passes over white space and comments; `lines` says whether over line breaks too.
    fn space(&mut self, lines: bool) {
        loop {
            match self.scan.peek() {
                b' ' | b'\t' => self.scan.at += 1,
                b'\n' | b'\r' if lines => self.scan.at += 1,
                b'/' if self.scan.looking_at("//") => self.scan.skip_line(),
                b'/' if self.scan.looking_at("/*") => {
                    self.scan.at += 2;
                    self.scan.skip_past("*/");
                }
                b'#' if self.scan.looking_at("#disable") => self.scan.skip_line(),
                _ => return,
            }
        }
    }

    fn name(&mut self) -> String {
        self.scan.word(is_name).to_owned()
    }

    fn statement(&mut self) {
        self.space(true);
        let start = self.scan.at;
        if self.scan.eat("@") {
            let call = self.expression();
            let span = call.span;
            self.module.items.push(Item { kind: ItemKind::Prose, span, body: call });
            return;
        }
        let word = self.name();
        self.space(false);
        match word.as_str() {
            "param" | "var" | "output" => self.declaration(&word, start),
            "resource" | "module" => self.resource(start),
            "func" => self.function(start),
            "targetScope" => {
                if let Some(value) = self.assigned() {
                    self.module.target_scope = value.plain(self.scan.source);
                }
            }
            "metadata" => {
                self.name();
                self.space(false);
                if let Some(body) = self.assigned() {
                    self.module.items.push(Item { kind: ItemKind::Prose, span: body.span, body });
                }
            }
            "" => {}
            _ => self.rest_of_line(start),
        }
    }

    /// `= value`
    fn assigned(&mut self) -> Option<Expr> {
        self.space(false);
        if self.scan.peek() == b'=' && self.scan.peek_at(1) != b'=' {
            self.scan.at += 1;
            self.space(true);
            return Some(self.expression());
        }
        None
    }

    fn declaration(&mut self, word: &str, start: usize) {
        let name = self.name();
        // The type stands between the name and the value.
        let mut depth = 0_usize;
        loop {
            self.space(depth > 0);
            match self.scan.peek() {
                0 => break,
                b'=' if depth == 0 && self.scan.peek_at(1) != b'>' => break,
                b'\n' | b'\r' if depth == 0 => break,
                b'{' | b'[' | b'(' => {
                    depth += 1;
                    self.scan.at += 1;
                }
                b'}' | b']' | b')' => {
                    depth = depth.saturating_sub(1);
                    self.scan.at += 1;
                }
                b'\'' => {
                    self.primary();
                }
                _ => {
                    self.scan.bump();
                }
            }
        }
        let Some(value) = self.assigned() else { return };
        let span = self.scan.span_from(start);
        if word != "output" {
            self.module.names.insert(name.clone(), value.clone());
            if word == "param" {
                self.module.parameters.insert(name.clone());
            }
        }
        self.module.items.push(Item { kind: ItemKind::Binding(name), span, body: value });
    }

    /// `resource name 'type@version' = [if (…)] {…}`
    fn resource(&mut self, start: usize) {
        self.name();
        self.space(false);
        let head = self.primary();
        self.space(false);
        let existing = self.scan.looking_at("existing");
        if existing {
            self.name();
        }
        let Some(body) = self.assigned() else { return };
        let resource_type = head.plain(self.scan.source).unwrap_or_default();
        let span = self.scan.span_from(start);
        let kind = if existing || resource_type.is_empty() {
            ItemKind::Value
        } else {
            ItemKind::Resource { resource_type, head: head.span, deletes: false }
        };
        self.module.items.push(Item { kind, span, body });
    }

    /// `func name(parameters) type => value`
    fn function(&mut self, start: usize) {
        let name = self.name();
        while !self.scan.is_end() && !self.scan.looking_at("=>") {
            self.space(true);
            match self.scan.peek() {
                b'=' if self.scan.looking_at("=>") => {}
                b'@' | b'{' | b'}' => return,
                _ => {
                    self.scan.bump();
                }
            }
        }
        if !self.scan.eat("=>") {
            return;
        }
        self.space(true);
        let body = self.expression();
        let span = self.scan.span_from(start);
        self.module.items.push(Item { kind: ItemKind::Binding(name), span, body });
    }

    fn rest_of_line(&mut self, start: usize) {
        // `using './main.bicep'`, `type …`, `import …`: nothing to follow, but strings to pass over.
        let mut inside = Vec::new();
        while !matches!(self.scan.peek(), b'\n' | b'\r' | 0) {
            if self.scan.peek() == b'@' {
                break;
            }
            inside.push(self.expression());
            self.space(false);
            if !matches!(self.scan.peek(), b'\n' | b'\r' | 0) {
                self.scan.bump();
            }
            self.space(false);
        }
        let span = self.scan.span_from(start);
        let body = Expr::new(span, Kind::Other(inside));
        self.module.items.push(Item { kind: ItemKind::Value, span, body });
    }

    /// An expression with all its operators.
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
        let mut operands = vec![self.unary()];
        let mut operator = None;
        loop {
            let back = self.scan;
            self.space(false);
            if self.scan.peek() == b'?'
                && self.scan.peek_at(1) != b'?'
                && self.scan.peek_at(1) != b'.'
            {
                self.scan.at += 1;
                self.space(true);
                let first = self.expression();
                self.space(true);
                if !self.scan.eat(":") {
                    operands.push(first);
                    operator = Some("?");
                    continue;
                }
                self.space(true);
                let second = self.expression();
                let span = self.scan.span_from(start);
                return Expr::new(span, Kind::Choice(vec![first, second]));
            }
            // An operator may stand at the start of the next line within brackets; elsewhere a
            // line ends the expression, and no operator of Bicep begins a statement.
            let mut ahead = self.scan;
            if matches!(ahead.peek(), b'\n' | b'\r') {
                let mut probe =
                    Reader { scan: ahead, depth: self.depth, module: Module::default() };
                probe.space(true);
                ahead = probe.scan;
                if !["??", "&&", "||", "+", "? "].iter().any(|one| ahead.looking_at(one)) {
                    self.scan = back;
                    break;
                }
                if ahead.looking_at("? ") {
                    self.scan = ahead;
                    continue;
                }
            }
            const OPERATORS: [&str; 15] = [
                "??", "&&", "||", "==", "!=", "=~", "!~", "<=", ">=", "<", ">", "+", "-", "*", "%",
            ];
            let Some(found) = OPERATORS.iter().find(|one| ahead.looking_at(one)) else {
                if ahead.peek() == b'/' && !ahead.looking_at("//") && !ahead.looking_at("/*") {
                    self.scan = ahead;
                    self.scan.at += 1;
                } else {
                    self.scan = back;
                    break;
                }
                self.space(true);
                operands.push(self.unary());
                operator = Some("/");
                continue;
            };
            self.scan = ahead;
            self.scan.at += found.len();
            self.space(true);
            operands.push(self.unary());
            operator = match operator {
                None => Some(*found),
                Some(same) if same == *found => Some(same),
                Some(_) => Some("mixed"),
            };
        }
        if operands.len() == 1
            && let Some(only) = operands.pop()
        {
            return only;
        }
        let span = self.scan.span_from(start);
        let kind = match operator {
            Some("+") => Kind::Concat(operands),
            Some("??") => Kind::Choice(operands),
            _ => Kind::Other(operands),
        };
        Expr::new(span, kind)
    }

    fn unary(&mut self) -> Expr {
        let start = self.scan.at;
        while matches!(self.scan.peek(), b'!' | b'-') {
            self.scan.at += 1;
        }
        let mut value = self.primary();
        loop {
            let back = self.scan;
            match self.scan.peek() {
                b'.' | b'?' | b':' if self.member() => {
                    let name = self.name();
                    value = pick(value, &name, self.scan.span_from(start));
                    if self.scan.peek() == b'(' {
                        let arguments = self.arguments();
                        let span = self.scan.span_from(start);
                        let call = match value.kind {
                            Kind::Name(path) => {
                                let name = path.rsplit('.').next().unwrap_or("").to_lowercase();
                                Kind::Call(name, arguments)
                            }
                            _ => Kind::Other(arguments),
                        };
                        value = Expr::new(span, call);
                    }
                }
                b'[' => {
                    self.scan.at += 1;
                    if self.scan.peek() == b'?' {
                        self.scan.at += 1;
                    }
                    self.space(true);
                    let index = self.expression();
                    self.space(true);
                    self.scan.eat("]");
                    let span = self.scan.span_from(start);
                    value = match index.plain(self.scan.source) {
                        Some(name) => pick(value, &name, span),
                        None => Expr::new(span, Kind::Other(vec![value, index])),
                    };
                }
                b'!' if self.scan.peek_at(1) != b'=' && self.scan.peek_at(1) != b'~' => {
                    self.scan.at += 1;
                }
                _ => {
                    self.scan = back;
                    return value;
                }
            }
        }
    }

    /// Passes over `.`, `.?` or `::` if a name follows.
    fn member(&mut self) -> bool {
        let back = self.scan;
        let dotted = self.scan.eat(".?") || self.scan.eat("::") || self.scan.eat(".");
        if dotted && (self.scan.peek().is_ascii_alphabetic() || self.scan.peek() == b'_') {
            return true;
        }
        self.scan = back;
        false
    }

    fn primary(&mut self) -> Expr {
        let start = self.scan.at;
        match self.scan.peek() {
            b'\'' => return self.string(),
            b'$' if self.scan.looking_at("$'''") || self.scan.looking_at("$$'''") => {
                return self.string();
            }
            b'{' => return self.object(),
            b'[' => return self.list(),
            b'(' => {
                self.scan.at += 1;
                self.space(true);
                let mut inside = self.expression();
                self.space(true);
                // A lambda has parameters here.
                while self.scan.eat(",") {
                    self.space(true);
                    self.expression();
                    self.space(true);
                }
                self.scan.eat(")");
                let back = self.scan;
                self.space(false);
                if self.scan.eat("=>") {
                    self.space(true);
                    let body = self.expression();
                    let span = self.scan.span_from(start);
                    return Expr::new(span, Kind::Other(vec![body]));
                }
                self.scan = back;
                inside.span = self.scan.span_from(start);
                return inside;
            }
            _ => {}
        }
        if self.scan.peek().is_ascii_digit() {
            let word = self.scan.word(|byte| byte.is_ascii_digit());
            return Expr::new(self.scan.span_from(start), Kind::Word(word.to_owned()));
        }
        let name = self.name();
        match name.as_str() {
            "" => return Expr::new(self.scan.place(), Kind::Other(Vec::new())),
            "true" | "false" | "null" => {
                return Expr::new(self.scan.span_from(start), Kind::Word(name));
            }
            "if" => {
                // `= if (condition) {…}`: the body is what there is.
                self.space(false);
                if self.scan.peek() == b'(' {
                    self.primary();
                    self.space(true);
                    let mut body = self.expression();
                    body.span = self.scan.span_from(start);
                    return body;
                }
            }
            _ => {}
        }
        if self.scan.peek() == b'(' {
            let arguments = self.arguments();
            let span = self.scan.span_from(start);
            return Expr::new(span, Kind::Call(name.to_lowercase(), arguments));
        }
        let back = self.scan;
        self.space(false);
        if self.scan.eat("=>") {
            self.space(true);
            let body = self.expression();
            return Expr::new(self.scan.span_from(start), Kind::Other(vec![body]));
        }
        self.scan = back;
        Expr::new(self.scan.span_from(start), Kind::Name(name))
    }

    fn arguments(&mut self) -> Vec<Expr> {
        let mut arguments = Vec::new();
        self.scan.eat("(");
        loop {
            self.space(true);
            if self.scan.eat(")") || self.scan.is_end() {
                return arguments;
            }
            let before = self.scan.at;
            arguments.push(self.expression());
            self.space(true);
            self.scan.eat(",");
            if self.scan.at == before {
                return arguments;
            }
        }
    }

    /// `[a, b]` or a list over lines; `[for x in y: z]`.
    fn list(&mut self) -> Expr {
        let start = self.scan.at;
        let mut items = Vec::new();
        self.scan.eat("[");
        self.space(true);
        let is_loop = self.scan.looking_at("for ") || self.scan.looking_at("for(");
        if is_loop {
            // Up to the colon stands what is gone through.
            while !self.scan.is_end() && self.scan.peek() != b':' {
                match self.scan.peek() {
                    b'\'' | b'[' | b'{' => {
                        self.primary();
                    }
                    b']' => break,
                    _ => {
                        self.scan.bump();
                    }
                }
            }
            self.scan.eat(":");
            self.space(true);
        }
        loop {
            self.space(true);
            if self.scan.eat("]") || self.scan.is_end() {
                break;
            }
            let before = self.scan.at;
            self.scan.eat("...");
            items.push(self.expression());
            self.space(true);
            self.scan.eat(",");
            if self.scan.at == before {
                break;
            }
        }
        let span = self.scan.span_from(start);
        let kind = match items.as_slice() {
            // What is made once for each is looked at once.
            [one] if is_loop => return Expr::new(span, one.kind.clone()),
            _ => Kind::List(items),
        };
        Expr::new(span, kind)
    }

    fn object(&mut self) -> Expr {
        let start = self.scan.at;
        let mut fields = Vec::new();
        self.scan.eat("{");
        loop {
            self.space(true);
            if self.scan.eat("}") || self.scan.is_end() {
                break;
            }
            let before = self.scan.at;
            if self.scan.eat("...") {
                let value = self.expression();
                let span = value.span;
                fields.push(Field { name: String::new(), name_span: span, value });
            } else if self.scan.looking_at("resource ") {
                // A child resource within the body of its parent.
                self.statement();
            } else {
                let (name, name_span) = self.field_name();
                self.space(true);
                if self.scan.eat(":") {
                    self.space(true);
                    let value = self.expression();
                    fields.push(Field { name, name_span, value });
                } else if self.scan.at == before {
                    self.scan.skip_line();
                }
            }
            self.space(true);
            self.scan.eat(",");
            if self.scan.at == before {
                self.scan.bump();
            }
        }
        Expr::new(self.scan.span_from(start), Kind::Object(fields))
    }

    fn field_name(&mut self) -> (String, Span) {
        let start = self.scan.at;
        if self.scan.peek() == b'\'' {
            let name = self.string();
            return (name.plain(self.scan.source).unwrap_or_default(), name.span);
        }
        if self.scan.peek() == b'@' {
            self.scan.at += 1;
            let call = self.expression();
            let span = call.span;
            self.module.items.push(Item { kind: ItemKind::Prose, span, body: call });
            return (String::new(), span);
        }
        let name = self.name();
        (name, self.scan.span_from(start))
    }

    fn string(&mut self) -> Expr {
        let start = self.scan.at;
        let signs = self.scan.word(|byte| byte == b'$').len();
        if self.scan.looking_at("'''") {
            return self.block(start, signs);
        }
        self.scan.at += 1;
        let content = self.scan.at;
        let mut parts = Parts::default();
        loop {
            let at = self.scan.at;
            match self.scan.peek() {
                0 | b'\'' | b'\n' | b'\r' => break,
                b'\\' => {
                    self.scan.at += 1;
                    let value = match self.scan.bump() {
                        Some('n') => "\n".to_owned(),
                        Some('r') => "\r".to_owned(),
                        Some('t') => "\t".to_owned(),
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
                b'$' if self.scan.peek_at(1) == b'{' => self.interpolation(&mut parts, 1),
                _ => {
                    parts.copy(at);
                    self.scan.bump();
                }
            }
        }
        self.finish(parts, Form::Bicep, start, content, "'")
    }

    /// `${…}`
    fn interpolation(&mut self, parts: &mut Parts, signs: usize) {
        let start = self.scan.at;
        self.scan.at += signs + 1;
        self.space(true);
        let value = self.expression();
        self.space(true);
        if !self.scan.eat("}") {
            // Something in it cannot be read; the hole goes to its bracket.
            while !matches!(self.scan.peek(), 0 | b'}' | b'\n' | b'\'') {
                self.scan.bump();
            }
            self.scan.eat("}");
        }
        parts.hole(self.scan.span_from(start), value);
    }

    /// `'''…'''`, and `$'''…'''` with interpolations.
    fn block(&mut self, start: usize, signs: usize) -> Expr {
        self.scan.at += 3;
        if !self.scan.eat("\r\n") {
            self.scan.eat("\n");
        }
        let content = self.scan.at;
        let mut parts = Parts::default();
        let sign = format!("{}{{", "$".repeat(signs));
        while !self.scan.is_end() {
            if self.scan.looking_at("'''") {
                // Of more than three quotes the last three close.
                while self.scan.peek_at(3) == b'\'' {
                    parts.copy(self.scan.at);
                    self.scan.at += 1;
                }
                break;
            }
            if signs > 0 && self.scan.looking_at(&sign) {
                self.interpolation(&mut parts, signs);
            } else {
                parts.copy(self.scan.at);
                self.scan.bump();
            }
        }
        self.finish(parts, Form::BicepBlock, start, content, "'''")
    }

    fn finish(
        &mut self,
        mut parts: Parts,
        form: Form,
        start: usize,
        content: usize,
        close: &str,
    ) -> Expr {
        parts.flush(self.scan.at);
        let content = self.scan.span_from(content);
        self.scan.eat(close);
        let literal = Literal { form, content, parts: parts.parts };
        Expr::new(self.scan.span_from(start), Kind::Literal(literal))
    }
}

/// Picks a member: of a name it makes a longer name.
pub(crate) fn pick(value: Expr, name: &str, span: Span) -> Expr {
    match value.kind {
        Kind::Name(path) => Expr::new(span, Kind::Name(format!("{path}.{name}"))),
        Kind::Object(fields) => {
            let found = fields.into_iter().find(|field| field.name == name);
            match found {
                Some(field) => field.value,
                None => Expr::new(span, Kind::Other(Vec::new())),
            }
        }
        kind => {
            let inner = Expr::new(value.span, kind);
            Expr::new(span, Kind::Other(vec![inner]))
        }
    }
}
