//! Conversations that came to nothing.

use super::session::Session;
use crate::error_text::refused;
use crate::failure::Failure;
use pim_client::Trouble;

/// Shows why a conversation came to nothing; nothing could be found out.
pub(crate) fn troubled(trouble: &Trouble, session: &mut Session<'_>) -> Failure {
    match trouble.service() {
        Some(error) => {
            let text = refused(error, Some(session.cloud()), session.console.error_style());
            session.console.note_text(&text);
            Failure::new("the service refused what was asked for")
        }
        None => Failure::new(trouble.to_string()),
    }
}
