//! The official schema of ARM templates: every schedule request that is emitted is valid by it.

use serde_json::{Value, json};
use std::path::Path;

const SCHEMA: &str = "schema/arm-schema_2020-10-01_Microsoft.Authorization.json";

/// Checks the templates among the golden files; gives how many resources passed, and the failures.
pub(crate) fn run(folder: &Path) -> Result<(usize, Vec<String>), String> {
    let mut schema = read(&folder.join(SCHEMA))?;
    inline_expressions(&mut schema);
    let golden = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/golden"));
    let mut passed = 0;
    let mut failures = Vec::new();
    let entries = std::fs::read_dir(golden).map_err(|error| error.to_string())?;
    for entry in entries.flatten() {
        let file = entry.path().join("azuredeploy.json");
        if !file.is_file() {
            continue;
        }
        for resource in read(&file)?["resources"].as_array().into_iter().flatten() {
            let name = resource["type"].as_str().unwrap_or("").rsplit('/').next().unwrap_or("");
            let Some(definition) = schema["resourceDefinitions"].get(name) else { continue };
            let mut definition = definition.clone();
            definition["definitions"] = schema["definitions"].clone();
            let validator = jsonschema::draft4::new(&definition)
                .map_err(|error| format!("{SCHEMA}: {error}"))?;
            let wrong: Vec<String> = validator
                .iter_errors(resource)
                .map(|error| format!("{}: {}: {error}", file.display(), error.instance_path()))
                .collect();
            if wrong.is_empty() {
                passed += 1;
            }
            failures.extend(wrong);
        }
    }
    Ok((passed, failures))
}

fn read(path: &Path) -> Result<Value, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Says in place what the schema refers to on the network: an expression in brackets.
fn inline_expressions(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let outside = |target: &Value| target.as_str().is_some_and(|to| to.starts_with("http"));
            if fields.get("$ref").is_some_and(outside) {
                *value = json!({ "type": "string", "pattern": "^\\[" });
                return;
            }
            fields.values_mut().for_each(inline_expressions);
        }
        Value::Array(items) => items.iter_mut().for_each(inline_expressions),
        _ => {}
    }
}
