//! Laws of edits, on generated conditions.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

use abac_catalog::Catalog;
use abac_eval::{AccessRequest, Truth};
use abac_syntax::same_shape;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use workbench::blocks::{Block, BlockId, BlockKind, Board, Body, Edit, Join, NewLine, Target};
use workbench::pickers::LineOperator;
use workbench::{Condition, simulate};

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn clause() -> impl Strategy<Value = String> {
    let attribute = prop_oneof!["@Resource\\[a:[a-d]\\]", "@Request\\[a:[a-d]\\]"];
    let compared =
        (attribute.clone(), 0..4_u8, "[xyz]").prop_map(|(attribute, kind, value)| match kind {
            0 => format!("{attribute} StringEquals '{value}'"),
            1 => format!("{attribute}  stringnotequals '{value}'"),
            2 => format!("{attribute} ForAnyOfAnyValues:StringEquals {{'{value}','y'}}"),
            _ => format!("Exists {attribute}"),
        });
    prop_oneof![6 => compared, 1 => Just("'x' StringEquals @Resource[a:a]".to_owned())]
}

fn expression() -> impl Strategy<Value = String> {
    let join = prop_oneof![Just(" AND "), Just(" OR "), Just("\n  && "), Just(" or\t")];
    clause().prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            (proptest::collection::vec(inner.clone(), 2..4), join.clone())
                .prop_map(|(terms, join)| terms.join(join)),
            inner.clone().prop_map(|term| format!("( {term})")),
            inner.clone().prop_map(|term| format!("!({term})")),
            inner.prop_map(|term| format!("NOT ({term})")),
        ]
    })
}

fn card() -> impl Strategy<Value = String> {
    let guard = prop_oneof![
        Just("!(ActionMatches{'a/r'})"),
        Just("(!(ActionMatches{'a/w'}) AND !(ActionMatches{'a/d'}))"),
        Just("NOT (ActionMatches{'a/w'} OR ActionMatches{'a/d'})"),
    ];
    let rule = (guard, expression()).prop_map(|(guard, body)| format!("({guard} OR ({body}))"));
    prop_oneof![4 => rule, 1 => expression().prop_map(|body| format!("({body})"))]
}

fn condition() -> impl Strategy<Value = String> {
    proptest::collection::vec(card(), 1..4).prop_map(|cards| cards.join("\nAND\n"))
}

fn requests() -> Vec<AccessRequest> {
    let mut requests = Vec::new();
    for action in ["a/r", "a/w", "a/d", "a/other"] {
        for value in ["x", "y", "z"] {
            let mut request = AccessRequest::new(action);
            for (name, source) in ["a", "b", "c"].iter().zip(["Resource", "Request", "Resource"]) {
                request = request.attribute(&format!("@{source}[a:{name}]"), value).unwrap();
            }
            requests.push(request);
        }
    }
    requests
}

fn read(text: &str) -> Board {
    Board::read(&Condition::read(text), Catalog::builtin(), None, None)
}

fn ids(board: &Board) -> Vec<BlockId> {
    fn within(body: &Body, out: &mut Vec<BlockId>) {
        for block in &body.blocks {
            out.push(block.id);
            if let BlockKind::Group(inner) = &block.kind {
                within(inner, out);
            }
        }
    }
    let mut out: Vec<BlockId> = board.cards.iter().map(|card| card.id).collect();
    for card in &board.cards {
        within(&card.body, &mut out);
    }
    out
}

