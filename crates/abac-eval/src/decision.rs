//! What evaluation answers.

use serde::{Deserialize, Serialize};

/// Says whether a condition lets a request pass.
///
/// A condition never denies by itself in Azure: it only filters what its role assignment grants
/// (*documented*: conditions-faq, 2023-05-09). `Deny` therefore means "this assignment does not
/// grant it".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Decision {
    /// The condition is true.
    Allow,
    /// The condition is false, or cannot be decided.
    Deny,
}

impl Decision {
    /// Returns the lower-case word used in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }

    /// Says whether the request passes.
    #[must_use]
    pub const fn is_allow(self) -> bool {
        matches!(self, Self::Allow)
    }
}

impl std::fmt::Display for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value of a clause in three-valued logic.
///
/// *Assumed*: Azure documents no evaluation of missing attributes under negation; unknown keeps
/// `NOT` from turning a missing attribute into a permission (`docs/semantics.md`, S3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum Truth {
    /// The clause holds.
    True,
    /// The clause does not hold.
    False,
    /// The clause cannot be decided.
    Unknown,
}

impl Truth {
    /// Returns the lower-case word used in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Unknown => "unknown",
        }
    }

    /// Negates; unknown stays unknown.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Joins with Kleene's `AND`: one false makes it false, else one unknown makes it unknown.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Joins with Kleene's `OR`: one true makes it true, else one unknown makes it unknown.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }

    /// Returns the decision that a whole condition of this value gives.
    #[must_use]
    pub const fn decision(self) -> Decision {
        match self {
            Self::True => Decision::Allow,
            Self::False | Self::Unknown => Decision::Deny,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl std::fmt::Display for Truth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
