//! Where parentheses, spaces and lines go.

use super::{Layout, tokens};
use crate::operator::Function;
use crate::tree::{Children, ExprId, ExprKind, LiteralKind, Operand, Tree};

/// Writes one tree in one layout.
///
/// Invariant: recursion follows groups, `NOT` and the alternation of `AND` and `OR`; the parser
/// bounds all three by [`crate::MAX_DEPTH`].
pub(super) struct Writer<'a> {
    source: &'a str,
    tree: &'a Tree,
    layout: Layout,
    out: String,
    indent: usize,
    /// Whether the text written last is a template hole.
    after_hole: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a str, tree: &'a Tree, layout: Layout) -> Self {
        let out = String::with_capacity(source.len());
        Self { source, tree, layout, out, indent: 0, after_hole: false }
    }

    pub(super) fn write(mut self) -> String {
        if let Some(root) = self.tree.root() {
            match self.layout {
                Layout::Portal => self.lines(root),
                Layout::OneLine => self.inline(root),
                Layout::Smallest => self.smallest(self.keep_hole_group(root), Around::Nothing),
            }
        }
        self.out
    }

    /// One term a line, as the portal writes.
    fn lines(&mut self, id: ExprId) {
        match self.tree.kind(id) {
            ExprKind::And(children) => self.chain_of_lines(children, "AND"),
            ExprKind::Or(children) => self.chain_of_lines(children, "OR"),
            ExprKind::Not { operand, operator } => {
                let word = self.negation(operator.of(self.source));
                self.raw(word);
                if self.fits_one_line(operand) {
                    self.inline(operand);
                } else {
                    self.lines(operand);
                }
            }
            ExprKind::Group(inner) => {
                self.raw("(");
                self.indent += 1;
                self.line();
                self.lines(self.tree.ungrouped(inner));
                self.indent -= 1;
                self.line();
                self.raw(")");
            }
            _ => self.test(id),
        }
    }

    fn chain_of_lines(&mut self, children: Children, word: &str) {
        for (position, child) in self.tree.children(children).iter().enumerate() {
            if position > 0 {
                self.line();
                self.raw(word);
                self.line();
            }
            self.lines(*child);
        }
    }

    fn line(&mut self) {
        self.after_hole = false;
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent));
    }

    /// Says whether what `NOT` negates stays on its line: a single test, or a guard such as
    /// `(ActionMatches{'…'} AND NOT SubOperationMatches{'…'})`.
    fn fits_one_line(&self, id: ExprId) -> bool {
        let inner = self.tree.ungrouped(id);
        match self.tree.kind(inner) {
            ExprKind::And(children) => {
                let children = self.tree.children(children);
                let mut actions = 0;
                children.iter().all(|child| match self.call(*child) {
                    Some(Function::ActionMatches) => {
                        actions += 1;
                        actions < 2
                    }
                    Some(Function::SubOperationMatches) => true,
                    None => false,
                })
            }
            ExprKind::Or(_) | ExprKind::Not { .. } => false,
            _ => true,
        }
    }

    fn call(&self, id: ExprId) -> Option<Function> {
        match self.tree.kind(id) {
            ExprKind::Call { function, .. } => Some(function),
            ExprKind::Not { operand, .. } => match self.tree.kind(operand) {
                ExprKind::Call { function, .. } => Some(function),
                _ => None,
            },
            _ => None,
        }
    }

    /// The same tokens on one line.
    fn inline(&mut self, id: ExprId) {
        match self.tree.kind(id) {
            ExprKind::And(children) => self.inline_chain(children, " AND "),
            ExprKind::Or(children) => self.inline_chain(children, " OR "),
            ExprKind::Not { operand, operator } => {
                let word = self.negation(operator.of(self.source));
                self.raw(word);
                self.inline(operand);
            }
            ExprKind::Group(inner) => {
                self.raw("(");
                self.inline(self.tree.ungrouped(inner));
                self.raw(")");
            }
            _ => self.test(id),
        }
    }

    fn inline_chain(&mut self, children: Children, word: &str) {
        for (position, child) in self.tree.children(children).iter().enumerate() {
            if position > 0 {
                self.raw(word);
            }
            self.inline(*child);
        }
    }

    fn negation(&self, written: &str) -> &'static str {
        if written == "!" { "!" } else { "NOT " }
    }

    /// As few bytes as possible. Parentheses go where they change nothing whatever the precedence
    /// of `AND` and `OR` is, because no page says what it is.
    fn smallest(&mut self, id: ExprId, around: Around) {
        match self.tree.kind(id) {
            ExprKind::And(children) => self.smallest_chain(children, "&&", Around::And, around),
            ExprKind::Or(children) => self.smallest_chain(children, "||", Around::Or, around),
            ExprKind::Not { operand, .. } => {
                self.token("!");
                let inner = self.keep_hole_group(operand);
                // `!!` is nowhere shown; an author's own is left alone.
                let parenthesised = inner != operand
                    && matches!(
                        self.tree.kind(inner),
                        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not { .. }
                    );
                self.in_parentheses(inner, parenthesised, Around::Nothing);
            }
            ExprKind::Group(inner) => {
                self.in_parentheses(self.tree.ungrouped(inner), true, Around::Nothing);
            }
            _ => self.test(id),
        }
    }

    fn smallest_chain(&mut self, children: Children, word: &str, own: Around, around: Around) {
        let children = self.tree.children(children);
        // An ungrouped chain within a chain of the other kind: both readings must stay as they are.
        let mixed = (around != Around::Nothing && around != own)
            || children.iter().any(|child| self.operator_of(*child).is_some());
        for (position, child) in children.iter().enumerate() {
            if position > 0 {
                self.token(word);
            }
            let inner = self.keep_hole_group(*child);
            let parenthesised = inner != *child
                && self
                    .operator_of(inner)
                    .is_some_and(|operator| mixed || operator != own || self.is_mixed(inner));
            let around = if inner == *child { own } else { Around::Nothing };
            self.in_parentheses(inner, parenthesised, around);
        }
    }

    fn in_parentheses(&mut self, id: ExprId, parenthesised: bool, around: Around) {
        if parenthesised {
            self.token("(");
            self.smallest(id, Around::Nothing);
            self.token(")");
        } else {
            self.smallest(id, around);
        }
    }

    fn operator_of(&self, id: ExprId) -> Option<Around> {
        match self.tree.kind(id) {
            ExprKind::And(_) => Some(Around::And),
            ExprKind::Or(_) => Some(Around::Or),
            _ => None,
        }
    }

    /// Says whether a chain has a chain of the other kind as a term without parentheses.
    fn is_mixed(&self, id: ExprId) -> bool {
        match self.tree.kind(id) {
            ExprKind::And(children) | ExprKind::Or(children) => {
                self.tree.children(children).iter().any(|child| self.operator_of(*child).is_some())
            }
            _ => false,
        }
    }

    /// Takes parentheses away, but leaves one pair around a template hole: it may become anything.
    fn keep_hole_group(&self, id: ExprId) -> ExprId {
        let inner = self.tree.ungrouped(id);
        if inner != id && self.tree.kind(inner) == ExprKind::Hole { id } else { inner }
    }

    /// A single test: everything but chains, `NOT` and groups.
    fn test(&mut self, id: ExprId) {
        let expr = self.tree.expr(id);
        match expr.kind {
            ExprKind::Call { function, argument, .. } => {
                self.token(function.as_str());
                self.token("{");
                if let Some(argument) = argument {
                    self.literals(std::slice::from_ref(self.tree.literal(argument)));
                }
                self.token("}");
            }
            ExprKind::Exists { attribute, .. } => {
                self.token("Exists");
                self.space();
                self.token(&tokens::attribute(self.tree.attribute(attribute), self.source));
            }
            ExprKind::Comparison { left, operator, right } => {
                self.operand(left);
                self.space();
                let text = tokens::operator(operator, self.source);
                self.token_or_hole(&text, operator.function.is_none());
                self.space();
                self.operand(right);
            }
            _ => self.token_or_hole(expr.span.of(self.source), true),
        }
    }

    fn operand(&mut self, operand: Operand) {
        match operand {
            Operand::Attribute(id) => {
                self.token(&tokens::attribute(self.tree.attribute(id), self.source));
            }
            Operand::Literal(_) => self.literals(self.tree.operand_literals(operand)),
            Operand::Set { literals, .. } => {
                self.token("{");
                self.literals(self.tree.set(literals));
                self.token("}");
            }
            Operand::Missing(span) => self.token(span.of(self.source)),
        }
    }

    fn literals(&mut self, literals: &[crate::tree::Literal]) {
        for (position, literal) in literals.iter().enumerate() {
            if position > 0 {
                self.token(",");
                self.space();
            }
            let text = tokens::literal(literal, self.source, self.layout);
            self.token_or_hole(&text, literal.kind == LiteralKind::Hole);
        }
    }

    /// A space that only the smallest layout does without.
    fn space(&mut self) {
        if self.layout != Layout::Smallest {
            self.out.push(' ');
            self.after_hole = false;
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
        self.after_hole = false;
    }

    fn token(&mut self, text: &str) {
        self.token_or_hole(text, false);
    }

    /// Writes a token, behind a space where it would otherwise run into the one before.
    fn token_or_hole(&mut self, text: &str, hole: bool) {
        if let (Some(last), Some(first)) = (self.out.chars().next_back(), text.chars().next()) {
            let apart = if hole {
                // The brace of a set would run into `{{name}}`.
                !matches!(last, '(' | ',' | '{' | '!' | '&' | '|' | ' ' | '\n')
                    || (last == '{' && text.starts_with("{{"))
            } else if self.after_hole {
                !matches!(first, ')' | ',' | '}' | '&' | '|')
                    || (first == '}' && self.out.ends_with("}}"))
            } else {
                is_word(last) && is_word(first)
            };
            if apart {
                self.out.push(' ');
            }
        }
        self.out.push_str(text);
        self.after_hole = hole;
    }
}

/// The chain an expression stands in without parentheses of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
}

/// Says whether two such characters side by side would be read as one token.
fn is_word(character: char) -> bool {
    !matches!(
        character,
        ' ' | '\n' | '(' | ')' | '{' | '}' | '[' | ']' | '\'' | '"' | ',' | '@' | '!' | '&' | '|'
    )
}