fn edits(board: &Board, one: usize, two: usize) -> Vec<Edit> {
    let ids = ids(board);
    if ids.is_empty() {
        return Vec::new();
    }
    let (block, other) = (ids[one % ids.len()], ids[two % ids.len()]);
    let line = NewLine {
        source: abac_syntax::AttributeSource::Resource,
        body: "a:c".to_owned(),
        operator: LineOperator::parse("StringEquals"),
        values: vec!["it's".to_owned()],
    };
    let mut edits = vec![
        Edit::SetLine { block, line: line.clone() },
        Edit::SetSource { block, source: abac_syntax::AttributeSource::Principal },
        Edit::SetOperator { block, operator: LineOperator::parse("StringLike") },
        Edit::SetOperator { block, operator: LineOperator::parse("ForAllOfAnyValues:StringLike") },
        Edit::SetOperator { block, operator: None },
        Edit::SetValues { block, values: vec!["x".to_owned(), "ü".to_owned()] },
        Edit::SetValues { block, values: Vec::new() },
        Edit::SetText { block, text: "Exists @Resource[a:a] OR Exists @Resource[a:b]".to_owned() },
        Edit::Negate(block),
        Edit::MoveUp(block),
        Edit::MoveDown(block),
        Edit::Group { blocks: vec![block, other], join: Join::All },
        Edit::GroupWith { block, onto: other, join: Join::Any },
        Edit::Ungroup(block),
        Edit::Duplicate(block),
        Edit::Delete(block),
        Edit::SetJoin { block, join: Join::All },
        Edit::SetJoin { block, join: Join::Any },
        Edit::AddAction { card: block, action: "blob.read".to_owned() },
        Edit::RemoveAction { card: block, index: two % 3 },
        Edit::AddCard { actions: vec!["blob.list".to_owned()], line: None, behind: Some(block) },
        Edit::AddCard { actions: Vec::new(), line: Some(line.clone()), behind: None },
    ];
    for to in [Target::Before(other), Target::Behind(other), Target::Into(other)] {
        edits.push(Edit::Move { block, to });
        edits.push(Edit::AddLine { to, join: Join::All, line: line.clone() });
        edits.push(Edit::AddLine { to, join: Join::Any, line: line.clone() });
    }
    edits
}

/// The cards, each with its text without the parentheses around it: those of a card that is left
/// alone may be those of the whole condition.
fn cards(text: &str) -> Vec<(BlockId, String)> {
    let core = |card: &str| {
        let condition = Condition::read(card);
        let tree = condition.tree();
        tree.expr(tree.ungrouped(tree.root().unwrap())).span.of(card).to_owned()
    };
    let board = read(text);
    board.cards.iter().map(|card| (card.id, core(card.span.of(text)))).collect()
}

/// Which cards an edit is about; `None` stands for those that only add.
fn touched(board: &Board, edit: &Edit) -> Vec<BlockId> {
    let mut named = Vec::new();
    match edit {
        Edit::Move { block, to } => {
            let (Target::Before(to) | Target::Behind(to) | Target::Into(to)) = to;
            named.extend([*block, *to]);
        }
        Edit::AddLine {
            to: Target::Before(to) | Target::Behind(to) | Target::Into(to), ..
        } => {
            named.push(*to);
        }
        Edit::GroupWith { block, onto, .. } => named.extend([*block, *onto]),
        Edit::Group { blocks, .. } => named.extend(blocks),
        Edit::AddCard { .. } => {}
        Edit::AddAction { card, .. } | Edit::RemoveAction { card, .. } => named.push(*card),
        Edit::SetLine { block, .. }
        | Edit::SetSource { block, .. }
        | Edit::SetAttribute { block, .. }
        | Edit::SetOperator { block, .. }
        | Edit::SetValues { block, .. }
        | Edit::SetOther { block, .. }
        | Edit::SetText { block, .. }
        | Edit::SetJoin { block, .. }
        | Edit::Negate(block)
        | Edit::MoveUp(block)
        | Edit::MoveDown(block)
        | Edit::Ungroup(block)
        | Edit::Duplicate(block)
        | Edit::Delete(block) => named.push(*block),
    }
    let holds = |body: &Body, id| contains(&body.blocks, id);
    board
        .cards
        .iter()
        .filter(|card| named.iter().any(|id| *id == card.id || holds(&card.body, *id)))
        .map(|card| card.id)
        .collect()
}

fn contains(blocks: &[Block], id: BlockId) -> bool {
    blocks.iter().any(|block| {
        block.id == id
            || matches!(&block.kind, BlockKind::Group(body) if contains(&body.blocks, id))
    })
}

/// What a card decides, by itself.
fn truths(card: &str) -> Vec<Truth> {
    let condition = Condition::read(card);
    requests().iter().map(|request| simulate::decide(&condition, request).outcome).collect()
}

