//! Where others are told a finding is.
