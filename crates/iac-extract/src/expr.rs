//! What the readers of all hosts give: expressions, blocks, commands and the names they use.

use crate::form::Form;
use diagnostics::Span;
use std::collections::{HashMap, HashSet};

/// How deep readers nest before they stop looking.
pub(crate) const MAX_DEPTH: usize = 64;

/// An expression of a host and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What an expression is, as far as following texts goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A quoted text.
    Literal(Literal),
    /// A number, `true`, `null`: a word that stands for itself.
    Word(String),
    /// Something that has a name: `x`, `local.x`, `variables.x`, with what is picked from it.
    Name(String),
    /// A call; the name in lower case.
    Call(String, Vec<Expr>),
    /// An object, or the body of a block.
    Object(Vec<Field>),
    /// A list.
    List(Vec<Expr>),
    /// Texts one behind the other.
    Concat(Vec<Expr>),
    /// One of several, depending on what is not known.
    Choice(Vec<Expr>),
    /// Anything else, with the expressions in it.
    Other(Vec<Expr>),
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: Expr,
}

/// A quoted text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Literal {
    pub(crate) form: Form,
    /// What lies between the quotes.
    pub(crate) content: Span,
    pub(crate) parts: Vec<Part>,
}

/// A piece of a quoted text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// Bytes that stand for themselves.
    Copied(Span),
    /// An escape and what it means.
    Escaped(Span, String),
    /// An interpolation; the span with its brackets.
    Hole(Span, Box<Expr>),
}

/// Something that is deployed, called or declared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) span: Span,
    pub(crate) body: Expr,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ItemKind {
    /// A resource; its type as written, with the version of the API where there is one.
    Resource {
        /// The type, such as `Microsoft.Authorization/roleAssignments@2022-04-01`.
        resource_type: String,
        /// Where the type stands.
        head: Span,
        /// What happens to it.
        deletes: bool,
    },
    /// A command line; flags are fields, anything else an unnamed field.
    Command {
        /// The words before the first flag, such as `az role assignment create`.
        name: String,
        /// Where they stand.
        head: Span,
    },
    /// A declared name and its value.
    Binding(String),
    /// Something that explains: a description, metadata.
    Prose,
    /// Anything else.
    Value,
}

/// A file, read.
#[derive(Debug, Default)]
pub(crate) struct Module {
    pub(crate) items: Vec<Item>,
    /// Name, in the spelling in which it is referred to, and its value.
    pub(crate) names: HashMap<String, Expr>,
    /// Those of the names whose value a deployment may replace.
    pub(crate) parameters: HashSet<String>,
    /// Where a bracket is opened that the file never closes, the outermost one.
    pub(crate) unclosed: Option<Span>,
    /// `targetScope` of Bicep, or what the schema of a template says.
    pub(crate) target_scope: Option<String>,
}

impl Expr {
    pub(crate) const fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind }
    }

    /// Returns the field of an object, whatever its letter case.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|one| one.name.eq_ignore_ascii_case(name)).map(|one| &one.value)
    }

    pub(crate) fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Object(fields) => fields,
            _ => &[],
        }
    }

    /// Returns what a literal interpolates where it says nothing else: `"$x"`.
    pub(crate) fn only_hole(&self) -> Option<&Self> {
        match &self.kind {
            Kind::Literal(literal) => match literal.parts.as_slice() {
                [Part::Hole(_, value)] => Some(value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the text of a literal without interpolations, as it stands in the source.
    pub(crate) fn plain(&self, source: &str) -> Option<String> {
        let Kind::Literal(literal) = &self.kind else { return None };
        let mut text = String::new();
        for part in &literal.parts {
            match part {
                Part::Copied(span) => text.push_str(span.of(source)),
                Part::Escaped(_, value) => text.push_str(value),
                Part::Hole(..) => return None,
            }
        }
        Some(text)
    }
}
