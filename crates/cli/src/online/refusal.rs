//! Conversations that came to nothing.

use super::session::Session;
use crate::error_text::failure;
use crate::failure::Failure;
use pim_client::Trouble;

/// Says why a conversation came to nothing.
pub(crate) fn troubled(trouble: &Trouble, session: &Session<'_>) -> Failure {
    match trouble.service() {
        Some(error) => failure(error, session.cloud()),
        None => Failure::new(trouble.to_string()),
    }
}
