//! What is known about a request besides its text.

use clap::{Args, ValueEnum};
use pim_model::{Family, Options, Scope, Timestamp};

/// The options on what a request does not say about itself.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Known {
    /// The scope of a request that names none, as an id such as /subscriptions/…
    #[arg(long, value_name = "ID", help_heading = "Context")]
    pub(crate) scope: Option<Scope>,
    /// Whether a request that does not tell is about an eligible or an active assignment
    #[arg(long, value_name = "FAMILY", help_heading = "Context")]
    pub(crate) family: Option<FamilyName>,
    /// The time to judge by, such as 2026-12-31T08:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", help_heading = "Context")]
    pub(crate) at: Option<Timestamp>,
}

/// What kind of assignment a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FamilyName {
    /// Being allowed to activate the role
    Eligible,
    /// Having the role
    Active,
}

impl From<FamilyName> for Family {
    fn from(name: FamilyName) -> Self {
        match name {
            FamilyName::Eligible => Self::Eligibility,
            FamilyName::Active => Self::Assignment,
        }
    }
}

impl Known {
    /// Returns the time to judge by.
    pub(crate) fn now(&self) -> Timestamp {
        self.at.unwrap_or_else(Timestamp::now)
    }

    /// Returns what the model is to know.
    pub(crate) fn options(&self) -> Options {
        Options {
            now: Some(self.now()),
            family: self.family.map(Family::from),
            scope: self.scope.clone(),
            tool: None,
        }
    }
}
