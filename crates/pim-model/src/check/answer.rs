//! What Azure answered: errors, and how a request went.

use super::Checker;
use crate::reader::{Place, shown};

impl Checker<'_> {
    /// Reads `{"error": {"code", "message"}}`.
    pub(crate) fn answer_error(&mut self, place: &Place<'_>) {
        let Some(error) = self.reader.object(place, "error") else { return };
        let code = self.reader.string(&error, "code");
        let Some((code, span)) = code.get().copied().zip(code.span()) else { return };
        match code {
            "AadPremiumLicenseRequired" => self.reader.advise(
                "pim-licence",
                span,
                "the tenant has no licence for PIM",
                "PIM needs Microsoft Entra ID P2 or Microsoft Entra ID Governance",
            ),
            "ResourceIsLocked" => self.locked(span),
            other => {
                let message = format!("Azure answered the error `{}`", shown(other));
                self.reader.report("pim-missing-field", span, message);
            }
        }
    }

    pub(crate) fn locked(&mut self, span: diagnostics::Span) {
        self.reader.advise(
            "pim-read-only-lock",
            span,
            "a lock kept the request from being carried out",
            "take the read-only lock from the scope, send a new request, and put the lock back",
        );
    }
}
