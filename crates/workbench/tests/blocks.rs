//! Blocks and their edits.

#![expect(clippy::indexing_slicing, reason = "a miss fails the test")]

use abac_catalog::Catalog;
use abac_syntax::AttributeSource;
use workbench::blocks::{Block, BlockId, BlockKind, Board, Edit, EditError, Join, NewLine, Target};
use workbench::pickers::LineOperator;
use workbench::{Condition, Document, simulate};

const NAME: &str = "Microsoft.Storage/storageAccounts/blobServices/containers:name";
const READ: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";

fn board(text: &str) -> Board {
    Board::read(&Condition::read(text), Catalog::builtin(), None, None)
}

fn container(value: &str) -> String {
    format!("@Resource[{NAME}] StringEquals '{value}'")
}

/// A short way to see what a board shows.
fn sketch(board: &Board) -> Vec<String> {
    let card = |card: &workbench::blocks::Card| {
        let actions: Vec<_> = card.actions.iter().map(|action| action.words.as_str()).collect();
        let body: Vec<_> = card.body.blocks.iter().map(block_sketch).collect();
        format!("{} => {}", actions.join(" + "), body.join(&format!(" {} ", card.body.join.word())))
    };
    board.cards.iter().map(card).collect()
}

fn block_sketch(block: &Block) -> String {
    let not = if block.negated { "NOT " } else { "" };
    match &block.kind {
        BlockKind::Line(line) => {
            let values: Vec<_> = line.values.iter().map(|value| value.text.as_str()).collect();
            let other = line.other.as_ref().map(|other| other.name.clone()).unwrap_or_default();
            format!("{not}{} {} {}{other}", line.attribute.name, line.words, values.join("|"))
        }
        BlockKind::Group(body) => {
            let blocks: Vec<_> = body.blocks.iter().map(block_sketch).collect();
            format!("{not}({})", blocks.join(&format!(" {} ", body.join.word())))
        }
        BlockKind::Text(text) => format!("`{text}`"),
    }
}

fn edited(text: &str, edit: impl FnOnce(&Board) -> Edit) -> Result<String, EditError> {
    let board = board(text);
    let edit = edit(&board);
    Ok(board.apply(&edit, Catalog::builtin())?.apply(text))
}

fn block(board: &Board, place: usize) -> BlockId {
    board.cards[0].body.blocks[place].id
}

#[test]
fn the_example_is_two_cards() {
    let board = board(&Document::example().condition);
    let cards = sketch(&board);
    assert_eq!(cards.len(), 2);
    assert!(
        cards[0].starts_with("Create or update role assignments => Role definition ID is one of "),
        "{cards:?}"
    );
    assert!(cards[0].ends_with("AND Principal type is one of User|ServicePrincipal"), "{cards:?}");
    let BlockKind::Line(line) = &board.cards[0].body.blocks[0].kind else { panic!() };
    assert_eq!(line.values[1].name.as_deref(), Some("AcrPush"));
}

#[test]
fn everything_has_a_block_and_what_has_no_form_is_text() {
    let (a, b, c) = (container("a"), container("b"), container("c"));
    for (text, expect) in [
        (
            format!("{a} OR {b} AND {c}"),
            " => Container name is a OR (Container name is b AND Container name is c)",
        ),
        (format!("NOT ({a})"), " => NOT Container name is a"),
        (format!("!!({a})"), " => NOT (NOT Container name is a)"),
        (format!("!({a} OR {b})"), " => NOT (Container name is a OR Container name is b)"),
        ("'x' StringEquals @Resource[a:b]".to_owned(), " => `'x' StringEquals @Resource[a:b]`"),
        ("Exists @Environment[isPrivateLink]".to_owned(), " => Is private link exists "),
        (
            format!(
                "@Resource[{NAME}] StringEquals @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:A_b]"
            ),
            " => Container name is Custom security attribute",
        ),
        (format!("!(ActionMatches{{'{READ}'}})"), "All read operations => "),
        (
            format!(
                "!(ActionMatches{{'{READ}'}} AND NOT SubOperationMatches{{'Blob.List'}}) OR {a}"
            ),
            "Read a blob => Container name is a",
        ),
    ] {
        let found = sketch(&board(&text));
        assert_eq!(found[0], expect, "{text}");
    }
}

