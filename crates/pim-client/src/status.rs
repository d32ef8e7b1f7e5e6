//! What became of a request.

use std::fmt;

/// How far a status goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Progress {
    /// It was carried out, or will be without anybody's doing.
    Done,
    /// The service is at work on it.
    Working,
    /// Somebody must decide.
    Waiting,
    /// It was not carried out and will not be.
    Failed,
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $variant:ident $progress:ident $words:literal,)*) => {
        /// The status of a schedule request (*documented*: role assignment schedule requests API
        /// 2020-10-01, read 2026-11). A 201 is not yet success.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum RequestStatus {
            $($(#[$doc])* $variant,)*
            /// A status of a later version.
            Other(String),
        }

        impl RequestStatus {
            /// Every status that is known.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Reads a status; case does not count.
            #[must_use]
            pub fn from_text(text: &str) -> Self {
                $(if text.eq_ignore_ascii_case(stringify!($variant)) { return Self::$variant; })*
                Self::Other(text.to_owned())
            }

            /// Returns the word of the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Other(text) => text,
                }
            }

            /// Returns how far the request has come.
            #[must_use]
            pub fn progress(&self) -> Progress {
                match self {
                    $(Self::$variant => Progress::$progress,)*
                    // Whatever is called failed, failed; anything else may still change.
                    Self::Other(text) if text.starts_with("Failed") => Progress::Failed,
                    Self::Other(_) => Progress::Working,
                }
            }

            /// Says in words what it means.
            #[must_use]
            pub fn words(&self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)*
                    Self::Other(text) if text.starts_with("Failed") => "it failed",
                    Self::Other(_) => "a status this version does not know",
                }
            }
        }
    };
}

statuses! {
    /// Taken over.
    Accepted Working "the service has taken it over",
    /// The rules are checked.
    PendingEvaluation Working "the rules of the policy are checked",
    /// Allowed; scheduled, or the answer of a validation.
    Granted Done "it is granted and starts at its time",
    /// Refused by an approver.
    Denied Failed "an approver denied it",
    /// On its way.
    PendingProvisioning Working "the assignment is being made",
    /// There.
    Provisioned Done "the assignment is there",
    /// On its way out.
    PendingRevocation Working "the assignment is being taken away",
    /// Gone.
    Revoked Done "the assignment is gone",
    /// Taken back.
    Canceled Failed "it was cancelled",
    /// Not carried out.
    Failed Failed "it failed",
    /// Approved, and on its way.
    PendingApprovalProvisioning Working "the approval is being set up",
    /// An approver must decide.
    PendingApproval Waiting "an approver must decide",
    /// A lock is in the way.
    FailedAsResourceIsLocked Failed "a read-only lock on the scope kept it from being carried out",
    /// An administrator must decide.
    PendingAdminDecision Waiting "an administrator must decide, in the portal",
    /// An administrator said yes.
    AdminApproved Done "an administrator approved it",
    /// An administrator said no.
    AdminDenied Failed "an administrator denied it",
    /// Nobody decided in time.
    TimedOut Failed "nobody decided within 24 hours",
    /// On its way.
    ProvisioningStarted Working "the assignment is being made",
    /// Not understood.
    Invalid Failed "the service calls it invalid",
    /// The schedule is being made.
    PendingScheduleCreation Working "the schedule is being made",
    /// The schedule is there.
    ScheduleCreated Done "it is scheduled and starts at its time",
    /// Another system is at work.
    PendingExternalProvisioning Working "another system is making the assignment",
}

impl RequestStatus {
    /// Says in words what the answer to a validation means.
    #[must_use]
    pub fn forecast(&self) -> &'static str {
        match self.progress() {
            Progress::Done => "it would be granted",
            Progress::Failed => "it would fail",
            Progress::Waiting => "it would wait for a decision",
            Progress::Working => "the service finds nothing wrong with it",
        }
    }

    /// Says whether it stays as it is.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self.progress(), Progress::Done | Progress::Failed)
    }
}

impl fmt::Display for RequestStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_back_and_has_a_class() {
        assert_eq!(RequestStatus::ALL.len(), 22);
        for status in RequestStatus::ALL {
            assert_eq!(RequestStatus::from_text(&status.as_str().to_uppercase()), *status);
        }
        let count = |progress| {
            RequestStatus::ALL.iter().filter(|status| status.progress() == progress).count()
        };
        assert_eq!(count(Progress::Done), 5);
        assert_eq!(count(Progress::Failed), 7);
        assert_eq!(count(Progress::Waiting), 2);
        assert_eq!(count(Progress::Working), 8);
        let later = RequestStatus::from_text("FailedForAnotherReason");
        assert_eq!(later.progress(), Progress::Failed);
        assert!(!RequestStatus::from_text("PendingSomething").is_final());
    }
}
