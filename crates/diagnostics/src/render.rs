//! A report as text for people and machines.

mod azure_devops;
mod github;
mod gitlab;
mod json;
#[cfg(feature = "junit")]
mod junit;
mod place;
mod sarif;
mod text;
mod visible;

pub use azure_devops::azure_devops;
pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
#[cfg(feature = "junit")]
pub use junit::junit;
pub use sarif::sarif;
pub use text::{TextOptions, summary, text};
pub use visible::one_line;
