//! The seeds that come with the sandbox.

use super::Seed;
use jiff::Timestamp;

macro_rules! seeds {
    ($($name:literal $file:literal $about:literal;)*) => {
        const TEXTS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../seeds/", $file, ".json"))),)*];

        /// Every seed that comes with the sandbox, and what it is for.
        pub const BUILT_IN: &[(&str, &str)] = &[$(($name, $about),)*];
    };
}

// Behind the first two, each is the state before the request in `tests/golden` of its name.
seeds! {
    "default" "default" "a small company: an administrator, an auditor, and people without a role";
    "golden" "golden" "the people and scopes of the scenarios below";
    "activation-with-ticket" "activation-with-ticket" "a user is eligible, and the policy asks for a ticket";
    "active-time-bound" "golden" "a group is to be active for a migration";
    "active-with-condition" "golden" "a group is to hand out Reader for 90 minutes";
    "deactivation" "deactivation" "a user activated Contributor an hour ago";
    "eligible-contributor" "golden" "a team is to be eligible for half a year";
    "eligible-registry-administrator" "golden" "a group is to hand out four registry roles";
    "extend" "eligible-team" "an eligibility ends in ten days";
    "group-activation" "group-activation" "a user is eligible as member of a group";
    "group-member" "golden" "a user is to be eligible as member of a group";
    "group-owner" "golden" "a user is to own a group for a month";
    "management-group" "golden" "auditors are to be eligible below a management group";
    "on-call-rotation" "golden" "a team is to be eligible from a day on";
    "permanent" "permanent" "the policy takes permanent eligibility";
    "plain-storage-condition" "golden" "a group is to read one container";
    "policy-activation-duration" "golden" "activations are to last four hours";
    "policy-approver" "golden" "activations are to wait for approval";
    "policy-permanent-eligibility" "golden" "permanent eligibility is to be allowed";
    "policy-production" "golden" "a role is to have the settings of production";
    "remove" "eligible-team" "an eligibility is to be taken away";
    "renew" "renew" "an eligibility has ended two days ago";
    "single-resource" "golden" "a group is to be eligible for one container";
    "tenant" "golden" "reviewers are to be eligible for everything";
}

/// Returns a seed that comes with the sandbox.
#[must_use]
pub fn built_in(name: &str, now: Timestamp) -> Option<Seed> {
    Seed::parse(text(name)?, now).ok()
}

/// Returns the text of a seed that comes with the sandbox.
pub(super) fn text(name: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_can_be_read_and_written_back() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        for (name, text) in TEXTS {
            let seed = Seed::parse(text, now).unwrap_or_else(|error| panic!("{name}: {error}"));
            let again = Seed::parse(&seed.to_json().unwrap(), now).unwrap();
            assert!(again.records() == seed.records(), "{name} is written back as it was read");
        }
    }
}
