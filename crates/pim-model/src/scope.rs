//! Scopes: where a role is assigned.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The longest id that is read; Azure's own limits end far earlier.
const MAX_ID_BYTES: usize = 8 * 1024;

/// How many segments an id may have.
const MAX_SEGMENTS: usize = 64;

/// A type and a name in a resource id: `storageAccounts/logs`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourcePart {
    /// The type, as in `storageAccounts`.
    pub kind: String,
    /// The name.
    pub name: String,
}

impl ResourcePart {
    /// Makes a part.
    pub fn new(kind: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind: kind.into(), name: name.into() }
    }
}

/// Where a role is assigned: a tenant, management group, subscription, resource group or resource.
///
/// `Display` writes the ARM id. Names keep the case in which they were written; Azure does not
/// count it (*documented*: resource-name-rules, read 2026-11), so compare with [`Scope::is_same`].
///
/// ```
/// use pim_model::{Scope, ScopeKind};
///
/// let scope: Scope = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/logs"
///     .parse()
///     .unwrap();
/// assert_eq!(scope.kind(), ScopeKind::ResourceGroup);
/// assert_eq!(scope.parent().unwrap().kind(), ScopeKind::Subscription);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The root of the tenant, `/`.
    Tenant,
    /// A management group.
    ManagementGroup {
        /// Its name, which is its id and not its display name.
        name: String,
    },
    /// A subscription.
    Subscription {
        /// Its id.
        id: Uuid,
    },
    /// A resource group.
    ResourceGroup {
        /// The subscription it lies in.
        subscription: Uuid,
        /// Its name.
        name: String,
    },
    /// A single resource, in a resource group or directly under a subscription.
    Resource {
        /// The subscription it lies in.
        subscription: Uuid,
        /// The resource group it lies in, if it lies in one.
        resource_group: Option<String>,
        /// The namespace of its resource provider, as in `Microsoft.Storage`.
        provider: String,
        /// Its types and names from the outside in; never empty.
        path: Vec<ResourcePart>,
    },
}

/// What kind of scope a [`Scope`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// The root of the tenant.
    Tenant,
    /// A management group.
    ManagementGroup,
    /// A subscription.
    Subscription,
    /// A resource group.
    ResourceGroup,
    /// A single resource.
    Resource,
}

impl ScopeKind {
    /// Returns the words for it: `resource group`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::ManagementGroup => "management group",
            Self::Subscription => "subscription",
            Self::ResourceGroup => "resource group",
            Self::Resource => "resource",
        }
    }
}

/// Why a text is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// The text is empty.
    #[error("the scope is empty")]
    Empty,
    /// The text or one of its names is longer than Azure knows.
    #[error("the scope is too long")]
    TooLong,
    /// Two slashes follow each other, or one ends the text.
    #[error("the scope has an empty segment")]
    EmptySegment,
    /// The id of the subscription is no GUID.
    #[error("the subscription id `{0}` is not a GUID")]
    SubscriptionId(String),
    /// The text starts as no scope does.
    #[error(
        "expected `/`, `/providers/Microsoft.Management/managementGroups/…` or `/subscriptions/…`, found `{0}`"
    )]
    Unknown(String),
    /// A type in the text has no name behind it.
    #[error("a type and its name come in pairs, and `{0}` has no name")]
    Unpaired(String),
    /// A character that no resource name has.
    #[error("the name `{0}` has a character that no name has")]
    Character(String),
}

impl Scope {
    /// Makes the scope of a management group.
    pub fn management_group(name: impl Into<String>) -> Self {
        Self::ManagementGroup { name: name.into() }
    }

    /// Makes the scope of a subscription.
    #[must_use]
    pub const fn subscription(id: Uuid) -> Self {
        Self::Subscription { id }
    }

    /// Makes the scope of a resource group.
    pub fn resource_group(subscription: Uuid, name: impl Into<String>) -> Self {
        Self::ResourceGroup { subscription, name: name.into() }
    }

    /// Makes the scope of a resource in a resource group.
    ///
    /// `kind` is the full type, as in `Microsoft.Storage/storageAccounts`.
    ///
    /// # Errors
    /// When the type or a name is not well formed, or there are not as many names as types.
    pub fn resource(
        subscription: Uuid,
        resource_group: &str,
        kind: &str,
        names: &[&str],
    ) -> Result<Self, ScopeError> {
        let (provider, kinds) =
            kind.split_once('/').ok_or_else(|| ScopeError::Unpaired(kind.to_owned()))?;
        let kinds: Vec<&str> = kinds.split('/').collect();
        if kinds.len() != names.len() {
            return Err(ScopeError::Unpaired(kind.to_owned()));
        }
        let mut id = format!(
            "/subscriptions/{subscription}/resourceGroups/{resource_group}/providers/{provider}"
        );
        for (kind, name) in kinds.iter().zip(names) {
            id.push('/');
            id.push_str(kind);
            id.push('/');
            id.push_str(name);
        }
        id.parse()
    }

