//! The tables of services, actions, suboperations, attributes, operators and legacy texts.

use super::sources::Sources;
use super::table::{Line, Table, flag, list, text, texts};
use serde_json::Value;
use std::collections::BTreeMap;

/// What replaces a deprecated suboperation, and how older pages spelled it.
///
/// storage-auth-abac-examples, 2023-05-09, recommends *Read a blob* in its place.
const SUBOPERATIONS: &[(&str, &str, &[&str])] =
    &[("Blob.Read.WithTagConditions", "blob.read", &["Blobs.Read.WithTagConditions"])];

/// What is known about the texts that the reference calls observed.
struct Observed {
    /// What stands between the brackets.
    body: &'static str,
    kind: &'static str,
    upgrade: &'static str,
    source: &'static str,
    notes: &'static str,
}

const CONTAINER: &str = "Microsoft.Storage/storageAccounts/blobServices/containers:name";

const LEGACY: &[Observed] = &[
    Observed {
        body: "HasObotoken",
        kind: "internal",
        upgrade: "",
        source: "bir",
        notes: "marker for on-behalf-of tokens in conditions of Azure's own roles; Boolean, without \
                a namespace",
    },
    Observed {
        body: "Microsoft.AppConfiguration/configurationStores/keyValues:key",
        kind: "unsupported",
        upgrade: "",
        source: "design",
        notes: "no official page says that App Configuration takes conditions",
    },
    Observed {
        body: "Microsoft.ServiceBus/namespaces/queues:Name",
        kind: "refused",
        upgrade: "",
        source: "issue15683",
        notes: "Azure answered HTTP 400: The given role assignment condition is invalid",
    },
    Observed {
        body: "Microsoft.Storage/storageAccounts/blobServices/containers/blobs:Path",
        kind: "spelling",
        upgrade: "Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path",
        source: "ps",
        notes: "capital letter in the help of Azure PowerShell",
    },
    Observed {
        body: "Microsoft.Storage/storageAccounts/blobServices/containers:ContainerName",
        kind: "spelling",
        upgrade: CONTAINER,
        source: "swagger",
        notes: "in the API description and the help of Azure PowerShell; no attribute table lists \
                it",
    },
    Observed {
        body: "Microsoft.Storage/storageAccounts/blobServices/containers:Name",
        kind: "spelling",
        upgrade: CONTAINER,
        source: "cli",
        notes: "capital letter in the help of the Azure CLI",
    },
    Observed {
        body: "subOperation",
        kind: "replaced",
        upgrade: "SubOperationMatches",
        source: "format21",
        notes: "the preview compared @Request[subOperation] with a list of names",
    },
];

/// Returns the tables.
pub(super) fn tables(catalog: &Value, sources: &Sources) -> Result<Vec<Table>, String> {
    let (attributes, operator_lists) = attributes(catalog, sources)?;
    Ok(vec![
        services(catalog)?,
        actions(catalog, sources)?,
        suboperations(catalog, sources)?,
        attributes,
        operator_lists,
        operators(catalog)?,
        legacy(catalog)?,
    ])
}

fn table(name: &'static str, columns: &'static str, mut lines: Vec<String>, sort: bool) -> Table {
    if sort {
        lines.sort();
    }
    Table { name, what: name, note: String::new(), columns, lines }
}

/// Returns the status in one word, and the rest of what is said about it.
fn status(words: &str) -> (&str, &str) {
    ["GA", "preview", "deprecated", "observed"]
        .into_iter()
        .find_map(|known| words.strip_prefix(known).map(|_| known))
        .map_or(("observed", words), |known| (known, if words == known { "" } else { words }))
}

/// Returns the id of a service: the first part of the ids of its actions.
fn service_id(service: &Value) -> &str {
    let first = list(service, "actions").first().map_or("", |action| text(action, "id"));
    first.split('.').next().unwrap_or_default()
}

/// Says whether a service is known from what Azure serves only.
fn only_seen(service: &Value) -> bool {
    text(service, "status").starts_with("seen")
}

