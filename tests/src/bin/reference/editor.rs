//! The editor on what was collected: conditions are found in the files that carry them, and blocks
//! of real conditions are edited and edited back.

use abac_catalog::Catalog;
use abac_syntax::same_shape;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use workbench::Condition;
use workbench::blocks::{BlockId, Board, Edit};
use workbench::intake::{Taken, take};

/// Conditions that are taken with holes spelled otherwise than they were written down by hand: one
/// that is put together from variables, and one in a `format` of ARM.
const OTHERWISE: [&str; 2] = ["c433", "c448"];

/// Takes every file and looks for the conditions that are known to be in it.
pub(crate) fn hosts(corpus: &Path) -> Result<(usize, Vec<String>), String> {
    let mut known = BTreeMap::new();
    for row in rows(&read(&corpus.join("conditions.jsonl"))?)? {
        let (id, text) = (row["id"].as_str(), row["text"].as_str());
        known.insert(id.unwrap_or("").to_owned(), bare(text.unwrap_or("")));
    }
    let mut passed = 0;
    let mut failures = Vec::new();
    for row in rows(&read(&corpus.join("hosts.jsonl"))?)? {
        let file = row["file"].as_str().unwrap_or("");
        let text = read(&corpus.join("hosts").join(file))?;
        let found = match take(&text, Catalog::builtin()) {
            Ok(Taken::Conditions(found)) => found.iter().map(|one| bare(&one.text)).collect(),
            _ => Vec::new(),
        };
        for id in row["conditions"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let is_found = match OTHERWISE.contains(&id) {
                true => !found.is_empty(),
                false => known.get(id).is_some_and(|wanted| found.contains(wanted)),
            };
            if is_found {
                passed += 1;
            } else {
                failures.push(format!("{file}: {id} is not found"));
            }
        }
    }
    Ok((passed, failures))
}

/// Edits blocks of a condition and takes the edits back.
pub(crate) fn blocks(row: &Value) -> Result<(), String> {
    let text = row["text"].as_str().unwrap_or("");
    let condition = Condition::read(text);
    if !condition.is_readable() {
        return Ok(());
    }
    let catalog = Catalog::builtin();
    let board = Board::read(&condition, catalog, None, None);
    let ids: Vec<BlockId> =
        board.cards.iter().flat_map(|card| &card.body.blocks).map(|block| block.id).collect();
    for id in ids {
        for edit in [Edit::Negate(id), Edit::MoveDown(id), Edit::MoveUp(id)] {
            let Ok(changes) = board.apply(&edit, catalog) else { continue };
            let there = changes.apply(text);
            let changed = Board::read(&Condition::read(&*there), catalog, None, Some(&board));
            let back = match edit {
                Edit::MoveDown(id) => Edit::MoveUp(id),
                Edit::MoveUp(id) => Edit::MoveDown(id),
                other => other,
            };
            let changes = changed.apply(&back, catalog).map_err(|error| error.to_string())?;
            let again = changes.apply(&there);
            let read = Condition::read(&*again);
            if !same_shape(text, condition.tree(), &again, read.tree()) {
                return Err(format!("{back:?} does not take back what became {there}"));
            }
        }
    }
    Ok(())
}

fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn rows(text: &str) -> Result<Vec<Value>, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
