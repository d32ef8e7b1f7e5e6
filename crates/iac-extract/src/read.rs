//! The readers, one for each language.

pub(crate) mod arm;
pub(crate) mod bicep;
pub(crate) mod hcl;
pub(crate) mod json;
pub(crate) mod template;
