//! ARM templates, parameter files, plans of Terraform and bodies of calls, read from JSON.

use crate::expr::{Expr, Item, ItemKind, Kind, Module};
use diagnostics::Span;

/// Reads a document as what it is.
pub(crate) fn module(source: &str, root: Expr) -> Module {
    let mut module = Module::default();
    if root.get("resource_changes").is_some() && root.get("format_version").is_some() {
        plan(source, &root, &mut module);
        return module;
    }
    if root.get("resource").is_some() && is_terraform(&root) {
        terraform(&root, &mut module);
        return module;
    }
    template(source, &root, &mut module, 0);
    let span = root.span;
    module.items.push(Item { kind: ItemKind::Value, span, body: root });
    module
}

/// Takes the names of a template over, also of nested ones.
fn template(source: &str, root: &Expr, module: &mut Module, depth: usize) {
    if depth > crate::expr::MAX_DEPTH {
        return;
    }
    if let Some(schema) = root.get("$schema").and_then(|one| one.plain(source)) {
        let schema = schema.to_ascii_lowercase();
        let scopes = [
            ("/subscriptiondeploymenttemplate.json", "subscription"),
            ("/managementgroupdeploymenttemplate.json", "managementGroup"),
            ("/tenantdeploymenttemplate.json", "tenant"),
            ("/deploymenttemplate.json", "resourceGroup"),
        ];
        let scope = scopes.iter().find(|(name, _)| schema.contains(name));
        if module.target_scope.is_none() {
            module.target_scope = scope.map(|(_, scope)| (*scope).to_owned());
        }
    }
    for field in root.get("parameters").map_or(&[][..], Expr::fields) {
        if let Some(default) = field.value.get("defaultValue") {
            let name = format!("parameters.{}", field.name.to_lowercase());
            if module.names.insert(name.clone(), default.clone()).is_some() {
                // Two templates of one file know the name; which is meant is not followed.
                module.names.remove(&name);
            }
            module.parameters.insert(name);
        }
    }
    for field in root.get("variables").map_or(&[][..], Expr::fields) {
        let name = format!("variables.{}", field.name.to_lowercase());
        if module.names.insert(name.clone(), field.value.clone()).is_some() {
            module.names.remove(&name);
        }
    }
    nested(source, root, module, depth);
}

fn nested(source: &str, expr: &Expr, module: &mut Module, depth: usize) {
    if depth > crate::expr::MAX_DEPTH {
        return;
    }
    match &expr.kind {
        Kind::Object(fields) => {
            for field in fields {
                if field.name == "template" && field.value.get("resources").is_some() {
                    template(source, &field.value, module, depth + 1);
                } else {
                    nested(source, &field.value, module, depth + 1);
                }
            }
        }
        Kind::List(items) => {
            for item in items {
                nested(source, item, module, depth + 1);
            }
        }
        _ => {}
    }
}

fn is_terraform(root: &Expr) -> bool {
    root.get("resource").is_some_and(|types| {
        types.fields().iter().any(|one| one.name.contains('_') && !one.value.fields().is_empty())
    })
}

/// `.tf.json`
fn terraform(root: &Expr, module: &mut Module) {
    for kind in root.get("resource").map_or(&[][..], Expr::fields) {
        for resource in kind.value.fields() {
            let bodies = match &resource.value.kind {
                Kind::List(items) => items.clone(),
                _ => vec![resource.value.clone()],
            };
            for body in bodies {
                let item = ItemKind::Resource {
                    resource_type: kind.name.clone(),
                    head: kind.name_span,
                    deletes: false,
                };
                module.items.push(Item { kind: item, span: body.span, body });
            }
        }
    }
    for field in root.get("locals").map_or(&[][..], Expr::fields) {
        module.names.insert(format!("local.{}", field.name), field.value.clone());
        let kind = ItemKind::Binding(field.name.clone());
        module.items.push(Item { kind, span: field.value.span, body: field.value.clone() });
    }
    for field in root.get("variable").map_or(&[][..], Expr::fields) {
        if let Some(default) = field.value.get("default") {
            let name = format!("var.{}", field.name);
            module.names.insert(name.clone(), default.clone());
            module.parameters.insert(name);
        }
    }
}

/// `terraform show -json`: what the plan changes, and nothing of what it repeats.
fn plan(source: &str, root: &Expr, module: &mut Module) {
    let Some(Expr { kind: Kind::List(changes), .. }) = root.get("resource_changes") else { return };
    for one in changes {
        let (Some(kind), Some(change)) = (one.get("type"), one.get("change")) else { continue };
        let actions: Vec<String> = match change.get("actions").map(|actions| &actions.kind) {
            Some(Kind::List(actions)) => {
                actions.iter().filter_map(|action| action.plain(source)).collect()
            }
            _ => Vec::new(),
        };
        let resource_type = kind.plain(source).unwrap_or_default();
        for action in actions {
            let (state, deletes) = match action.as_str() {
                "create" | "update" => ("after", false),
                "delete" => ("before", true),
                _ => continue,
            };
            let Some(body) = change.get(state) else { continue };
            let mut body = body.clone();
            if !deletes && let Some(unknown) = change.get("after_unknown") {
                with_unknown(&mut body, unknown, 0);
            }
            let kind = ItemKind::Resource {
                resource_type: resource_type.clone(),
                head: kind.span,
                deletes,
            };
            module.items.push(Item { kind, span: one.span, body });
        }
    }
}

/// Puts a hole where the plan says that a value is known after apply only.
fn with_unknown(body: &mut Expr, unknown: &Expr, depth: usize) {
    if depth > crate::expr::MAX_DEPTH {
        return;
    }
    match (&mut body.kind, &unknown.kind) {
        (Kind::Object(fields), Kind::Object(flags)) => {
            for flag in flags {
                let hole = |span: Span| Expr::new(span, Kind::Other(Vec::new()));
                let is_unknown = matches!(&flag.value.kind, Kind::Word(word) if word == "true");
                let known = fields.iter_mut().find(|one| one.name == flag.name);
                match known {
                    Some(field) if is_unknown => field.value = hole(flag.name_span),
                    Some(field) => with_unknown(&mut field.value, &flag.value, depth + 1),
                    None if is_unknown => fields.push(crate::expr::Field {
                        name: flag.name.clone(),
                        name_span: flag.name_span,
                        value: hole(flag.name_span),
                    }),
                    None => {}
                }
            }
        }
        // The blocks of the provider come as lists of one.
        (Kind::List(items), Kind::List(flags)) => {
            for (item, flags) in items.iter_mut().zip(flags) {
                with_unknown(item, flags, depth + 1);
            }
        }
        _ => {}
    }
}
