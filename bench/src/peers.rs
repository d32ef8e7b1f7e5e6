//! The other engines, each in its own dialect of the same condition.

pub mod cedar;
pub mod cel;
pub mod regorus;
