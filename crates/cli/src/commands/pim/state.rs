//! The desired state and the state that is there.

use crate::configuration::find_role;
use crate::failure::Failure;
use crate::input::read_file;
use crate::online::{Session, troubled};
use abac_catalog::Catalog;
use diagnostics::SourceReport;
use pim_client::desired::Known;
use pim_client::{Actual, Desired, DesiredScope, Filter, Plan, call, plan};
use pim_model::{Family, RoleDefinitionId, Timestamp};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The roles of the catalog, and the files beside the file.
struct Beside<'c> {
    directory: PathBuf,
    catalog: &'c Catalog,
}

impl Known for Beside<'_> {
    fn role(&self, name: &str) -> Result<Uuid, String> {
        let role =
            find_role(self.catalog, name).map_err(|(what, help)| format!("{what}; {help}"))?;
        Uuid::try_parse(role.id()).map_err(|_| format!("the id of `{name}` is no GUID"))
    }

    fn condition(&self, path: &str) -> Result<String, String> {
        let text = read_file(&self.directory.join(path)).map_err(|failure| failure.message())?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
    }
}

/// Reads the file of the desired state.
pub(super) fn desired(path: &Path, catalog: &Catalog) -> Result<Desired, Failure> {
    let text = read_file(path)?;
    let directory = path.parent().map(Path::to_owned).unwrap_or_default();
    Desired::read(&text, &Beside { directory, catalog }).map_err(|findings| {
        Failure::findings(SourceReport::file(path.display().to_string(), text, findings))
    })
}

/// Compares it with what the service has.
pub(super) fn planned(desired: &Desired, session: &mut Session<'_>) -> Result<Plan, Failure> {
    let caller = session.caller()?;
    let mut there = Vec::with_capacity(desired.scopes.len());
    for scope in &desired.scopes {
        there.push(actual(scope, session)?);
    }
    Ok(plan(desired, &there, caller, Timestamp::now()))
}

fn actual(scope: &DesiredScope, session: &mut Session<'_>) -> Result<Actual, Failure> {
    let mut actual = Actual::default();
    for family in [Family::Eligibility, Family::Assignment] {
        let has = scope.assignments.iter().any(|one| one.family == family);
        if !has && !scope.exclusive.contains(&family) {
            continue;
        }
        let listed = session.list(call::schedules(&scope.scope, family, &Filter::AtScope))?;
        actual.schedules.extend(listed.map_err(|trouble| troubled(&trouble, session))?);
        let listed = session.list(call::requests(&scope.scope, family, &Filter::AtScope))?;
        actual.requests.extend(listed.map_err(|trouble| troubled(&trouble, session))?);
    }
    for policy in &scope.policies {
        let id = RoleDefinitionId::seen_from(&scope.scope, policy.role).to_string();
        let listed = session.list(call::policy_assignments(&scope.scope, &Filter::Role(id)))?;
        actual.policies.extend(listed.map_err(|trouble| troubled(&trouble, session))?);
    }
    Ok(actual)
}
