//! The catalog: built-in facts and what a tenant adds.

mod additions;
mod search;

use crate::action::{self, Action, Plane, Service, Suboperation};
use crate::attribute::{self, Attribute};
use crate::error::UnknownRole;
use crate::legacy::{self, Legacy};
use crate::operator::{self, Function, Operator, Quantifier};
use crate::pattern::{matches_action, matches_suboperation};
use crate::reference::{self, AttributeMatch};
use crate::role::{self, Role, guid};
use crate::source::{self, Source};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use uuid::Uuid;

/// The facts, with what a tenant adds to them.
///
/// A copy is cheap: the built-in facts are shared.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    custom_roles: Vec<Role>,
    principal_attributes: Vec<Attribute>,
    principals: BTreeMap<Uuid, String>,
}

impl Catalog {
    /// Returns the catalog without additions.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Catalog> = OnceLock::new();
        BUILTIN.get_or_init(Self::default)
    }

    /// Returns the pages that the facts come from, by tag.
    #[must_use]
    pub fn sources(&self) -> &'static [Source] {
        source::all()
    }

    /// Returns a page by its tag, `format`, as `docs/sources.md` lists it.
    #[must_use]
    pub fn source(&self, tag: &str) -> Option<&'static Source> {
        self.sources().iter().find(|source| source.tag == tag)
    }

    /// Returns where the built-in roles come from, and of which day they are.
    #[must_use]
    pub fn roles_source(&self) -> &'static Source {
        source::by_tag("bir")
    }

    /// Returns the services whose actions take conditions, by id.
    #[must_use]
    pub fn services(&self) -> &'static [Service] {
        action::services()
    }

    /// Returns the resource providers whose actions take conditions, each once.
    #[must_use]
    pub fn conditionable_providers(&self) -> Vec<&'static str> {
        let mut providers: Vec<_> = self.services().iter().map(|one| one.provider).collect();
        providers.sort_unstable();
        providers.dedup();
        providers
    }

    /// Returns the actions that a condition can target, by id.
    pub fn actions(&self) -> impl Iterator<Item = &'static Action> + Clone + use<> {
        action::actions().iter()
    }

    /// Returns an action by the catalog's id, `blob.read`.
    #[must_use]
    pub fn action(&self, id: &str) -> Option<&'static Action> {
        self.actions().find(|action| action.id == id)
    }

    /// Returns the actions whose permission string a pattern covers, as `ActionMatches` does.
    pub fn actions_matching<'t>(
        &self,
        pattern: &'t str,
    ) -> impl Iterator<Item = &'static Action> + Clone + use<'t> {
        self.actions().filter(move |action| matches_action(pattern, action.action))
    }

    /// Returns the actions that a request is, by permission string and suboperation.
    pub fn actions_covering<'t>(
        &self,
        action: &'t str,
        suboperation: Option<&'t str>,
    ) -> impl Iterator<Item = &'static Action> + Clone + use<'t> {
        self.actions().filter(move |known| known.covers(action, suboperation))
    }

    /// Says whether a permission string is one that a condition can target, in any letter case.
    #[must_use]
    pub fn action_exists(&self, action: &str) -> bool {
        self.actions().any(|known| known.action.eq_ignore_ascii_case(action))
    }

    /// Says whether an operation is known at all: a condition can target it, or a role spells it
    /// out. An operation that is not may still exist, for no list of all is public.
    #[must_use]
    pub fn operation_known(&self, operation: &str) -> bool {
        self.action_exists(operation)
            || role::spelled_out(operation)
            || self.custom_roles.iter().any(|role| role.mentions(operation))
    }

    /// Returns the suboperations, by name.
    pub fn suboperations(&self) -> impl Iterator<Item = &'static Suboperation> + Clone + use<> {
        action::suboperations().iter()
    }

    /// Returns a suboperation by name, in any letter case.
    #[must_use]
    pub fn suboperation(&self, name: &str) -> Option<&'static Suboperation> {
        self.suboperations().find(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// Returns the suboperations that a pattern covers, as `SubOperationMatches` does.
    pub fn suboperations_matching<'t>(
        &self,
        pattern: &'t str,
    ) -> impl Iterator<Item = &'static Suboperation> + Clone + use<'t> {
        self.suboperations().filter(move |one| matches_suboperation(pattern, one.name))
    }

    /// Returns the attributes, the given custom security attributes first, then by id.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> + Clone {
        self.principal_attributes.iter().chain(attribute::attributes())
    }

    /// Returns an attribute by the catalog's id, `blob.path`.
    #[must_use]
    pub fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attributes().find(|attribute| attribute.id == id)
    }

    /// Returns the first attribute that the text between the brackets means; see
    /// [`Catalog::match_attribute`].
    #[must_use]
    pub fn find_attribute(&self, body: &str) -> Option<&Attribute> {
        self.match_attribute(body)?.attribute()
    }

    /// Returns what the text between the brackets means, in any letter case, with key, name of a
    /// security attribute, and the state of the marker behind a key.
    ///
    /// ```
    /// use abac_catalog::{Catalog, Marker};
    ///
    /// let catalog = Catalog::builtin();
    /// let body = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project";
    /// let found = catalog.match_attribute(body).unwrap();
    /// assert_eq!(found.key, Some("Project"));
    /// assert_eq!(found.marker, Marker::Missing);
    /// assert_eq!(found.body(), format!("{body}<$key_case_sensitive$>"));
    /// ```
    #[must_use]
    pub fn match_attribute<'t>(&self, body: &'t str) -> Option<AttributeMatch<'_, 't>> {
        reference::find(self.attributes(), body)
    }

    /// Returns the custom security attributes that were given.
    #[must_use]
    pub fn principal_attributes(&self) -> &[Attribute] {
        &self.principal_attributes
    }

    /// Returns the attributes that an action offers through a source, in any letter case.
    pub fn attributes_offered<'c>(
        &'c self,
        action: &'c Action,
        source: &'c str,
    ) -> impl Iterator<Item = &'c Attribute> + Clone {
        let ids = action.attribute_ids(source);
        self.attributes().filter(move |attribute| {
            attribute.has_source(source) && ids.contains(&family(attribute))
        })
    }

    /// Says whether an action offers an attribute through a source, in any letter case.
    #[must_use]
    pub fn action_offers(&self, action: &Action, source: &str, attribute: &Attribute) -> bool {
        attribute.has_source(source) && action.attribute_ids(source).contains(&family(attribute))
    }

    /// Returns the attribute that an action offers through a source under the text between the
    /// brackets.
    #[must_use]
    pub fn attribute_for(&self, action: &Action, source: &str, body: &str) -> Option<&Attribute> {
        let found = self.match_attribute(body)?;
        found.attributes.into_iter().find(|one| self.action_offers(action, source, one))
    }

    /// Says whether any action of this permission string offers, through a source, what the text
    /// between the brackets means. With a suboperation only the actions that a request with it is
    /// are looked at.
    #[must_use]
    pub fn offers(
        &self,
        action: &str,
        suboperation: Option<&str>,
        source: &str,
        body: &str,
    ) -> bool {
        self.actions()
            .filter(|known| match suboperation {
                Some(_) => known.covers(action, suboperation),
                None => known.action.eq_ignore_ascii_case(action),
            })
            .any(|known| self.attribute_for(known, source, body).is_some())
    }

    /// Returns the actions that offer, through a source, what the text between the brackets means.
    #[must_use]
    pub fn actions_offering(&self, source: &str, body: &str) -> Vec<&'static Action> {
        let Some(found) = self.match_attribute(body) else { return Vec::new() };
        let offers = |action: &&Action| {
            found.attributes.iter().any(|one| self.action_offers(action, source, one))
        };
        self.actions().filter(offers).collect()
    }

    /// Returns the operators, without quantifiers, by kind of value.
    pub fn operators(&self) -> impl Iterator<Item = &'static Operator> + Clone + use<> {
        operator::operators().iter()
    }

    /// Returns an operator by name, in any letter case; a quantifier before it is passed over.
    #[must_use]
    pub fn operator(&self, name: &str) -> Option<&'static Operator> {
        operator::find(name)
    }

    /// Returns the quantifiers, in the order of the documentation.
    pub fn quantifiers(&self) -> impl Iterator<Item = &'static Quantifier> + Clone + use<> {
        operator::quantifiers().iter()
    }

    /// Returns the functions of the language.
    pub fn functions(&self) -> impl Iterator<Item = &'static Function> + Clone + use<> {
        operator::functions().iter()
    }

    /// Returns the roles, the given ones first, then the built-in ones by GUID.
    pub fn roles(&self) -> impl Iterator<Item = &Role> + Clone {
        self.custom_roles.iter().chain(role::built_in())
    }

    /// Returns the roles that were given.
    #[must_use]
    pub fn custom_roles(&self) -> &[Role] {
        &self.custom_roles
    }

    /// Returns a role by GUID in any spelling, or by a resource id that ends with one; a given role
    /// stands before a built-in one.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        let wanted = guid(id)?.as_hyphenated().to_string();
        let given = self.custom_roles.iter().find(|role| role.id() == wanted);
        given.or_else(|| {
            let roles = role::built_in();
            let index = roles.binary_search_by(|role| role.id().cmp(wanted.as_str())).ok()?;
            roles.get(index)
        })
    }

    /// Returns a role by name, in any letter case; a given role stands before a built-in one.
    #[must_use]
    pub fn role_by_name(&self, name: &str) -> Option<&Role> {
        let name = name.trim();
        self.roles().find(|role| role.name().eq_ignore_ascii_case(name)).or_else(|| {
            let name = name.to_lowercase();
            self.custom_roles.iter().find(|role| role.name().to_lowercase() == name)
        })
    }

    /// Returns a role by GUID in any spelling, or else by name.
    ///
    /// # Errors
    ///
    /// [`UnknownRole`], with the name that was probably meant.
    pub fn find_role(&self, text: &str) -> Result<&Role, UnknownRole> {
        self.role(text).or_else(|| self.role_by_name(text)).ok_or_else(|| UnknownRole {
            role: text.to_owned(),
            suggestion: self.closest_role(text).map(|role| role.name().to_owned()),
        })
    }

    /// Returns the catalogued actions that a role grants, which is what a condition on an
    /// assignment of it can target.
    #[must_use]
    pub fn conditionable_actions(&self, role: &Role) -> Vec<&'static Action> {
        self.actions().filter(|action| role.grants(action.action, action.plane)).collect()
    }

    /// Returns the roles that grant an action on a plane.
    pub fn roles_granting<'c>(
        &'c self,
        action: &'c str,
        plane: Plane,
    ) -> impl Iterator<Item = &'c Role> + Clone {
        self.roles().filter(move |role| role.grants(action, plane))
    }

    /// Returns the name that was given for a principal, by its object id in any spelling.
    #[must_use]
    pub fn principal(&self, id: &str) -> Option<&str> {
        self.principals.get(&guid(id)?).map(String::as_str)
    }

    /// Returns the texts that are or were in use although the catalog has no such attribute.
    #[must_use]
    pub fn legacy(&self) -> &'static [Legacy] {
        legacy::all()
    }

    /// Returns what is known about such a text, by what stands between the brackets.
    #[must_use]
    pub fn find_legacy(&self, body: &str) -> Option<&'static Legacy> {
        legacy::find(body)
    }
}

/// Returns the id under which actions list an attribute: custom security attributes are listed as
/// a family.
fn family(attribute: &Attribute) -> &str {
    let security = attribute.path == attribute::SECURITY_ATTRIBUTE_PATH;
    if security { "principal.customSecurityAttribute" } else { &attribute.id }
}