proptest! {
    #![proptest_config(config(100))]

    /// The cards that an edit is not about keep their bytes and their decisions, and what comes
    /// out can be read.
    #[test]
    fn an_edit_touches_only_what_it_names(
        text in condition(),
        one in any::<usize>(),
        two in any::<usize>(),
    ) {
        prop_assume!(Condition::read(&*text).is_readable());
        let board = read(&text);
        let before = cards(&text);
        for edit in edits(&board, one, two) {
            let Ok(changes) = board.apply(&edit, Catalog::builtin()) else { continue };
            let after = changes.apply(&text);
            prop_assert!(Condition::read(&*after).is_readable(), "{edit:?}: {after}");
            let texts = cards(&after);
            let named = touched(&board, &edit);
            for (id, card) in before.iter().filter(|(id, _)| !named.contains(id)) {
                prop_assert!(
                    texts.iter().any(|(_, text)| text == card),
                    "{edit:?} changed {id:?}, {card}, of {text}\nto {after}",
                );
            }
        }
    }

    /// A structural edit that does not change what blocks say leaves every decision alone.
    #[test]
    fn moves_within_a_chain_change_no_decision(text in condition(), one in any::<usize>()) {
        prop_assume!(Condition::read(&*text).is_readable());
        let board = read(&text);
        let ids = ids(&board);
        let block = ids[one % ids.len()];
        for edit in [Edit::MoveUp(block), Edit::MoveDown(block)] {
            let Ok(changes) = board.apply(&edit, Catalog::builtin()) else { continue };
            let after = changes.apply(&text);
            prop_assert_eq!(truths(&after), truths(&text), "{:?}: {}", edit, after);
        }
        // Two equal terms say what one does.
        if let Ok(changes) = board.apply(&Edit::Duplicate(block), Catalog::builtin()) {
            prop_assert_eq!(truths(&changes.apply(&text)), truths(&text));
        }
        // Twice negated is the same.
        if let Ok(changes) = board.apply(&Edit::Negate(block), Catalog::builtin()) {
            let negated = changes.apply(&text);
            let again = Board::read(&Condition::read(&*negated), Catalog::builtin(), None, Some(&board));
            if let Ok(changes) = again.apply(&Edit::Negate(block), Catalog::builtin()) {
                prop_assert_eq!(truths(&changes.apply(&negated)), truths(&text), "{}", negated);
            }
        }
    }

    /// An edit and its inverse give the text that was there.
    #[test]
    fn an_edit_is_taken_back_by_its_inverse(text in condition(), one in any::<usize>()) {
        prop_assume!(Condition::read(&*text).is_readable());
        let catalog = Catalog::builtin();
        let board = read(&text);
        let ids = ids(&board);
        let block = ids[one % ids.len()];
        for (edit, back) in [
            (Edit::MoveDown(block), Edit::MoveUp(block)),
            (Edit::MoveUp(block), Edit::MoveDown(block)),
        ] {
            let Ok(changes) = board.apply(&edit, catalog) else { continue };
            let there = changes.apply(&text);
            let moved = Board::read(&Condition::read(&*there), catalog, None, Some(&board));
            let Ok(changes) = moved.apply(&back, catalog) else { continue };
            let again = changes.apply(&there);
            let (before, after) = (Condition::read(&*text), Condition::read(&*again));
            prop_assert!(
                same_shape(&text, before.tree(), &again, after.tree()),
                "{text}\nbecame {again} by way of {there}",
            );
        }
        if let Some(found) = board.block(block)
            && let BlockKind::Line(line) = &found.kind
            && line.operator.is_some()
        {
            let was: Vec<String> = line.values.iter().map(|value| value.text.clone()).collect();
            let values = Edit::SetValues { block, values: vec!["other".to_owned()] };
            let there = board.apply(&values, catalog).unwrap().apply(&text);
            let changed = Board::read(&Condition::read(&*there), catalog, None, Some(&board));
            if changed.block(block).is_some() {
                let back = Edit::SetValues { block, values: was };
                let again = changed.apply(&back, catalog).unwrap().apply(&there);
                let (before, after) = (Condition::read(&*text), Condition::read(&*again));
                prop_assert!(same_shape(&text, before.tree(), &again, after.tree()), "{again}");
            }
        }
    }

    /// Any text has blocks, and any edit of them gives a text or a reason.
    #[test]
    fn nothing_panics(
        text in "([@!(){}\\[\\]',:ü😀 a-c]|AND|OR|NOT|ActionMatches\\{|StringEquals|@Resource\\[a:b\\]|Exists| ){0,40}",
        one in any::<usize>(),
        two in any::<usize>(),
    ) {
        let board = read(&text);
        for edit in edits(&board, one, two) {
            if let Ok(changes) = board.apply(&edit, Catalog::builtin()) {
                let after = changes.apply(&text);
                prop_assert!(Condition::read(&*after).diagnostics().len() <= abac_syntax::MAX_DIAGNOSTICS);
            }
        }
    }
}
