//! The form for one request.

use abac_catalog::Catalog;
use abac_eval::{AccessRequest, Decision, Delegation, Truth};
use workbench::simulate::{Field, actions, decide, fields, value_of};
use workbench::{Condition, Document};

const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

fn form(text: &str, action: &str, suboperation: Option<&str>) -> Vec<Field> {
    fields(&Condition::read(text), Catalog::builtin(), action, suboperation)
}

fn labels(field: &Field) -> Vec<(&str, &str)> {
    field.suggestions.iter().map(|one| (one.label.as_str(), one.note)).collect()
}

#[test]
fn the_form_has_what_the_condition_reads_for_the_action() {
    let document = Document::example();
    let condition = Condition::read(&*document.condition);
    let found = actions(&condition, Catalog::builtin());
    let names: Vec<_> = found.iter().map(|one| one.action.rsplit('/').next().unwrap()).collect();
    assert_eq!(names[..2], ["write", "delete"]);
    assert!(found[2].name.starts_with("Another action: "), "{found:?}");

    let write = form(&document.condition, Delegation::WRITE, None);
    assert_eq!(write.len(), 2);
    assert!(write.iter().all(|field| field.key.starts_with("@Request[")));
    assert_eq!(
        labels(&write[0]),
        [
            ("AcrPull", "in the list"),
            ("AcrPush", "in the list"),
            ("AcrDelete", "in the list"),
            ("AcrImageSigner", "in the list"),
            ("Owner", "not in the list"),
            ("missing", "the request does not have it"),
        ]
    );
    assert_eq!(
        labels(&write[1])[..3],
        [
            ("User", "in the list"),
            ("ServicePrincipal", "in the list"),
            ("Group", "not in the list")
        ]
    );
    assert_eq!(form(&document.condition, &found[2].action, None), []);
}

/// Every suggestion can be put into a request, and on some field they decide both ways.
#[test]
fn suggestions_stand_on_either_side_of_a_decision() {
    let clauses = [
        format!("@Resource[{BLOBS}:path] StringLike 'logs/*'"),
        "@Environment[UtcNow] DateTimeGreaterThan '2026-06-01T00:00:00.0Z'".to_owned(),
        "@Environment[isPrivateLink] BoolEquals true".to_owned(),
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:A_n] NumericLessThan 5"
            .to_owned(),
        format!("@Resource[{BLOBS}/tags&$keys$&] ForAllOfAnyValues:StringEquals {{'a', 'b'}}"),
        format!("@Request[{BLOBS}:prefix] StringNotStartsWith 'x'"),
        format!("@Resource[{BLOBS}/tags:Project<$key_case_sensitive$>] StringEquals 'Cascade'"),
        "@Request[Microsoft.Authorization/roleAssignments:PrincipalId] \
         ForAnyOfAllValues:GuidNotEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}"
            .to_owned(),
    ];
    for clause in &clauses {
        let found = form(clause, "a/b", None);
        assert_eq!(found.len(), 1, "{clause}");
        let condition = Condition::read(&**clause);
        let mut outcomes = Vec::new();
        for suggestion in &found[0].suggestions {
            let mut request = AccessRequest::new("a/b");
            if let Some(value) = &suggestion.value {
                request = request.attribute(&found[0].key, value.clone()).unwrap();
                assert_eq!(
                    value_of(&found[0], &suggestion.text()).as_ref(),
                    Ok(&suggestion.value),
                    "{clause}"
                );
            }
            outcomes.push(decide(&condition, &request).outcome);
        }
        assert!(outcomes.contains(&Truth::True), "{clause}: {outcomes:?}");
        assert!(outcomes.contains(&Truth::False), "{clause}: {outcomes:?}");
        assert_eq!(outcomes.last(), Some(&Truth::Unknown), "{clause}");
    }
}

#[test]
fn suboperations_choose_the_cards() {
    let text = format!(
        "(!(ActionMatches{{'{BLOBS}/read'}} AND NOT SubOperationMatches{{'Blob.List'}}) OR \
         @Resource[{BLOBS}:path] StringLike 'a/*') AND \
         (!(ActionMatches{{'{BLOBS}/read'}} AND SubOperationMatches{{'Blob.List'}}) OR \
         @Request[{BLOBS}:prefix] StringStartsWith 'a/')"
    );
    let action = format!("{BLOBS}/read");
    let keys = |suboperation| -> Vec<String> {
        form(&text, &action, suboperation).into_iter().map(|field| field.key).collect()
    };
    assert_eq!(keys(None), [format!("@Resource[{BLOBS}:path]")]);
    assert_eq!(keys(Some("Blob.List")), [format!("@Request[{BLOBS}:prefix]")]);
    let found = actions(&Condition::read(&*text), Catalog::builtin());
    assert!(found.iter().any(|one| one.suboperation.as_deref() == Some("Blob.List")), "{found:?}");
}

#[test]
fn an_answer_names_every_clause() {
    let document = Document::example();
    let condition = Condition::read(&*document.condition);
    let answer = decide(&condition, &document.requests[2].request);
    assert_eq!(answer.decision, Decision::Deny);
    assert!(answer.reason.starts_with("denied, because"), "{}", answer.reason);
    let single = answer.clauses.iter().filter(|clause| clause.is_single).count();
    assert_eq!(single, 6);
    let root = condition.tree().expr(condition.tree().root().unwrap()).span;
    assert_eq!(answer.clause(root).unwrap().outcome, Truth::False);
}
