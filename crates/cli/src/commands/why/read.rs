//! What was refused.

use super::Arguments;
use crate::configuration::find_role;
use crate::failure::Failure;
use crate::input::{read_file, read_stdin};
use crate::pim::open;
use abac_catalog::Catalog;
use pim_client::{Asked, ServiceError};
use pim_model::{Model, Options, Scope, check};
use std::io::IsTerminal;
use std::path::Path;
use uuid::Uuid;

/// A request, as far as it is known.
pub(super) struct Request {
    pub(super) asked: Option<Asked>,
    pub(super) scope: Option<Scope>,
    /// Whether it is one of PIM and not a plain role assignment.
    pub(super) is_pim: bool,
}

/// Reads the error from a file or the standard input.
pub(super) fn error_text(path: Option<&Path>) -> Result<String, Failure> {
    match path {
        Some(path) if path.as_os_str() != "-" => read_file(path),
        None if std::io::stdin().is_terminal() => Err(Failure::new("there is no error to read")
            .help("name the file of the error, or pipe it in")),
        _ => read_stdin(),
    }
}

/// Puts together what is known of the request.
pub(super) fn request(
    arguments: &Arguments,
    error: Option<&ServiceError>,
    catalog: &Catalog,
) -> Result<Request, Failure> {
    let said = error.map_or("", |error| error.message.as_str());
    let deletes = said.contains("roleAssignments/delete");
    let in_message = quoted_behind(said, "over scope '").and_then(|text| text.parse().ok());
    let mut request = Request {
        asked: None,
        scope: arguments.scope.clone().or(in_message),
        is_pim: said.contains("ScheduleRequests"),
    };
    if let Some(path) = &arguments.request {
        let input = open(path)?;
        let options = Options { scope: arguments.scope.clone(), ..Options::default() };
        let loaded = check(&input.text, &options);
        let model = loaded.items.into_iter().next().map(|item| item.model);
        request.is_pim = matches!(model, Some(Model::Request(_)));
        let (asked, scope) = match model {
            Some(Model::Request(one)) => (Asked::from(&*one), one.scope),
            Some(Model::RoleAssignment(one)) => (Asked::from(&*one), one.scope),
            _ => {
                let message = format!("`{}` is no request for a role assignment", input.name);
                return Err(Failure::new(message)
                    .help("expected the body of the call, with `properties.principalId`"));
            }
        };
        let asked = Asked { delete: asked.delete || deletes, ..asked };
        request.asked = Some(arguments.complete(asked));
        request.scope = request.scope.or(scope);
    } else if arguments.role.is_some() || arguments.principal.is_some() {
        let role = arguments.role.as_deref().map(|name| role(name, catalog)).transpose()?;
        let asked =
            Asked { delete: deletes, role, principal: arguments.principal, principal_type: None };
        request.asked = Some(arguments.complete(asked));
    }
    Ok(request)
}

fn role(name: &str, catalog: &Catalog) -> Result<Uuid, Failure> {
    if let Ok(guid) = Uuid::try_parse(name.trim()) {
        return Ok(guid);
    }
    let role = find_role(catalog, name).map_err(|(what, help)| Failure::new(what).help(help))?;
    Uuid::try_parse(role.id()).map_err(|_| Failure::new(format!("the id of `{name}` is no GUID")))
}

/// Returns what stands in a message between some words and the next quote.
fn quoted_behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let (_, behind) = text.split_once(words)?;
    behind.split_once('\'').map(|(quoted, _)| quoted)
}
