//! An assignment as a template in JSON, with the way back to the host.
//!
//! Whoever judges requests reads JSON; what the host does not know becomes an expression.

use crate::form::Form;
use crate::found::{Assignment, FieldValue};
use crate::rewrite::carry_json_edit;
use crate::text::{Origin, Text, offset};
use diagnostics::{Diagnostic, Edit, Fix, Label, Span};
use pim_model::Tool;

/// The version of the API that is written where the host names none.
const API_VERSION: &str = "2020-10-01";

/// A field and those within it.
struct Node<'a> {
    name: &'a str,
    place: Span,
    value: Option<&'a FieldValue>,
    inside: Vec<Self>,
}

impl Assignment {
    /// Writes the assignment as the one resource of a template.
    #[must_use]
    pub fn document(&self) -> Text {
        let schema = match self.target_scope.as_deref() {
            Some("subscription") => "subscriptionDeploymentTemplate.json#",
            Some("managementGroup") => "managementGroupDeploymentTemplate.json#",
            Some("tenant") => "tenantDeploymentTemplate.json#",
            _ => "",
        };
        let mut text = Text::default();
        let mut made = |piece: &str| text.push(piece, self.head, Origin::Made, 0);
        made(&format!("{{\"$schema\": \"/{schema}\", \"resources\": [{{\"type\": \""));
        made(self.kind.resource_type());
        made("\", \"apiVersion\": \"");
        made(self.api_version.as_deref().unwrap_or(API_VERSION));
        made("\"");
        let looked_up = FieldValue::Unknown(self.head);
        let by_guid = matches!(self.tool, Some(Tool::PowerShell | Tool::Rest));
        let mut root = Node { name: "", place: self.head, value: None, inside: Vec::new() };
        for field in &self.fields {
            root.insert(&field.path, field.name, &field.value);
        }
        if let Some(role) = self.fields.iter().find(|one| one.path == "roleName")
            && self.field("properties.roleDefinitionId").is_none()
        {
            // Who sends it looks the name up.
            root.insert("properties.roleDefinitionId", role.name, &looked_up);
        }
        let known = ["name", "scope", "properties"];
        if !root.inside.iter().any(|node| node.name == "name") {
            // A tool that needs no name makes one.
            text.push(", \"name\": \"[newName()]\"", self.head, Origin::Made, 0);
        }
        for node in root.inside.iter().filter(|node| known.contains(&node.name)) {
            text.push(", ", node.place, Origin::Made, 0);
            node.write(self.head, by_guid, &mut text);
        }
        text.push("}]}", self.head, Origin::Made, 0);
        text
    }

    /// Carries a finding about [`Assignment::document`] over to the host, whose text is `source`.
    #[must_use]
    pub fn carry(&self, document: &Text, source: &str, found: Diagnostic) -> Diagnostic {
        let place = |span: Span| document.host_span(span).unwrap_or(self.head);
        let fix = found.fix.as_ref().and_then(|fix| {
            if fix.edits.iter().any(|edit| edit.replacement.contains("\"conditionVersion\"")) {
                return self.version_fix(source, fix);
            }
            let edit = |edit: &Edit| carry_json_edit(document, &self.pieces, edit);
            let edits: Option<Vec<Edit>> = fix.edits.iter().map(edit).collect();
            Some(Fix { title: fix.title.clone(), edits: edits?, applicability: fix.applicability })
        });
        Diagnostic {
            // What leads to the resource is of this document, and not of the host.
            message: found.message.replace("`resources[0].", "`"),
            help: match found.help {
                Some(help) if help.starts_with("add `\"conditionVersion\"") => {
                    Some("set the condition version to `2.0`".to_owned())
                }
                help => help,
            },
            span: place(found.span),
            labels: found
                .labels
                .into_iter()
                .map(|label| Label { span: place(label.span), message: label.message })
                .collect(),
            fix,
            ..found
        }
    }
}

