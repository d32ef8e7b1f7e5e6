//! The worked example of the first screen.

use abac_catalog::Catalog;
use abac_eval::{AccessRequest, Delegation};

/// A delegate who may assign and remove four roles of Azure Container Registry, and nothing else.
pub(crate) const TEXT: &str = "\
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec, c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f}
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec, c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f}
 )
)
";

/// Requests that show what the example does.
pub(crate) fn requests() -> Vec<(String, AccessRequest)> {
    let cases = [
        ("AcrPush", "User", true),
        ("AcrPull", "User", true),
        ("Owner", "User", true),
        ("Contributor", "ServicePrincipal", true),
        ("AcrDelete", "User", false),
        ("Owner", "Group", false),
    ];
    let request = |(role, kind, write): (&str, &'static str, bool)| {
        let id = Catalog::builtin().role_by_name(role).and_then(|role| role.id().parse().ok());
        let delegation = Delegation { role: id, principal: None, principal_type: Some(kind) };
        let (verb, request) =
            if write { ("Assign", delegation.write()) } else { ("Remove", delegation.delete()) };
        (format!("{verb} {role} ({kind})"), request)
    };
    cases.into_iter().map(request).collect()
}
