//! `grantif rollout`.

use crate::run::{Place, Run};

const ASSIGNMENTS: &str = include_str!("../../../../examples/assignments.json");
const KEEP: &str = "break-glass-1@contoso.com,break-glass-2@contoso.com";

fn place() -> Place {
    Place::new().with("assignments.json", ASSIGNMENTS)
}

fn written(place: &Place, more: &[&str]) -> Run {
    let mut arguments = vec!["rollout", "assignments.json", "--out", "plan", "--keep", KEEP];
    arguments.extend(more);
    place.run(&arguments)
}

#[test]
fn a_folder_is_written() {
    let place = place();
    let run = written(&place, &["--review-start", "2027-01-01T00:00:00Z"]).gives(0);
    assert!(run.err.contains("3 assignments to become eligible; 1 of applications"), "{run:?}");
    let plan = place.read("plan/plan.md");
    assert!(plan.contains("### Owner for `anna@contoso.com`"));
    let request = place.read("plan/2-eligible/03-user-access-administrator-registry/az-rest.sh");
    assert!(request.contains("GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}"), "{request}");
    let review = place.read("plan/4-reviews/01-owner-subscription.json");
    let review: serde_json::Value = serde_json::from_str(&review).unwrap();
    let range = &review["properties"]["settings"]["recurrence"]["range"];
    assert_eq!(range["startDate"], "2027-01-01T00:00:00Z");
    let removal = place.read("plan/3-remove/remove.sh");
    assert!(!removal.contains("00000000-0000-0000-0002-000000000005"), "the pipeline stays");
}

#[test]
fn nothing_is_written_over_unless_asked() {
    let place = place().with("plan/plan.md", "mine");
    let run = written(&place, &[]).gives(2);
    assert!(run.err.contains("nothing was written"), "{run:?}");
    assert_eq!(place.read("plan/plan.md"), "mine");
    written(&place, &["--force"]).gives(0);
    assert!(place.read("plan/plan.md").starts_with("# From standing access"));
}

#[test]
fn a_dry_run_writes_the_plan_alone() {
    let place = place();
    let run = written(&place, &["--dry-run", "--target", "bicep"]).gives(0);
    assert!(run.out.contains("az deployment group create"), "{run:?}");
    assert!(!place.path("plan").exists());
    place.run(&["rollout", "assignments.json"]).gives(2);
}

#[test]
fn what_cannot_be_read_is_shown_where_it_is() {
    let broken = ASSIGNMENTS.replacen("00000000-0000-0000-0002-000000000003", "anna", 1);
    let place = Place::new().with("assignments.json", broken);
    let run = written(&place, &[]).gives(1);
    assert!(run.err.contains("assignments.json:") && run.err.contains("anna"), "{run:?}");
    assert!(run.err.contains("2 assignments to become eligible"), "{run:?}");

    let place = Place::new().with("assignments.json", "[{\"principalId\": ");
    written(&place, &[]).gives(1);
    assert!(!place.path("plan").exists());
}

#[test]
fn a_deleted_principal_is_no_error() {
    let deleted = ASSIGNMENTS.replacen("\"anna@contoso.com\"", "\"\"", 1).replacen(
        "\"Group\"",
        "\"Unknown\"",
        1,
    );
    let place = Place::new().with("assignments.json", deleted);
    written(&place, &[]).gives(0);
    assert!(place.read("plan/plan.md").contains("when a principal was deleted"));
}

#[test]
fn the_input_may_be_piped_or_empty() {
    let run = place().pipe(ASSIGNMENTS, &["rollout", "-", "--dry-run"]).gives(0);
    assert!(run.err.contains("5 assignments to become eligible"), "{run:?}");
    let run = place().pipe("[]", &["rollout", "-", "--dry-run"]).gives(0);
    assert!(run.out.contains("There is nothing to do"), "{run:?}");
}

#[test]
fn options_are_checked() {
    let place = place();
    for wrong in [
        ["--eligibility", "400d"],
        ["--eligibility", "soon"],
        ["--target", "graph"],
        ["--role", "Ovner"],
        ["--reviewer", "anna"],
    ] {
        written(&place, &wrong).gives(2);
    }
    written(&place, &["--role", "Reader", "--dry-run"]).gives(0);
}
