//! A request of PIM for Groups, and what it says in words.

use serde_json::{Map, Value as Json};

use crate::plan::duration_words;

/// A request to Microsoft Graph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupPlan {
    /// Whether it is about an eligible membership or ownership; else it is about an active one.
    pub(crate) is_eligibility: bool,
    /// The body, as it goes over the wire.
    pub(crate) body: Map<String, Json>,
}

impl GroupPlan {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Json::as_str).filter(|text| !text.is_empty())
    }

    pub(crate) fn nested(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let mut value = self.body.get(*first)?;
        for name in rest {
            value = value.get(name)?;
        }
        value.as_str().filter(|text| !text.is_empty())
    }

    pub(crate) fn action(&self) -> &str {
        self.text("action").unwrap_or_default()
    }

    pub(crate) fn expiration(&self, field: &str) -> Option<&str> {
        self.nested(&["scheduleInfo", "expiration", field])
    }

    /// What the request does, in one sentence.
    pub(crate) fn summary(&self) -> String {
        let principal = self.text("principalId").unwrap_or_default();
        let group = self.text("groupId").unwrap_or_default();
        let access =
            if self.text("accessId") == Some("owner") { "ownership" } else { "membership" };
        let kind = if self.is_eligibility { "eligible" } else { "active" };
        let end = match (self.expiration("duration"), self.expiration("endDateTime")) {
            (Some(duration), _) => format!(", for {}", duration_words(duration)),
            (None, Some(instant)) => format!(", until {instant}"),
            (None, None) if self.expiration("type") == Some("noExpiration") => {
                ", without end".to_owned()
            }
            (None, None) => String::new(),
        };
        let what = format!("{access} of group {group}");
        match self.action() {
            "selfActivate" => format!("Activates {what} for {principal}{end}."),
            "selfDeactivate" => format!("Deactivates {what} for {principal}."),
            "selfExtend" | "selfRenew" => {
                format!("Asks for more time for the {kind} {what} of {principal}{end}.")
            }
            "adminRemove" => format!("Removes the {kind} {what} from {principal}."),
            "adminUpdate" => format!("Updates the {kind} {what} of {principal}{end}."),
            "adminExtend" => format!("Extends the {kind} {what} of {principal}{end}."),
            "adminRenew" => format!("Renews the {kind} {what} of {principal}{end}."),
            _ if self.is_eligibility => format!("Makes {principal} eligible for {what}{end}."),
            _ => format!("Gives {principal} active {what}{end}."),
        }
    }
}
