//! Which roles a delegate may hand to whom.

use crate::condition::Condition;
use abac_catalog::{Catalog, Role};
use abac_eval::{Delegation, Program, Truth};
use abac_syntax::LiteralKind;
use uuid::Uuid;

/// How many roles have a row.
const MOST_ROLES: usize = 60;

/// The decisions of a delegate's condition, one row a role, one column a principal type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The columns, in Azure's spelling.
    pub principal_types: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<(MatrixRole, Vec<Truth>)>,
    /// Principals that the condition names, of which one can be asked for.
    pub principals: Vec<Uuid>,
    /// How many roles the condition names beyond those shown.
    pub more: usize,
}

/// A role of a [`Matrix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRole {
    /// The GUID.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether the condition names it.
    pub is_named: bool,
    /// Whether whoever has it can hand out roles, or nearly everything.
    pub is_privileged: bool,
}

/// Decides role assignments that are created, or deleted, for every pair of role and principal
/// type: the roles that the condition names, then the privileged ones. `None` where the condition
/// is not about role assignments.
///
/// `principal` is the one that gets or loses the role; without one, a clause about the principal is
/// unknown.
#[must_use]
pub fn matrix(
    condition: &Condition,
    catalog: &Catalog,
    is_deletion: bool,
    principal: Option<Uuid>,
) -> Option<Matrix> {
    let (text, tree) = (condition.text(), condition.tree());
    let about = |(_, attribute): (_, &abac_syntax::Attribute)| {
        attribute.path.of(text).eq_ignore_ascii_case("Microsoft.Authorization/roleAssignments")
    };
    if !tree.attributes().any(about) {
        return None;
    }
    let mut named: Vec<&Role> = Vec::new();
    let mut principals = Vec::new();
    for (_, literal) in tree.literals() {
        let LiteralKind::Guid(guid) = literal.kind else { continue };
        match catalog.role(&guid.to_string()) {
            Some(role) if !named.iter().any(|known| known.id() == role.id()) => named.push(role),
            Some(_) => {}
            None if !principals.contains(&guid) => principals.push(guid),
            None => {}
        }
    }
    let more = named.len().saturating_sub(MOST_ROLES);
    let is_named = |role: &Role| named.iter().any(|known| known.id() == role.id());
    let privileged = catalog.roles().filter(|role| role.is_privileged() && !is_named(role));
    let program = Program::compile(text, tree);
    let principal_types = vec!["User", "Group", "ServicePrincipal"];
    let decide = |role: &Role, principal_type: &'static str| {
        let delegation = Delegation {
            role: Uuid::try_parse(role.id()).ok(),
            principal,
            principal_type: Some(principal_type),
        };
        let request = if is_deletion { delegation.delete() } else { delegation.write() };
        program.truth(&request.prepare())
    };
    let rows = named.iter().copied().take(MOST_ROLES).chain(privileged).map(|role| {
        let shown = MatrixRole {
            id: role.id().to_owned(),
            name: role.name().to_owned(),
            is_named: is_named(role),
            is_privileged: role.is_privileged() || role.can_assign_roles(),
        };
        (shown, principal_types.iter().map(|one| decide(role, one)).collect())
    });
    Some(Matrix { rows: rows.collect(), principal_types, principals, more })
}

#[cfg(test)]
mod tests {
    use super::matrix;
    use crate::{Condition, Document};
    use abac_catalog::Catalog;
    use abac_eval::Truth::{False, True};

    #[test]
    fn the_example_gives_four_roles_to_two_kinds_of_principal() {
        let condition = Condition::read(Document::example().condition);
        for is_deletion in [false, true] {
            let matrix = matrix(&condition, Catalog::builtin(), is_deletion, None).unwrap();
            assert_eq!(matrix.principal_types, ["User", "Group", "ServicePrincipal"]);
            let (named, others): (Vec<_>, Vec<_>) =
                matrix.rows.iter().partition(|(role, _)| role.is_named);
            assert_eq!((named.len(), others.len()), (4, 5));
            assert!(named.iter().all(|(_, row)| *row == [True, False, True]));
            assert!(others.iter().all(|(_, row)| *row == [False, False, False]));
        }
    }

    #[test]
    fn a_condition_about_blobs_has_none() {
        let condition = Condition::read("Exists @Environment[isPrivateLink]");
        assert_eq!(matrix(&condition, Catalog::builtin(), false, None), None);
    }
}
