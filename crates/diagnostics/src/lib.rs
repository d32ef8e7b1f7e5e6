//! Spans, diagnostics, fixes and their renderers.
//!
//! This crate has never heard of Azure: it knows texts, places in them, and findings about them.

mod diagnostic;
mod span;

pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use span::Span;
