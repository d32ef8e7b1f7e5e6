//! Laws of the lexer and the parser.

use super::{findings_are_sound, fits};
use abac_syntax::{ExprId, ExprKind, Holes, Operand, Tree, parse_with, tokenize};
use diagnostics::{Severity, Span};

/// Every byte of a text is in exactly one token, and no token is empty.
pub fn tokens_tile(text: &str) {
    for holes in [Holes::Refused, Holes::Allowed] {
        let mut end = 0;
        for token in tokenize(text, holes) {
            assert_eq!(token.span.start, end, "a gap or an overlap in {text:?} at {token:?}");
            assert!(!token.span.is_empty(), "an empty token in {text:?}: {token:?}");
            fits(text, token.span);
            end = token.span.end;
        }
        assert_eq!(end as usize, text.len(), "the end of {text:?} is in no token");
    }
}

/// A condition that the generator calls well-formed has no error.
pub fn parses(text: &str) {
    let parsed = parse_with(text, Holes::Refused);
    let error = parsed.diagnostics.iter().find(|found| found.severity == Severity::Error);
    assert!(error.is_none(), "{text:?}: {error:#?}");
}

/// Whatever the text is: children lie within their parents and in order, every span fits the text,
/// findings are sorted, every expression is reached once, and an error in the tree has a finding.
pub fn tree_is_sound(text: &str) {
    for holes in [Holes::Refused, Holes::Allowed] {
        let parsed = parse_with(text, holes);
        findings_are_sound(text, &parsed.diagnostics);
        let tree = &parsed.tree;
        let mut reached = vec![false; tree.len()];
        let mut open = tree.root().into_iter().collect::<Vec<_>>();
        while let Some(id) = open.pop() {
            let first_time =
                reached.get_mut(id.index()).is_some_and(|seen| !std::mem::replace(seen, true));
            assert!(first_time, "{text:?}: {id:?} is shared or out of the table");
            parts_are_within(text, tree, id);
            open.extend(tree.subexpressions(id));
        }
        assert!(reached.iter().all(|seen| *seen), "{text:?}: an expression is not in the tree");
        let broken = tree.exprs().any(|(_, expr)| expr.kind == ExprKind::Error);
        let told = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
        assert!(told || !broken, "{text:?}: an error in the tree without a finding");
    }
}

fn parts_are_within(text: &str, tree: &Tree, id: ExprId) {
    let whole = tree.expr(id).span;
    fits(text, whole);
    let mut end = whole.start;
    let mut next = |part: Span| {
        fits(text, part);
        assert!(whole.contains(part), "{text:?}: {part:?} is not within {whole:?}");
        assert!(end <= part.start, "{text:?}: {part:?} begins before {end}");
        end = part.end;
    };
    match tree.kind(id) {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Group(_) => {
            for child in tree.subexpressions(id) {
                assert!(child < id, "{text:?}: a child behind its parent");
                next(tree.expr(child).span);
            }
        }
        ExprKind::Not { operand, operator } => {
            next(operator);
            next(tree.expr(operand).span);
        }
        ExprKind::Call { name, argument, .. } => {
            next(name);
            if let Some(argument) = argument {
                next(tree.literal(argument).span);
            }
        }
        ExprKind::Exists { name, attribute } => {
            next(name);
            next(tree.attribute(attribute).span);
        }
        ExprKind::Comparison { left, operator, right } => {
            next(tree.operand_span(left));
            next(operator.span);
            next(tree.operand_span(right));
            operand_is_sound(text, tree, left);
            operand_is_sound(text, tree, right);
        }
        ExprKind::Hole | ExprKind::Error => {}
    }
}

fn operand_is_sound(text: &str, tree: &Tree, operand: Operand) {
    let whole = tree.operand_span(operand);
    for literal in tree.operand_literals(operand) {
        fits(text, literal.span);
        assert!(whole.contains(literal.span), "{text:?}: {literal:?} is not within {whole:?}");
        fits(text, literal.content_span(text));
        let _ = literal.text(text);
    }
    if let Operand::Attribute(id) = operand {
        let attribute = tree.attribute(id);
        for part in [attribute.source_span, attribute.body, attribute.path, attribute.name] {
            fits(text, part);
            assert!(whole.contains(part), "{text:?}: {part:?} is not within {whole:?}");
        }
        let _ = attribute.key(text);
    }
}

/// Says whether a text parses without an error.
pub(super) fn is_readable(text: &str, holes: Holes) -> bool {
    let found = parse_with(text, holes).diagnostics;
    found.iter().all(|finding| finding.severity != Severity::Error)
}