fn services(catalog: &Value) -> Result<Table, String> {
    let line = |service: &Value| {
        Line::default()
            .text(service_id(service))
            .text(text(service, "provider"))
            .text(text(service, "plane"))
            .text(text(service, "service"))
            .text(text(service, "status"))
            .list(texts(service, "roles"))
            .text(text(service, "notes"))
            .finish()
    };
    let lines = list(catalog, "providers").iter().map(line).collect::<Result<_, _>>()?;
    Ok(table("services", "id, provider, plane, name, status, roles, notes", lines, true))
}

fn actions(catalog: &Value, sources: &Sources) -> Result<Table, String> {
    let mut lines = Vec::new();
    for service in list(catalog, "providers") {
        for action in list(service, "actions") {
            let not = if flag(action, "suboperationNegated") { "!" } else { "" };
            let suboperation = match text(action, "suboperation") {
                "" => String::new(),
                name => format!("{not}{name}"),
            };
            let status = match status(text(action, "status")).0 {
                _ if only_seen(service) => "observed",
                status => status,
            };
            let principal = if flag(action, "principalAttributes") { "principal" } else { "" };
            let line = Line::default()
                .text(text(action, "id"))
                .text(text(action, "action"))
                .text(&suboperation)
                .text(status)
                .text(text(action, "displayName"))
                .list(texts(action, "resourceAttributes"))
                .list(texts(action, "requestAttributes"))
                .list(texts(action, "environmentAttributes"))
                .text(principal)
                .list(texts(action, "alsoActions"))
                .text(sources.tag(text(action, "sourcePage"))?)
                .text(text(action, "description"))
                .text(text(action, "notes"));
            lines.push(line.finish()?);
        }
    }
    let columns = "id, permission string, suboperation (! for all but it), status, name, resource \
                   attributes, request attributes, environment attributes, principal attributes, \
                   also actions, source, description, notes";
    Ok(table("actions", columns, lines, true))
}

fn suboperations(catalog: &Value, sources: &Sources) -> Result<Table, String> {
    let mut known: BTreeMap<&str, (&str, Vec<&str>, &str)> = BTreeMap::new();
    for service in list(catalog, "providers") {
        for one in list(service, "suboperations") {
            let name = text(one, "name");
            let page = list(service, "actions")
                .iter()
                .find(|action| text(action, "suboperation") == name)
                .map(|action| text(action, "sourcePage"))
                .ok_or_else(|| format!("no action has the suboperation `{name}`"))?;
            let status = match text(one, "status") {
                "" => "GA",
                words => status(words).0,
            };
            let entry = known.entry(name).or_insert((status, Vec::new(), sources.tag(page)?));
            entry.1.push(text(one, "action"));
        }
    }
    let mut lines = Vec::new();
    for (name, (status, actions, source)) in known {
        let upgrade = SUBOPERATIONS.iter().find(|(known, ..)| *known == name);
        let (replaced, former) = upgrade.map_or(("", &[][..]), |(_, by, former)| (*by, *former));
        let line = Line::default().text(name).text(status).list(actions);
        lines.push(line.text(replaced).list(former).text(source).finish()?);
    }
    let columns = "name, status, permission strings, replaced by, former names, source";
    Ok(table("suboperations", columns, lines, true))
}