#[test]
fn lines_change_in_place() {
    let text = format!("  ( {} )\n AND\t{} ", container("a"), container("b"));
    let first = |edit: fn(BlockId) -> Edit| edited(&text, |board| edit(block(board, 0))).unwrap();
    let b = container("b");
    let values = first(|block| Edit::SetValues { block, values: vec!["it's".to_owned()] });
    assert_eq!(values, format!("  ( @Resource[{NAME}] StringEquals 'it''s' )\n AND\t{b} "));
    let several =
        first(|block| Edit::SetValues { block, values: vec!["a".to_owned(), "z".to_owned()] });
    assert_eq!(
        several,
        format!("  ( @Resource[{NAME}] ForAnyOfAnyValues:StringEquals {{'a', 'z'}} )\n AND\t{b} ")
    );
    let operator =
        first(|block| Edit::SetOperator { block, operator: LineOperator::parse("StringLike") });
    assert_eq!(operator, text.replacen("StringEquals", "StringLike", 1));
    let exists = first(|block| Edit::SetOperator { block, operator: None });
    assert_eq!(exists, format!("  ( Exists @Resource[{NAME}] )\n AND\t{b} "));
    let path = first(|block| Edit::SetAttribute {
        block,
        source: AttributeSource::Resource,
        attribute: "blob.path".to_owned(),
        key: String::new(),
    });
    assert_eq!(path, text.replacen("containers:name", "containers/blobs:path", 1));
    let boolean = first(|block| Edit::SetAttribute {
        block,
        source: AttributeSource::Environment,
        attribute: "env.isPrivateLink".to_owned(),
        key: String::new(),
    });
    assert_eq!(boolean, format!("  ( @Environment[isPrivateLink] BoolEquals true )\n AND\t{b} "));
    let source = first(|block| Edit::SetSource { block, source: AttributeSource::Request });
    assert_eq!(source, text.replacen("@Resource", "@Request", 1));
    let wrong = edited(&text, |board| Edit::SetOperator {
        block: block(board, 0),
        operator: LineOperator::parse("GuidEquals"),
    });
    assert!(wrong.unwrap().contains("GuidEquals 00000000-0000-0000-0000-000000000000"));
}

#[test]
fn structure_changes_with_the_parentheses_it_needs() {
    let (a, b, c) = (container("a"), container("b"), container("c"));
    let text = format!("{a} OR {b} OR {c}");
    let change = |edit: fn(&Board) -> Edit| edited(&text, edit).unwrap();
    assert_eq!(
        change(|board| Edit::Group {
            blocks: vec![block(board, 0), block(board, 2)],
            join: Join::All
        }),
        format!("({a} AND {c}) OR {b}")
    );
    assert_eq!(change(|board| Edit::Negate(block(board, 1))), format!("{a} OR !({b}) OR {c}"));
    assert_eq!(change(|board| Edit::MoveUp(block(board, 1))), format!("{b} OR {a} OR {c}"));
    assert_eq!(change(|board| Edit::Delete(block(board, 0))), format!("{b} OR {c}"));
    assert_eq!(
        change(|board| Edit::Duplicate(block(board, 0))),
        format!("{a} OR {a} OR {b} OR {c}")
    );
    assert_eq!(
        change(|board| Edit::GroupWith {
            block: block(board, 2),
            onto: block(board, 0),
            join: Join::All
        }),
        format!("({a} AND {c}) OR {b}")
    );
    let nested = format!("({a} AND {b}) OR {c}");
    assert_eq!(
        edited(&nested, |board| Edit::Ungroup(block(board, 0))).unwrap(),
        format!("{a} OR {b} OR {c}")
    );
    assert_eq!(
        edited(&nested, |board| Edit::Move {
            block: block(board, 1),
            to: Target::Into(block(board, 0))
        })
        .unwrap(),
        format!("({a} AND {b} AND {c})")
    );
    let bare = format!("{a} AND {b} OR {c}");
    assert_eq!(
        edited(&bare, |board| Edit::MoveDown(block(board, 0))).unwrap(),
        format!("{c} OR ({a} AND {b})")
    );
    assert_eq!(
        edited(&bare, |board| Edit::SetJoin { block: board.cards[0].id, join: Join::All }).unwrap(),
        format!("({a} AND {b}) AND {c}")
    );
}

