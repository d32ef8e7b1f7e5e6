//! The table of built-in roles.

use super::table::{Line, Table, flag, list, text, texts};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The four lists of patterns of a permission block, in the order they are written.
pub(super) const LISTS: [&str; 4] = ["actions", "notActions", "dataActions", "notDataActions"];

/// Returns the table of built-in roles, by GUID.
pub(super) fn table(built_in: &Value) -> Result<Table, String> {
    let meta = built_in.get("meta").ok_or("built-in-roles.json: no `meta`")?;
    let added = text(meta, "additions");
    let mut roles: Vec<_> = list(built_in, "roles").iter().collect();
    roles.sort_by_key(|role| text(role, "id"));
    let lines = roles.into_iter().map(|role| line(role, added)).collect::<Result<_, _>>()?;
    Ok(Table {
        name: "roles",
        what: "roles",
        note: format!(" of {}", text(meta, "retrieved")),
        columns: "GUID, name, privileged, source, assignable scopes, description, then a column \
                  for each permission block: actions|notActions|dataActions|notDataActions|\
                  conditionVersion|condition; a semicolon parts patterns by what is before their \
                  first slash, commas part the rest",
        lines,
    })
}

/// Returns the permission blocks of a role, which is one block itself when it has but one.
pub(super) fn blocks(role: &Value) -> Vec<&Value> {
    match role.get("permissions").and_then(Value::as_array) {
        Some(blocks) => blocks.iter().collect(),
        None => vec![role],
    }
}

/// Returns the patterns of a list, sorted, each once.
pub(super) fn patterns<'v>(block: &'v Value, name: &str) -> BTreeSet<&'v str> {
    texts(block, name).into_iter().map(str::trim).collect()
}

fn line(role: &Value, added: &str) -> Result<String, String> {
    let name = text(role, "name").trim();
    // A generated description only counts patterns, which the crate does when it is asked.
    let description = Some(text(role, "description"))
        .filter(|text| !text.starts_with("Grants ") || !text.contains("action patterns"));
    let mut line = Line::default()
        .text(text(role, "id"))
        .text(name)
        .text(if flag(role, "privileged") { "privileged" } else { "" })
        .text(if added.starts_with(name) { "privileged" } else { "bir" })
        .list(texts(role, "assignableScopes"))
        .text(description.unwrap_or_default());
    for block in blocks(role) {
        let mut packed = String::new();
        for name in LISTS {
            packed.push_str(&pack(&patterns(block, name))?);
            packed.push('|');
        }
        line = line.text(&format!(
            "{packed}{}|{}",
            text(block, "conditionVersion"),
            text(block, "condition")
        ));
    }
    line.finish()
}

fn pack(patterns: &BTreeSet<&str>) -> Result<String, String> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pattern in patterns {
        if pattern.contains([',', ';', '|']) {
            return Err(format!("the pattern `{pattern}` does not fit the format"));
        }
        match pattern.split_once('/') {
            Some((provider, rest)) => groups.entry(provider).or_default().push(rest),
            None => drop(groups.entry(pattern).or_default()),
        }
    }
    let mut packed = Vec::new();
    for (provider, rest) in groups {
        if patterns.contains(provider) {
            packed.push(provider.to_owned());
        }
        if !rest.is_empty() {
            packed.push(format!("{provider}/{}", rest.join(",")));
        }
    }
    Ok(packed.join(";"))
}

#[cfg(test)]
mod tests {
    use super::table;
    use serde_json::json;

    fn line(role: &serde_json::Value) -> Result<String, String> {
        let built_in = json!({"meta": {"retrieved": "2026-08-22"}, "roles": [role]});
        table(&built_in).map(|table| table.lines.concat())
    }

    #[test]
    fn patterns_are_sorted_and_grouped_by_provider() {
        let role = json!({
            "id": "i", "name": "N ", "privileged": true, "assignableScopes": ["/"],
            "description": "Grants 3 control-plane action patterns (A).",
            "actions": ["B/y", "*", "B/x ", "A/*/read", "*/read", "B/y"], "notActions": ["A/b"],
            "dataActions": [], "notDataActions": []
        });
        let expect = "i\tN\tprivileged\tbir\t/\t-\t*;*/read;A/*/read;B/x,y|A/b||||";
        assert_eq!(line(&role).unwrap(), expect);
    }

    #[test]
    fn what_does_not_fit_the_format_is_refused() {
        let pattern = json!({"id": "i", "name": "N", "actions": ["A/b,c"]});
        assert!(line(&pattern).unwrap_err().contains("A/b,c"));
        let condition = json!({"id": "i", "name": "N", "permissions": [{"condition": "a\tb"}]});
        assert!(line(&condition).unwrap_err().contains("a\\tb"));
    }
}
