//! `check --fix`.

use crate::run::{BROKEN, CLEAN, Place, QUOTED, UNQUOTED};

#[test]
fn repairs_files_and_says_so() {
    let place = Place::new()
        .with("a.abac", format!("{QUOTED}\n"))
        .with("b.abac", QUOTED)
        .with("c.abac", BROKEN);
    let run = place.run(&["check", ".", "--fix"]).gives(1);
    assert_eq!(place.read("a.abac"), format!("{UNQUOTED}\n"));
    assert_eq!(place.read("b.abac"), UNQUOTED);
    assert_eq!(place.read("c.abac"), BROKEN);
    assert!(run.err.contains("applied 2 fixes to 2 conditions"), "{run:#?}");
    assert!(run.out.ends_with("1 error in 3 conditions\n"), "{run:#?}");
    place.run(&["check", "a.abac", "b.abac"]).gives(0);
}

#[test]
fn leaves_what_needs_a_look() {
    let wrong = CLEAN.replace("StringEquals", "StringEqals");
    let place = Place::new().with("a.abac", &wrong);
    place.run(&["check", "a.abac", "--fix"]).gives(1);
    assert_eq!(place.read("a.abac"), wrong);
    place.run(&["check", "a.abac", "--fix", "--unsafe"]).gives(0);
    assert_eq!(place.read("a.abac"), CLEAN);
}

#[test]
fn keeps_carriage_returns() {
    let place = Place::new().with("a.abac", format!("{QUOTED}\r\n\r\n"));
    place.run(&["check", "a.abac", "--fix"]).gives(0);
    assert_eq!(place.read("a.abac"), format!("{UNQUOTED}\r\n\r\n"));
}

#[test]
fn writes_other_conditions_to_the_standard_output() {
    let place = Place::new();
    let run = place.pipe(QUOTED, &["check", "--fix"]).gives(0);
    assert_eq!(run.out, UNQUOTED);
    assert!(run.err.contains("no findings in 1 condition"), "{run:#?}");
    let run = place.run(&["check", "--fix", "-c", BROKEN]).gives(1);
    assert_eq!(run.out, format!("{BROKEN}\n"));
    assert!(run.err.contains("error[missing-value]"), "{run:#?}");
}

#[test]
fn leaves_json_lines_alone() {
    let line = serde_json::json!({ "condition": QUOTED }).to_string();
    let place = Place::new().with("a.jsonl", &line);
    let run = place.run(&["check", "a.jsonl", "--fix"]).gives(1);
    assert_eq!(place.read("a.jsonl"), line);
    assert!(run.err.contains("`a.jsonl` holds JSON Lines, which --fix does not change"));
}

#[cfg(unix)]
#[test]
fn keeps_permissions_and_links_and_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new().with("real/a.abac", QUOTED);
    let path = place.path("real/a.abac");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/a.abac", place.path("link.abac")).unwrap();
    place.run(&["check", "link.abac", "--fix"]).gives(0);
    assert_eq!(place.read("real/a.abac"), UNQUOTED);
    assert!(place.path("link.abac").is_symlink());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    let names: Vec<_> = std::fs::read_dir(place.path("real")).unwrap().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new().with("a.abac", QUOTED);
    std::fs::set_permissions(place.path("a.abac"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = place.run(&["check", "a.abac", "--fix"]).gives(2);
    assert!(run.err.contains("cannot write `a.abac`: it is read-only"), "{run:#?}");
    assert!(run.out.contains("quoted-boolean"), "what was not repaired is still told: {run:#?}");
    assert_eq!(place.read("a.abac"), QUOTED);
}
