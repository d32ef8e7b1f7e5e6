//! Patterns of paths.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::Path;

/// Patterns, any of which may match. One without a slash is compared with the name of the file, in
/// whatever directory it is, as git does.
#[derive(Debug)]
pub(crate) struct Patterns(GlobSet);

impl Patterns {
    pub(super) fn new<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
            let anywhere = format!("**/{pattern}");
            let pattern = if pattern.contains('/') { pattern } else { &anywhere };
            set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
        }
        set.build().map(Self)
    }

    pub(super) fn matches(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}
