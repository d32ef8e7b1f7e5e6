//! Finding the attribute that the text between the brackets means.

use crate::attribute::{Attribute, KEY_LIST, MARKER, NameForm, SECURITY_ATTRIBUTE_PATH};

/// How the marker that belongs behind a key stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// As it should: there where it belongs, absent where it does not.
    Fine,
    /// It belongs there and is missing.
    Missing,
    /// It is there and does not belong there.
    Unexpected,
    /// Something is left of it, such as `<$>`: a shell has taken what follows a `$`.
    Damaged,
}

/// What the text between the brackets means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeMatch<'c, 't> {
    /// The attributes that are written like this, at least one. Two services can share a spelling,
    /// and one spelling can be told apart by its source.
    pub attributes: Vec<&'c Attribute>,
    /// The key or the name of the security attribute that the author chose.
    pub key: Option<&'t str>,
    /// How the marker behind a key stands.
    pub marker: Marker,
}

impl<'c> AttributeMatch<'c, '_> {
    /// Returns the first of the attributes, in the order of their ids.
    #[must_use]
    pub fn attribute(&self) -> Option<&'c Attribute> {
        self.attributes.first().copied()
    }

    /// Returns the first attribute that is available through a source, in any letter case.
    #[must_use]
    pub fn through(&self, source: &str) -> Option<&'c Attribute> {
        self.attributes.iter().copied().find(|attribute| attribute.has_source(source))
    }

    /// Returns the sources that any of the attributes is available through, each once.
    #[must_use]
    pub fn sources(&self) -> Vec<&'static str> {
        let mut sources: Vec<_> =
            self.attributes.iter().flat_map(|attribute| &attribute.sources).copied().collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Returns the text in Azure's spelling, with the key as the author wrote it.
    #[must_use]
    pub fn body(&self) -> String {
        self.attribute().map(|one| one.body(self.key.unwrap_or_default())).unwrap_or_default()
    }
}

/// Returns what a text means among attributes, or `None` when none is written like that.
pub(crate) fn find<'c, 't>(
    attributes: impl Iterator<Item = &'c Attribute>,
    body: &'t str,
) -> Option<AttributeMatch<'c, 't>> {
    let body = body.trim();
    let mut found: Option<AttributeMatch<'c, 't>> = None;
    for attribute in attributes {
        let Some((key, marker)) = fits(attribute, body) else { continue };
        match &mut found {
            // A security attribute the tenant has given stands before the family.
            Some(_) if attribute.form == NameForm::SecurityAttribute => {}
            Some(found) => found.attributes.push(attribute),
            None => found = Some(AttributeMatch { attributes: vec![attribute], key, marker }),
        }
    }
    found
}

fn fits<'t>(attribute: &Attribute, body: &'t str) -> Option<(Option<&'t str>, Marker)> {
    let rest = strip_prefix(body, &attribute.path)?;
    match &attribute.form {
        NameForm::Plain => rest.is_empty().then_some((None, Marker::Fine)),
        NameForm::Named(name) => {
            let written = rest.strip_prefix(':')?;
            let security = attribute.path == SECURITY_ATTRIBUTE_PATH;
            let same = if security {
                same_security_attribute(name, written)
            } else {
                name.eq_ignore_ascii_case(written)
            };
            same.then_some((security.then_some(written), Marker::Fine))
        }
        NameForm::SecurityAttribute => {
            let name = rest.strip_prefix(':').filter(|name| !name.is_empty())?;
            Some((Some(name), Marker::Fine))
        }
        NameForm::Key { marker } => {
            let (key, found) = split_key(rest.strip_prefix(':')?);
            let found = match (found, marker) {
                (None, true) => Marker::Missing,
                (Some(true), false) => Marker::Unexpected,
                (None, false) | (Some(true), true) => Marker::Fine,
                (Some(false), _) => Marker::Damaged,
            };
            (!key.is_empty()).then_some((Some(key), found))
        }
        NameForm::KeyList => {
            if rest.eq_ignore_ascii_case(KEY_LIST) {
                return Some((None, Marker::Fine));
            }
            let left = rest.strip_prefix('&')?;
            let eaten = left.chars().all(|letter| matches!(letter, '&' | '$' | '\\' | '`'));
            eaten.then_some((None, Marker::Damaged))
        }
    }
}

/// Splits a key from what stands in the place of the marker: nothing, the marker (`true`), or what
/// is left of it (`false`). A key that ends in a placeholder, `<key>`, is a key.
fn split_key(text: &str) -> (&str, Option<bool>) {
    let (mut key, mut found) = (text, None);
    while let Some((rest, tail)) = key.rfind('<').and_then(|at| key.split_at_checked(at)) {
        let Some(inner) = tail.strip_prefix('<').and_then(|tail| tail.strip_suffix('>')) else {
            break;
        };
        let word = |letter: &char| !matches!(letter, '$' | '\\' | '`');
        let word: String = inner.chars().filter(word).collect();
        if !word.is_empty() && !word.eq_ignore_ascii_case("key_case_sensitive") {
            break;
        }
        found = Some(found.is_none() && tail.eq_ignore_ascii_case(MARKER));
        key = rest;
    }
    (key, found)
}

/// Compares two names of security attributes: the set in any letter case, the attribute exactly.
///
/// *Documented*: Microsoft Graph, customSecurityAttributeDefinition. Which underscore ends the set
/// cannot be seen, so the first that makes both parts equal counts.
fn same_security_attribute(known: &str, written: &str) -> bool {
    known == written
        || known.match_indices('_').any(|(at, _)| {
            match (known.split_at_checked(at), written.split_at_checked(at)) {
                (Some((known_set, known_name)), Some((set, name))) => {
                    known_set.eq_ignore_ascii_case(set) && known_name == name
                }
                _ => false,
            }
        })
}

fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}
