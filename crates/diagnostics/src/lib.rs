//! Spans, diagnostics, fixes and their renderers.
//!
//! This crate has never heard of Azure: it knows texts, places in them, and findings about them.
//! It does no input or output; every renderer returns a `String`.
//!
//! ```
//! use diagnostics::{Diagnostic, Report, Severity, SourceReport, Span, TextOptions, Tool, render};
//!
//! let tool = Tool {
//!     name: "grantif".into(),
//!     version: "0.1.0".into(),
//!     home: "https://example.com".into(),
//!     docs: "https://example.com/rules/".into(),
//! };
//! let finding = Diagnostic::new(
//!     "double-equals", Severity::Error, Span::new(2, 4), "unknown operator `==`",
//! );
//! let mut report = Report::new(tool);
//! report.sources.push(SourceReport::unnamed("<stdin>", "a == b", vec![finding]));
//!
//! let text = render::text(&report, TextOptions::default());
//! assert!(text.starts_with("error[double-equals]: unknown operator `==`"));
//! ```

mod apply;
mod baseline;
mod closest;
mod diagnostic;
mod expected;
mod fingerprint;
mod line_index;
pub mod render;
mod report;
mod span;

pub use apply::{Applied, apply_fixes, apply_fixes_repeatedly};
pub use baseline::{Baseline, BaselineEntry, BaselineError, Filtered};
pub use closest::closest;
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use expected::expected_first;
pub use fingerprint::{Fingerprint, fingerprint};
pub use line_index::{ColumnUnit, LineIndex, Position};
pub use render::TextOptions;
pub use report::{Counts, Record, Report, RuleInfo, SourceReport, Tool};
pub use span::Span;
