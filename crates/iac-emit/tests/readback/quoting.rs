//! Single texts, quoted.

use iac_emit::document::{arm, bash, bicep, hcl, http, powershell};
use proptest::prelude::*;

use crate::reader::{cases, nasty, read_arm, read_bash, read_bicep, read_hcl, read_powershell};

fn hcl_file(value: hcl::Value) -> String {
    hcl::Document { items: vec![hcl::Item::Attribute("x", value)] }.to_string()
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn bicep_reads_what_was_quoted(text in nasty(0..10)) {
        prop_assert_eq!(read_bicep(&bicep::quote(&text)), text.as_str());
        if let Some(block) = bicep::quote_block(&text) {
            prop_assert_eq!(read_bicep(&block), text);
        }
    }

    #[test]
    fn powershell_reads_what_was_quoted(text in nasty(0..10)) {
        prop_assert_eq!(read_powershell(&powershell::quote(&text)), text.as_str());
        if let Some(block) = powershell::quote_block(&text) {
            prop_assert_eq!(read_powershell(&block), text);
        }
    }

    #[test]
    fn terraform_reads_what_was_quoted(text in nasty(0..10)) {
        let values = [hcl::Value::Text(text.clone()), hcl::Value::Block(text.clone())];
        for value in values {
            let file = read_hcl(&hcl_file(value));
            prop_assert_eq!(file.as_object().unwrap()["x"].as_str().unwrap(), text.as_str());
        }
    }

    #[test]
    fn resource_manager_reads_what_was_quoted(text in nasty(0..10)) {
        let json = serde_json::to_string(&arm::quote(&text)).unwrap();
        let read: String = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read_arm(&read), text);
    }

    #[test]
    fn bodies_of_requests_are_read_as_they_were(text in nasty(0..10)) {
        let body = serde_json::json!({ "condition": text });
        let quoted = http::quote(&body);
        prop_assert!(!quoted.contains("{{"));
        prop_assert!(quoted.lines().all(|line| !line.starts_with("###")));
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&quoted).unwrap(), body);
    }
}

proptest! {
    // Each case starts a process, so each has many texts.
    #![proptest_config(cases(24))]

    #[test]
    fn bash_reads_what_was_quoted(texts in prop::collection::vec(nasty(0..10), 1..80)) {
        let texts: Vec<_> = texts.into_iter().filter(|text| bash::is_representable(text)).collect();
        let mut script = String::new();
        let mut expected = Vec::new();
        for text in &texts {
            script.push_str(&format!("printf '%s\\0' {}\n", bash::quote(text)));
            let pieces = vec![
                bash::Piece::Variable("y"),
                bash::Piece::Text(text.clone()),
                bash::Piece::Variable("y"),
            ];
            let document = bash::Document {
                statements: vec![
                    bash::Statement::Variable("y", bash::Word::from("-")),
                    bash::Statement::Variable("x", bash::Word::Pieces(pieces)),
                    bash::Statement::Command(vec![vec!["printf".into(), r"%s\0".into(), bash::Word::Pieces(vec![bash::Piece::Variable("x")])]]),
                    bash::Statement::Block("x", text.clone()),
                    bash::Statement::Command(vec![
                        vec!["printf".into(), r"%s\0".into()],
                        vec![bash::Word::Pieces(vec![bash::Piece::Variable("x")])],
                    ]),
                ],
            };
            script.push_str(&document.to_string());
            expected.extend_from_slice(format!("{text}\0-{text}-\0{text}\0").as_bytes());
        }
        prop_assert_eq!(read_bash(&script, &std::env::temp_dir()), expected);
    }
}

/// A megabyte of what is hardest takes no longer than a megabyte of anything.
#[test]
fn quoting_is_linear() {
    let size = 1 << 20;
    let texts =
        ["$".repeat(size) + "{", "{".repeat(size), "'".repeat(size), "EOF\n".repeat(size / 4)];
    let numbered: String = (2..size / 8).map(|number| format!("EOT{number}\n")).collect();
    let start = std::time::Instant::now();
    for text in texts.iter().chain([&format!("EOT\n{numbered}x")]) {
        let length = bicep::quote(text).len()
            + bicep::quote_block(text).map_or(0, |block| block.len())
            + hcl_file(hcl::Value::Block(text.clone())).len()
            + bash::quote(text).len()
            + powershell::quote(text).len()
            + powershell::quote_block(text).map_or(0, |block| block.len())
            + http::quote(&serde_json::json!(text)).len()
            + arm::quote(text).len();
        assert!(length > 4 * size / 2);
    }
    assert!(start.elapsed().as_secs() < 30);
}
