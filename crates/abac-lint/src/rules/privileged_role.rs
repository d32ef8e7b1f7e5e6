//! `privileged-role`

use crate::category::Category;
use crate::delegation::{allows, guid, role, role_comparisons};
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Relation, ValueType};
use diagnostics::Severity;
use std::collections::HashSet;

pub(crate) const RULE: Rule = Rule {
    id: "privileged-role",
    severity: Severity::Warning,
    summary: "a role that may be assigned can itself hand out any role",
    category: Category::Delegation,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let mut told = HashSet::new();
    for compared in role_comparisons(facts) {
        let equality = compared.operator.function.is_some_and(|function| {
            function.relation() == Relation::Equals && function.value_type() == ValueType::Guid
        });
        // Who may delete an assignment gains nothing by it.
        let request = compared.attribute.is_some_and(|id| facts.source_of(id) == "Request");
        if !equality || !request || !allows(facts, compared) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let Some(guid) = guid(facts, literal) else { continue };
            let Some(role) = role(facts, guid) else { continue };
            if !(role.is_privileged() || role.can_assign_roles()) || !told.insert(guid) {
                continue;
            }
            let name = role.name();
            report.push(if role.can_assign_roles() {
                report
                    .at(literal.span, format!("`{name}` can itself hand out any role"))
                    .help("who may assign it is not bound by this condition any more")
            } else {
                report
                    .with(
                        Severity::Advice,
                        literal.span,
                        format!("Azure counts `{name}` among the privileged roles"),
                    )
                    .help("leave it out unless it has to be delegated")
            });
        }
    }
}
