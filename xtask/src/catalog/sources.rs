//! The pages that the facts come from: `sources.tsv` and `docs/sources.md`.

use super::table::{Line, Table};
use serde_json::Value;
use std::fmt::Write;

/// A page.
struct Page {
    tag: String,
    name: String,
    date: String,
    path: String,
    note: String,
}

/// Pages that rules and semantics quote, beside those the reference names: tag, page, date, where
/// it is kept, what is to be known.
const FURTHER: &[[&str; 5]] = &[
    [
        "format21",
        "conditions-format",
        "2021-04-29",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-format.md",
        "the version of the preview",
    ],
    [
        "deleg23",
        "delegate-role-assignments-examples",
        "2023-09-20",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/delegate-role-assignments-examples.md",
        "the version of the preview",
    ],
    [
        "delegov",
        "delegate-role-assignments-overview",
        "2023-09-20",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/delegate-role-assignments-overview.md",
        "",
    ],
    [
        "trouble",
        "conditions-troubleshoot",
        "2024-02-27",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-troubleshoot.md",
        "",
    ],
    [
        "faq",
        "conditions-faq",
        "2023-05-09",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-faq.md",
        "",
    ],
    [
        "overview",
        "conditions-overview",
        "2023-04-11",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-overview.md",
        "",
    ],
    [
        "portal",
        "conditions-role-assignments-portal",
        "2023-05-09",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-role-assignments-portal.md",
        "",
    ],
    [
        "prereq",
        "conditions-prerequisites",
        "",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-prerequisites.md",
        "undated: only an excerpt was read",
    ],
    [
        "customroles",
        "custom-roles",
        "2023-11-15",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/custom-roles.md",
        "",
    ],
    [
        "privileged",
        "built-in-roles/privileged",
        "2025-01-25",
        "MicrosoftDocs/azure-docs articles/role-based-access-control/built-in-roles/privileged.md",
        "",
    ],
    [
        "blobabac",
        "storage-auth-abac",
        "2023-04-21",
        "MicrosoftDocs/azure-docs articles/storage/blobs/storage-auth-abac.md",
        "",
    ],
    [
        "blobsec",
        "storage-auth-abac-security",
        "2026",
        "MicrosoftDocs/azure-docs articles/storage/blobs/storage-auth-abac-security.md",
        "a copy republished in 2026",
    ],
    [
        "inc",
        "storage-abac-preview",
        "2024-04-01",
        "MicrosoftDocs/azure-docs includes/storage-abac-preview.md",
        "a later version no longer calls container metadata a preview",
    ],
    [
        "queueex",
        "queues-auth-abac-examples",
        "2023-12-13",
        "MicrosoftDocs/azure-docs articles/storage/queues/queues-auth-abac-examples.md",
        "",
    ],
    [
        "kvcli",
        "howto-abac-conditions-cli",
        "2026-07-16",
        "MicrosoftDocs/azure-security-docs articles/key-vault/general/howto-abac-conditions-cli.md",
        "",
    ],
    [
        "kvps",
        "howto-abac-conditions-powershell",
        "2026-07-16",
        "MicrosoftDocs/azure-security-docs articles/key-vault/general/howto-abac-conditions-powershell.md",
        "",
    ],
    [
        "lause",
        "granular-rbac-use-case",
        "",
        "MicrosoftDocs/azure-monitor-docs",
        "undated: read beside the pages of 2025",
    ],
    ["cli", "az role assignment", "2026-06-26", "the reference of the Azure CLI", ""],
    [
        "ps",
        "New-AzRoleAssignment",
        "",
        "MicrosoftDocs/azure-docs-powershell, azps-16.1.0",
        "undated: the version of the module stands for the date",
    ],
    [
        "swagger",
        "RoleAssignments",
        "2024-10-30",
        "Azure/azure-rest-api-specs specification/authorization/resource-manager/Microsoft.Authorization",
        "the day of the copy that was read",
    ],
    [
        "issue15683",
        "azure-cli issue 15683",
        "2020-10",
        "github.com/Azure/azure-cli/issues/15683",
        "the month is inferred from the neighbouring issues",
    ],
    [
        "design",
        "a public design document",
        "",
        "a public repository",
        "undated: no official page says the same",
    ],
    [
        "graph",
        "customSecurityAttributeDefinition",
        "",
        "Microsoft Graph, resource types",
        "undated: read in the schema of Microsoft365DSC",
    ],
];

