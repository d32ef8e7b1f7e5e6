//! What `cargo xtask catalog --check` looks at.

use super::File;
use super::roles::{LISTS, blocks, patterns};
use super::table::{flag, list, text, texts};
use abac_catalog::{Catalog, Grant, NameForm, Plane, Role};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Compares the files with what the generator would write.
pub(super) fn files(root: &Path, files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        match fs::read_to_string(root.join(&file.path)) {
            Ok(found) if found == file.text => {}
            Ok(found) => {
                let pairs = found.lines().zip(file.text.lines());
                let line = 1 + pairs.take_while(|(found, wanted)| found == wanted).count();
                let path = file.path.display();
                findings.push(format!("{path}:{line}: not what `cargo xtask catalog` writes"));
            }
            Err(error) => findings.push(format!("{}: {error}", file.path.display())),
        }
    }
    findings
}

/// Checks that the data fits together, whatever it was made from.
pub(super) fn consistency(root: &Path) -> Vec<String> {
    let catalog = Catalog::builtin();
    let mut findings = Vec::new();
    let counted: [(&str, usize); 7] = [
        ("services", catalog.services().len()),
        ("actions", catalog.actions().count()),
        ("suboperations", catalog.suboperations().count()),
        ("attributes", catalog.attributes().count()),
        (
            "operators",
            catalog.operators().count()
                + catalog.quantifiers().count()
                + catalog.functions().count(),
        ),
        ("legacy", catalog.legacy().len()),
        ("roles", catalog.roles().count()),
    ];
    for (name, count) in counted {
        findings.extend(header(root, name, count));
    }
    sources(catalog, &mut findings);
    for action in catalog.actions() {
        let id = action.id;
        for (source, ids) in [
            ("Resource", &action.resource_attributes),
            ("Request", &action.request_attributes),
            ("Environment", &action.environment_attributes),
        ] {
            for wanted in ids {
                match catalog.attribute(wanted) {
                    None => findings.push(format!("{id}: no attribute `{wanted}`")),
                    Some(attribute) if !attribute.has_source(source) => {
                        findings.push(format!("{id}: `{wanted}` is not available as @{source}"));
                    }
                    Some(_) => {}
                }
            }
        }
        if action.service.is_empty() || !action.action.starts_with(action.provider) {
            findings.push(format!("{id}: no service"));
        }
        if let Some(target) = action.suboperation {
            let known = catalog.suboperation(target.name);
            if !known.is_some_and(|one| one.actions.contains(&action.action)) {
                findings.push(format!("{id}: no suboperation `{}`", target.name));
            }
        }
    }
    for one in catalog.suboperations() {
        if let Some(id) = one.replaced_by.filter(|id| catalog.action(id).is_none()) {
            findings.push(format!("{}: replaced by an unknown action `{id}`", one.name));
        }
    }
    for attribute in catalog.attributes() {
        let id = &attribute.id;
        if attribute.sources.is_empty()
            || attribute.value_types.is_empty()
            || attribute.operators.is_empty()
            || attribute.applies_to.is_empty()
        {
            findings.push(format!("{id}: no source, type, operator or action"));
        }
        for operator in attribute.operators {
            match catalog.operator(operator) {
                None => findings.push(format!("{id}: no operator `{operator}`")),
                Some(known) if !attribute.value_types.contains(&known.value_type) => {
                    findings.push(format!("{id}: `{operator}` does not fit its type"));
                }
                Some(_) => {}
            }
        }
        let body = attribute.body("Set_Name");
        let found = catalog.match_attribute(&body);
        if !found.is_some_and(|found| found.attributes.contains(&attribute)) {
            findings.push(format!("{id}: `{body}` does not lead to it"));
        }
    }
    for legacy in catalog.legacy() {
        let upgrade = legacy.upgrade.unwrap_or("isPrivateLink");
        let function = catalog.functions().any(|known| known.name == upgrade);
        if !function && catalog.find_attribute(upgrade).is_none() {
            findings.push(format!("{}: unknown upgrade `{upgrade}`", legacy.body));
        }
    }
    roles(catalog, &mut findings);
    findings
}

