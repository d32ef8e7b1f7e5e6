//! Facts for the terminal, a few lines each.

use crate::console::{CODE, DOUBT, FAINT, STRONG, Style, wrap};
use abac_catalog::{Action, Attribute, Catalog, Operator, Role, RoleKind, Status};
use std::fmt::Write as _;

pub(super) fn action(action: &Action, style: Style) -> String {
    let mut text = title(action.display_name, action.id, action.status, style);
    let suboperation = match action.suboperation {
        None => String::new(),
        Some(target) if target.negated => format!(" without {}", target.name),
        Some(target) => format!(" with {}", target.name),
    };
    let plane = match action.plane {
        abac_catalog::Plane::Control => "action",
        abac_catalog::Plane::Data => "data action",
    };
    _ = writeln!(text, "  {}{suboperation} ({plane})", style.paint(CODE, action.action));
    for source in ["Resource", "Request", "Environment"] {
        let ids = action.attribute_ids(source);
        if !ids.is_empty() {
            let first = format!("  @{source}: ");
            _ = writeln!(text, "{}", wrap(&ids.join(", "), style.width, &first, "    "));
        }
    }
    if action.principal_attributes {
        text.push_str("  @Principal: custom security attributes\n");
    }
    page(&mut text, &action.source.to_string(), style);
    text
}

pub(super) fn attribute(attribute: &Attribute, style: Style) -> String {
    let mut text = title(&attribute.display_name, &attribute.id, attribute.status, style);
    for reference in attribute.references() {
        _ = writeln!(text, "  {}", style.paint(CODE, &reference));
    }
    let types: Vec<_> = attribute.value_types.iter().map(|one| one.as_str()).collect();
    let many = match attribute.multi_valued {
        Some(true) => ", several values",
        Some(false) => "",
        None => ", one value or several",
    };
    _ = writeln!(text, "  type: {}{many}", types.join(" or "));
    if !attribute.values.is_empty() {
        _ = writeln!(text, "  values: {}", attribute.values.join(", "));
    }
    if !attribute.applies_to.is_empty() {
        let list = attribute.applies_to.join(", ");
        let list = wrap(&list, style.width, "  actions: ", "    ");
        _ = writeln!(text, "{list}");
    }
    page(&mut text, &attribute.source.to_string(), style);
    text
}

pub(super) fn operator(operator: &Operator, style: Style) -> String {
    let negation = operator.negation_of.map(|one| format!(", negates {one}")).unwrap_or_default();
    let letter_case = if operator.ignores_case { ", in any letter case" } else { "" };
    let quantifier = if operator.quantifiable { ", takes a quantifier" } else { "" };
    format!(
        "{}  {}{negation}{letter_case}{quantifier}  {}\n",
        style.paint(STRONG, &format!("{:34}", operator.name)),
        operator.value_type.as_str(),
        style.paint(FAINT, &format!("({})", operator.source)),
    )
}

pub(super) fn quantifiers(catalog: &Catalog, style: Style) -> String {
    let mut text = "\n".to_owned();
    for quantifier in catalog.quantifiers() {
        let name = style.paint(STRONG, &format!("{:34}", quantifier.name));
        let source = style.paint(FAINT, &format!("({})", quantifier.source));
        _ = writeln!(text, "{name}  quantifier  {source}");
    }
    for function in catalog.functions() {
        let name = style.paint(STRONG, &format!("{:34}", function.name));
        let source = style.paint(FAINT, &format!("({})", function.source));
        _ = writeln!(text, "{name}  {}  {source}", function.argument);
    }
    text
}

pub(super) fn role(role: &Role, style: Style) -> String {
    let mark = match (role.kind(), role.is_privileged()) {
        (RoleKind::Custom, _) => style.paint(CODE, "  custom"),
        (_, true) => style.paint(DOUBT, "  privileged"),
        _ => String::new(),
    };
    format!("{}  {}{mark}\n", style.paint(FAINT, role.id()), style.paint(STRONG, role.name()))
}

pub(super) fn roles_source(catalog: &Catalog, found: usize, style: Style) -> String {
    let roles = super::super::count(found, "role", "roles");
    let line = format!("{roles}; built-in roles as of {}", catalog.roles_source());
    format!("\n{}\n", style.paint(FAINT, &line))
}

fn title(name: &str, id: &str, status: Status, style: Style) -> String {
    let id = style.paint(FAINT, id);
    let status = match status {
        Status::Ga => String::new(),
        other => format!("  {}", style.paint(DOUBT, other.as_str())),
    };
    format!("{}  {id}{status}\n", style.paint(STRONG, name))
}

fn page(text: &mut String, page: &str, style: Style) {
    _ = writeln!(text, "  {}\n", style.paint(FAINT, &format!("page: {page}")));
}
