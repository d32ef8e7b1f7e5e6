//! What rules are about.

use serde::Serialize;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// The text cannot be read as a condition; the parser finds it.
    Syntax,
    /// Actions and suboperations, and which of them are guarded.
    Action,
    /// Attributes, their sources, and what is available where.
    Attribute,
    /// Operators and quantifiers, and what they apply to.
    Operator,
    /// Values on the other side of an operator.
    Value,
    /// What the whole condition says.
    Logic,
    /// Conditions on who may assign which roles.
    Delegation,
    /// Spellings that mean the same.
    Spelling,
    /// Size limits.
    Size,
    /// What depends on where the condition is used: version, PIM, storage account, shell.
    Context,
}

impl Category {
    /// Returns the kebab-case name used in every output format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Action => "action",
            Self::Attribute => "attribute",
            Self::Operator => "operator",
            Self::Value => "value",
            Self::Logic => "logic",
            Self::Delegation => "delegation",
            Self::Spelling => "spelling",
            Self::Size => "size",
            Self::Context => "context",
        }
    }
}
