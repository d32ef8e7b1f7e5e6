//! Attributes in words.

use crate::explanation::Context;
use crate::phrase::Phrase;
use abac_syntax::{AttributeId, AttributeSource};

/// An attribute in words.
pub(crate) struct Subject {
    /// "the blob's path".
    pub(crate) noun: Phrase,
    /// All its values, "the keys of the blob's index tags"; `None` where it has one value.
    pub(crate) values: Option<Phrase>,
    /// What its values name.
    pub(crate) names: Names,
    /// What to say when it is true and when it is false.
    pub(crate) truth: Option<[&'static str; 2]>,
    /// What to say when it is there and when it is not.
    pub(crate) presence: Option<[&'static str; 2]>,
    /// Whether requests without it are to be expected.
    pub(crate) optional: bool,
    /// Whether Log Analytics evaluates it, for which `StringLike` looks for a term.
    pub(crate) terms: bool,
}

/// What the values of an attribute name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Roles,
    Principals,
    PrincipalTypes,
    Nothing,
}

/// Puts an attribute into words; one that the catalog does not know stays as it is written.
pub(crate) fn subject(context: Context<'_>, id: AttributeId) -> Subject {
    let attribute = context.tree.attribute(id);
    let body = attribute.body.of(context.source);
    let written = || Phrase::literal(attribute.span.of(context.source));
    let plain = |noun: Phrase| Subject {
        noun,
        values: None,
        names: Names::Nothing,
        truth: None,
        presence: None,
        optional: true,
        terms: false,
    };
    let source = attribute.source.map(AttributeSource::as_str);
    let found = context.catalog.match_attribute(body).filter(|_| !attribute.hole);
    let Some(found) = found else { return plain(written()) };
    let Some(known) = source.and_then(|source| found.through(source)).or(found.attribute()) else {
        return plain(written());
    };
    let key = Phrase::literal(found.key.unwrap_or_default());
    let in_request = attribute.source == Some(AttributeSource::Request);
    let always = |noun: &str| Subject { optional: false, ..plain(Phrase::words(noun)) };
    let maybe = |noun: &str| plain(Phrase::words(noun));
    let keyed = |noun: &str| plain(Phrase::words(noun).join(key.clone()));
    match &*known.id {
        "authz.roleDefinitionId" => Subject { names: Names::Roles, ..always("the role") },
        "authz.principalId" => Subject { names: Names::Principals, ..always("the assignee") },
        "authz.principalType" => Subject { names: Names::PrincipalTypes, ..always("the assignee") },
        "blob.accountName" | "queue.accountName" => always("the storage account's name"),
        "blob.containerName" => always("the container's name"),
        "blob.containerMetadata" => keyed("the container's metadata value "),
        "blob.path" => always("the blob's path"),
        "blob.prefix" => Subject {
            presence: Some([
                "the request names a path prefix to list",
                "the request names no path prefix to list",
            ]),
            ..maybe("the path prefix that is listed")
        },
        "blob.listInclude" => Subject {
            values: Some(Phrase::words("the extra details that the listing asks for")),
            presence: Some([
                "the listing asks for extra details",
                "the listing asks for no extra details",
            ]),
            ..maybe("the list of extra details that the listing asks for")
        },
        "blob.tagValues" if in_request => keyed("the request's index tag "),
        "blob.tagValues" => keyed("the blob's index tag "),
        "blob.tagKeys" => {
            let whose = if in_request { "request's" } else { "blob's" };
            let presence = if in_request {
                ["the request has index tags", "the request has no index tags"]
            } else {
                ["the blob has index tags", "the blob has no index tags"]
            };
            Subject {
                presence: Some(presence),
                values: Some(Phrase::words(format!("the {whose} index tag keys"))),
                ..maybe(&format!("the list of the {whose} index tag keys"))
            }
        }
        "blob.encryptionScope" => Subject {
            presence: Some([
                "the blob has an encryption scope",
                "the blob has no encryption scope",
            ]),
            ..maybe("the encryption scope's name")
        },
        "blob.isCurrentVersion" => Subject {
            truth: Some([
                "the blob is the current version",
                "the blob is a previous version or a snapshot",
            ]),
            ..always("whether the blob is the current version")
        },
        "blob.isHnsEnabled" => Subject {
            truth: Some([
                "the storage account has a hierarchical namespace",
                "the storage account has no hierarchical namespace",
            ]),
            ..always("whether the storage account has a hierarchical namespace")
        },
        "blob.versionId" => Subject {
            presence: Some([
                "the request names a version of the blob",
                "the request names no version of the blob",
            ]),
            ..maybe("the version of the blob that the request names")
        },
        "blob.snapshot" => Subject {
            presence: Some([
                "the request names a snapshot of the blob",
                "the request names no snapshot of the blob",
            ]),
            ..maybe("the snapshot of the blob that the request names")
        },
        "queue.name" => always("the queue's name"),
        "kv.vaultName" => always("the key vault's name"),
        "kv.secretName" | "kv.secretNameRequest" => Subject {
            presence: Some([
                "the request names a single secret",
                "the request names no single secret",
            ]),
            ..maybe("the secret's name")
        },
        "acr.repositoryName" => Subject {
            presence: Some(["the request names a repository", "the request names no repository"]),
            ..maybe("the repository's name")
        },
        "la.tableName" => Subject { terms: true, ..always("the table's name") },
        "la.record" => Subject { terms: true, ..keyed("the row's value in column ") },
        "la.protectionLevel" | "insights.protectionLevel" => maybe("the table's protection level"),
        "aks.group" => maybe("the custom resource's API group"),
        "aks.kind" => maybe("the custom resource's kind"),
        "env.isPrivateLink" => Subject {
            truth: Some([
                "the request comes over a private link",
                "the request does not come over a private link",
            ]),
            ..always("whether the request comes over a private link")
        },
        "env.privateEndpoint" => Subject {
            presence: Some([
                "the request comes through a private endpoint",
                "the request does not come through a private endpoint",
            ]),
            ..maybe("the private endpoint that the request comes through")
        },
        "env.subnet" => Subject {
            presence: Some([
                "the request comes from a known subnet",
                "the request does not come from a known subnet",
            ]),
            ..maybe("the subnet that the request comes from")
        },
        "env.utcNow" => always("the time of the request"),
        id if id.starts_with("principal.") => {
            let noun = Phrase::words("the caller's attribute ").join(key.clone());
            let values = Phrase::words("the values of ").join(noun.clone());
            let several = known.multi_valued != Some(false);
            Subject { values: several.then_some(values), ..plain(noun) }
        }
        _ => {
            let noun = Phrase::words("the ").join(Phrase::name(known.display_name.as_ref()));
            let noun = if found.key.is_some() { noun.and(" ").join(key.clone()) } else { noun };
            let noun = match attribute.source {
                Some(AttributeSource::Request) => noun.and(" of the request"),
                Some(AttributeSource::Principal) => noun.and(" of the caller"),
                _ => noun,
            };
            let values = Phrase::words("the values of ").join(noun.clone());
            Subject { values: (known.multi_valued == Some(true)).then_some(values), ..plain(noun) }
        }
    }
}
