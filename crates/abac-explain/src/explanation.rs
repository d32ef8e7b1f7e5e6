//! What an explanation consists of.

use crate::phrase::Phrase;
use crate::{block, table};
use abac_catalog::Catalog;
use abac_syntax::Tree;
use diagnostics::Span;
use serde::Serialize;

/// A condition in plain English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Explanation {
    /// What the condition does, in one sentence.
    pub summary: Phrase,
    /// The blocks of the condition, in the order of the text; a request must satisfy every one
    /// that is about it.
    pub blocks: Vec<ExplainedBlock>,
    /// What happens to everything that no block is about.
    pub remainder: Phrase,
    /// What a reader has to know beyond the blocks.
    pub notes: Vec<Phrase>,
    /// What could not be read, and is therefore not explained.
    pub warnings: Vec<Phrase>,
    /// The whole condition as a table of decisions.
    pub table: DecisionTable,
}

/// One block of a condition: the actions it is about, and what they need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ExplainedBlock {
    /// Where the block stands.
    pub span: Span,
    /// When the block applies: "When creating or updating a role assignment".
    pub heading: Phrase,
    /// The actions it is about; empty where it is about every action.
    pub actions: Vec<ExplainedAction>,
    /// What must hold; `None` where the actions are always denied.
    pub requirement: Option<Statement>,
    /// What follows from it that is easily overlooked, such as requests without a value.
    pub notes: Vec<Phrase>,
}

/// An action that a block is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ExplainedAction {
    /// Where it stands.
    pub span: Span,
    /// The action in words, "reading a blob".
    pub text: Phrase,
    /// The technical name, where the words do not hold it already.
    pub detail: Option<Phrase>,
}

/// Something that must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// The statement, "the role is AcrPull or AcrPush"; or what introduces the parts, "all of these
    /// hold".
    pub text: Phrase,
    /// What it consists of.
    pub parts: Vec<Statement>,
}

/// What the condition decides, from the first row to the last: the first that fits counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DecisionTable {
    /// The rows.
    pub rows: Vec<DecisionRow>,
    /// What has to be known to read the rows.
    pub notes: Vec<Phrase>,
}

/// One row of a [`DecisionTable`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DecisionRow {
    /// The actions, any of which fits.
    pub actions: Vec<Phrase>,
    /// What must hold as well; empty where nothing more must.
    pub terms: Vec<Statement>,
    /// Whether the row stands for whatever the rows before left of its actions.
    pub otherwise: bool,
    /// What follows.
    #[cfg_attr(feature = "typescript", tsify(type = "ExplainedDecision"))]
    pub decision: Decision,
}

/// What a condition decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(rename = "ExplainedDecision"))]
pub enum Decision {
    /// The condition lets the request pass; the role has to grant it.
    Allowed,
    /// The role assignment does not grant the request.
    Denied,
}

impl Decision {
    /// Returns the word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
        }
    }
}

/// Explains a condition.
///
/// A tree with errors is explained as far as it was read; [`Explanation::warnings`] names the rest.
#[must_use]
pub fn explain(source: &str, tree: &Tree, catalog: &Catalog) -> Explanation {
    let context = Context { source, tree, catalog };
    let blocks = abac_syntax::blocks(tree);
    let explained: Vec<_> = block::explain(context, &blocks);
    let table = table::build(context, &blocks, &explained);
    Explanation {
        summary: block::summary(&explained),
        remainder: block::remainder(&explained),
        notes: block::notes(context),
        warnings: block::warnings(context),
        blocks: block::merged(explained),
        table,
    }
}

/// What every part of the explanation reads.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) source: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) catalog: &'a Catalog,
}

impl Statement {
    pub(crate) fn leaf(span: Span, text: Phrase) -> Self {
        Self { span, text, parts: Vec::new() }
    }
}
