//! `clause-never-matters`

use crate::category::Category;
use crate::clause::is_guard;
use crate::facts::Facts;
use crate::report::Report;
use crate::rule::Rule;
use crate::rules::duplicate_clause::without;
use abac_syntax::ExprId;
use diagnostics::{Fix, Severity};
use std::collections::HashMap;

pub(crate) const RULE: Rule = Rule {
    id: "clause-never-matters",
    severity: Severity::Warning,
    summary: "a clause changes nothing whatever it is",
    category: Category::Logic,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    let clauses = facts.clauses();
    for chain in &clauses.chains {
        let mut direct: HashMap<u32, ExprId> = HashMap::with_capacity(chain.terms.len());
        for term in &chain.terms {
            let Some(number) = clauses.number(*term) else { continue };
            if !chain.and
                && let Some(other) = clauses.negation(number).and_then(|number| direct.get(&number))
            {
                let span = facts.tree.expr(*term).span;
                let message = "a clause joined by OR with its opposite is always true";
                report.push(
                    report
                        .at(span, message)
                        .label(facts.tree.expr(*other).span, "the opposite")
                        .help("take the whole OR away, or write what was meant"),
                );
            }
            direct.entry(number).or_insert(*term);
        }
        for term in &chain.terms {
            // A chain within a chain is of the other kind.
            let Some(inner) = clauses.chain(facts, *term) else { continue };
            let repeated = inner.terms.iter().find_map(|inner| {
                direct.get(&clauses.number(*inner)?).filter(|_| !is_guard(facts, *inner))
            });
            let Some(repeated) = repeated else { continue };
            let (word, why) = if chain.and {
                ("AND", "the other clause makes it true")
            } else {
                ("OR", "without the other clause it is false")
            };
            let finding = report
                .at(
                    facts.tree.expr(*term).span,
                    format!("this never matters: a part of it is joined with {word} as well"),
                )
                .label(facts.tree.expr(*repeated).span, why)
                .help("take it away, or write what was meant");
            report.push(match without(facts, *term) {
                Some(span) => finding.fix(Fix::safe("take it away", span, "")),
                None => finding,
            });
        }
    }
}
