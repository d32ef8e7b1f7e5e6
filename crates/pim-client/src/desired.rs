//! The desired state: which assignments and policies there shall be, as a TOML file.

mod read;

pub use read::Known;

use diagnostics::{Diagnostic, Span};
use pim_model::{Family, Length, Policy, Scope, TicketInfo};
use uuid::Uuid;

/// The largest file that is read, in bytes.
pub const MAX_DESIRED_BYTES: usize = 4 << 20;

/// How many assignments and policies a file may have.
pub const MAX_DESIRED: usize = 10_000;

/// What there shall be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desired {
    /// The scopes, in the order of the file.
    pub scopes: Vec<DesiredScope>,
}

/// What there shall be at a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredScope {
    /// The scope.
    pub scope: Scope,
    /// The families of which the file names every assignment, so that any other is removed.
    pub exclusive: Vec<Family>,
    /// The assignments.
    pub assignments: Vec<DesiredAssignment>,
    /// The policies.
    pub policies: Vec<DesiredPolicy>,
}

/// An assignment that there shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredAssignment {
    /// Eligible or active.
    pub family: Family,
    /// The GUID of the role.
    pub role: Uuid,
    /// The role as the file calls it.
    pub role_name: String,
    /// Who holds it.
    pub principal: Uuid,
    /// Who that is, for people.
    pub principal_name: Option<String>,
    /// How long.
    pub length: Length,
    /// The condition.
    pub condition: Option<String>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket.
    pub ticket: Option<TicketInfo>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A policy that there shall be; rules it does not have stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredPolicy {
    /// The GUID of the role.
    pub role: Uuid,
    /// The role as the file calls it.
    pub role_name: String,
    /// The rules.
    pub policy: Policy,
    /// Where it stands in the file.
    pub span: Span,
}

impl Desired {
    /// Reads a file; `known` finds roles by name and reads the files of conditions.
    ///
    /// ```
    /// use pim_client::{Desired, desired::Known};
    /// use uuid::Uuid;
    ///
    /// struct Nothing;
    /// impl Known for Nothing {
    ///     fn role(&self, name: &str) -> Result<Uuid, String> { Err(format!("no `{name}`")) }
    ///     fn condition(&self, path: &str) -> Result<String, String> { Err(path.to_owned()) }
    /// }
    /// let file = r#"
    ///     [[scope]]
    ///     id = "/subscriptions/00000000-0000-0000-0000-000000000001"
    ///
    ///     [[scope.eligible]]
    ///     role = "Contributor"
    ///     principal = "00000000-0000-0000-0000-000000000002"
    ///     for = "180 days"
    /// "#;
    /// let found = Desired::read(file, &Nothing).unwrap_err();
    /// assert_eq!(found[0].message, "no `Contributor`");
    /// assert_eq!(found[0].span.of(file), "\"Contributor\"");
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the file, with its place.
    pub fn read(source: &str, known: &impl Known) -> Result<Self, Vec<Diagnostic>> {
        read::read(source, known)
    }
}
