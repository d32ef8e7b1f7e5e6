//! Follows texts through names, operators and functions of one module.
//!
//! What cannot be followed is a hole, never a guess.

mod functions;

use crate::expr::{Expr, Kind, Literal, Part};
use crate::form::Form;
use crate::text::{Origin, Text};
use diagnostics::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many names and calls are followed within one another.
const MAX_DEPTH: usize = 32;

/// How many expressions are looked at for one text.
const MAX_STEPS: usize = 20_000;

/// How many branches of a choice are taken.
const MAX_BRANCHES: usize = 16;

/// Whose functions are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Bicep and ARM templates.
    Template,
    /// Terraform.
    Terraform,
    /// PowerShell, whose operators are read as calls.
    PowerShell,
    /// bash, which has none.
    Bash,
}

/// A literal that a text was put together from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub(crate) id: u32,
    /// From quote to quote.
    pub(crate) whole: Span,
    /// Between the quotes.
    pub(crate) content: Span,
    /// How it is quoted, the innermost layer first.
    pub(crate) forms: Vec<Form>,
    /// Its own text, with every interpolation a hole.
    pub(crate) own: Text,
}

/// What texts are followed through.
pub(crate) struct Folder<'m> {
    pub(crate) source: &'m str,
    pub(crate) names: &'m HashMap<String, Expr>,
    pub(crate) parameters: &'m HashSet<String>,
    pub(crate) dialect: Dialect,
    /// Reads the text of a file that the host names, such as that of `templatefile`; its places
    /// are those of the module.
    pub(crate) files: &'m dyn Fn(&str) -> Option<Text>,
    /// The literals that were met.
    pub(crate) pieces: BTreeMap<u32, Piece>,
    /// Whether a value was taken that a deployment may replace.
    pub(crate) used_default: bool,
    steps: usize,
}

impl<'m> Folder<'m> {
    pub(crate) fn new(
        source: &'m str,
        names: &'m HashMap<String, Expr>,
        parameters: &'m HashSet<String>,
        dialect: Dialect,
        files: &'m dyn Fn(&str) -> Option<Text>,
    ) -> Self {
        let pieces = BTreeMap::new();
        Self { source, names, parameters, dialect, files, pieces, used_default: false, steps: 0 }
    }

    /// Starts a new text.
    pub(crate) fn reset(&mut self) {
        self.pieces.clear();
        self.used_default = false;
        self.steps = 0;
    }

    /// Returns the text of an expression; one that cannot be followed is a hole.
    pub(crate) fn text(&mut self, expr: &Expr) -> Text {
        self.fold(expr, 0).unwrap_or_else(|| self.hole(expr))
    }

    /// Returns what an expression may be: the branches of its choices.
    pub(crate) fn branches(&mut self, expr: &Expr) -> Vec<Expr> {
        let mut found = Vec::new();
        self.collect_branches(expr, 0, &mut found);
        found
    }

    fn collect_branches(&mut self, expr: &Expr, depth: usize, found: &mut Vec<Expr>) {
        if found.len() >= MAX_BRANCHES || depth > MAX_DEPTH {
            return;
        }
        if let Some(inside) = expr.only_hole()
            && !matches!(inside.kind, Kind::Other(_))
        {
            return self.collect_branches(inside, depth + 1, found);
        }
        match &expr.kind {
            Kind::Choice(branches) => {
                for branch in branches {
                    self.collect_branches(branch, depth + 1, found);
                }
            }
            Kind::Name(path) => match self.lookup(path) {
                Some(value) if self.is_parameter(path) => {
                    // A parameter that is empty where nobody sets it is meant to be set.
                    let blank = value.plain(self.source).is_some_and(|text| text.trim().is_empty());
                    if blank {
                        found.push(expr.clone());
                    } else {
                        self.used_default = true;
                        self.collect_branches(&value, depth + 1, found);
                    }
                }
                Some(value) => self.collect_branches(&value, depth + 1, found),
                None => found.push(expr.clone()),
            },
            _ => found.push(expr.clone()),
        }
    }

    /// Says whether a deployment may replace the value of a name.
    fn is_parameter(&self, path: &str) -> bool {
        let first = path.split('.').next().unwrap_or("");
        let two =
            path.match_indices('.').nth(1).map_or(path, |(at, _)| path.get(..at).unwrap_or(path));
        [path, two, first].iter().any(|name| self.parameters.contains(*name))
    }

