//! The one condition and the four requests that every engine is measured on.

/// Role delegation in one line: four roles may be granted, and the same four removed.
pub const CONDITION: &str = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR \
(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals \
{7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec, \
acdd72a7-3385-48ef-bd42-f606fba81ae7, 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1})) AND \
((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR \
(@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals \
{7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec, \
acdd72a7-3385-48ef-bd42-f606fba81ae7, 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1}))";

/// The attribute both halves of the condition ask for, without its source.
pub const ATTRIBUTE: &str = "Microsoft.Authorization/roleAssignments:RoleDefinitionId";

const WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
const DELETE: &str = "Microsoft.Authorization/roleAssignments/delete";
/// The last role of the list, so that no engine gains by finding the first one.
const STORAGE_BLOB_DATA_READER: &str = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/// An access request and the decision every engine must reach.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Names the case in reports.
    pub name: &'static str,
    /// The action of the request.
    pub action: &'static str,
    /// The role that is granted or removed.
    pub role: &'static str,
    /// Whether the role is a parameter of the call (`@Request`) or belongs to the object that is
    /// accessed (`@Resource`).
    pub source: Source,
    /// Whether the condition allows it.
    pub allowed: bool,
}

/// Where the role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `@Request`.
    Request,
    /// `@Resource`.
    Resource,
}

/// Granting and removing a role, allowed and denied.
pub const CASES: [Case; 4] = [
    Case {
        name: "write-allow",
        action: WRITE,
        role: STORAGE_BLOB_DATA_READER,
        source: Source::Request,
        allowed: true,
    },
    Case {
        name: "write-deny",
        action: WRITE,
        role: OWNER,
        source: Source::Request,
        allowed: false,
    },
    Case {
        name: "delete-allow",
        action: DELETE,
        role: STORAGE_BLOB_DATA_READER,
        source: Source::Resource,
        allowed: true,
    },
    Case {
        name: "delete-deny",
        action: DELETE,
        role: OWNER,
        source: Source::Resource,
        allowed: false,
    },
];
