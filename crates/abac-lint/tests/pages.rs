//! The pages of the rules, executed: every example is found, every remedy is clean.

#![expect(clippy::expect_used, reason = "a page that is not laid out as it should fails the test")]

use abac_catalog::{Catalog, Role};
use abac_lint::{Context, Options, check, page, pages, rules};
use abac_syntax::Holes;
use diagnostics::{Applicability, Diagnostic, Severity, apply_fixes};
use std::collections::BTreeSet;

/// A fenced block of a page: the words behind ` ```abac ` and the text.
struct Block<'p> {
    words: Vec<(&'p str, &'p str)>,
    text: String,
}

impl<'p> Block<'p> {
    fn word(&self, name: &str) -> Option<&'p str> {
        self.words.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn role(&self) -> Option<&'static Role> {
        let name = self.word("role")?;
        Some(Catalog::builtin().role_by_name(name).unwrap_or_else(|| panic!("no role `{name}`")))
    }

    fn findings(&self, text: &str) -> Vec<Diagnostic> {
        let flag = |name| self.word(name).is_some_and(|value| value == "true");
        let context = Context {
            condition_version: self.word("version").map(str::to_owned),
            hierarchical_namespace: self.word("hns").map(|value| value == "true"),
            pim: flag("pim"),
            classic_administrator: flag("classic"),
            existing_assignment_without_condition: flag("existing"),
            shell: None,
        };
        let mut options = Options::new(Catalog::builtin()).context(context);
        if let Some(role) = self.role() {
            options = options.role(role);
        }
        let holes = if flag("holes") { Holes::Allowed } else { Holes::Refused };
        check(text, holes, &options)
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
    let (_, fence) = section(page, title).split_once("```abac")?;
    let (info, body) = fence.split_once('\n').expect("a line of its own");
    // An example may be empty or end without a line break.
    let text = match body.strip_prefix("```") {
        Some(_) => "",
        None => body.split_once("\n```").expect("a closing fence").0,
    };
    // `\u{…}` and `repeat` keep pages readable that are about what cannot be seen.
    let mut block = Block { words: words(info), text: unescaped(text) };
    if let Some(times) = block.word("repeat") {
        block.text = repeated(&block.text, times.parse().expect("a number"));
    }
    Some(block)
}

/// Turns `\u{200b}` into the character.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut result = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a closing brace");
        let code = u32::from_str_radix(code, 16).expect("hexadecimal digits");
        result.extend(char::from_u32(code));
        result.push_str(rest);
    }
    result
}

/// Repeats what stands between `«` and `»`.
fn repeated(text: &str, times: usize) -> String {
    let (before, rest) = text.split_once('«').expect("what to repeat");
    let (inside, after) = rest.split_once('»').expect("the end of it");
    format!("{before}{}{after}", inside.repeat(times))
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

    let example = block(page, "Example").expect("an example");
    let found = example.findings(&example.text);
    assert!(found.iter().any(|finding| finding.id == id), "not found: {found:#?}");
    let mut allowed = example.others();
    allowed.insert(id);
    assert!(serious(&found).is_subset(&allowed), "more than the example is about: {found:#?}");

    let instead = block(page, "Instead").expect("what to write instead");
    let left = instead.findings(&instead.text);
    assert!(left.iter().all(|finding| finding.id != id), "not remedied: {left:#?}");
    assert!(serious(&left).is_subset(&instead.others()), "not clean: {left:#?}");

    let fixes: Vec<Diagnostic> =
        found.into_iter().filter(|finding| finding.id == id && finding.fix.is_some()).collect();
    let says_none = section(page, "Fix").trim_start().starts_with("There is no automatic fix");
    assert_eq!(
        fixes.is_empty(),
        says_none,
        "the page and the rule differ on whether there is a fix"
    );
    if fixes.is_empty() {
        return;
    }
    let review = fixes.iter().any(|finding| {
        finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::NeedsReview)
    });
    let says_review = section(page, "Fix").contains("Needs review");
    assert_eq!(review, says_review, "the page and the rule differ on whether the fix is safe");
    let applied = apply_fixes(&example.text, &fixes, Applicability::NeedsReview);
    let wanted = block(page, "Fix").unwrap_or(instead);
    assert_eq!(applied.text, wanted.text, "the fix of the example");
    assert_eq!(applied.skipped, 0);
    let after = wanted.findings(&applied.text);
    assert!(after.iter().all(|finding| finding.id != id), "the fix does not help: {after:#?}");
    assert!(
        after.iter().all(|finding| finding.severity < Severity::Error),
        "the fix leaves an error: {after:#?}"
    );
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
    let listed: BTreeSet<&str> = pages().map(|(id, _)| id).collect();
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    assert_eq!(listed, known);
    assert_eq!(rules().len(), known.len(), "an id is used twice");
    assert!(page("no-such-rule").is_none());

    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("docs/rules")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        // Those are the pages of `pim-model`.
        .filter(|name| !name.starts_with("pim-"))
        .collect();
    assert_eq!(files, known.iter().map(|id| (*id).to_owned()).collect());
}

#[test]
fn summaries_are_one_line_without_a_stop() {
    for rule in rules() {
        assert!(!rule.summary.ends_with('.') && !rule.summary.contains('\n'), "{}", rule.id);
        assert!(!rule.summary.starts_with(char::is_uppercase), "{}", rule.id);
        let kebab = |character: char| character.is_ascii_lowercase() || character == '-';
        assert!(rule.id.chars().all(kebab), "{}", rule.id);
    }
}