/// The pages, by tag.
pub(super) struct Sources {
    pages: Vec<Page>,
    /// The words with which the reference names each of its pages.
    spelled: Vec<(String, String)>,
}

impl Sources {
    /// Reads the pages that the reference names.
    pub(super) fn read(catalog: &Value) -> Result<Self, String> {
        let named = catalog
            .pointer("/meta/sources")
            .and_then(Value::as_object)
            .ok_or("catalog.json: no `meta.sources`")?;
        let mut pages = Vec::new();
        let mut spelled = Vec::new();
        for (tag, value) in named {
            let words = value.as_str().unwrap_or_default();
            pages.push(page(tag, words)?);
            spelled.push((words.to_owned(), tag.clone()));
        }
        pages.extend(FURTHER.iter().map(|[tag, name, date, path, note]| Page {
            tag: (*tag).to_owned(),
            name: (*name).to_owned(),
            date: (*date).to_owned(),
            path: (*path).to_owned(),
            note: (*note).to_owned(),
        }));
        pages.sort_by(|one, other| one.tag.cmp(&other.tag));
        Ok(Self { pages, spelled })
    }

    /// Returns the tag of a page, by the words with which the reference names it.
    pub(super) fn tag(&self, words: &str) -> Result<&str, String> {
        if words.starts_with("includes/storage-abac-preview.md") {
            return Ok("inc");
        }
        let same = self.spelled.iter().find(|(known, _)| known == words);
        same.map(|(_, tag)| tag.as_str()).ok_or_else(|| format!("no tag for the page `{words}`"))
    }

    /// Returns the table.
    pub(super) fn table(&self) -> Result<Table, String> {
        let line = |page: &Page| {
            Line::default()
                .text(&page.tag)
                .text(&page.name)
                .text(&page.date)
                .text(&page.path)
                .text(&page.note)
                .finish()
        };
        Ok(Table {
            name: "sources",
            what: "sources",
            note: String::new(),
            columns: "tag, page, date, where, note",
            lines: self.pages.iter().map(line).collect::<Result<_, _>>()?,
        })
    }

    /// Returns the page of documentation.
    pub(super) fn page(&self) -> String {
        let mut text = String::from(
            "<!-- Generated by `cargo xtask catalog`, not edited by hand. -->\n\
             # Sources\n\n\
             The facts of the catalog, the rules and the semantics come from these pages, as they \
             read on the day given. The tag is what the data files in `crates/abac-catalog/data` \
             write. A statement is *documented* when a page of Microsoft says it, *observed* when \
             Azure or one of its own role definitions shows it, and *assumed* otherwise.\n\n\
             Microsoft changes these pages. Where one of them says something else today, the page \
             is right: please open an issue.\n\n\
             | Tag | Page | Date | Where | Note |\n|---|---|---|---|---|\n",
        );
        for page in &self.pages {
            let date = if page.date.is_empty() { "–" } else { &page.date };
            let Page { tag, name, path, note, .. } = page;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| `{tag}` | {name} | {date} | {path} | {note} |");
        }
        text
    }
}

/// Reads `Repository path/page.md (2023-08-10, what else is to be known)`.
fn page(tag: &str, words: &str) -> Result<Page, String> {
    let (path, rest) = words
        .strip_suffix(')')
        .and_then(|words| words.rsplit_once(" ("))
        .ok_or_else(|| format!("the source `{words}` has no date"))?;
    // Of several dates the last is the newest.
    let (dates, notes): (Vec<&str>, Vec<&str>) =
        rest.split(", ").partition(|part| part.starts_with("20") && part.chars().count() == 10);
    let (date, older) = dates.split_last().ok_or_else(|| format!("no date in `{words}`"))?;
    let file = path.rsplit(['/', ' ']).next().unwrap_or(path);
    let mut notes: Vec<String> = notes.into_iter().map(str::to_owned).collect();
    notes.extend(older.iter().map(|date| format!("and the version of {date}")));
    Ok(Page {
        tag: tag.to_owned(),
        name: file.trim_end_matches(".md").trim_end_matches(".json").to_owned(),
        date: (*date).to_owned(),
        path: path.to_owned(),
        note: notes.join(", "),
    })
}