#[test]
fn cards_and_rules() {
    let catalog = Catalog::builtin();
    let line = NewLine::usual(catalog, AttributeSource::Resource, "blob.containerName", "");
    let line = line.map(|line| NewLine { values: vec!["logs".to_owned()], ..line }).unwrap();
    let empty = board("");
    let add = Edit::AddCard { actions: vec!["blob.read".to_owned()], line: None, behind: None };
    let never = empty.apply(&add, catalog).unwrap().apply("");
    let with_never = board(&never);
    assert!(with_never.cards[0].is_never());
    let into = Edit::AddLine {
        to: Target::Into(with_never.cards[0].id),
        join: Join::All,
        line: line.clone(),
    };
    let rule = with_never.apply(&into, catalog).unwrap().apply(&never);
    assert_eq!(sketch(&board(&rule)), ["Read a blob => Container name is logs"]);

    let add = |board: &Board| Edit::AddLine {
        to: Target::Into(board.cards[0].id),
        join: Join::Any,
        line: line.clone(),
    };
    let any = edited(&rule, add).unwrap();
    assert_eq!(
        sketch(&board(&any)),
        ["Read a blob => Container name is logs OR Container name is logs"]
    );
    let all = edited(&any, |board| Edit::SetJoin { block: board.cards[0].id, join: Join::All });
    let all = all.unwrap();
    assert_eq!(
        sketch(&board(&all)),
        ["Read a blob => Container name is logs AND Container name is logs"]
    );

    let two = edited(&all, |board| Edit::AddAction {
        card: board.cards[0].id,
        action: "blob.delete".to_owned(),
    });
    let two = two.unwrap();
    assert!(sketch(&board(&two))[0].starts_with("Read a blob + Delete a blob => "), "{two}");
    let one = edited(&two, |board| Edit::RemoveAction { card: board.cards[0].id, index: 0 });
    assert!(sketch(&board(&one.unwrap()))[0].starts_with("Delete a blob => "));
    let last = edited(&all, |board| Edit::RemoveAction { card: board.cards[0].id, index: 0 });
    assert_eq!(last, Err(EditError::LastAction));

    let second = edited(&all, |_| Edit::AddCard {
        actions: vec!["queue.peek".to_owned()],
        line: Some(line.clone()),
        behind: None,
    });
    let second = second.unwrap();
    assert!(second.starts_with(&format!("{all}\nAND\n(")), "{second}");
    assert_eq!(board(&second).cards.len(), 2);
    let gone = edited(&second, |board| Edit::Delete(board.cards[1].id)).unwrap();
    assert_eq!(gone, all);
    let swapped = edited(&second, |board| Edit::MoveDown(board.cards[0].id)).unwrap();
    assert!(sketch(&board(&swapped))[1].starts_with("Read a blob => "));
    let back = edited(&swapped, |board| Edit::MoveUp(board.cards[1].id)).unwrap();
    assert_eq!(back, second);
}

#[test]
fn a_guard_written_as_one_negation_loses_one_action() {
    let a = container("a");
    let text = format!("!(ActionMatches{{'{READ}'}} OR ActionMatches{{'x/y'}}) OR {a}");
    let found = edited(&text, |board| Edit::RemoveAction { card: board.cards[0].id, index: 1 });
    assert_eq!(found.unwrap(), format!("!(ActionMatches{{'{READ}'}}) OR {a}"));
}

