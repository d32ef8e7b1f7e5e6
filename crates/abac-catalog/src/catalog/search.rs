//! Searching the catalog, and the names closest to a text.

use super::Catalog;
use crate::action::{Action, Suboperation};
use crate::attribute::{Attribute, NameForm};
use crate::closest::closest;
use crate::operator::Operator;
use crate::role::Role;

/// Says whether a text without capitals stands in any of some fields. Every word of it must.
fn found(words: &[String], fields: &[&str]) -> bool {
    words.iter().all(|word| fields.iter().any(|field| field.to_lowercase().contains(word)))
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

impl Catalog {
    /// Returns the actions that hold every word of a text in id, name, permission string,
    /// suboperation or service; all for an empty text.
    #[must_use]
    pub fn search_actions(&self, text: &str) -> Vec<&'static Action> {
        let words = words(text);
        let suboperation = |action: &Action| action.suboperation.map_or("", |target| target.name);
        self.actions()
            .filter(|one| {
                let fields = [one.id, one.display_name, one.action, suboperation(one), one.service];
                found(&words, &fields)
            })
            .collect()
    }

    /// Returns the attributes that hold every word of a text in id, name, reference or sources;
    /// all for an empty text.
    #[must_use]
    pub fn search_attributes(&self, text: &str) -> Vec<&Attribute> {
        let words = words(text);
        self.attributes()
            .filter(|one| {
                let sources = one.sources.join(" ");
                found(&words, &[&one.id, &one.display_name, &one.reference, &sources])
            })
            .collect()
    }

    /// Returns the operators that hold every word of a text in name or type; all for an empty
    /// text.
    #[must_use]
    pub fn search_operators(&self, text: &str) -> Vec<&'static Operator> {
        let words = words(text);
        self.operators().filter(|one| found(&words, &[one.name, one.value_type.as_str()])).collect()
    }

    /// Returns the roles that hold every word of a text in GUID or name, by name; all for an empty
    /// text. A GUID is found in any spelling.
    #[must_use]
    pub fn search_roles(&self, text: &str) -> Vec<&Role> {
        if let Some(role) = self.role(text) {
            return vec![role];
        }
        let words = words(text);
        let mut roles: Vec<_> =
            self.roles().filter(|one| found(&words, &[one.id(), one.name()])).collect();
        roles.sort_by_cached_key(|role| role.name().to_lowercase());
        roles
    }

    /// Returns the catalogued action whose permission string is really close to a text.
    #[must_use]
    pub fn closest_action(&self, text: &str) -> Option<&'static Action> {
        closest(text, self.actions(), |action| action.action)
    }

    /// Returns the spelling, between the brackets, of the attribute that is really close to a text;
    /// a key is kept as it is written.
    #[must_use]
    pub fn closest_attribute(&self, body: &str) -> Option<String> {
        let body = body.trim();
        if let Some(found) = self.match_attribute(body) {
            return Some(found.body());
        }
        // A key is the author's own, so only what stands before it is compared.
        let (path, name) = body.rsplit_once(':').unwrap_or((body, ""));
        let key = name.rsplit_once('<').map_or(name, |(key, _)| key);
        let spellings = self.attributes().filter_map(|attribute| match attribute.form {
            NameForm::SecurityAttribute => None,
            NameForm::Key { .. } if key.is_empty() => None,
            NameForm::Key { .. } => Some((format!("{}:{key}", attribute.path), attribute)),
            _ => Some((attribute.reference.to_string(), attribute)),
        });
        let text = if key.is_empty() { body.to_owned() } else { format!("{path}:{key}") };
        let (_, attribute) = closest(&text, spellings, |(spelling, _)| spelling)?;
        Some(attribute.body(key))
    }

    /// Returns the suboperation that is really close to a text; an older spelling leads to today's.
    #[must_use]
    pub fn closest_suboperation(&self, text: &str) -> Option<&'static Suboperation> {
        let former = self.suboperations().find(|one| {
            one.former_names.iter().any(|former| former.eq_ignore_ascii_case(text.trim()))
        });
        former.or_else(|| closest(text, self.suboperations(), |one| one.name))
    }

    /// Returns the role whose name is really close to a text.
    #[must_use]
    pub fn closest_role(&self, text: &str) -> Option<&Role> {
        closest(text, self.roles(), |role| role.name())
    }

    /// Returns the operator that is really close to a text, without quantifier.
    #[must_use]
    pub fn closest_operator(&self, text: &str) -> Option<&'static Operator> {
        let name = text.rsplit(':').next().unwrap_or(text);
        closest(name, self.operators(), |operator| operator.name)
    }
}