/// Checks that the header of a file counts what the crate reads from it.
fn header(root: &Path, name: &str, count: usize) -> Option<String> {
    let path = root.join("crates/abac-catalog/data").join(format!("{name}.tsv"));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return Some(format!("{}: {error}", path.display())),
    };
    let lines = text.lines().skip(1).count();
    let told = format!(": {count} {name}");
    let header = text.lines().next().unwrap_or_default();
    let fine = header.starts_with("# Generated by") && header.contains(&told) && lines == count;
    (!fine).then(|| {
        format!("{name}.tsv: {lines} lines, of which {count} are read; line 1 counts otherwise")
    })
}

fn sources(catalog: &Catalog, findings: &mut Vec<String>) {
    for source in catalog.sources() {
        let parts: Vec<&str> = source.date.split('-').collect();
        let number = |text: &str, range: std::ops::RangeInclusive<u32>| {
            text.parse().is_ok_and(|number: u32| range.contains(&number))
        };
        let fine = match parts.as_slice() {
            [""] => source.note.starts_with("undated"),
            [year] => number(year, 2020..=2100),
            [year, month] => number(year, 2020..=2100) && number(month, 1..=12),
            [year, month, day] => {
                number(year, 2020..=2100) && number(month, 1..=12) && number(day, 1..=31)
            }
            _ => false,
        };
        if !fine || source.page.is_empty() {
            findings.push(format!("source {}: no page, or no date", source.tag));
        }
    }
    let actions = catalog.actions().map(|one| (one.id, one.source));
    let attributes = catalog.attributes().map(|one| (one.id.as_ref(), one.source));
    let operators = catalog.operators().map(|one| (one.name, one.source));
    let suboperations = catalog.suboperations().map(|one| (one.name, one.source));
    let legacy = catalog.legacy().iter().map(|one| (one.body, one.source));
    let roles = catalog.roles().map(|one| (one.name(), one.source()));
    let all = actions.chain(attributes).chain(operators).chain(suboperations).chain(legacy);
    for (name, source) in all.chain(roles) {
        if source.page.is_empty() {
            findings.push(format!("{name}: no source"));
        }
    }
}

fn roles(catalog: &Catalog, findings: &mut Vec<String>) {
    let mut names = BTreeMap::new();
    let mut before = "";
    for role in catalog.roles() {
        let (id, name) = (role.id(), role.name());
        if before >= id {
            findings.push(format!("{id}: not in order, or there twice"));
        }
        before = id;
        if let Some(other) = names.insert(name.to_lowercase(), id) {
            findings.push(format!("{id}: {other} has the same name `{name}`"));
        }
        if catalog.role(id).is_none_or(|found| found.id() != id) {
            findings.push(format!("{id}: not a GUID in lower case with dashes"));
        }
        // A few service-internal roles are served without any permission.
        if name.is_empty() || role.permissions().is_empty() || role.assignable_scopes().count() == 0
        {
            findings.push(format!("{id}: no name, no permission block or no scope"));
        }
    }
}

/// Checks that the crate answers with the facts of the reference.
pub(super) fn same_facts(catalog: &Value, built_in: &Value) -> Result<Vec<String>, String> {
    let known = Catalog::builtin();
    let mut findings = Vec::new();
    for service in list(catalog, "providers") {
        for wanted in list(service, "actions") {
            let id = text(wanted, "id");
            let Some(action) = known.action(id) else {
                findings.push(format!("no action `{id}`"));
                continue;
            };
            let same = action.display_name == text(wanted, "displayName")
                && action.action == text(wanted, "action")
                && action.plane.as_str() == text(wanted, "plane")
                && action.provider == text(service, "provider")
                && text(wanted, "guard") == format!("!({})", action.guard())
                && action.resource_attributes == texts(wanted, "resourceAttributes")
                && action.request_attributes == texts(wanted, "requestAttributes")
                && action.environment_attributes == texts(wanted, "environmentAttributes")
                && action.principal_attributes == flag(wanted, "principalAttributes")
                && action.description == text(wanted, "description")
                && action.notes == text(wanted, "notes");
            if !same {
                findings.push(format!("the action `{id}` differs from the reference"));
            }
        }
        for wanted in list(service, "attributes") {
            findings.extend(attribute(known, wanted, true));
        }
    }
    for wanted in list(catalog, "globalAttributes") {
        findings.extend(attribute(known, wanted, false));
    }
    for wanted in list(catalog, "operators") {
        let name = text(wanted, "name");
        let same = known.operator(name).is_some_and(|one| {
            one.name == name
                && one.negation_of.unwrap_or_default() == text(wanted, "negationOf")
                && one.ignores_case == flag(wanted, "ignoreCase")
                && one.quantifiable == flag(wanted, "quantifiable")
        });
        if !same {
            findings.push(format!("the operator `{name}` differs from the reference"));
        }
    }
    let roles = list(built_in, "roles");
    if roles.len() != known.roles().count() {
        findings.push(format!("{} roles in the reference", roles.len()));
    }
    findings.extend(roles.iter().filter_map(|wanted| role(known, wanted)));
    Ok(findings)
}

