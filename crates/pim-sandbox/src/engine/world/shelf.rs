//! Records that belong to a scope and a principal, in the orders in which they are listed.

use super::places::ScopeKey;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use uuid::Uuid;

/// Something that belongs to a scope and a principal.
pub(crate) trait Placed {
    fn name(&self) -> Uuid;
    fn scope(&self) -> &str;
    fn principal(&self) -> Uuid;
}

/// A range of scopes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Span {
    /// Every scope there is.
    Everything,
    /// One scope.
    Exactly(ScopeKey),
    /// A scope and what its id is the beginning of.
    Under(ScopeKey),
}

impl Span {
    /// Returns the scope it begins with.
    pub(crate) fn start(&self) -> ScopeKey {
        match self {
            Self::Everything => ScopeKey::of(""),
            Self::Exactly(key) | Self::Under(key) => key.clone(),
        }
    }

    /// Says whether a scope lies in it.
    pub(crate) fn holds(&self, key: &ScopeKey) -> bool {
        match self {
            Self::Everything => true,
            Self::Exactly(own) => own == key,
            Self::Under(own) => key
                .as_str()
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }

    /// Says whether no scope behind this one can lie in it.
    fn ended(&self, key: &ScopeKey) -> bool {
        match self {
            Self::Everything => false,
            Self::Exactly(own) => own < key,
            Self::Under(own) => own < key && !key.as_str().starts_with(own.as_str()),
        }
    }
}

/// Where a list goes on: behind this scope and name.
pub(crate) type Cursor = (ScopeKey, Uuid);

/// Records by name, by scope and by principal.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    records: BTreeMap<Uuid, Arc<T>>,
    by_scope: BTreeSet<(ScopeKey, Uuid)>,
    by_principal: BTreeSet<(Uuid, ScopeKey, Uuid)>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { records: BTreeMap::new(), by_scope: BTreeSet::new(), by_principal: BTreeSet::new() }
    }
}

impl<T: Placed> Shelf<T> {
    pub(super) fn put(&mut self, one: Arc<T>) {
        let (scope, name) = (ScopeKey::of(one.scope()), one.name());
        self.by_principal.insert((one.principal(), scope.clone(), name));
        self.by_scope.insert((scope, name));
        self.records.insert(name, one);
    }

    pub(super) fn remove(&mut self, name: Uuid) {
        if let Some(one) = self.records.remove(&name) {
            let scope = ScopeKey::of(one.scope());
            self.by_principal.remove(&(one.principal(), scope.clone(), name));
            self.by_scope.remove(&(scope, name));
        }
    }

    pub(crate) fn get(&self, name: Uuid) -> Option<&Arc<T>> {
        self.records.get(&name)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<T>> {
        self.records.values()
    }

    /// Returns what a principal has at one scope.
    pub(crate) fn held(&self, principal: Uuid, scope: &ScopeKey) -> impl Iterator<Item = &Arc<T>> {
        let from = (principal, scope.clone(), Uuid::nil());
        let to = (principal, scope.clone(), Uuid::max());
        self.by_principal.range(from..=to).filter_map(|(_, _, name)| self.records.get(name))
    }

    /// Returns everything a principal has, by scope.
    pub(crate) fn held_anywhere(&self, principal: Uuid) -> impl Iterator<Item = &Arc<T>> {
        let from = (principal, ScopeKey::of(""), Uuid::nil());
        self.by_principal
            .range(from..)
            .take_while(move |(holder, _, _)| *holder == principal)
            .filter_map(|(_, _, name)| self.records.get(name))
    }

    /// Walks through ranges of scopes in order, of all principals or of one, behind a cursor.
    ///
    /// The place of a record in the order does not depend on others, so that a list that is read
    /// page by page misses nothing and repeats nothing that stays, however much is written meanwhile.
    pub(crate) fn walk<'s>(
        &'s self,
        spans: &'s [Span],
        principal: Option<Uuid>,
        behind: Option<Cursor>,
    ) -> impl Iterator<Item = &'s Arc<T>> {
        spans.iter().enumerate().flat_map(move |(index, span)| {
            let start = span.start();
            let from = match &behind {
                Some((scope, name)) if *scope >= start => Bound::Excluded((scope.clone(), *name)),
                _ => Bound::Included((start, Uuid::nil())),
            };
            // A record is listed by the first range that holds it.
            let earlier = spans.get(..index).unwrap_or_default();
            let names: Box<dyn Iterator<Item = (&'s ScopeKey, &'s Uuid)>> = match principal {
                Some(principal) => {
                    let with = |(scope, name): (ScopeKey, Uuid)| (principal, scope, name);
                    let from = match from {
                        Bound::Excluded(key) => Bound::Excluded(with(key)),
                        Bound::Included(key) => Bound::Included(with(key)),
                        Bound::Unbounded => Bound::Unbounded,
                    };
                    Box::new(
                        self.by_principal
                            .range((from, Bound::Unbounded))
                            .take_while(move |(holder, _, _)| *holder == principal)
                            .map(|(_, scope, name)| (scope, name)),
                    )
                }
                None => Box::new(
                    self.by_scope
                        .range((from, Bound::Unbounded))
                        .map(|(scope, name)| (scope, name)),
                ),
            };
            names
                .take_while(move |(scope, _)| !span.ended(scope))
                .filter(move |(scope, _)| {
                    span.holds(scope) && !earlier.iter().any(|one| one.holds(scope))
                })
                .filter_map(|(_, name)| self.records.get(name))
        })
    }
}