    /// Returns what kind of scope it is.
    #[must_use]
    pub const fn kind(&self) -> ScopeKind {
        match self {
            Self::Tenant => ScopeKind::Tenant,
            Self::ManagementGroup { .. } => ScopeKind::ManagementGroup,
            Self::Subscription { .. } => ScopeKind::Subscription,
            Self::ResourceGroup { .. } => ScopeKind::ResourceGroup,
            Self::Resource { .. } => ScopeKind::Resource,
        }
    }

    /// Returns the subscription it is or lies in.
    #[must_use]
    pub const fn subscription_id(&self) -> Option<Uuid> {
        match self {
            Self::Tenant | Self::ManagementGroup { .. } => None,
            Self::Subscription { id } => Some(*id),
            Self::ResourceGroup { subscription, .. } | Self::Resource { subscription, .. } => {
                Some(*subscription)
            }
        }
    }

    /// Returns the name of the resource group it is or lies in.
    #[must_use]
    pub fn resource_group_name(&self) -> Option<&str> {
        match self {
            Self::ResourceGroup { name, .. } => Some(name),
            Self::Resource { resource_group, .. } => resource_group.as_deref(),
            _ => None,
        }
    }

    /// Returns the scope it lies in, as far as the id tells; that of a subscription does not.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        match self {
            Self::Tenant | Self::Subscription { .. } => None,
            Self::ManagementGroup { .. } => Some(Self::Tenant),
            Self::ResourceGroup { subscription, .. } => Some(Self::subscription(*subscription)),
            Self::Resource { subscription, resource_group, provider, path } => {
                let (_, outer) = path.split_last()?;
                if outer.is_empty() {
                    return Some(match resource_group {
                        Some(name) => Self::resource_group(*subscription, name),
                        None => Self::subscription(*subscription),
                    });
                }
                Some(Self::Resource {
                    subscription: *subscription,
                    resource_group: resource_group.clone(),
                    provider: provider.clone(),
                    path: outer.to_vec(),
                })
            }
        }
    }

    /// Says whether both are the same place; case does not count.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.to_string().to_lowercase() == other.to_string().to_lowercase()
    }

    /// Returns the id without the slash it starts with, as URLs take it.
    #[must_use]
    pub fn url_path(&self) -> String {
        self.to_string().trim_start_matches('/').to_owned()
    }

    /// Returns the id of something of `Microsoft.Authorization` at this scope.
    ///
    /// ```
    /// # use pim_model::Scope;
    /// let id = Scope::management_group("root").authorization_id("roleDefinitions", "a");
    /// assert_eq!(id, "/providers/Microsoft.Management/managementGroups/root/providers/\
    ///                 Microsoft.Authorization/roleDefinitions/a");
    /// ```
    #[must_use]
    pub fn authorization_id(&self, kind: &str, name: &str) -> String {
        let scope = match self {
            Self::Tenant => String::new(),
            other => other.to_string(),
        };
        format!("{scope}/providers/Microsoft.Authorization/{kind}/{name}")
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant => formatter.write_str("/"),
            Self::ManagementGroup { name } => {
                write!(formatter, "/providers/Microsoft.Management/managementGroups/{name}")
            }
            Self::Subscription { id } => write!(formatter, "/subscriptions/{id}"),
            Self::ResourceGroup { subscription, name } => {
                write!(formatter, "/subscriptions/{subscription}/resourceGroups/{name}")
            }
            Self::Resource { subscription, resource_group, provider, path } => {
                write!(formatter, "/subscriptions/{subscription}")?;
                if let Some(name) = resource_group {
                    write!(formatter, "/resourceGroups/{name}")?;
                }
                write!(formatter, "/providers/{provider}")?;
                for part in path {
                    write!(formatter, "/{}/{}", part.kind, part.name)?;
                }
                Ok(())
            }
        }
    }
}

impl FromStr for Scope {
    type Err = ScopeError;

    /// Reads an id. The old `/providers/Microsoft.Subscription/subscriptions/…` is understood too,
    /// and so is a missing first slash.
    fn from_str(text: &str) -> Result<Self, ScopeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ScopeError::Empty);
        }
        if text.len() > MAX_ID_BYTES {
            return Err(ScopeError::TooLong);
        }
        let path = text.strip_prefix('/').unwrap_or(text);
        if path.is_empty() {
            return Ok(Self::Tenant);
        }
        let segments: Vec<&str> = path.split('/').collect();
        if segments.len() > MAX_SEGMENTS {
            return Err(ScopeError::TooLong);
        }
        if segments.iter().any(|segment| segment.trim().is_empty()) {
            return Err(ScopeError::EmptySegment);
        }
        if let Some(wrong) = segments.iter().find(|segment| !is_name(segment)) {
            return Err(ScopeError::Character((*wrong).to_owned()));
        }
        let is = |segment: &str, word: &str| segment.eq_ignore_ascii_case(word);
        match segments.as_slice() {
            [providers, management, groups, name]
                if is(providers, "providers")
                    && is(management, "Microsoft.Management")
                    && is(groups, "managementGroups") =>
            {
                Ok(Self::management_group(*name))
            }
            [providers, namespace, subscriptions, rest @ ..]
                if is(providers, "providers")
                    && is(namespace, "Microsoft.Subscription")
                    && is(subscriptions, "subscriptions") =>
            {
                in_subscription(rest)
            }
            [subscriptions, rest @ ..] if is(subscriptions, "subscriptions") => {
                in_subscription(rest)
            }
            _ => Err(ScopeError::Unknown(text.to_owned())),
        }
    }
}

