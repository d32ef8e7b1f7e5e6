//! The templates: the four of the portal's role assignment editor, and recipes for storage.

use super::{LineSpec, Parameter, Rule, Template, ValueSpec};
use crate::pickers::ValueKind;
use abac_syntax::AttributeSource;
use abac_syntax::AttributeSource::{Environment, Request, Resource};

/// Returns every template, those of the portal first.
#[must_use]
pub fn templates() -> &'static [Template] {
    TEMPLATES
}

const WRITE: &[&str] = &["authz.write"];
const DELETE: &[&str] = &["authz.delete"];
const READ: &[&str] = &["blob.read", "blob.superUser"];
const LIST: &[&str] = &["blob.list", "blob.superUser"];
const EVERYTHING: &[&str] =
    &["blob.delete", "blob.read", "blob.write", "blob.add", "blob.superUser"];
const NEW: &[&str] = &["blob.writeTags", "blob.addTags"];

const EQUALS: (&str, &str) = ("StringEquals", "ForAnyOfAnyValues:StringEquals");
const ONE_GUID: (&str, &str) = ("ForAnyOfAnyValues:GuidEquals", "ForAnyOfAnyValues:GuidEquals");
const NO_GUID: (&str, &str) =
    ("ForAnyOfAllValues:GuidNotEquals", "ForAnyOfAllValues:GuidNotEquals");
const TYPE: (&str, &str) =
    ("ForAnyOfAnyValues:StringEqualsIgnoreCase", "ForAnyOfAnyValues:StringEqualsIgnoreCase");
const STARTS: (&str, &str) = ("StringStartsWith", "StringStartsWith");
const IS: (&str, &str) = ("BoolEquals", "BoolEquals");
const SCOPE: (&str, &str) = ("ForAnyOfAnyValues:StringEquals", "ForAnyOfAnyValues:StringEquals");

const fn line(
    source: AttributeSource,
    attribute: &'static str,
    operator: (&'static str, &'static str),
    value: ValueSpec,
) -> LineSpec {
    LineSpec { source, attribute, key: None, one: operator.0, several: operator.1, value }
}

/// The tag whose key is the first parameter and whose value the second.
const fn tag(source: AttributeSource) -> LineSpec {
    LineSpec { key: Some(0), ..line(source, "blob.tagValues", EQUALS, ValueSpec::Parameter(1)) }
}

const fn roles(source: AttributeSource, operator: (&'static str, &'static str)) -> LineSpec {
    line(source, "authz.roleDefinitionId", operator, ValueSpec::Parameter(0))
}

const fn types(source: AttributeSource) -> LineSpec {
    line(source, "authz.principalType", TYPE, ValueSpec::Parameter(1))
}

const fn principals(source: AttributeSource) -> LineSpec {
    line(source, "authz.principalId", ONE_GUID, ValueSpec::Parameter(1))
}

const CONTAINER: LineSpec = line(Resource, "blob.containerName", EQUALS, ValueSpec::Parameter(0));
const PATH: LineSpec = line(Resource, "blob.path", STARTS, ValueSpec::Parameter(1));
const PREFIX: LineSpec = line(Request, "blob.prefix", STARTS, ValueSpec::Parameter(1));

const fn several(name: &'static str, kind: ValueKind, example: &'static str) -> Parameter {
    Parameter { name, kind, takes_several: true, example }
}

const fn single(name: &'static str, kind: ValueKind, example: &'static str) -> Parameter {
    Parameter { name, kind, takes_several: false, example }
}

const ROLES: Parameter = several("Roles", ValueKind::Role, "7f951dda-4ed3-4680-a7ca-43fe172d538d");
const CONTAINERS: Parameter =
    several("Container names", ValueKind::Text, "blobs-example-container");
const TAG_KEY: Parameter = single("Tag key", ValueKind::Text, "Project");
const TAG_VALUES: Parameter = several("Tag values", ValueKind::Tag, "Cascade");

const ROLE_ASSIGNMENTS: &str = "Role assignment management (constrained delegation)";
const BLOBS: &str = "Blob Storage and Data Lake Storage Gen2";

