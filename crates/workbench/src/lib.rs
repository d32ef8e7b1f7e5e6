//! Everything of the browser editor that needs no screen: one document, what is shown about its
//! condition as it is typed, its blocks and their edits, templates, simulation and delivery.
//!
//! Nothing here does input or output, knows the time, or keeps state of its own: the editor reads
//! its text into a [`Condition`] and asks.
//!
//! ```
//! use workbench::{Condition, Document, Settings, analyse, simulate};
//!
//! let document = Document::example();
//! let analysis = analyse(&document.condition, &Settings::default());
//! assert!(analysis.findings.is_empty());
//! assert!(analysis.inlays.iter().any(|inlay| inlay.text == "AcrPull"));
//!
//! let condition = Condition::read(document.condition);
//! let answer = simulate::decide(&condition, &document.requests[0].request);
//! assert!(answer.decision.is_allow());
//! ```

pub mod analysis;
pub mod blocks;
mod change;
mod condition;
mod context;
pub mod delivery;
mod document;
pub mod intake;
pub mod pickers;
mod position;
pub mod share;
pub mod simulate;
pub mod templates;
mod wording;

pub use analysis::{Analysis, MAX_CONDITION_BYTES, Settings, analyse};
pub use change::{Change, Changes};
pub use condition::Condition;
pub use document::{Document, FileError, MAX_FILE_BYTES, NamedRequest, Opened, VERSION};
pub use position::Range;
pub use wording::operator as operator_in_words;