impl Assignment {
    /// Adds the version behind the condition, as the host writes it.
    fn version_fix(&self, source: &str, fix: &Fix) -> Option<Fix> {
        let field = self.fields.iter().find(|one| one.path == "properties.condition")?;
        let FieldValue::Text(text) = &field.value else { return None };
        let literal = text.segments().first()?.literal;
        let piece = self.pieces.iter().find(|piece| piece.id == literal)?;
        let [form] = piece.forms.as_slice() else { return None };
        // A text that comes from elsewhere is no place for it.
        let between = Span::new(field.name.end, piece.whole.start).of(source);
        if field.name.end > piece.whole.start
            || !between.chars().all(|one| one.is_whitespace() || matches!(one, ':' | '=' | '`'))
        {
            return None;
        }
        let before = source.get(..field.name.start as usize)?;
        let line = before.rsplit('\n').next().unwrap_or("");
        let indent = line.chars().all(char::is_whitespace).then_some(line)?;
        let name = field.name.of(source);
        let text = match form {
            Form::Bicep | Form::BicepBlock => format!("\n{indent}conditionVersion: '2.0'"),
            Form::Hcl | Form::HclHeredoc { .. } if self.tool == Some(Tool::Azurerm) => {
                format!("\n{indent}condition_version = \"2.0\"")
            }
            Form::Hcl | Form::HclHeredoc { .. } => {
                format!("\n{indent}conditionVersion = \"2.0\"")
            }
            Form::PowerShellSingle | Form::PowerShellDouble if name.starts_with('-') => {
                " -ConditionVersion '2.0'".to_owned()
            }
            Form::PowerShellSingle
            | Form::PowerShellDouble
            | Form::PowerShellHereSingle
            | Form::PowerShellHereDouble
                if !name.starts_with('-') =>
            {
                format!("\n{indent}conditionVersion = '2.0'")
            }
            Form::BashSingle | Form::BashDouble => " --condition-version 2.0".to_owned(),
            _ => return None,
        };
        let edits = vec![Edit { span: Span::at(piece.whole.end), replacement: text.into() }];
        Some(Fix { title: fix.title.clone(), edits, applicability: fix.applicability })
    }
}

impl<'a> Node<'a> {
    fn insert(&mut self, path: &'a str, place: Span, value: &'a FieldValue) {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        if first.is_empty() {
            return;
        }
        let at = match self.inside.iter().position(|node| node.name == first) {
            Some(at) => at,
            None => {
                self.inside.push(Self { name: first, place, value: None, inside: Vec::new() });
                self.inside.len() - 1
            }
        };
        let Some(node) = self.inside.get_mut(at) else { return };
        match rest {
            Some(rest) => node.insert(rest, place, value),
            None => node.value = Some(value),
        }
    }

    fn write(&self, head: Span, by_guid: bool, text: &mut Text) {
        text.push(&format!("{}: ", quoted(self.name)), self.place, Origin::Made, 0);
        match self.value {
            None | Some(FieldValue::Group(_)) => {
                let open = if self.name == "properties" { head } else { self.place };
                text.push("{", open, Origin::Made, 0);
                for (number, node) in self.inside.iter().enumerate() {
                    if number > 0 {
                        text.push(", ", node.place, Origin::Made, 0);
                    }
                    node.write(head, by_guid, text);
                }
                text.push("}", open, Origin::Made, 0);
            }
            Some(FieldValue::Text(value)) => match value.known() {
                // The condition is judged by itself, and here only that it is there.
                Some(_) if self.name == "condition" => {
                    let host = value.host_span(whole(value)).unwrap_or(self.place);
                    text.push("\"[…]\"", host, Origin::Made, 0);
                }
                // The command lines take a GUID, and make the id of it.
                Some(known)
                    if by_guid && self.name == "roleDefinitionId" && !known.contains('/') =>
                {
                    let host = value.host_span(whole(value)).unwrap_or(self.place);
                    text.push("\"[…]\"", host, Origin::Made, 0);
                }
                Some(_) => string(value, self.place, text),
                None => {
                    let host = value.host_span(whole(value)).unwrap_or(self.place);
                    text.push("\"[…]\"", host, Origin::Made, 0);
                }
            },
            Some(FieldValue::Word(word, place)) => {
                let is_json = serde_json::from_str::<serde_json::Value>(word).is_ok();
                let word = if is_json { word.clone() } else { quoted(word) };
                text.push(&word, *place, Origin::Made, 0);
            }
            Some(FieldValue::Expression(expression, shown)) => {
                let place = shown.host_span(whole(shown)).unwrap_or(self.place);
                text.push(&quoted(&format!("[{expression}]")), place, Origin::Made, 0);
            }
            Some(FieldValue::Unknown(place)) => text.push("\"[…]\"", *place, Origin::Made, 0),
        }
    }
}

fn whole(text: &Text) -> Span {
    Span::new(0, offset(text.value().len()))
}

/// Writes a text as a string, its letters with their places.
fn string(value: &Text, place: Span, text: &mut Text) {
    let host = value.host_span(whole(value)).unwrap_or(place);
    text.push("\"", host, Origin::Made, 0);
    for segment in value.segments() {
        let piece = segment.value.of(value.value());
        let escaped = quoted(piece);
        let inside = escaped.get(1..escaped.len().saturating_sub(1)).unwrap_or("");
        if inside == piece {
            text.push(piece, segment.host, segment.origin, segment.literal);
            continue;
        }
        for (at, character) in piece.char_indices() {
            let own = Span::new(
                segment.value.start + offset(at),
                segment.value.start + offset(at + character.len_utf8()),
            );
            let host = value.host_span(own).unwrap_or(segment.host);
            let escaped = quoted(&character.to_string());
            let inside = escaped.get(1..escaped.len().saturating_sub(1)).unwrap_or("");
            text.push(inside, host, Origin::Escaped, segment.literal);
        }
    }
    text.push("\"", Span::at(host.end), Origin::Made, 0);
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
