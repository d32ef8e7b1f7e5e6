//! Attributes that a condition can compare.

use crate::action::{Status, actions};
use crate::operator;
use crate::source::{Source, by_tag};
use crate::table::rows;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The marker after a key whose letter case matters.
pub(crate) const MARKER: &str = "<$key_case_sensitive$>";
/// What asks for the list of keys.
pub(crate) const KEY_LIST: &str = "&$keys$&";
/// The family of custom security attributes, up to the name.
pub(crate) const SECURITY_ATTRIBUTE_PATH: &str = "Microsoft.Directory/CustomSecurityAttributes/Id";

/// What kind of value an attribute has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ValueType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// An instant.
    DateTime,
    /// A GUID.
    Guid,
    /// True or false.
    Boolean,
}

impl ValueType {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::String, Self::Integer, Self::DateTime, Self::Guid, Self::Boolean];

    /// Returns the type as the documentation writes it, `String`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Integer => "Integer",
            Self::DateTime => "DateTime",
            Self::Guid => "GUID",
            Self::Boolean => "Boolean",
        }
    }

    /// Reads a type in any letter case; `bool` and `Numeric` are known too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "string" => Some(Self::String),
            "integer" | "numeric" => Some(Self::Integer),
            "datetime" => Some(Self::DateTime),
            "guid" => Some(Self::Guid),
            "boolean" | "bool" => Some(Self::Boolean),
            _ => None,
        }
    }
}

/// How an attribute is named within the brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NameForm {
    /// The path is all, `isPrivateLink`.
    Plain,
    /// A name follows the path, `…/containers:name`.
    Named(Cow<'static, str>),
    /// A key that the author of the condition chooses, `…/tags:Project<$key_case_sensitive$>`.
    Key {
        /// Whether the marker for keys whose letter case matters belongs behind the key.
        marker: bool,
    },
    /// The list of keys, `…/tags&$keys$&`.
    KeyList,
    /// A custom security attribute, `…/Id:Set_Name`, of which the tenant decides name and type.
    SecurityAttribute,
}

/// How an attribute behaves on accounts with a hierarchical namespace, when a page says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum HierarchicalNamespace {
    /// Not available there.
    Unsupported,
    /// Available there as a preview.
    Preview,
}

/// An attribute that a condition can compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Attribute {
    /// The catalog's own id, `blob.path`.
    pub id: Cow<'static, str>,
    /// The portal's name for it, `Blob path`.
    pub display_name: Cow<'static, str>,
    /// The text between the brackets in Azure's spelling; a key the author chooses is `<key>`.
    pub reference: Cow<'static, str>,
    /// The part of the reference before the name, key or list marker.
    pub path: Cow<'static, str>,
    /// How it is named behind the path.
    pub form: NameForm,
    /// The attribute sources it is available through, `Request`, `Resource`.
    pub sources: Vec<&'static str>,
    /// The types its value can have; more than one only where the tenant decides.
    pub value_types: Vec<ValueType>,
    /// Whether it has several values; `None` where the tenant decides.
    pub multi_valued: Option<bool>,
    /// The values it can have, where a page lists them.
    pub values: Vec<&'static str>,
    /// The operators it takes, with quantifier where one belongs, in Azure's spelling.
    pub operators: &'static [&'static str],
    /// Where the list of operators comes from: `listed` by the page, `by-type`, or in words.
    pub operators_basis: Cow<'static, str>,
    /// Whether the visual editor offers `Exists` for it; the language takes it for all.
    pub exists_in_visual_editor: bool,
    /// Ids of the actions that offer it through any source.
    pub applies_to: Vec<&'static str>,
    /// What is said about letter case, in words, or nothing.
    pub case_sensitivity: Cow<'static, str>,
    /// How far it is.
    pub status: Status,
    /// What else is said about its status.
    pub status_note: Cow<'static, str>,
    /// Whether an official page confirms it as it is written here.
    pub verified: bool,
    /// What is not confirmed when it is not.
    pub verified_note: Cow<'static, str>,
    /// What is special on accounts with a hierarchical namespace.
    pub hierarchical_namespace: Option<HierarchicalNamespace>,
    /// What it is.
    pub description: Cow<'static, str>,
    /// The page that describes it.
    pub source: &'static Source,
    /// What else is to be known.
    pub notes: Cow<'static, str>,
}

