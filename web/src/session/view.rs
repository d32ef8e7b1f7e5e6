//! What the person looks at.

use crate::browser;

/// How the condition is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Blocks,
    Text,
    Both,
}

impl Shown {
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Blocks, "Blocks"), (Self::Text, "Text"), (Self::Both, "Both")];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    /// Returns what was chosen when the page was last open.
    pub(crate) fn remembered() -> Self {
        let name = browser::recall("shown").unwrap_or_default();
        let chosen = Self::ALL.iter().find(|one| one.1 == name).map(|(one, _)| *one);
        // On a phone there is no room for both, and blocks are the easier to touch.
        let first = if browser::window_size().0 < 480.0 { Self::Blocks } else { Self::Both };
        chosen.unwrap_or(first)
    }

    pub(crate) fn remember(self) {
        browser::remember("shown", self.name());
    }
}

/// What stands beside the condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Meaning,
    Simulate,
    Deliver,
}

impl Side {
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Meaning, "Meaning"), (Self::Simulate, "Simulate"), (Self::Deliver, "Deliver")];
}

/// What delivery shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Request,
    MyRoles,
    Approvals,
}

/// A dialog that lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialog {
    Palette,
    Shortcuts,
    Start,
    Open,
    Share,
    Import,
    Connection,
}