#[test]
fn edits_that_cannot_be_are_refused() {
    let text = format!("{} AND {}", container("a"), container("b"));
    let refused = |edit: fn(BlockId) -> Edit| {
        edited(&text, |board| edit(board.cards[0].body.blocks[0].id)).unwrap_err()
    };
    let injected = refused(|block| Edit::SetLine {
        block,
        line: NewLine {
            source: AttributeSource::Resource,
            body: "a:b] StringEquals 'x' OR Exists @Resource[c:d".to_owned(),
            operator: None,
            values: Vec::new(),
        },
    });
    assert!(matches!(injected, EditError::Unreadable(_)), "{injected:?}");
    let hidden = refused(|block| Edit::SetOther {
        block,
        source: AttributeSource::Resource,
        body: "a:b] OR Exists @Resource[c:d".to_owned(),
    });
    assert_eq!(hidden, EditError::Around, "an edit writes one clause and no more");
    let bad = refused(|block| Edit::SetText { block, text: "(".to_owned() });
    assert!(matches!(bad, EditError::Unreadable(_)), "{bad:?}");
    let there = refused(|block| Edit::Move { block, to: Target::Behind(block) });
    assert_eq!(there, EditError::NotThere);
    let unknown = refused(|block| Edit::SetAttribute {
        block,
        source: AttributeSource::Resource,
        attribute: "no.such".to_owned(),
        key: String::new(),
    });
    assert_eq!(unknown, EditError::Unknown("no.such".to_owned()));
}

#[test]
fn a_text_block_is_edited_as_text() {
    let text = format!("'x' StringEquals @Resource[a:b] AND {}", container("b"));
    let set = |text: &'static str| {
        move |board: &Board| Edit::SetText {
            block: board.cards[0].body.blocks[0].id,
            text: text.to_owned(),
        }
    };
    let b = container("b");
    let one = edited(&text, set("'y' StringEquals @Resource[a:b]")).unwrap();
    assert_eq!(one, format!("'y' StringEquals @Resource[a:b] AND {b}"));
    let two = edited(&text, set("Exists @Resource[a:b] OR Exists @Resource[c:d]")).unwrap();
    assert_eq!(two, format!("(Exists @Resource[a:b] OR Exists @Resource[c:d]) AND {b}"));
}

#[test]
fn broken_parts_stay_and_the_others_can_be_edited() {
    let text = format!("({} AND ??? broken) OR {}", container("a"), container("b"));
    let before = board(&text);
    let last = before.cards[0].body.blocks.last().unwrap().id;
    let edit = Edit::SetValues { block: last, values: vec!["z".to_owned()] };
    let after = before.apply(&edit, Catalog::builtin()).unwrap().apply(&text);
    assert_eq!(after, text.replace("'b'", "'z'"));
}

#[test]
fn blocks_know_their_value_for_a_request() {
    let document = Document::example();
    let condition = Condition::read(&*document.condition);
    let answer = simulate::decide(&condition, &document.requests[2].request);
    let board = Board::read(&condition, Catalog::builtin(), Some(&answer), None);
    let state = |card: usize, place: usize| board.cards[card].body.blocks[place].state.truth;
    use abac_eval::Truth::{False, True, Unknown};
    assert_eq!(board.cards[0].state.truth, Some(False));
    assert_eq!(state(0, 0), Some(False), "Owner is not in the list");
    assert_eq!(state(0, 1), Some(True), "User is");
    assert_eq!(board.cards[1].state.truth, Some(True), "the other action passes");
    assert_eq!(state(1, 0), Some(Unknown));
    let note = board.cards[1].body.blocks[0].state.note.as_deref().unwrap();
    assert!(note.contains("is missing from the request"), "{note}");
}

#[test]
fn ids_stay_while_the_text_changes() {
    let catalog = Catalog::builtin();
    let text = format!("{} OR {} OR {}", container("a"), container("b"), container("c"));
    let first = board(&text);
    let ids = |board: &Board| -> Vec<BlockId> {
        board.cards[0].body.blocks.iter().map(|block| block.id).collect()
    };
    let values = Edit::SetValues { block: block(&first, 1), values: vec!["z".to_owned()] };
    let changed = first.apply(&values, catalog).unwrap().apply(&text);
    let second = Board::read(&Condition::read(&*changed), catalog, None, Some(&first));
    assert_eq!(ids(&second), ids(&first));
    let up = Edit::MoveUp(block(&second, 2));
    let moved = second.apply(&up, catalog).unwrap().apply(&changed);
    let third = Board::read(&Condition::read(&*moved), catalog, None, Some(&second));
    let [a, b, c] = ids(&second)[..] else { panic!() };
    assert_eq!(ids(&third), [a, c, b]);
    assert_eq!(third.at(2), Some(a));
}