fn attributes(catalog: &Value, sources: &Sources) -> Result<(Table, Table), String> {
    let mut all: Vec<(&Value, bool)> = Vec::new();
    for service in list(catalog, "providers") {
        let seen = only_seen(service);
        all.extend(list(service, "attributes").iter().map(|attribute| (attribute, seen)));
    }
    all.extend(list(catalog, "globalAttributes").iter().map(|attribute| (attribute, false)));
    all.sort_by_key(|(attribute, _)| text(attribute, "id"));

    // A list of operators has the name of the first attribute that takes it.
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut lines = Vec::new();
    for (attribute, seen) in all {
        let operators = texts(attribute, "operators");
        let id = text(attribute, "id");
        let name = match lists.iter().find(|(_, known)| *known == operators) {
            Some((name, _)) => name,
            None => {
                lists.push((id, operators));
                id
            }
        };
        let (word, words) = status(text(attribute, "status"));
        let (verified, doubt) = match attribute.get("verified") {
            Some(Value::Bool(true)) => ("verified", ""),
            Some(Value::String(words)) => ("", words.as_str()),
            _ => ("", "no official page shows this spelling"),
        };
        let exists = attribute.pointer("/existsOperator/visualEditor") == Some(&Value::Bool(true));
        let line = Line::default()
            .text(id)
            .text(text(attribute, "attribute"))
            .list(texts(attribute, "sources"))
            .list(text(attribute, "type").split('|'))
            .text(match attribute.get("multiValued").and_then(Value::as_bool) {
                Some(true) => "multiple",
                Some(false) => "single",
                None => "either",
            })
            .text(name)
            .text(text(attribute, "operatorsBasis"))
            .text(if exists { "visual-editor" } else { "" })
            .text(if seen { "observed" } else { word })
            .text(words)
            .text(verified)
            .text(doubt)
            .text(match attribute.get("hierarchicalNamespace") {
                Some(Value::Bool(false)) => "unsupported",
                Some(Value::String(words)) if words == "preview" => "preview",
                None => "",
                other => return Err(format!("{id}: unknown hierarchicalNamespace {other:?}")),
            })
            .list(texts(attribute, "values"))
            .text(sources.tag(text(attribute, "sourcePage"))?)
            .text(text(attribute, "displayName"))
            .text(text(attribute, "caseSensitivity"))
            .text(text(attribute, "description"))
            .text(text(attribute, "notes"));
        lines.push(line.finish()?);
    }
    let columns = "id, reference, sources, types, values (single or multiple), operator list, \
                   basis of the operators, Exists, status, status note, verified, what is not, \
                   hierarchical namespace, possible values, source, name, letter case, \
                   description, notes";
    let lists = lists
        .into_iter()
        .map(|(name, operators)| Line::default().text(name).list(operators).finish())
        .collect::<Result<_, _>>()?;
    Ok((
        table("attributes", columns, lines, false),
        table(
            "operator-lists",
            "name (the first attribute that takes it), operators",
            lists,
            false,
        ),
    ))
}

fn operators(catalog: &Value) -> Result<Table, String> {
    let mut lines = Vec::new();
    for one in list(catalog, "functions") {
        let line = Line::default().text("function").text(text(one, "name"));
        let line = line.text("").text("").text("").text("").text(text(one, "argument"));
        lines.push(line.text("format").finish()?);
    }
    for name in texts(catalog, "quantifiers") {
        let line = Line::default().text("quantifier").text(name);
        lines.push(line.text("").text("").text("").text("").text("").text("format").finish()?);
    }
    for one in list(catalog, "operators") {
        let line = Line::default()
            .text("operator")
            .text(text(one, "name"))
            .text(text(one, "valueType"))
            .text(text(one, "negationOf"))
            .text(if flag(one, "ignoreCase") { "ignore-case" } else { "" })
            .text(if flag(one, "quantifiable") { "quantifiable" } else { "" })
            .text("")
            .text("format");
        lines.push(line.finish()?);
    }
    let columns = "kind, name, type, negation of, letter case, quantifiable, argument, source";
    // The order of the documentation tells more than the alphabet.
    Ok(table("operators", columns, lines, false))
}

fn legacy(catalog: &Value) -> Result<Table, String> {
    let mut lines = Vec::new();
    for one in list(catalog, "observedButNotCatalogued") {
        let words = text(one, "text");
        let parts = words
            .strip_prefix('@')
            .and_then(|words| words.split_once('['))
            .and_then(|(source, rest)| Some((source, rest.split_once(']')?.0)));
        let (source, body) = parts.ok_or_else(|| format!("`{words}` is not an attribute"))?;
        let known = LEGACY.iter().find(|known| known.body == body);
        let known =
            known.ok_or_else(|| format!("nothing is known about `{body}`; add it to LEGACY"))?;
        let line = Line::default().text(body).text(source).text(known.kind).text(known.upgrade);
        lines.push(line.text(known.source).text(known.notes).finish()?);
    }
    let columns = "text between the brackets, attribute source, kind, upgrade, source, notes";
    Ok(table("legacy", columns, lines, true))
}
