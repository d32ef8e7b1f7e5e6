//! The document that a first visit shows.

use super::{Document, NamedRequest};
use crate::delivery::{End, Form};
use abac_eval::{Decision, Delegation};
use uuid::Uuid;

/// The role that the delegate holds: Role Based Access Control Administrator.
const ROLE: &str = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

const PULL: Uuid = Uuid::from_u128(0x7f951dda_4ed3_4680_a7ca_43fe172d538d);
const PUSH: Uuid = Uuid::from_u128(0x8311e382_0749_4cb8_b61a_304f252e45ec);
const SIGNER: Uuid = Uuid::from_u128(0x6cef56e8_d556_48e5_a04f_b8e64114680f);
const OWNER: Uuid = Uuid::from_u128(0x8e3af657_a8ff_443c_a75c_2fe8c4bcb635);

impl Document {
    /// Returns the example: a condition that lets a delegate assign four roles of Azure Container
    /// Registry to users and service principals and nothing else, with six requests.
    #[must_use]
    pub fn example() -> Self {
        let to = |role, principal_type| Delegation {
            role: Some(role),
            principal: Some(Uuid::from_u128(0x5b7c_1d20_0000_4000_8000_0000_0000_0001)),
            principal_type: Some(principal_type),
        };
        let named = |name: &str, request, expect| NamedRequest {
            name: name.to_owned(),
            request,
            expect: Some(expect),
        };
        Self {
            name: "ACR delegation".to_owned(),
            condition: include_str!("example.abac").trim_end().to_owned(),
            role: Some(ROLE.to_owned()),
            requests: vec![
                named("AcrPull to a user", to(PULL, "User").write(), Decision::Allow),
                named(
                    "AcrPush to a pipeline",
                    to(PUSH, "ServicePrincipal").write(),
                    Decision::Allow,
                ),
                named("Owner to a user", to(OWNER, "User").write(), Decision::Deny),
                named("AcrPush to a group", to(PUSH, "Group").write(), Decision::Deny),
                named("Take AcrImageSigner away", to(SIGNER, "User").delete(), Decision::Allow),
                named("Take Owner away", to(OWNER, "User").delete(), Decision::Deny),
            ],
            delivery: Form {
                scope:
                    "/subscriptions/7a3b1c5e-2f4d-4c8b-9e1a-0b6d2f8c4e10/resourceGroups/rg-registry"
                        .to_owned(),
                principal: "5b7c1d20-0000-4000-8000-000000000002".to_owned(),
                end: End::After("180 days".to_owned()),
                justification: "Runs the container registry".to_owned(),
                ..Form::default()
            },
            policy: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Condition, Document, simulate};

    #[test]
    fn the_example_does_what_it_says() {
        let document = Document::example();
        let condition = Condition::read(&*document.condition);
        assert!(condition.is_readable());
        let table = simulate::table(&condition, &document.requests);
        assert_eq!((table.len(), document.requests.len()), (6, 6));
        for (row, named) in table.iter().zip(&document.requests) {
            assert_eq!(row.mismatch, Some(false), "{}", named.name);
        }
    }

    #[test]
    fn the_example_has_no_finding_worth_a_warning() {
        let document = Document::example();
        let analysis = crate::analyse(&document.condition, &crate::Settings::default());
        assert_eq!(analysis.findings, []);
    }
}
