//! `az rest`, as a bash script.

use super::body;
use crate::document::bash::{Document, Piece, Statement, Word};
use crate::plan::{Kind, Plan};
use crate::policy::PolicyPlan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let header = format!("{}\n{}", plan.summary(), wording::second_time(plan, Target::AzRest));
    let mut statements = vec![
        Statement::Interpreter,
        Statement::Comment(header),
        Statement::Strict,
        Statement::Blank,
        Statement::Variable("scope", Word::Text(plan.scope_path())),
        match plan.name {
            Some(name) => Statement::Variable("name", Word::Text(name.to_string())),
            None => Statement::Output("name", "uuidgen | tr '[:upper:]' '[:lower:]'"),
        },
        Statement::Blank,
        Statement::File("body.json", format!("{:#}", body(plan))),
        Statement::Blank,
    ];
    if plan.kind != Kind::Plain {
        statements.push(Statement::Comment(
            "Ask first whether the request would be accepted; this creates nothing.".to_owned(),
        ));
        statements.push(call(
            "post",
            address(plan, "/validate"),
            "body.json",
            &["--output", "none"],
        ));
        statements.push(Statement::Blank);
    }
    let answer = if plan.kind == Kind::Plain { "id" } else { "properties.status" };
    statements.push(call(
        "put",
        address(plan, ""),
        "body.json",
        &["--query", answer, "--output", "tsv"],
    ));
    Document { statements }
}

/// A change of a policy: the name is looked up, since it changes with every change of the policy.
pub(crate) fn policy(plan: &PolicyPlan) -> Document {
    let address = Word::Pieces(vec![
        Piece::Variable("scope"),
        Piece::Text(
            "/providers/Microsoft.Authorization/roleManagementPolicyAssignments".to_owned(),
        ),
    ]);
    let filter = Word::Pieces(vec![
        Piece::Text("$filter=roleDefinitionId eq '".to_owned()),
        Piece::Variable("role"),
        Piece::Text("'".to_owned()),
    ]);
    let find = vec![
        vec!["az".into(), "rest".into(), "--method".into(), "get".into()],
        vec!["--url".into(), address],
        vec!["--url-parameters".into(), Word::Plain("api-version=2020-10-01"), filter],
        vec![
            "--query".into(),
            "value[0].properties.policyId".into(),
            "--output".into(),
            "tsv".into(),
        ],
    ];
    let target = Word::Pieces(vec![
        Piece::Variable("policy"),
        Piece::Text(format!("?api-version={}", plan.api_version())),
    ]);
    Document {
        statements: vec![
            Statement::Interpreter,
            Statement::Comment(format!("{}\n{}", plan.summary(), PolicyPlan::SECOND_RUN)),
            Statement::Strict,
            Statement::Blank,
            Statement::Variable("scope", Word::Text(plan.scope_path())),
            Statement::Variable("role", Word::Text(plan.role.clone())),
            Statement::Blank,
            Statement::Comment(PolicyPlan::NAME_CHANGES.to_owned()),
            Statement::OutputOf("policy", find),
            Statement::Blank,
            Statement::File("body.json", format!("{:#}", plan.body())),
            Statement::Blank,
            call("patch", target, "body.json", &["--output", "none"]),
        ],
    }
}

fn address(plan: &Plan, suffix: &str) -> Word {
    Word::Pieces(vec![
        Piece::Variable("scope"),
        Piece::Text(format!("/providers/{}/", plan.kind.resource_type())),
        Piece::Variable("name"),
        Piece::Text(format!("{suffix}?api-version={}", plan.kind.api_version())),
    ])
}

fn call(method: &'static str, address: Word, file: &str, answer: &[&str]) -> Statement {
    let mut last = vec![Word::from("--body"), Word::Text(format!("@{file}"))];
    last.extend(answer.iter().map(|word| Word::from(*word)));
    Statement::Command(vec![
        vec!["az".into(), "rest".into(), "--method".into(), method.into()],
        vec!["--url".into(), address],
        last,
    ])
}
