//! `az role assignment create`.

use crate::document::bash::{Document, Piece, Statement, Word, is_representable};
use crate::error::EmitError;
use crate::plan::Plan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Result<Document, EmitError> {
    let second = wording::second_time(plan, Target::AzRoleAssignmentCreate);
    let mut statements = vec![
        Statement::Interpreter,
        Statement::Comment(format!("{}\n{second}", plan.summary())),
        Statement::Strict,
        Statement::Blank,
    ];
    let mut command: Vec<Vec<Word>> =
        vec![vec!["az".into(), "role".into(), "assignment".into(), "create".into()]];
    let mut option = |name: &str, word: Word| command.push(vec![name.into(), word]);
    if let Some(name) = plan.name {
        option("--name", Word::Text(name.to_string()));
    }
    option("--assignee-object-id", plan.principal().into());
    if let Some(kind) = plan.text("principalType") {
        option("--assignee-principal-type", kind.into());
    }
    option("--role", plan.role().into());
    option("--scope", Word::Text(plan.scope.to_string()));
    if let Some(description) = plan.text("description") {
        let word = argument(description, "description", "description.txt", &mut statements)?;
        option("--description", word.unwrap_or_else(|| description.into()));
    }
    if let Some(condition) = plan.condition() {
        let word = argument(condition, "condition", "condition.txt", &mut statements)?;
        option("--condition", word.unwrap_or_else(|| variable(&mut statements, condition)));
        option("--condition-version", plan.text("conditionVersion").unwrap_or("2.0").into());
    }
    statements.push(Statement::Command(command));
    Ok(Document { statements })
}

fn variable(statements: &mut Vec<Statement>, condition: &str) -> Word {
    statements.push(Statement::Block("condition", condition.to_owned()));
    statements.push(Statement::Blank);
    Word::Pieces(vec![Piece::Variable("condition")])
}

/// Gives the word for a text that the Azure CLI would not take literally: one that names a file
/// with `@`, at its start or behind its first `=`, or starts like an option. Such a text goes through
/// a file; *observed*: azure-cli, `_expand_file_prefixed_files`, read 2026-11.
fn argument(
    text: &str,
    what: &str,
    file: &'static str,
    statements: &mut Vec<Statement>,
) -> Result<Option<Word>, EmitError> {
    let refused = |why: &str| EmitError::Refused {
        target: Target::AzRoleAssignmentCreate,
        what: format!("this {what}"),
        why: why.to_owned(),
        instead: vec![Target::AzRest, Target::Powershell],
    };
    if !is_representable(text) {
        return Err(refused("no word of a command line can have a NUL character"));
    }
    let value = text.split_once('=').map_or(text, |(_, value)| value);
    if !value.starts_with('@') && !text.starts_with(['@', '-']) {
        return Ok(None);
    }
    if text.ends_with(['\n', '\r']) {
        return Err(refused("the Azure CLI drops line breaks at the end of a file it reads"));
    }
    statements.push(Statement::File(file, text.to_owned()));
    statements.push(Statement::Blank);
    Ok(Some(Word::Text(format!("@{file}"))))
}
