//! Why something that was asked of the service came to nothing.

use pim_client::{Explained, ServiceError, Trouble};

/// What is told to the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Problem {
    /// The service refused it.
    Refused(Box<ServiceError>, Option<Box<Explained>>),
    /// Anything else, in words.
    Words(String),
}

impl Problem {
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    pub(crate) fn refused(error: ServiceError) -> Self {
        Self::Refused(Box::new(error), None)
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble.service() {
            Some(error) => Self::refused(error.clone()),
            None => Self::Words(trouble.to_string()),
        }
    }
}
