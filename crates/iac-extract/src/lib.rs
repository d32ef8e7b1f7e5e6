//! Finds role-assignment conditions, role assignments and PIM requests inside the files that deploy
//! them, with every byte of their text led back to the file.
//!
//! A reader for each host gives expressions; what is followed through variables, functions and
//! interpolations becomes a [`Text`]: the text as Azure receives it, the place of each of its
//! bytes, and a hole for what cannot be followed.
//!
//! ```
//! use iac_extract::{Host, extract};
//!
//! let file = r"
//! var kind = 'Microsoft.Storage/storageAccounts'
//! resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
//!   name: guid('a')
//!   properties: {
//!     condition: '@Resource[${kind}:name] StringEquals \'${account.name}\''
//!   }
//! }
//! ";
//! let found = extract(Host::Bicep, file);
//! let condition = &found.conditions[0];
//! assert_eq!(
//!     condition.text.value(),
//!     "@Resource[Microsoft.Storage/storageAccounts:name] StringEquals '${account.name}'",
//! );
//! assert!(condition.span.of(file).starts_with(r"'@Resource[${kind}"));
//! ```

mod document;
mod expr;
mod extract;
mod find;
mod fold;
mod form;
mod found;
mod host;
mod read;
mod rewrite;
mod scan;
mod telltale;
mod text;

pub use extract::{Source, extract, extract_from, named_files};
pub use fold::Piece;
pub use form::Form;
pub use found::{
    Assignment, AssignmentField, AssignmentKind, Change, Condition, FieldValue, Found, Problem,
    Seen, Shell, Via,
};
pub use host::Host;
pub use telltale::has_telltale;
pub use text::{Origin, Segment, Text};
