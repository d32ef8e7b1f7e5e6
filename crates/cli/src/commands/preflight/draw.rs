//! The answer, as a table and as JSON.

use super::Row;
use super::verdict::{Verdict, last_guid};
use crate::commands::count;
use crate::console::{BAD, Console, DOUBT, FAINT, STRONG, wrap};
use abac_catalog::Catalog;
use iac_extract::{Change, Seen};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

/// The version of the JSON; it grows when a reader of the last one could be misled.
const VERSION: u32 = 1;

/// Draws a row for each change, and below it why.
pub(super) fn text(rows: &[Row<'_>], catalog: &Catalog, console: &mut Console) {
    let style = console.style;
    let cells: Vec<[String; 4]> = rows.iter().map(|row| cells(row, catalog)).collect();
    let heading = ["where", "change", "role", "principal"].map(str::to_owned);
    let widths: Vec<usize> = (0..heading.len())
        .map(|column| {
            let all = cells.iter().chain([&heading]);
            all.filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String; 4]| {
        let pad = |(cell, width): (&String, &usize)| {
            format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()) + 2))
        };
        cells.iter().zip(&widths).map(pad).collect::<String>()
    };
    if !rows.is_empty() {
        let heading = format!("{}answer", line(&heading));
        console.write(&format!("{}\n", style.paint(STRONG, &heading)));
    }
    for (row, cells) in rows.iter().zip(&cells) {
        let answer = match &row.verdict {
            Verdict::Passes { by_default: false } => "passes".to_owned(),
            Verdict::Passes { by_default: true } => {
                "passes with the parameters' defaults".to_owned()
            }
            Verdict::Refused { .. } => style.paint(BAD, "403"),
            Verdict::Unknown { .. } => style.paint(DOUBT, "unknown until deployment"),
        };
        console.write(&format!("{}{answer}\n", line(cells)));
        let mut below = |title: &str, text: &str| {
            let first = format!("    {title}: ");
            let text = wrap(text, style.width.min(100), &first, "      ");
            console.write(&format!("{}\n", style.code(&text)));
        };
        match &row.verdict {
            Verdict::Passes { .. } => {}
            Verdict::Refused { reason, clause, fix } => {
                below("why", reason);
                if let Some(clause) = clause {
                    below("clause", &format!("`{clause}`"));
                }
                below("fix", fix);
            }
            Verdict::Unknown { depends_on } => below("depends on", &depends_on.join(", ")),
        }
    }
    let number = |is: fn(&Verdict) -> bool| rows.iter().filter(|row| is(&row.verdict)).count();
    let summary = format!(
        "{}: {} would pass, {} would be refused, {} unknown until deployment",
        count(rows.len(), "change", "changes"),
        number(|one| matches!(one, Verdict::Passes { .. })),
        number(|one| matches!(one, Verdict::Refused { .. })),
        number(|one| matches!(one, Verdict::Unknown { .. })),
    );
    console.note(&style.paint(FAINT, &summary));
}

fn cells(row: &Row<'_>, catalog: &Catalog) -> [String; 4] {
    let place = row.unit.places().of(row.assignment.head);
    let place = place.map_or_else(String::new, |place| {
        format!("{}:{}", place.path.display(), place.position.line)
    });
    [place, change(row), role(row, catalog), principal(row)]
}

fn change(row: &Row<'_>) -> String {
    let verb = match row.change {
        Change::Write => "create",
        Change::Delete => "delete",
    };
    format!("{verb} {}", row.assignment.kind.title())
}

fn role(row: &Row<'_>, catalog: &Catalog) -> String {
    if let Seen::Is(name) = row.assignment.seen("roleName") {
        return name.value().to_owned();
    }
    match row.assignment.seen("properties.roleDefinitionId") {
        Seen::Absent => "none".to_owned(),
        Seen::Is(text) => match last_guid(&text) {
            None => "?".to_owned(),
            Some(guid) => {
                let known = catalog.role(&guid.to_string());
                known.map_or_else(|| guid.to_string(), |role| role.name().to_owned())
            }
        },
    }
}

fn principal(row: &Row<'_>) -> String {
    let id = match row.assignment.seen("properties.principalId") {
        Seen::Absent => "none".to_owned(),
        Seen::Is(text) => text.known().map_or_else(|| "?".to_owned(), str::to_owned),
    };
    match row.assignment.seen("properties.principalType") {
        Seen::Absent => id,
        Seen::Is(text) => format!("{id} ({})", text.known().unwrap_or("?")),
    }
}

/// Writes the answer for programs.
pub(super) fn json(rows: &[Row<'_>], catalog: &Catalog) -> String {
    let one = |row: &Row<'_>| {
        let place = row.unit.places().of(row.assignment.head);
        let known = |path: &str| match row.assignment.seen(path) {
            Seen::Absent => Value::Null,
            Seen::Is(text) => json!({ "known": text.known().is_some(), "text": text.value() }),
        };
        let mut object = json!({
            "file": place.as_ref().map(|one| one.path.display().to_string().replace('\\', "/")),
            "line": place.as_ref().map(|one| one.position.line),
            "column": place.as_ref().map(|one| one.position.char_column),
            "kind": row.assignment.kind.resource_type(),
            "change": match row.change {
                Change::Write => "write",
                Change::Delete => "delete",
            },
            "role": role(row, catalog),
            "principal": known("properties.principalId"),
            "principalType": known("properties.principalType"),
        });
        let (answer, more) = match &row.verdict {
            Verdict::Passes { by_default } => ("passes", json!({ "withDefaults": by_default })),
            Verdict::Refused { reason, clause, fix } => {
                ("refused", json!({ "reason": reason, "clause": clause, "fix": fix }))
            }
            Verdict::Unknown { depends_on } => ("unknown", json!({ "dependsOn": depends_on })),
        };
        if let (Value::Object(fields), Value::Object(more)) = (&mut object, more) {
            fields.insert("answer".to_owned(), json!(answer));
            fields.extend(more);
        }
        object
    };
    let changes: Vec<Value> = rows.iter().map(one).collect();
    format!("{:#}\n", json!({ "version": VERSION, "changes": changes }))
}
