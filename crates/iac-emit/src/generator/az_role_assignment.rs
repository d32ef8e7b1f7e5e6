//! `az role assignment create`.

use crate::document::bash::{Document, Piece, Statement, Word};
use crate::plan::Plan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let second = wording::second_time(plan, Target::AzRoleAssignmentCreate);
    let mut statements = vec![
        Statement::Interpreter,
        Statement::Comment(format!("{}\n{second}", plan.summary())),
        Statement::Strict,
        Statement::Blank,
    ];
    if let Some(condition) = plan.condition() {
        statements.push(Statement::Block("condition", condition.to_owned()));
        statements.push(Statement::Blank);
    }
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
        option("--description", description.into());
    }
    if plan.condition().is_some() {
        option("--condition", Word::Pieces(vec![Piece::Variable("condition")]));
        option("--condition-version", plan.text("conditionVersion").unwrap_or("2.0").into());
    }
    statements.push(Statement::Command(command));
    Document { statements }
}
