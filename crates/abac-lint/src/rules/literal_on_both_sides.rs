//! `literal-on-both-sides`

use crate::category::Category;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use abac_syntax::{Literal, LiteralKind, Operand};
use diagnostics::Severity;

pub(crate) const RULE: Rule = Rule {
    id: "literal-on-both-sides",
    severity: Severity::Warning,
    summary: "a comparison has no attribute",
    category: Category::Operator,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let value = |operand| matches!(operand, Operand::Literal(_) | Operand::Set { .. });
    // A hole may become an attribute; a bare word is told by the parser.
    let unknown = |literal: &Literal| matches!(literal.kind, LiteralKind::Hole | LiteralKind::Bare);
    for compared in &facts.comparisons {
        let sides = [compared.left, compared.right];
        let known = sides
            .iter()
            .all(|side| value(*side) && !facts.tree.operand_literals(*side).iter().any(unknown));
        if known && compared.operator.function.is_some() {
            report.push(
                report
                    .at(compared.span, "a comparison without an attribute is not documented")
                    .caret("the same for every request")
                    .help("write an attribute such as `@Resource[…]` on the left"),
            );
        }
    }
}
