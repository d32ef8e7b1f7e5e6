//! Expressions of Bicep.

use super::{Reader, pick};
use crate::expr::{Expr, Field, Item, ItemKind, Kind, MAX_DEPTH, Module};
use crate::text::offset;
use diagnostics::Span;

impl Reader<'_> {
    /// An expression with all its operators.
    pub(super) fn expression(&mut self) -> Expr {
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

    pub(super) fn operators(&mut self) -> Expr {
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

    pub(super) fn unary(&mut self) -> Expr {
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
    pub(super) fn member(&mut self) -> bool {
        let back = self.scan;
        let dotted = self.scan.eat(".?") || self.scan.eat("::") || self.scan.eat(".");
        if dotted && (self.scan.peek().is_ascii_alphabetic() || self.scan.peek() == b'_') {
            return true;
        }
        self.scan = back;
        false
    }

    pub(super) fn primary(&mut self) -> Expr {
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

    pub(super) fn arguments(&mut self) -> Vec<Expr> {
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
    pub(super) fn list(&mut self) -> Expr {
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
            if self.closes("]", start) {
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

    pub(super) fn object(&mut self) -> Expr {
        let start = self.scan.at;
        let mut fields = Vec::new();
        self.scan.eat("{");
        loop {
            self.space(true);
            if self.closes("}", start) {
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

    pub(super) fn field_name(&mut self) -> (String, Span) {
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

    /// Says whether a list or an object ends here, closed or not.
    fn closes(&mut self, bracket: &str, start: usize) -> bool {
        if self.scan.eat(bracket) {
            return true;
        }
        if self.scan.is_end() {
            self.module.unclosed = Some(Span::at(offset(start)));
        }
        self.scan.is_end()
    }
}