    /// Returns the value of a name, or of what is picked from it.
    pub(crate) fn lookup(&self, path: &str) -> Option<Expr> {
        if let Some(value) = self.names.get(path) {
            return Some(value.clone());
        }
        let (mut head, mut tail) = (path, Vec::new());
        while let Some((outer, member)) = head.rsplit_once('.') {
            tail.push(member);
            head = outer;
            if let Some(value) = self.names.get(head) {
                let picked = tail.iter().rev().try_fold(value, |value, name| value.get(name));
                return picked.cloned();
            }
        }
        None
    }

    pub(crate) fn hole(&self, expr: &Expr) -> Text {
        Text::hole(expr.span.of(self.source), expr.span)
    }

    fn fold(&mut self, expr: &Expr, depth: usize) -> Option<Text> {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return None;
        }
        match &expr.kind {
            Kind::Literal(literal) => Some(self.literal(expr.span, literal, depth)),
            Kind::Word(word) if word == "null" => None,
            Kind::Word(word) => {
                let mut text = Text::default();
                text.push(word, expr.span, Origin::Made, 0);
                Some(text)
            }
            Kind::Name(path) => {
                let Some(value) = self.lookup(path) else {
                    return self.eaten(path, expr).then(Text::default);
                };
                let text = self.fold(&value, depth + 1)?;
                if self.is_parameter(path) {
                    // A parameter that is empty where nobody sets it is meant to be set.
                    if text.value().trim().is_empty() {
                        return None;
                    }
                    self.used_default = true;
                }
                Some(text)
            }
            Kind::Concat(parts) => {
                let mut text = Text::default();
                for part in parts {
                    let part = self.fold(part, depth + 1).unwrap_or_else(|| self.hole(part));
                    text.append(&part);
                }
                Some(text)
            }
            Kind::Call(name, arguments) => self.call(name, arguments, depth + 1),
            Kind::Choice(_) | Kind::Object(_) | Kind::List(_) | Kind::Other(_) => None,
        }
    }

    /// Says whether a shell takes a marker of the language for a variable: of
    /// `<$key_case_sensitive$>` Azure then receives `<$>`.
    fn eaten(&self, name: &str, expr: &Expr) -> bool {
        let is_shell = matches!(self.dialect, Dialect::Bash | Dialect::PowerShell);
        let behind = self.source.get(expr.span.end as usize..).unwrap_or("");
        is_shell
            && (name.eq_ignore_ascii_case("key_case_sensitive") && behind.starts_with("$>")
                || name.eq_ignore_ascii_case("keys") && behind.starts_with("$&"))
    }

    /// Returns the texts of a list, where all of them are known to be there.
    fn list(&mut self, expr: &Expr, depth: usize) -> Option<Vec<Text>> {
        if depth > MAX_DEPTH {
            return None;
        }
        match &expr.kind {
            Kind::List(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    let text = self.fold(item, depth + 1).unwrap_or_else(|| self.hole(item));
                    texts.push(text);
                }
                Some(texts)
            }
            Kind::Name(path) => {
                let value = self.lookup(path)?;
                let items = self.list(&value, depth + 1)?;
                if self.is_parameter(path) {
                    if items.is_empty() {
                        return None;
                    }
                    self.used_default = true;
                }
                Some(items)
            }
            Kind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("tolist" | "toset" | "sort" | "compact" | "flatten" | "array", [only]) => {
                    self.list(only, depth + 1)
                }
                ("concat" | "union", lists) => {
                    let mut all = Vec::new();
                    for list in lists {
                        all.extend(self.list(list, depth + 1)?);
                    }
                    Some(all)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn literal(&mut self, span: Span, literal: &Literal, depth: usize) -> Text {
        let id = literal.content.start + 1;
        let mut text = Text::default();
        let mut own = Text::default();
        for part in &literal.parts {
            match part {
                Part::Copied(span) => {
                    text.push(span.of(self.source), *span, Origin::Copied, id);
                    own.push(span.of(self.source), *span, Origin::Copied, id);
                }
                Part::Escaped(span, value) => {
                    text.push(value, *span, Origin::Escaped, id);
                    own.push(value, *span, Origin::Escaped, id);
                }
                Part::Hole(span, value) => {
                    match self.fold(value, depth + 1) {
                        Some(inner) => text.append(&inner),
                        None => text.push_hole(span.of(self.source), *span),
                    }
                    own.push_hole(span.of(self.source), *span);
                }
            }
        }
        let forms = match &literal.form {
            form @ Form::Arm { .. } => vec![form.clone(), Form::Json],
            form => vec![form.clone()],
        };
        let piece = Piece { id, whole: span, content: literal.content, forms, own };
        self.pieces.insert(id, piece);
        text
    }
}
