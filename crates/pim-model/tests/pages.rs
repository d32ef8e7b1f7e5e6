//! The pages of the rules, executed: every example is found, every remedy is clean.

#![expect(clippy::expect_used, reason = "a page that is not laid out as it should fails the test")]

use diagnostics::{Applicability, Diagnostic, Severity, apply_fixes};
use pim_model::policy::baseline::{PrivilegedRole, production};
use pim_model::{
    Family, Model, Options, RULES, Timestamp, Tool, check, judge, page, pages, scope_finding,
};
use std::collections::BTreeSet;

/// A fenced block of a page: the words behind ` ```json ` and the text.
struct Block<'p> {
    words: Vec<(&'p str, &'p str)>,
    text: &'p str,
}

impl<'p> Block<'p> {
    fn word(&self, name: &str) -> Option<&'p str> {
        self.words.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn findings(&self, text: &str) -> Vec<Diagnostic> {
        let now = self.word("now").map(|text| text.parse().expect("an instant"));
        let options = Options {
            now,
            family: self.word("family").map(|name| match name {
                "assignment" => Family::Assignment,
                _ => Family::Eligibility,
            }),
            scope: self.word("scope").map(|text| text.parse().expect("a scope")),
            tool: self.word("tool").map(|name| Tool::from_name(name).expect("a tool")),
        };
        let loaded = check(text, &options);
        let mut found = loaded.diagnostics;
        let Some(name) = self.word("policy") else { return found };
        let role = PrivilegedRole::ALL.into_iter().find(|role| role.name() == name);
        let mut policy = production(role.expect("a role"), Vec::new());
        policy.scope = self.word("policy-scope").map(|text| text.parse().expect("a scope"));
        for item in &loaded.items {
            let Model::Request(request) = &item.model else { continue };
            let now = now.unwrap_or(Timestamp::UNIX_EPOCH);
            found.extend(judge(request, &policy, now).diagnostics(item));
            found.extend(scope_finding(request, &policy, item));
        }
        found
    }

    /// The ids that may be found besides the page's own, from `also="a b"`.
    fn others(&self) -> BTreeSet<&'p str> {
        self.word("also").unwrap_or("").split_whitespace().collect()
    }
}

/// Reads `name=value name="two words"`.
fn words(mut rest: &str) -> Vec<(&str, &str)> {
    let mut words = Vec::new();
    while let Some((name, value)) = rest.trim_start().split_once('=') {
        let (value, behind) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').expect("a closing quote"),
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        words.push((name, value));
        rest = behind;
    }
    assert!(rest.trim().is_empty(), "what is `{rest}`?");
    words
}

fn section<'p>(page: &'p str, title: &str) -> &'p str {
    let heading = format!("\n## {title}\n");
    let (_, body) = page.split_once(&heading).unwrap_or_else(|| panic!("no section {title}"));
    body.split_once("\n## ").map_or(body, |(body, _)| body)
}

fn block<'p>(page: &'p str, title: &str) -> Option<Block<'p>> {
    let (_, fence) = section(page, title).split_once("```json")?;
    let (info, body) = fence.split_once('\n').expect("a line of its own");
    let (text, _) = body.split_once("\n```").expect("a closing fence");
    Some(Block { words: words(info), text })
}

/// Returns the ids of all that is more than advice.
fn serious(findings: &[Diagnostic]) -> BTreeSet<&str> {
    let serious = findings.iter().filter(|finding| finding.severity > Severity::Advice);
    serious.map(|finding| finding.id.as_ref()).collect()
}

fn check_page(id: &str, page: &str) {
    assert!(page.starts_with(&format!("# {id}\n")), "the title is the id");
    let mut from = 0;
    for title in ["What it finds", "Why", "Example", "Instead", "Fix"] {
        let place = page.find(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("no {title}"));
        assert!(place > from, "{title} is out of order");
        assert!(section(page, title).trim().len() > 10, "{title} says nothing");
        from = place;
    }
    let rule = RULES.iter().find(|rule| rule.id == id).expect("a rule");

    let example = block(page, "Example").expect("an example");
    let found = example.findings(example.text);
    let own: Vec<&Diagnostic> = found.iter().filter(|finding| finding.id == id).collect();
    assert!(!own.is_empty(), "not found: {found:#?}");
    assert!(own.iter().all(|finding| finding.severity == rule.severity), "another severity");
    let mut allowed = example.others();
    allowed.insert(id);
    assert!(serious(&found).is_subset(&allowed), "more than the example is about: {found:#?}");

    let instead = block(page, "Instead").expect("what to write instead");
    let left = instead.findings(instead.text);
    assert!(left.iter().all(|finding| finding.id != id), "not remedied: {left:#?}");
    assert!(serious(&left).is_subset(&instead.others()), "not clean: {left:#?}");

    let fixes: Vec<Diagnostic> =
        found.into_iter().filter(|finding| finding.id == id && finding.fix.is_some()).collect();
    let text = section(page, "Fix").trim_start();
    assert_eq!(fixes.is_empty(), text.starts_with("There is no automatic fix"), "the fix");
    if fixes.is_empty() {
        return;
    }
    let review = fixes.iter().any(|finding| {
        finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::NeedsReview)
    });
    assert_eq!(review, text.contains("Needs review"), "whether the fix is safe");
    let applied = apply_fixes(example.text, &fixes, Applicability::NeedsReview);
    let wanted = block(page, "Fix").unwrap_or(instead);
    assert_eq!(applied.text, wanted.text, "the fix of the example");
    assert_eq!(applied.skipped, 0);
    let after = wanted.findings(&applied.text);
    assert!(after.iter().all(|finding| finding.id != id), "the fix does not help: {after:#?}");
}

#[test]
fn every_example_is_found_and_every_remedy_is_clean() {
    let failures: Vec<&str> = pages()
        .filter(|(id, page)| std::panic::catch_unwind(|| check_page(id, page)).is_err())
        .map(|(id, _)| id)
        .collect();
    assert!(failures.is_empty(), "pages that fail: {failures:?}");
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(RULES.len(), known.len(), "an id is used twice");
    assert!(page("no-such-rule").is_none());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("docs/rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .filter(|name| name.starts_with("pim-"))
        .collect();
    assert_eq!(files, known.iter().map(|id| (*id).to_owned()).collect());
}

#[test]
fn summaries_are_one_line_without_a_stop() {
    for rule in RULES {
        assert!(!rule.summary.ends_with('.') && !rule.summary.contains('\n'), "{}", rule.id);
        assert!(rule.id.starts_with("pim-"), "{}", rule.id);
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
}