fn attribute(catalog: &Catalog, wanted: &Value, actions_by_id: bool) -> Option<String> {
    let id = text(wanted, "id");
    let Some(attribute) = catalog.attribute(id) else {
        return Some(format!("no attribute `{id}`"));
    };
    let references: Vec<String> = attribute.references().collect();
    let first_words =
        texts(wanted, "appliesTo").into_iter().filter_map(|one| one.split(' ').next());
    let applies_to: BTreeSet<&str> = first_words.collect();
    let keyed = wanted.get("keyed").is_some_and(Value::is_string);
    let same = attribute.display_name == text(wanted, "displayName")
        && attribute.reference == text(wanted, "attribute")
        && references == texts(wanted, "references")
        && attribute.sources == texts(wanted, "sources")
        && attribute.multi_valued == wanted.get("multiValued").and_then(Value::as_bool)
        && attribute.operators == texts(wanted, "operators")
        && attribute.operators_basis == text(wanted, "operatorsBasis")
        && attribute.values == texts(wanted, "values")
        && attribute.verified == flag(wanted, "verified")
        && attribute.description == text(wanted, "description")
        && attribute.notes == text(wanted, "notes")
        && matches!(attribute.form, NameForm::Key { .. }) == keyed
        && (!actions_by_id || applies_to == attribute.applies_to.iter().copied().collect());
    (!same).then(|| format!("the attribute `{id}` differs from the reference"))
}

fn role(catalog: &Catalog, wanted: &Value) -> Option<String> {
    let (id, name) = (text(wanted, "id"), text(wanted, "name"));
    let Some(role) = catalog.role(id) else { return Some(format!("no role `{name}`")) };
    let differs =
        |what: &str| Some(format!("the role `{name}` differs from the reference: {what}"));
    if role.name() != name.trim() || catalog.role_by_name(name).map(Role::id) != Some(id) {
        return differs("name");
    }
    if role.is_privileged() != flag(wanted, "privileged")
        || role.has_condition() != flag(wanted, "hasCondition")
        || !role.assignable_scopes().eq(texts(wanted, "assignableScopes"))
    {
        return differs("scopes, privileged or condition");
    }
    let blocks = blocks(wanted);
    if blocks.len() != role.permissions().len() {
        return differs("blocks");
    }
    for (block, wanted) in role.permissions().iter().zip(blocks) {
        let found =
            [&block.actions, &block.not_actions, &block.data_actions, &block.not_data_actions];
        for (found, name) in found.into_iter().zip(LISTS) {
            if !found.iter().map(String::as_str).eq(patterns(wanted, name)) {
                return differs(name);
            }
        }
        if block.condition.as_deref().unwrap_or_default() != text(wanted, "condition")
            || block.condition_version.as_deref().unwrap_or_default()
                != text(wanted, "conditionVersion")
        {
            return differs("the condition of a block");
        }
    }
    // What a role grants was worked out for the reference by other means than ours.
    for action in ["write", "delete"] {
        let action = format!("Microsoft.Authorization/roleAssignments/{action}");
        let told = list(wanted, "grantsRoleAssignment")
            .iter()
            .find(|grant| text(grant, "action") == action)
            .map(|grant| flag(grant, "conditioned"));
        let expected = match told {
            None => Grant::No,
            Some(true) => Grant::Conditioned,
            Some(false) => Grant::Unconditioned,
        };
        if role.grant(&action, Plane::Control) != expected {
            return differs(&action);
        }
    }
    let found: BTreeSet<&str> =
        catalog.conditionable_actions(role).into_iter().map(|action| action.action).collect();
    if found != texts(wanted, "conditionableActions").into_iter().collect() {
        return differs("conditionable actions");
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_data_fits_together() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert_eq!(super::consistency(&root), [] as [String; 0]);
    }
}