static TEMPLATES: &[Template] = &[
    Template {
        id: "constrain-roles",
        title: "Constrain roles",
        description: "Allow the delegate to assign only the roles you choose.",
        service: ROLE_ASSIGNMENTS,
        parameters: &[ROLES],
        source: "deleg",
        rules: &[
            Rule { actions: WRITE, lines: &[roles(Request, ONE_GUID)] },
            Rule { actions: DELETE, lines: &[roles(Resource, ONE_GUID)] },
        ],
    },
    Template {
        id: "constrain-roles-and-principal-types",
        title: "Constrain roles and principal types",
        description: "Allow the delegate to assign only the roles you choose, and only to the \
                      principal types you choose.",
        service: ROLE_ASSIGNMENTS,
        parameters: &[ROLES, several("Principal types", ValueKind::PrincipalType, "User")],
        source: "deleg",
        rules: &[
            Rule { actions: WRITE, lines: &[roles(Request, ONE_GUID), types(Request)] },
            Rule { actions: DELETE, lines: &[roles(Resource, ONE_GUID), types(Resource)] },
        ],
    },
    Template {
        id: "constrain-roles-and-principals",
        title: "Constrain roles and principals",
        description: "Allow the delegate to assign only the roles you choose, and only to the \
                      principals you choose.",
        service: ROLE_ASSIGNMENTS,
        parameters: &[
            ROLES,
            several("Principals", ValueKind::Principal, "28c35fea-2099-4cf5-8ad9-473547bc9423"),
        ],
        source: "deleg",
        rules: &[
            Rule { actions: WRITE, lines: &[roles(Request, ONE_GUID), principals(Request)] },
            Rule { actions: DELETE, lines: &[roles(Resource, ONE_GUID), principals(Resource)] },
        ],
    },
    Template {
        id: "all-except-roles",
        title: "Allow all except specific roles",
        description: "Allow the delegate to assign all roles except those you choose.",
        service: ROLE_ASSIGNMENTS,
        parameters: &[several("Roles", ValueKind::Role, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635")],
        source: "deleg",
        rules: &[
            Rule { actions: WRITE, lines: &[roles(Request, NO_GUID)] },
            Rule { actions: DELETE, lines: &[roles(Resource, NO_GUID)] },
        ],
    },
    Template {
        id: "read-containers",
        title: "Read blobs in named containers",
        description: "Reading is limited to blobs in the containers you name.",
        service: BLOBS,
        parameters: &[CONTAINERS],
        source: "blobex",
        rules: &[Rule { actions: READ, lines: &[CONTAINER] }],
    },
    Template {
        id: "use-containers",
        title: "Read, write or delete blobs in named containers",
        description: "Reading, writing and deleting are limited to the containers you name.",
        service: BLOBS,
        parameters: &[CONTAINERS],
        source: "blobex",
        rules: &[Rule { actions: EVERYTHING, lines: &[CONTAINER] }],
    },
    Template {
        id: "read-path",
        title: "Read and list blobs below a path",
        description: "Reading and listing are limited to a path in the containers you name; \
                      listing asks for the prefix of the request.",
        service: BLOBS,
        parameters: &[CONTAINERS, single("Path", ValueKind::Text, "readonly/")],
        source: "blobex",
        rules: &[
            Rule { actions: READ, lines: &[CONTAINER, PATH] },
            Rule { actions: LIST, lines: &[CONTAINER, PREFIX] },
        ],
    },
    Template {
        id: "write-path",
        title: "Write blobs below a path",
        description: "Writing is limited to a path in the containers you name.",
        service: BLOBS,
        parameters: &[CONTAINERS, single("Path", ValueKind::Text, "uploads/contoso/")],
        source: "blobex",
        rules: &[Rule {
            actions: &["blob.write", "blob.add", "blob.superUser"],
            lines: &[CONTAINER, PATH],
        }],
    },
    Template {
        id: "read-tag",
        title: "Read blobs with an index tag",
        description: "Reading is limited to blobs whose index tag has one of the values you name.",
        service: BLOBS,
        parameters: &[TAG_KEY, TAG_VALUES],
        source: "blobex",
        rules: &[Rule { actions: &["blob.read"], lines: &[tag(Resource)] }],
    },
    Template {
        id: "new-blobs-tag",
        title: "New blobs must have an index tag",
        description: "Writing with index tags is limited to the values you name.",
        service: BLOBS,
        parameters: &[TAG_KEY, TAG_VALUES],
        source: "blobex",
        rules: &[Rule { actions: NEW, lines: &[tag(Request)] }],
    },
    Template {
        id: "private-link",
        title: "Read blobs only over a private link",
        description: "Reading is limited to requests that come over a private link.",
        service: BLOBS,
        parameters: &[],
        source: "blobex",
        rules: &[Rule {
            actions: READ,
            lines: &[line(Environment, "env.isPrivateLink", IS, ValueSpec::Fixed("true"))],
        }],
    },
    Template {
        id: "private-endpoint",
        title: "Read blobs only through named private endpoints",
        description: "Reading is limited to requests that come through the private endpoints you \
                      name by their resource ids.",
        service: BLOBS,
        parameters: &[several(
            "Private endpoints",
            ValueKind::Text,
            "/subscriptions/…/providers/Microsoft.Network/privateEndpoints/pe1",
        )],
        source: "blobex",
        rules: &[Rule {
            actions: READ,
            lines: &[line(
                Environment,
                "env.privateEndpoint",
                ("StringEqualsIgnoreCase", "ForAnyOfAnyValues:StringEqualsIgnoreCase"),
                ValueSpec::Parameter(0),
            )],
        }],
    },
    Template {
        id: "encryption-scope",
        title: "Read or write blobs with named encryption scopes",
        description: "Reading and writing are limited to blobs with the encryption scopes you name.",
        service: BLOBS,
        parameters: &[several("Encryption scopes", ValueKind::Text, "ScopeCustomKey1")],
        source: "blobex",
        rules: &[Rule {
            actions: &["blob.read", "blob.write", "blob.add"],
            lines: &[line(Resource, "blob.encryptionScope", SCOPE, ValueSpec::Parameter(0))],
        }],
    },
    Template {
        id: "hierarchical-namespace",
        title: "Read blobs only in accounts with a hierarchical namespace",
        description: "Reading is limited to accounts that have a hierarchical namespace.",
        service: BLOBS,
        parameters: &[],
        source: "blobex",
        rules: &[Rule {
            actions: READ,
            lines: &[line(Resource, "blob.isHnsEnabled", IS, ValueSpec::Fixed("true"))],
        }],
    },
    Template {
        id: "current-version",
        title: "Read only current versions of blobs",
        description: "Reading is limited to the current version of each blob.",
        service: BLOBS,
        parameters: &[],
        source: "blobex",
        rules: &[Rule {
            actions: READ,
            lines: &[line(Resource, "blob.isCurrentVersion", IS, ValueSpec::Fixed("true"))],
        }],
    },
    Template {
        id: "queues",
        title: "Peek or clear messages in named queues",
        description: "Peeking and clearing are limited to the queues you name.",
        service: "Queue Storage",
        parameters: &[several("Queue names", ValueKind::Text, "sample-queue")],
        source: "queueex",
        rules: &[Rule {
            actions: &["queue.peek", "queue.clear"],
            lines: &[line(Resource, "queue.name", EQUALS, ValueSpec::Parameter(0))],
        }],
    },
];
