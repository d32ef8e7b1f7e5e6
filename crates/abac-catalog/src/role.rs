//! Role definitions and what they grant.

use crate::action::Plane;
use crate::pattern::matches_action;
use crate::source::{Source, by_tag};
use crate::table::items;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;
use uuid::Uuid;

/// The permission that hands roles out.
const ASSIGN: &str = "Microsoft.Authorization/roleAssignments/write";

/// Who defined a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum RoleKind {
    /// Azure.
    #[serde(rename = "BuiltInRole")]
    BuiltIn,
    /// A tenant.
    #[serde(rename = "CustomRole")]
    Custom,
}

/// Whether a role grants an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Grant {
    /// It does not.
    No,
    /// Only in permission blocks that carry a condition of their own.
    Conditioned,
    /// In a block without a condition.
    Unconditioned,
}

/// One block of permissions of a role; a request needs one block that grants it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PermissionBlock {
    /// Patterns of control-plane actions that are granted.
    pub actions: Vec<String>,
    /// Patterns taken away from `actions`.
    pub not_actions: Vec<String>,
    /// Patterns of data-plane actions that are granted.
    pub data_actions: Vec<String>,
    /// Patterns taken away from `data_actions`.
    pub not_data_actions: Vec<String>,
    /// The condition that the role itself puts on the block.
    pub condition: Option<String>,
    /// The version of that condition, `2.0`.
    pub condition_version: Option<String>,
}

impl PermissionBlock {
    /// Says whether the block grants an action, its condition aside.
    ///
    /// *Documented*: what `actions` hold less what `notActions` hold (custom-roles, 2023-11-15).
    #[must_use]
    pub fn grants(&self, action: &str, plane: Plane) -> bool {
        let (granted, taken) = match plane {
            Plane::Control => (&self.actions, &self.not_actions),
            Plane::Data => (&self.data_actions, &self.not_data_actions),
        };
        let covers = |pattern: &String| matches_action(pattern, action);
        granted.iter().any(covers) && !taken.iter().any(covers)
    }

    fn unpack(text: &str) -> Self {
        let mut parts = text.splitn(6, '|');
        let mut next = || parts.next().unwrap_or_default();
        let mut patterns = || unpack_patterns(next());
        let (actions, not_actions) = (patterns(), patterns());
        let (data_actions, not_data_actions) = (patterns(), patterns());
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let condition_version = filled(next());
        let condition = filled(next());
        Self { actions, not_actions, data_actions, not_data_actions, condition, condition_version }
    }
}

fn unpack_patterns(text: &str) -> Vec<String> {
    let whole = |(provider, rest): (Option<&str>, &str)| match provider {
        Some(provider) => format!("{provider}/{rest}"),
        None => rest.to_owned(),
    };
    packed_patterns(text).map(whole).collect()
}

/// Returns the patterns of `Microsoft.Network/a/read,b/read;Microsoft.Support/*`, each as what
/// stands before and behind its first slash: the part before holds up to the next semicolon.
fn packed_patterns(text: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    text.split(';').flat_map(|group| {
        let (provider, rest) = match group.split_once('/') {
            Some((provider, rest)) => (Some(provider), rest),
            None => (None, group),
        };
        items(rest).map(move |pattern| (provider, pattern))
    })
}

/// A role definition.
///
/// Of a built-in role the permissions are read when they are first asked for.
#[derive(Debug, Clone)]
pub struct Role {
    id: Cow<'static, str>,
    name: Cow<'static, str>,
    kind: RoleKind,
    privileged: bool,
    description: Cow<'static, str>,
    assignable_scopes: Vec<Cow<'static, str>>,
    source: &'static Source,
    packed: &'static str,
    permissions: OnceLock<Vec<PermissionBlock>>,
    can_assign_roles: OnceLock<bool>,
}

impl Role {
    /// Reads a line of the data file.
    fn unpack(line: &'static str) -> Option<Self> {
        let mut columns = line.splitn(7, '\t');
        let mut next = || columns.next().map(|text| if text == "-" { "" } else { text });
        Some(Self {
            id: next()?.into(),
            name: next()?.into(),
            kind: RoleKind::BuiltIn,
            privileged: next()? == "privileged",
            source: by_tag(next()?),
            assignable_scopes: items(next()?).map(Cow::Borrowed).collect(),
            description: next()?.into(),
            packed: next()?,
            permissions: OnceLock::new(),
            can_assign_roles: OnceLock::new(),
        })
    }

