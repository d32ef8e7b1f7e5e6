//! The parts of the screen, one file each, with its style sheet beside it.

pub(crate) mod blocks;
pub(crate) mod condition;
pub(crate) mod decision;
pub(crate) mod dialog;
pub(crate) mod file;
pub(crate) mod findings;
pub(crate) mod icon;
pub(crate) mod meaning;
pub(crate) mod open;
pub(crate) mod palette;
pub(crate) mod phrase;
pub(crate) mod picker;
pub(crate) mod segmented;
pub(crate) mod share;
pub(crate) mod shortcuts;
pub(crate) mod side;
pub(crate) mod simulate;
pub(crate) mod split;
pub(crate) mod start;
pub(crate) mod status_bar;
pub(crate) mod strip;
pub(crate) mod text_view;
pub(crate) mod top_bar;
pub(crate) mod truth;
pub(crate) mod verdict;
