//! The readers, one for each language.

pub(crate) mod arm;
pub(crate) mod bash;
pub(crate) mod bicep;
mod command_line;
pub(crate) mod hcl;
pub(crate) mod http;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod powershell;
pub(crate) mod template;
pub(crate) mod yaml;
