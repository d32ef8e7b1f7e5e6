//! `az rest`, as a PowerShell script. JSON on the command line would lose its quotes on Windows, so
//! that bodies go through a file, and the `@` before its name is quoted.

use super::body;
use crate::document::powershell::{Document, Piece, Statement, Value, Word};
use crate::plan::{Kind, Plan};
use crate::policy::PolicyPlan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let second = wording::second_time(plan, Target::AzRestPowershell);
    let mut statements = vec![
        Statement::Comment(format!("{}\n{second}", plan.summary())),
        Statement::Variable("scope", Value::Text(plan.scope_path())),
        Statement::Variable(
            "name",
            match plan.name {
                Some(name) => Value::Text(name.to_string()),
                None => Value::Expression("[guid]::NewGuid().ToString()"),
            },
        ),
        Statement::Blank,
        Statement::File("body.json", format!("{:#}", body(plan))),
        Statement::Blank,
    ];
    if plan.kind != Kind::Plain {
        statements.push(Statement::Comment(
            "Ask first whether the request would be accepted; this creates nothing.".to_owned(),
        ));
        statements.push(call("post", address(plan, "/validate"), &["--output", "none"]));
        statements.push(Statement::Line(
            "if ($LASTEXITCODE -ne 0) { throw 'The request would be refused.' }",
        ));
        statements.push(Statement::Blank);
    }
    let answer = if plan.kind == Kind::Plain { "id" } else { "properties.status" };
    statements.push(call("put", address(plan, ""), &["--query", answer, "--output", "tsv"]));
    Document { statements }
}

/// A change of a policy.
pub(crate) fn policy(plan: &PolicyPlan) -> Document {
    let collection = "/providers/Microsoft.Authorization/roleManagementPolicyAssignments";
    let find = vec![
        Word::Plain("rest --method get"),
        Word::Continued("--url"),
        Word::Value(Value::Pieces(vec![
            Piece::Variable("scope"),
            Piece::Text(collection.to_owned()),
        ])),
        Word::Continued("--url-parameters api-version=2020-10-01"),
        Word::Value(Value::Pieces(vec![
            Piece::Text("$filter=roleDefinitionId eq '".to_owned()),
            Piece::Variable("role"),
            Piece::Text("'".to_owned()),
        ])),
        Word::Continued("--query"),
        Word::Value("value[0].properties.policyId".into()),
        Word::Plain("--output tsv"),
    ];
    let target = Value::Pieces(vec![
        Piece::Variable("policy"),
        Piece::Text(format!("?api-version={}", plan.api_version())),
    ]);
    Document {
        statements: vec![
            Statement::Comment(format!("{}\n{}", plan.summary(), PolicyPlan::SECOND_RUN)),
            Statement::Variable("scope", Value::Text(plan.scope_path())),
            Statement::Variable("role", Value::Text(plan.role.clone())),
            Statement::Blank,
            Statement::Comment(PolicyPlan::NAME_CHANGES.to_owned()),
            Statement::Output { variable: "policy", command: "az", words: find },
            Statement::Blank,
            Statement::File("body.json", format!("{:#}", plan.body())),
            Statement::Blank,
            call("patch", target, &["--output", "none"]),
        ],
    }
}

fn address(plan: &Plan, suffix: &str) -> Value {
    Value::Pieces(vec![
        Piece::Variable("scope"),
        Piece::Text(format!("/providers/{}/", plan.kind.resource_type())),
        Piece::Variable("name"),
        Piece::Text(format!("{suffix}?api-version={}", plan.kind.api_version())),
    ])
}

fn call(method: &'static str, address: Value, answer: &[&'static str]) -> Statement {
    let mut words = vec![
        Word::Plain("rest --method"),
        Word::Plain(method),
        Word::Continued("--url"),
        Word::Value(address),
        Word::Continued("--body"),
        Word::Value("@body.json".into()),
    ];
    words.extend(answer.iter().map(|word| Word::Plain(word)));
    Statement::Command { name: "az", words }
}
