//! `fmt`.

use crate::run::{BROKEN, CLEAN, Place, run};

const MESSY: &str = "@environment[isPrivateLink]   boolequals true";
const TIDY: &str = "@Environment[isPrivateLink] BoolEquals true";

#[test]
fn writes_files_anew() {
    let place = Place::new().with("a.abac", format!("{MESSY}\n")).with("b.abac", TIDY);
    let run = place.run(&["fmt", "."]).gives(0);
    assert_eq!((place.read("a.abac"), place.read("b.abac")), (format!("{TIDY}\n"), TIDY.into()));
    assert_eq!(run.err, "1 condition laid out, 1 unchanged\n");
    let run = place.run(&["fmt", "."]).gives(0);
    assert_eq!(run.err, "2 unchanged\n");
}

#[test]
fn only_looks_when_told() {
    let place = Place::new().with("a.abac", MESSY);
    let run = place.run(&["fmt", "--check", "a.abac"]).gives(1);
    assert_eq!(run.out, "a.abac would be laid out anew\n");
    insta::assert_snapshot!(place.run(&["fmt", "--diff", "a.abac"]).gives(1).out, @r"
    --- a.abac
    +++ a.abac
    @@ -1 +1 @@
    -@environment[isPrivateLink]   boolequals true
    \ No newline at end of file
    +@Environment[isPrivateLink] BoolEquals true
    \ No newline at end of file
    ");
    assert_eq!(place.read("a.abac"), MESSY);
}

#[test]
fn lays_out_in_three_ways() {
    insta::assert_snapshot!(run(&["fmt", "-c", CLEAN]).gives(0).out, @"
    (
     (
      !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
     )
     OR
     (
      @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'
     )
    )
    ");
    let one_line = run(&["fmt", "-c", CLEAN, "--layout", "one-line"]).gives(0).out;
    assert_eq!(one_line.trim_end(), CLEAN);
    let smallest = run(&["fmt", "-c", CLEAN, "--layout", "smallest"]).gives(0).out;
    assert!(smallest.len() < one_line.len(), "{smallest}");
}

#[test]
fn keeps_the_kind_of_line_break() {
    let place = Place::new().with("a.abac", format!("({TIDY})\r\nOR ({TIDY})\r\n"));
    place.run(&["fmt", "a.abac"]).gives(0);
    let text = place.read("a.abac");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    place.run(&["fmt", "--check", "a.abac"]).gives(0);
}

#[test]
fn refuses_what_has_errors() {
    let place = Place::new().with("a.abac", BROKEN).with("b.abac", MESSY);
    let run = place.run(&["fmt", "."]).gives(1);
    assert!(run.err.contains("error[missing-value]"), "{run:#?}");
    assert_eq!((place.read("a.abac"), place.read("b.abac")), (BROKEN.into(), TIDY.into()));
    let place = Place::new().with("a.jsonl", "{\"condition\": \"x\"}");
    assert!(place.run(&["fmt", "a.jsonl"]).gives(2).err.contains("JSON Lines"));
}

#[test]
fn keeps_template_holes() {
    let text = "@Environment[isPrivateLink] BoolEquals   ${value}";
    run(&["fmt", "-c", text]).gives(1);
    let output = run(&["fmt", "-c", text, "--template"]).gives(0).out;
    assert_eq!(output, "@Environment[isPrivateLink] BoolEquals ${value}\n");
}
