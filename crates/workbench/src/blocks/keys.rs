//! Ids that outlast changes.

use super::{Block, BlockId, BlockKind, Board, Body, Card};

/// Gives every card and block an id: that of the one it was, where it can be recognised.
pub(super) fn carry_over(board: &mut Board, previous: Option<&Board>) {
    let mut next = previous.map_or(1, |one| one.next_id);
    let empty = Board::default();
    let previous = previous.unwrap_or(&empty);
    let (old_text, text) = (previous.text.as_str(), board.text.as_str());
    let old: Vec<&str> = previous.cards.iter().map(|card| card.span.of(old_text)).collect();
    let new: Vec<&str> = board.cards.iter().map(|card| card.span.of(text)).collect();
    let pairs = pair(&old, &new);
    for (card, pair) in board.cards.iter_mut().zip(pairs) {
        let was: Option<&Card> = pair.and_then(|place| previous.cards.get(place));
        card.id = was.map_or_else(|| fresh(&mut next), |was| was.id);
        name(&mut card.body, was.map(|was| &was.body), (old_text, text), &mut next);
    }
    board.next_id = next;
}

fn name(body: &mut Body, was: Option<&Body>, texts: (&str, &str), next: &mut u32) {
    let old_blocks: &[Block] = was.map_or(&[], |body| &body.blocks);
    let old: Vec<&str> = old_blocks.iter().map(|block| block.span.of(texts.0)).collect();
    let new: Vec<&str> = body.blocks.iter().map(|block| block.span.of(texts.1)).collect();
    let pairs = pair(&old, &new);
    for (block, pair) in body.blocks.iter_mut().zip(pairs) {
        let was = pair.and_then(|place| old_blocks.get(place));
        block.id = was.map_or_else(|| fresh(next), |was| was.id);
        if let BlockKind::Group(body) = &mut block.kind {
            let inner = was.and_then(|was| match &was.kind {
                BlockKind::Group(body) => Some(body),
                _ => None,
            });
            name(body, inner, texts, next);
        }
    }
}

fn fresh(next: &mut u32) -> BlockId {
    let id = BlockId(*next);
    *next = next.wrapping_add(1).max(1);
    id
}

/// Finds for each new text the old one it was: the same text, nearest first from both ends, then
/// whatever is left in order, which is the one that was changed.
fn pair(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; new.len()];
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    for (place, pair) in pairs.iter_mut().enumerate().take(head) {
        *pair = Some(place);
    }
    let most = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(old, new)| old == new)
        .count();
    for back in 1..=tail {
        if let Some(pair) = pairs.get_mut(new.len() - back) {
            *pair = Some(old.len() - back);
        }
    }
    let mut free: Vec<usize> = (head..old.len() - tail).collect();
    let mut open: Vec<usize> = (head..new.len() - tail).collect();
    // Blocks that moved.
    open.retain(|place| {
        let same = free.iter().position(|was| old.get(*was) == new.get(*place));
        let found = same.map(|at| free.remove(at));
        if let Some(pair) = pairs.get_mut(*place) {
            *pair = found;
        }
        found.is_none()
    });
    // Blocks that changed. Where some were added too, it is unknown which, so none is taken.
    if open.len() == free.len() {
        for (place, was) in open.into_iter().zip(free) {
            if let Some(pair) = pairs.get_mut(place) {
                *pair = Some(was);
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn recognises_what_stayed_moved_and_changed() {
        for (old, new, expect) in [
            (vec!["a", "b"], vec!["a", "b"], vec![Some(0), Some(1)]),
            (vec!["a", "b"], vec!["a", "x", "b"], vec![Some(0), None, Some(1)]),
            (vec!["a", "b", "c"], vec!["a", "B", "c"], vec![Some(0), Some(1), Some(2)]),
            (vec!["a", "b", "c"], vec!["c", "a", "b"], vec![Some(2), Some(0), Some(1)]),
            (vec!["a", "a"], vec!["a"], vec![Some(0)]),
            (vec![], vec!["a"], vec![None]),
            (vec!["a", "b"], vec!["x", "y", "z"], vec![None, None, None]),
        ] {
            assert_eq!(pair(&old, &new), expect, "{old:?} to {new:?}");
        }
    }
}