/// Says whether a segment of an id is free of what never stands in one.
fn is_name(segment: &str) -> bool {
    !segment
        .chars()
        .any(|one| one.is_control() || matches!(one, '?' | '#' | '%' | '\\' | '<' | '>'))
}

fn in_subscription(segments: &[&str]) -> Result<Scope, ScopeError> {
    let Some((id, rest)) = segments.split_first() else {
        return Err(ScopeError::Unpaired("subscriptions".to_owned()));
    };
    let subscription =
        Uuid::try_parse(id).map_err(|_| ScopeError::SubscriptionId((*id).to_owned()))?;
    match rest {
        [] => Ok(Scope::subscription(subscription)),
        [groups, name] if groups.eq_ignore_ascii_case("resourceGroups") => {
            Ok(Scope::resource_group(subscription, *name))
        }
        [groups, name, providers, rest @ ..]
            if groups.eq_ignore_ascii_case("resourceGroups")
                && providers.eq_ignore_ascii_case("providers") =>
        {
            resource(subscription, Some((*name).to_owned()), rest)
        }
        [providers, rest @ ..] if providers.eq_ignore_ascii_case("providers") => {
            resource(subscription, None, rest)
        }
        [other, ..] => Err(ScopeError::Unpaired((*other).to_owned())),
    }
}

fn resource(
    subscription: Uuid,
    resource_group: Option<String>,
    segments: &[&str],
) -> Result<Scope, ScopeError> {
    let unpaired = |text: &str| ScopeError::Unpaired(text.to_owned());
    let (provider, rest) = segments.split_first().ok_or_else(|| unpaired("providers"))?;
    if rest.is_empty() {
        return Err(unpaired(provider));
    }
    let mut path = Vec::with_capacity(rest.len() / 2);
    for pair in rest.chunks(2) {
        match pair {
            [kind, name] => path.push(ResourcePart::new(*kind, *name)),
            [kind] => return Err(unpaired(kind)),
            _ => {}
        }
    }
    let provider = (*provider).to_owned();
    Ok(Scope::Resource { subscription, resource_group, provider, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000001";

    #[test]
    fn ids_are_read_and_written_back() {
        for id in [
            "/",
            "/providers/Microsoft.Management/managementGroups/root",
            SUBSCRIPTION,
            &format!("{SUBSCRIPTION}/resourceGroups/logs"),
            &format!(
                "{SUBSCRIPTION}/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/a"
            ),
            &format!(
                "{SUBSCRIPTION}/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/a/blobServices/default"
            ),
            &format!("{SUBSCRIPTION}/providers/Microsoft.Security/pricings/a"),
        ] {
            assert_eq!(id.parse::<Scope>().unwrap().to_string(), id);
        }
    }

    #[test]
    fn old_and_sloppy_forms_are_understood() {
        let plain: Scope = SUBSCRIPTION.parse().unwrap();
        for id in [
            "/providers/Microsoft.Subscription/subscriptions/00000000-0000-0000-0000-000000000001",
            "subscriptions/00000000-0000-0000-0000-000000000001",
            "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001",
        ] {
            assert_eq!(id.parse::<Scope>().unwrap(), plain);
        }
        let one: Scope = format!("{SUBSCRIPTION}/resourcegroups/A").parse().unwrap();
        let other: Scope = format!("{SUBSCRIPTION}/resourceGroups/a").parse().unwrap();
        assert!(one.is_same(&other) && one != other);
    }

    #[test]
    fn what_is_no_scope_is_refused() {
        let no = |id: &str| id.parse::<Scope>().unwrap_err();
        assert_eq!(no(""), ScopeError::Empty);
        assert_eq!(no("/subscriptions/x"), ScopeError::SubscriptionId("x".to_owned()));
        assert_eq!(no("/subscriptions//resourceGroups/a"), ScopeError::EmptySegment);
        assert_eq!(no("/somewhere"), ScopeError::Unknown("/somewhere".to_owned()));
        let unpaired = format!("{SUBSCRIPTION}/resourceGroups/a/providers/Microsoft.Web/sites");
        assert_eq!(no(&unpaired), ScopeError::Unpaired("sites".to_owned()));
        assert_eq!(no(&"/a".repeat(9000)), ScopeError::TooLong);
    }

    #[test]
    fn resources_are_made_of_parts() {
        let id = Uuid::from_u128(1);
        let scope =
            Scope::resource(id, "logs", "Microsoft.Storage/storageAccounts", &["a"]).unwrap();
        assert_eq!(scope.resource_group_name(), Some("logs"));
        assert_eq!(scope.parent().unwrap(), Scope::resource_group(id, "logs"));
        assert!(Scope::resource(id, "logs", "Microsoft.Storage/storageAccounts", &[]).is_err());
    }
}