impl Attribute {
    /// Returns its type, or `None` where the tenant decides.
    #[must_use]
    pub fn value_type(&self) -> Option<ValueType> {
        match self.value_types.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Says whether it is available through a source, in any letter case.
    #[must_use]
    pub fn has_source(&self, source: &str) -> bool {
        self.sources.iter().any(|known| known.eq_ignore_ascii_case(source))
    }

    /// Says whether its list of operators holds one, with its quantifier, in any letter case.
    #[must_use]
    pub fn takes_operator(&self, operator: &str) -> bool {
        self.operators.iter().any(|known| known.eq_ignore_ascii_case(operator))
    }

    /// Says whether a page lists its operators, so that an operator outside the list is documented
    /// as not available rather than only not shown.
    #[must_use]
    pub fn operators_are_listed(&self) -> bool {
        self.operators_basis.starts_with("listed")
    }

    /// Returns the text between the brackets, with a key or a custom name in its place.
    ///
    /// ```
    /// let catalog = abac_catalog::Catalog::builtin();
    /// let tags = catalog.attribute("blob.tagValues").unwrap();
    /// assert!(tags.body("Project").ends_with("/blobs/tags:Project<$key_case_sensitive$>"));
    /// ```
    #[must_use]
    pub fn body(&self, key: &str) -> String {
        let path = &self.path;
        match &self.form {
            NameForm::Plain => path.to_string(),
            NameForm::Named(name) => format!("{path}:{name}"),
            NameForm::Key { marker: true } => format!("{path}:{key}{MARKER}"),
            NameForm::Key { marker: false } | NameForm::SecurityAttribute => {
                format!("{path}:{key}")
            }
            NameForm::KeyList => format!("{path}{KEY_LIST}"),
        }
    }

    /// Returns its full references, `@Resource[…]`, one for each source.
    pub fn references(&self) -> impl Iterator<Item = String> + '_ {
        self.sources.iter().map(|source| format!("@{source}[{}]", self.reference))
    }
}

/// Splits a reference of the data files into path and form.
fn split(reference: &'static str) -> (&'static str, NameForm) {
    if let Some(path) = reference.strip_suffix(KEY_LIST) {
        return (path, NameForm::KeyList);
    }
    match reference.split_once(':') {
        None => (reference, NameForm::Plain),
        Some((SECURITY_ATTRIBUTE_PATH, _)) => {
            (SECURITY_ATTRIBUTE_PATH, NameForm::SecurityAttribute)
        }
        Some((path, name)) if name.starts_with('<') => {
            (path, NameForm::Key { marker: name.ends_with(MARKER) })
        }
        Some((path, name)) => (path, NameForm::Named(Cow::Borrowed(name))),
    }
}

/// Returns every attribute, by id.
pub(crate) fn attributes() -> &'static [Attribute] {
    static TABLE: OnceLock<Vec<Attribute>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/attributes.tsv"))
            .map(|mut row| {
                let id = row.text();
                let reference = row.text();
                let (path, form) = split(reference);
                let offered = |source: &&str| {
                    let offers = |one: &&crate::Action| one.attribute_ids(source).contains(&id);
                    actions().iter().filter(offers).map(|one| one.id).collect::<Vec<_>>()
                };
                let sources = row.list();
                let mut applies_to: Vec<_> = sources.iter().flat_map(offered).collect();
                applies_to.sort_unstable();
                applies_to.dedup();
                let value_types = row.list();
                let value_types = value_types.into_iter().filter_map(ValueType::parse);
                Attribute {
                    id: id.into(),
                    reference: reference.into(),
                    path: path.into(),
                    form,
                    sources,
                    value_types: value_types.collect(),
                    applies_to,
                    multi_valued: match row.text() {
                        "single" => Some(false),
                        "multiple" => Some(true),
                        _ => None,
                    },
                    operators: operator::list(row.text()),
                    operators_basis: row.text().into(),
                    exists_in_visual_editor: row.text() == "visual-editor",
                    status: Status::parse(row.text()),
                    status_note: row.text().into(),
                    verified: row.text() == "verified",
                    verified_note: row.text().into(),
                    hierarchical_namespace: match row.text() {
                        "unsupported" => Some(HierarchicalNamespace::Unsupported),
                        "preview" => Some(HierarchicalNamespace::Preview),
                        _ => None,
                    },
                    values: row.list(),
                    source: by_tag(row.text()),
                    display_name: row.text().into(),
                    case_sensitivity: row.text().into(),
                    description: row.text().into(),
                    notes: row.text().into(),
                }
            })
            .collect()
    })
}
