//! A condition as blocks: cards, lines and groups, each with its place in the text, and edits of
//! them that leave every other byte alone.

mod edit;
mod keys;
mod line;
mod lossless;
mod read;

pub use edit::{Edit, EditError, Target};
pub use line::{Line, LineSide, LineValue, NewLine};
pub use lossless::Join;

use crate::condition::Condition;
use crate::position::Range;
use crate::simulate::Answer;
use abac_catalog::Catalog;
use abac_eval::Truth;
use diagnostics::Span;
use lossless::{Lossless, NodeId};

/// Names a card or a block. The same block keeps its id while the text around it changes, and when
/// it is changed itself, as far as it can be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(u32);

impl BlockId {
    /// Returns the number, for keys and addresses in a page.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// A condition as blocks.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The cards, all of which must hold.
    pub cards: Vec<Card>,
    text: String,
    lossless: Lossless,
    /// How many errors the parser found, which no edit may add to.
    errors: usize,
    next_id: u32,
}

/// One term of the condition's outermost `AND`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its id.
    pub id: BlockId,
    /// Where it stands, in bytes.
    pub span: Span,
    /// Where it stands.
    pub range: Range,
    /// The actions it is about: "when someone …, only if …". Empty for "always, only if …".
    pub actions: Vec<CardAction>,
    /// What must hold; without blocks the actions are never allowed.
    pub body: Body,
    /// What it is for the current request.
    pub state: State,
    pub(crate) node: NodeId,
}

/// One action that a card is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAction {
    /// Where it stands.
    pub range: Range,
    /// The pattern of `ActionMatches`, or `*` where only a suboperation is named.
    pub pattern: String,
    /// The suboperations, each with whether it is excluded.
    pub suboperations: Vec<(String, bool)>,
    /// The ids of the catalog's actions that it covers.
    pub ids: Vec<&'static str>,
    /// The portal's names of them, or the pattern.
    pub words: String,
    pub(crate) node: NodeId,
    /// Its place in the negation it shares with others, `!(a OR b)`.
    pub(crate) part: Option<usize>,
}

/// Blocks that are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// How.
    pub join: Join,
    /// The blocks, in the order of the text.
    pub blocks: Vec<Block>,
}

/// A line, a group or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// Where it stands, in bytes, with its parentheses and its `NOT`.
    pub span: Span,
    /// The same, as a browser counts.
    pub range: Range,
    /// Whether `NOT` stands before it.
    pub negated: bool,
    /// What it is.
    pub kind: BlockKind,
    /// What it is for the current request.
    pub state: State,
    pub(crate) node: NodeId,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// An attribute, an operator and values.
    Line(Box<Line>),
    /// Blocks that are joined.
    Group(Body),
    /// What has no form, byte for byte.
    Text(String),
}

/// What a block is for the current request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Its value; `None` where there is no request.
    pub truth: Option<Truth>,
    /// Why it is unknown, or what else there is to say.
    pub note: Option<String>,
}

impl Board {
    /// Makes the blocks of a condition, coloured by what it answers to a request. Blocks that
    /// `previous` had too keep their ids.
    #[must_use]
    pub fn read(
        condition: &Condition,
        catalog: &Catalog,
        answer: Option<&Answer>,
        previous: Option<&Self>,
    ) -> Self {
        let mut board = read::board(condition, catalog, answer);
        keys::carry_over(&mut board, previous);
        board
    }

    /// Returns a card.
    #[must_use]
    pub fn card(&self, id: BlockId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// Returns a block, however deep.
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.cards.iter().find_map(|card| card.body.find(id))
    }

    /// Returns the smallest block or card around a place, in UTF-16 code units, to select it with
    /// its text.
    #[must_use]
    pub fn at(&self, offset: u32) -> Option<BlockId> {
        let holds = |range: Range| range.from <= offset && offset <= range.to;
        let card = self.cards.iter().find(|card| holds(card.range))?;
        let mut found = card.id;
        let mut body = Some(&card.body);
        while let Some(block) =
            body.and_then(|body| body.blocks.iter().find(|block| holds(block.range)))
        {
            found = block.id;
            body = match &block.kind {
                BlockKind::Group(body) => Some(body),
                _ => None,
            };
        }
        Some(found)
    }
}

impl Card {
    /// Says whether the actions it is about are never allowed.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.body.blocks.is_empty()
    }
}

impl Body {
    fn find(&self, id: BlockId) -> Option<&Block> {
        self.blocks.iter().find_map(|block| {
            if block.id == id {
                return Some(block);
            }
            match &block.kind {
                BlockKind::Group(body) => body.find(id),
                _ => None,
            }
        })
    }
}
