//! Facts about Azure role-assignment conditions: which actions, suboperations, attributes,
//! operators and built-in roles there are, what fits what, and which page says so.
//!
//! The facts are compact text files compiled into the crate; a file is parsed when it is first
//! asked for, and the permissions of a role when that role is. Nothing here reads a condition:
//! attribute sources and operators are strings in Azure's spelling. What a tenant adds, custom
//! roles, custom security attributes and names for principals, is given to a copy of the catalog.
//!
//! ```
//! use abac_catalog::{Catalog, Plane};
//!
//! let catalog = Catalog::builtin();
//! let role = catalog.role("8e3af657a8ff443ca75c2fe8c4bcb635").unwrap();
//! assert_eq!(role.name(), "Owner");
//! assert!(role.can_assign_roles());
//!
//! let path = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path";
//! let attribute = catalog.find_attribute(path).unwrap();
//! assert_eq!(attribute.display_name, "Blob path");
//! assert_eq!(attribute.source.date, "2023-08-10");
//!
//! let write = "Microsoft.Authorization/roleAssignments/write";
//! assert!(catalog.offers(write, None, "Request", "Microsoft.Authorization/roleAssignments:RoleDefinitionId"));
//! assert!(!catalog.offers(write, None, "Resource", "Microsoft.Authorization/roleAssignments:RoleDefinitionId"));
//! assert!(role.grants(write, Plane::Control));
//! ```

mod action;
mod attribute;
mod catalog;
mod closest;
mod definition;
mod error;
mod legacy;
mod operator;
mod pattern;
mod reference;
mod role;
mod source;
mod table;

pub use action::{Action, Plane, Service, Status, Suboperation, SuboperationTarget};
pub use attribute::{Attribute, HierarchicalNamespace, NameForm, ValueType};
pub use catalog::Catalog;
pub use error::{CatalogError, UnknownRole};
pub use legacy::{Legacy, LegacyKind};
pub use operator::{Function, Operator, Quantifier};
pub use pattern::{matches_action, matches_suboperation};
pub use reference::{AttributeMatch, Marker};
pub use role::{Grant, PermissionBlock, Role, RoleKind};
pub use source::Source;
