//! Edits of blocks.

mod surgery;

use super::line::NewLine;
use super::lossless::Lossless;
use super::{BlockId, Board, Join};
use crate::change::Changes;
use crate::condition::Condition;
use crate::pickers::{LineOperator, ValueProblem};
use abac_catalog::Catalog;
use abac_syntax::AttributeSource;
use diagnostics::Severity;

/// A change that a person makes to the blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Adds a card for actions of the catalog, behind another card or last. Without a line the
    /// actions are never allowed until one is added; without actions it is an "always" card, which
    /// needs a line.
    AddCard {
        /// The catalog's ids of the actions.
        actions: Vec<String>,
        /// What must hold.
        line: Option<NewLine>,
        /// The card behind which it comes.
        behind: Option<BlockId>,
    },
    /// Adds an action to a card.
    AddAction {
        /// The card.
        card: BlockId,
        /// The catalog's id of the action.
        action: String,
    },
    /// Removes an action from a card that has several.
    RemoveAction {
        /// The card.
        card: BlockId,
        /// The place of the action in the card.
        index: usize,
    },
    /// Adds a line to the end of a card or group, or behind a block.
    AddLine {
        /// Where.
        to: Target,
        /// How it is joined, where that is still open: a card or group with one block takes either.
        join: Join,
        /// The line.
        line: NewLine,
    },
    /// Writes a line anew.
    SetLine {
        /// The line.
        block: BlockId,
        /// What it becomes.
        line: NewLine,
    },
    /// Changes the source of a line's attribute.
    SetSource {
        /// The line.
        block: BlockId,
        /// The source.
        source: AttributeSource,
    },
    /// Changes the attribute of a line. An operator that the new one does not take becomes its most
    /// common one, and values of another type go.
    SetAttribute {
        /// The line.
        block: BlockId,
        /// The source.
        source: AttributeSource,
        /// The catalog's id of the attribute.
        attribute: String,
        /// The key, for an attribute that has one.
        key: String,
    },
    /// Changes the operator of a line; values of another type go.
    SetOperator {
        /// The line.
        block: BlockId,
        /// The operator; `None` for `Exists`.
        operator: Option<LineOperator>,
    },
    /// Changes the values of a line. A second value turns "is" into "is one of".
    SetValues {
        /// The line.
        block: BlockId,
        /// The values, without quotes.
        values: Vec<String>,
    },
    /// Compares a line with another attribute in place of values.
    SetOther {
        /// The line.
        block: BlockId,
        /// The source of the other attribute.
        source: AttributeSource,
        /// What stands between its brackets.
        body: String,
    },
    /// Writes the text of a block anew.
    SetText {
        /// The block.
        block: BlockId,
        /// The text.
        text: String,
    },
    /// Puts `NOT` before a block, or takes it away.
    Negate(BlockId),
    /// Moves a block or a card elsewhere.
    Move {
        /// What.
        block: BlockId,
        /// Where to.
        to: Target,
    },
    /// Moves a block or card one place towards the start.
    MoveUp(BlockId),
    /// Moves a block or card one place towards the end.
    MoveDown(BlockId),
    /// Puts blocks that stand in the same card or group into a group of their own.
    Group {
        /// The blocks.
        blocks: Vec<BlockId>,
        /// How they are joined in it.
        join: Join,
    },
    /// Drops one block onto another, which makes a group of both.
    GroupWith {
        /// What is dropped.
        block: BlockId,
        /// What it is dropped on.
        onto: BlockId,
        /// How they are joined.
        join: Join,
    },
    /// Takes the blocks of a group out of it; they are joined as what stands around it.
    Ungroup(BlockId),
    /// Writes a block or card a second time behind itself.
    Duplicate(BlockId),
    /// Removes a block or card. A rule whose last block goes is never allowed.
    Delete(BlockId),
    /// Changes whether all or any blocks of a card or group must hold.
    SetJoin {
        /// The card or group.
        block: BlockId,
        /// How.
        join: Join,
    },
}

/// Where something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Before a block or card.
    Before(BlockId),
    /// Behind a block or card.
    Behind(BlockId),
    /// To the end of a card or group.
    Into(BlockId),
}

/// Why an edit is not made; the text stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The blocks have changed since.
    #[error("this block is no longer there")]
    NoSuchBlock,
    /// The catalog has no such action or attribute.
    #[error("the catalog has no `{0}`")]
    Unknown(String),
    /// It is a form that the block does not have.
    #[error("this block is kept as text; edit its text")]
    NoForm,
    /// A value is none of its type.
    #[error(transparent)]
    Value(#[from] ValueProblem),
    /// It does not go there.
    #[error("it cannot go there")]
    NotThere,
    /// A card needs an action or a line.
    #[error("a card needs an action or a line")]
    EmptyCard,
    /// It is the last action of the card.
    #[error("this is the only action of the card; delete the card in its place")]
    LastAction,
    /// Blocks of several cards or groups, or only one.
    #[error("a group takes two blocks or more of the same card or group")]
    NotSiblings,
    /// The new text cannot be read.
    #[error("this cannot be read: {0}")]
    Unreadable(String),
    /// The text around it is broken in a way that the edit would change more than the block.
    #[error(
        "the text around this block cannot be read, so the block cannot be changed alone; edit the text"
    )]
    Around,
}

impl Board {
    /// Turns an edit into changes of the text that the board was read from. Everything outside the
    /// touched block stays byte for byte; what comes out is read again, and refused unless it says
    /// what was asked for and nothing else.
    ///
    /// # Errors
    ///
    /// Why it is not made.
    pub fn apply(&self, edit: &Edit, catalog: &Catalog) -> Result<Changes, EditError> {
        let mut surgery = surgery::Surgery::new(self, catalog);
        surgery.perform(edit)?;
        let wanted = surgery.into_tree();
        let text = wanted.to_text();
        let condition = Condition::read(&*text);
        let errors = condition.diagnostics().iter();
        let errors = errors.filter(|finding| finding.severity == Severity::Error);
        if let Some(error) = errors.clone().next()
            && errors.count() > self.errors
        {
            return Err(EditError::Unreadable(error.message.clone()));
        }
        if Lossless::read(&condition).shape() != wanted.shape() {
            return Err(EditError::Around);
        }
        Ok(Changes::between(&self.text, &text))
    }
}