    pub(crate) fn custom(
        id: String,
        name: String,
        kind: RoleKind,
        description: String,
        assignable_scopes: Vec<String>,
        permissions: Vec<PermissionBlock>,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            kind,
            privileged: false,
            description: description.into(),
            assignable_scopes: assignable_scopes.into_iter().map(Cow::Owned).collect(),
            source: &crate::source::GIVEN,
            packed: "",
            permissions: OnceLock::from(permissions),
            can_assign_roles: OnceLock::new(),
        }
    }

    /// Returns the GUID, in lower case with dashes.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the name, `Owner`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns who defined it.
    #[must_use]
    pub const fn kind(&self) -> RoleKind {
        self.kind
    }

    /// Says whether it is one of the five roles of the category *Privileged*.
    ///
    /// *Documented*: built-in-roles/privileged, 2025-01-25. Other roles can hand out roles too, see
    /// [`Role::can_assign_roles`].
    #[must_use]
    pub const fn is_privileged(&self) -> bool {
        self.privileged
    }

    /// Returns what it is for: a sentence of ours for well-known roles, the given description of a
    /// custom role, and otherwise a count of what it grants.
    #[must_use]
    pub fn description(&self) -> Cow<'_, str> {
        if self.description.is_empty() {
            Cow::Owned(self.count())
        } else {
            Cow::Borrowed(&self.description)
        }
    }

    fn count(&self) -> String {
        let sum = |list: fn(&PermissionBlock) -> &[String]| -> usize {
            self.permissions().iter().map(|block| list(block).len()).sum()
        };
        let words = |count: usize, plane: &str| match count {
            0 => format!("no {plane} action patterns"),
            1 => format!("1 {plane} action pattern"),
            _ => format!("{count} {plane} action patterns"),
        };
        let control = words(sum(|block| &block.actions), "control-plane");
        let data = words(sum(|block| &block.data_actions), "data-plane");
        format!("Grants {control} and {data}.")
    }

    /// Returns the scopes it can be assigned at.
    pub fn assignable_scopes(&self) -> impl Iterator<Item = &str> {
        self.assignable_scopes.iter().map(AsRef::as_ref)
    }

    /// Returns where it comes from.
    #[must_use]
    pub const fn source(&self) -> &'static Source {
        self.source
    }

    /// Returns its blocks of permissions, patterns in alphabetical order for a built-in role.
    #[must_use]
    pub fn permissions(&self) -> &[PermissionBlock] {
        self.permissions
            .get_or_init(|| self.packed.split('\t').map(PermissionBlock::unpack).collect())
    }

    /// Says whether it grants an action on a plane, with or without a condition of its own.
    #[must_use]
    pub fn grants(&self, action: &str, plane: Plane) -> bool {
        self.permissions().iter().any(|block| block.grants(action, plane))
    }

    /// Returns how it grants an action on a plane.
    ///
    /// That a block with a condition counts only when the condition holds is *observed* in
    /// built-in roles (built-in-roles-raw, 2026-08-22); how it combines with the condition of an
    /// assignment is not documented.
    #[must_use]
    pub fn grant(&self, action: &str, plane: Plane) -> Grant {
        let granting = self.permissions().iter().filter(|block| block.grants(action, plane));
        granting
            .map(|block| match block.condition {
                Some(_) => Grant::Conditioned,
                None => Grant::Unconditioned,
            })
            .max()
            .unwrap_or(Grant::No)
    }

    /// Says whether whoever has it can hand out any role: it grants
    /// `Microsoft.Authorization/roleAssignments/write` without a condition of its own.
    #[must_use]
    pub fn can_assign_roles(&self) -> bool {
        // Linters ask this of hundreds of roles in one condition.
        *self
            .can_assign_roles
            .get_or_init(|| self.grant(ASSIGN, Plane::Control) == Grant::Unconditioned)
    }

    /// Says whether any of its blocks carries a condition.
    #[must_use]
    pub fn has_condition(&self) -> bool {
        self.permissions().iter().any(|block| block.condition.is_some())
    }

    /// Says whether one of its patterns is an operation spelled out, in any letter case. The
    /// permissions are looked through as they are packed, so that asking all roles stays cheap.
    pub(crate) fn mentions(&self, operation: &str) -> bool {
        if self.packed.is_empty() {
            return self.permissions().iter().any(|block| {
                [&block.actions, &block.data_actions, &block.not_actions, &block.not_data_actions]
                    .into_iter()
                    .flatten()
                    .any(|pattern| pattern.eq_ignore_ascii_case(operation))
            });
        }
        let Some((wanted, wanted_rest)) = operation.split_once('/') else { return false };
        let lists = self.packed.split('\t').flat_map(|block| block.split('|').take(4));
        lists.flat_map(packed_patterns).any(|(provider, rest)| {
            rest.eq_ignore_ascii_case(wanted_rest)
                && provider.is_some_and(|provider| provider.eq_ignore_ascii_case(wanted))
        })
    }
}

impl PartialEq for Role {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
            && self.name == other.name
            && self.kind == other.kind
            && self.privileged == other.privileged
            && self.description == other.description
            && self.assignable_scopes == other.assignable_scopes
            && self.permissions() == other.permissions()
    }
}

impl Eq for Role {}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut role = serializer.serialize_struct("Role", 8)?;
        role.serialize_field("id", &self.id)?;
        role.serialize_field("name", &self.name)?;
        role.serialize_field("kind", &self.kind)?;
        role.serialize_field("privileged", &self.privileged)?;
        role.serialize_field("description", &self.description())?;
        role.serialize_field("assignableScopes", &self.assignable_scopes)?;
        role.serialize_field("permissions", self.permissions())?;
        role.serialize_field("source", self.source)?;
        role.end()
    }
}

/// Returns every built-in role, by GUID.
pub(crate) fn built_in() -> &'static [Role] {
    static TABLE: OnceLock<Vec<Role>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../data/roles.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(Role::unpack)
            .collect()
    })
}

/// Says whether a pattern of a built-in role is an operation spelled out, in any letter case.
pub(crate) fn spelled_out(operation: &str) -> bool {
    // Looking through all roles for each operation would take a text of many far too long.
    static OPERATIONS: OnceLock<HashSet<String>> = OnceLock::new();
    let operations = OPERATIONS.get_or_init(|| {
        built_in()
            .iter()
            .flat_map(Role::permissions)
            .flat_map(|block| {
                [&block.actions, &block.data_actions, &block.not_actions, &block.not_data_actions]
            })
            .flatten()
            .map(|pattern| pattern.to_ascii_lowercase())
            .collect()
    });
    operations.contains(&operation.to_ascii_lowercase())
}

/// Reads a GUID in any spelling, or the GUID at the end of a resource id.
pub(crate) fn guid(text: &str) -> Option<Uuid> {
    let last = text.trim().rsplit('/').next()?;
    Uuid::try_parse(last).ok()
}
