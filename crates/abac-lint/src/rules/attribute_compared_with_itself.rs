//! `attribute-compared-with-itself`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::Operand;
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "attribute-compared-with-itself",
    severity: Severity::Warning,
    summary: "both sides of a comparison are the same attribute",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let (Operand::Attribute(left), Operand::Attribute(right)) = (compared.left, compared.right)
        else {
            continue;
        };
        let clauses = facts.clauses();
        let same = clauses.attribute(left).is_some_and(|one| clauses.attribute(right) == Some(one));
        if same {
            let name = shown(facts.text(facts.attribute(left).span));
            report.push(
                report
                    .at(compared.span, format!("`{name}` is compared with itself"))
                    .help("write what it should be compared with: a value, or another source"),
            );
        }
    }
}
