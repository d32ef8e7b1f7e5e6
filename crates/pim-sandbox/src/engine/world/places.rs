//! Scopes: which there are, and which lie in which.

use super::World;
use super::shelf::Span;
use crate::engine::record::Container;
use pim_model::{Scope, ScopeKind};
use std::fmt;
use std::sync::Arc;

/// A scope as indexes have it: in lower case, since Azure does not count the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ScopeKey(Arc<str>);

impl ScopeKey {
    pub(crate) fn of(id: &str) -> Self {
        Self(id.to_lowercase().into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn root() -> Self {
        Self("/".into())
    }
}

impl fmt::Display for ScopeKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&Scope> for ScopeKey {
    fn from(scope: &Scope) -> Self {
        Self::of(&scope.to_string())
    }
}

impl Container {
    pub(crate) fn parent_key(&self) -> Option<ScopeKey> {
        self.parent.as_deref().map(ScopeKey::of)
    }
}

/// How deep management groups are followed; Azure allows six levels below the root.
const MAX_LEVELS: usize = 16;

impl World {
    pub(crate) fn container(&self, key: &ScopeKey) -> Option<&Arc<Container>> {
        self.containers.get(key)
    }

    pub(crate) fn containers(&self) -> impl Iterator<Item = &Arc<Container>> {
        self.containers.values()
    }

    /// Returns the scope and everything it lies in, the tenant first.
    pub(crate) fn at_or_above(&self, scope: &ScopeKey) -> Vec<ScopeKey> {
        let mut chain = vec![scope.clone()];
        let mut next = self.parent(scope);
        while let Some(parent) = next {
            if chain.len() > 2 * MAX_LEVELS + 64 || chain.contains(&parent) {
                break;
            }
            next = self.parent(&parent);
            chain.push(parent);
        }
        chain.reverse();
        chain
    }

    fn parent(&self, scope: &ScopeKey) -> Option<ScopeKey> {
        let text = scope.as_str();
        if text == "/" || text.starts_with("/groups/") {
            return None;
        }
        if let Some(container) = self.containers.get(scope)
            && let Some(parent) = container.parent_key()
        {
            return Some(parent);
        }
        let parsed: Scope = text.parse().ok()?;
        Some(parsed.parent().map_or_else(ScopeKey::root, |one| ScopeKey::from(&one)))
    }

    /// Returns the ranges of scope keys that lie in a scope, itself included, in order.
    pub(crate) fn at_or_below(&self, scope: &ScopeKey) -> Vec<Span> {
        if scope.as_str() == "/" {
            return vec![Span::Everything];
        }
        let mut spans = vec![Span::Under(scope.clone())];
        let mut open = vec![(scope.clone(), 0)];
        while let Some((group, level)) = open.pop() {
            for child in self.children.get(&group).into_iter().flatten() {
                spans.push(Span::Under(child.clone()));
                if level < MAX_LEVELS {
                    open.push((child.clone(), level + 1));
                }
            }
        }
        spans.sort();
        spans.dedup();
        spans
    }

    /// Returns the name people see, and Azure's word for the kind of scope.
    pub(crate) fn describe_scope(&self, id: &str) -> (String, &'static str) {
        let scope = id.parse::<Scope>();
        let kind = match scope.as_ref().map(Scope::kind) {
            Ok(ScopeKind::Tenant) => "tenant",
            Ok(ScopeKind::ManagementGroup) => "managementgroup",
            Ok(ScopeKind::Subscription) => "subscription",
            Ok(ScopeKind::ResourceGroup) => "resourcegroup",
            Ok(ScopeKind::Resource) | Err(_) => "resource",
        };
        let name = match self.containers.get(&ScopeKey::of(id)) {
            Some(container) => container.display_name.clone(),
            None => id.rsplit('/').next().unwrap_or(id).to_owned(),
        };
        (name, kind)
    }
}
