//! A condition as long as Azure takes one.

use abac_catalog::Catalog;

/// The limit of Azure in bytes (*documented*: conditions-faq, 2023-05-09).
pub const LIMIT: usize = 8 * 1024;

const ROLES: usize = 40;
const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";

/// Makes a condition of every common kind of clause, as many as fit into 8 KB: who may be given
/// which role, and which blobs may be read, each project in its own container and folder.
pub fn condition() -> String {
    let roles = Catalog::builtin().roles().filter(|role| !role.is_privileged());
    let roles: Vec<_> = roles.take(ROLES).map(|role| role.id()).collect();
    let roles = roles.join(", ");
    let mut text = String::new();
    for (action, source) in [("write", "Request"), ("delete", "Resource")] {
        text.push_str(&format!(
            "((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/{action}'}})) OR \
             (@{source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
             ForAnyOfAnyValues:GuidEquals {{{roles}}} AND \
             @{source}[Microsoft.Authorization/roleAssignments:PrincipalType] \
             ForAnyOfAnyValues:StringEqualsIgnoreCase {{'Group', 'ServicePrincipal'}})) AND "
        ));
    }
    text.push_str(&format!(
        "((!(ActionMatches{{'{BLOBS}/blobs/read'}} AND NOT SubOperationMatches{{'Blob.List'}})) OR ("
    ));
    for project in 0.. {
        let clause = format!(
            "{}(@Resource[{BLOBS}:name] StringEquals 'project-{project:03}' AND \
             @Resource[{BLOBS}/blobs:path] StringLike 'team-{project:03}/*')",
            if project == 0 { "" } else { " OR " },
        );
        if text.len() + clause.len() + "))".len() > LIMIT {
            break;
        }
        text.push_str(&clause);
    }
    text.push_str("))");
    text
}
