//! What nobody wants to be given: a clear error, the right exit code, never a panic.

use crate::run::{CLEAN, Place, binary, run};

const CONDITION_COMMANDS: [&[&str]; 4] =
    [&["check"], &["fmt", "--check"], &["explain"], &["eval", "-a", "a/b", "-f"]];

/// Gives a file to every command that reads conditions.
#[track_caller]
fn every_command(content: &[u8], codes: [i32; 4], part: &str) {
    for (command, code) in CONDITION_COMMANDS.iter().zip(codes) {
        let place = Place::new().with("a.abac", content);
        let run = place.run(&[command, &["a.abac"][..]].concat()).gives(code);
        let told = format!("{}{}", run.out, run.err);
        assert!(told.contains(part), "{command:?}: {told}");
        assert_eq!(std::fs::read(place.path("a.abac")).unwrap(), content, "nothing is written");
    }
}

#[test]
fn nothing() {
    every_command(b"", [1, 1, 1, 2], "");
    let output = Place::new().pipe("", &["check"]).gives(1).out;
    assert!(output.contains("error[empty-condition]: the condition is empty"), "{output}");
}

#[test]
fn only_spaces() {
    every_command(b"  \t\r\n  ", [1, 1, 1, 2], "");
    let output = Place::new().pipe(" \n", &["check"]).gives(1).out;
    assert!(output.contains("error[empty-condition]"), "{output}");
}

#[test]
fn a_megabyte_of_parentheses() {
    let open = "(".repeat(1_000_000);
    every_command(open.as_bytes(), [1, 1, 1, 2], "");
    let both = format!("{}{}", "(".repeat(500_000), ")".repeat(500_000));
    every_command(both.as_bytes(), [1, 1, 1, 2], "");
    let not = "NOT ".repeat(250_000);
    every_command(not.as_bytes(), [1, 1, 1, 2], "");
}

#[test]
fn more_than_is_read() {
    let text = format!("{CLEAN} OR ").repeat(8000);
    let place = Place::new().with("a.abac", &text);
    assert!(place.run(&["check", "a.abac"]).gives(1).out.contains("error[too-large]"));
    // A file without a single byte on the disk.
    std::fs::File::create(place.path("b.abac")).unwrap().set_len((64 << 20) + 1).unwrap();
    let error = place.run(&["check", "b.abac"]).gives(2).err;
    assert!(error.contains("`b.abac` is larger than 64 MiB"), "{error}");
}

#[test]
fn invalid_utf8() {
    every_command(b"@Environment[x]\n  \xFF", [2; 4], "byte 0xff at line 2, column 3 (offset 18)");
    every_command(b"\xFF\xFEa\0", [2; 4], "UTF-16");
}

#[test]
fn nul_bytes() {
    every_command(b"@Environment[isPrivateLink] Bool\0Equals true", [1, 1, 1, 2], "");
    let place = Place::new().with("a.abac", b"\0");
    let output = place.run(&["check", "a.abac"]).gives(1).out;
    assert!(output.contains("error[invisible-character]") && output.contains('␀'), "{output}");
}

#[test]
fn a_directory() {
    let place = Place::new().with("d.abac/x.txt", "");
    let error = place.run(&["check", "d.abac"]).gives(2).err;
    assert!(error.contains("`d.abac` has no conditions"), "{error}");
    let error = place.run(&["eval", "-f", "d.abac", "-a", "a"]).gives(2).err;
    assert!(error.contains("cannot read `d.abac`: it is a directory"), "{error}");
    let error = place.run(&["eval", "-c", CLEAN, "-r", "d.abac"]).gives(2).err;
    assert!(error.contains("it is a directory"), "{error}");
    let error = place.run(&["check", "-c", CLEAN, "--config", "d.abac"]).gives(2).err;
    assert!(error.contains("it is a directory"), "{error}");
    place.run(&["test", "d.abac"]).gives(2);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new().with("a.abac", CLEAN);
    let path = place.path("a.abac");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    let run = place.run(&["check", "a.abac"]);
    // Whoever may read everything, as root may, reads this too.
    if std::fs::read(&path).is_ok() {
        run.gives(0);
    } else {
        assert!(run.gives(2).err.contains("cannot read `a.abac`: permission denied"));
    }
}

#[test]
fn a_missing_file() {
    for command in [&["check"][..], &["fmt"], &["explain"], &["test"], &["eval", "-a", "a", "-f"]] {
        let error = run(&[command, &["nowhere"]].concat()).gives(2).err;
        assert!(error.contains("cannot read `nowhere`: there is no such file"), "{error}");
    }
}

#[test]
fn lines_that_are_no_records() {
    let check = |line: &str, part: &str| {
        let text = format!("{{\"condition\": {}}}\n{line}\n", serde_json::json!(CLEAN));
        let place = Place::new().with("a.jsonl", text);
        let run = place.run(&["check", "a.jsonl"]).gives(2);
        assert!(run.err.contains(part), "{line}: {}", run.err);
        assert!(run.out.contains("in 1 condition"), "the good line is checked: {}", run.out);
    };
    check("{\"condition\": ", "a.jsonl:2 at 1:");
    check("[]", "a.jsonl:2: expected an object, found a list");
    check("{\"id\": \"x\"}", "a.jsonl:2: the object has neither `condition` nor `text`");
    check("{\"condition\": 7}", "`condition`: expected a string, found the number 7");
    check("{\"id\": [], \"condition\": \"\"}", "`id`: expected a string, found a list");
    check(&"[".repeat(100_000), "this is not JSON: recursion limit exceeded");
}

#[test]
fn wrong_usage() {
    for arguments in [
        &[][..],
        &["chek"],
        &["check", "--format", "xml"],
        &["check", "-c", "x", "a.abac"],
        &["check", "--unsafe", "-c", "x"],
        &["check", "--fail-on", "never", "-c", "x"],
        &["eval", "-c", "x"],
        &["eval"],
        &["test"],
        &["test", "--fail-under", "101", "x"],
        &["catalog"],
        &["rule", "no-such-rule"],
        &["completions", "tcsh"],
    ] {
        let run = run(arguments).gives(2);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{arguments:?}: {run:#?}");
    }
}

#[test]
fn a_reader_that_goes_away() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let place = Place::new()
        .with("a.jsonl", format!("{{\"text\": \"{}\"}}\n", "(a ".repeat(50)).repeat(2000));
    let mut child = Command::new(binary())
        .args(["check", "a.jsonl"])
        .current_dir(place.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    // The standard output is closed here, with most of the report unwritten.
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    use std::process::Command;
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(binary()).arg("rule").stdout(full).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("cannot write to the standard output: No space left"), "{error}");
}
