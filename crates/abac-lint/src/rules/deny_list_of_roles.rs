//! `deny-list-of-roles`

use crate::category::Category;
use crate::delegation::{allows, role_comparisons};
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::value::some_exclude_each_other;
use abac_syntax::{Relation, ValueType};
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "deny-list-of-roles",
    severity: Severity::Warning,
    summary: "every role but a few may be assigned, and a custom role gets round it",
    category: Category::Delegation,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in role_comparisons(facts) {
        let Some(function) = compared.operator.function else { continue };
        let equality =
            function.relation() == Relation::Equals && function.value_type() == ValueType::Guid;
        // To delete the assignment of a custom role is no way round anything.
        let request = compared.attribute.is_some_and(|id| facts.source_of(id) == "Request");
        let literals = facts.tree.operand_literals(compared.other);
        if !equality || !request || literals.is_empty() || allows(facts, compared) {
            continue;
        }
        // `always-true-negation` says that it denies nothing at all.
        let any = compared.operator.quantifier.is_some_and(|quantifier| !quantifier.all_right());
        if function.is_negated() && any && some_exclude_each_other(facts, function, literals) {
            continue;
        }
        report.push(
            report
                .at(compared.span, "a custom role with the same permissions gets round this list")
                .caret("every other role may be assigned")
                .help(
                    "name the roles that may be assigned: \
                     `ForAnyOfAnyValues:GuidEquals {…}`",
                ),
        );
    }
}
