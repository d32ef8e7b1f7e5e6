//! What is shown about a text as it is typed.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

use diagnostics::Severity;
use workbench::analysis::{complete, format, hover, look};
use workbench::{Condition, Document, Range, Settings, analyse};

const WRITE: &str = "Microsoft.Authorization/roleAssignments/write";
const ROLE: &str = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";

/// Splits a text at `|`, which stands for the caret.
fn caret(text: &str) -> (Condition, u32) {
    let (before, after) = text.split_once('|').unwrap();
    let at = before.encode_utf16().count() as u32;
    (Condition::read(format!("{before}{after}")), at)
}

/// The text of a range in UTF-16 code units, as a browser would take it.
fn slice(text: &str, range: Range) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[range.from as usize..range.to as usize]).unwrap()
}

fn labels(text: &str) -> Vec<String> {
    let (condition, at) = caret(text);
    let found = complete(&condition, at, &Settings::default());
    found.map(|one| one.items.into_iter().map(|item| item.label).collect()).unwrap_or_default()
}

/// The text after the first choice of a label was taken.
fn chosen(text: &str, label: &str) -> String {
    let (condition, at) = caret(text);
    let found = complete(&condition, at, &Settings::default()).unwrap();
    let item = found.items.iter().find(|item| item.label == label).unwrap();
    let units: Vec<u16> = condition.text().encode_utf16().collect();
    let part = |range: &[u16]| String::from_utf16(range).unwrap();
    let before = part(&units[..found.range.from as usize]);
    let after = part(&units[found.range.to as usize..]);
    format!("{before}{}{after}", item.insert)
}

#[test]
fn findings_have_the_places_of_a_browser() {
    let text = "@Resource[Microsoft.Storage/storageAccounts:name] StringEquals '😀' && \
                @Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'";
    let analysis = analyse(text, &Settings::default());
    let quoted = analysis.findings.iter().find(|one| one.id == "quoted-boolean").unwrap();
    assert_eq!(slice(text, quoted.range), "'true'");
    let fixed = quoted.fix.as_ref().unwrap().changes.apply(text);
    assert!(fixed.ends_with("BoolEquals true"), "{fixed}");
    let strings: Vec<_> = analysis
        .tokens
        .iter()
        .filter(|token| token.class.as_str() == "string")
        .map(|token| slice(text, token.range))
        .collect();
    assert_eq!(strings, ["'😀'", "'true'"]);
}

#[test]
fn findings_are_those_of_the_command_line_and_can_be_ignored() {
    let text = "@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'";
    let options = abac_lint::Options::new(abac_catalog::Catalog::builtin());
    let ours = analyse(text, &Settings::default());
    let theirs = abac_lint::check(text, abac_syntax::Holes::Refused, &options);
    let ours: Vec<_> = ours.findings.iter().map(|one| (&*one.id, one.message.as_str())).collect();
    let theirs: Vec<_> = theirs.iter().map(|one| (&*one.id, one.message.as_str())).collect();
    assert_eq!(ours, theirs);
    let ignored = vec!["quoted-boolean".to_owned(), "a rule of tomorrow".to_owned()];
    let without = analyse(text, &Settings { ignored, ..Settings::default() });
    let without: Vec<_> =
        without.findings.iter().map(|one| (&*one.id, one.message.as_str())).collect();
    let kept: Vec<_> = ours.iter().filter(|(id, _)| *id != "quoted-boolean").copied().collect();
    assert_eq!(without, kept);
    assert_ne!(without, ours);
}

#[test]
fn names_stand_behind_guids() {
    let document = Document::example();
    let analysis = analyse(&document.condition, &Settings::default());
    let first = &analysis.inlays[0];
    assert_eq!(first.text, "AcrPull");
    let before = slice(&document.condition, Range { from: first.at - 12, to: first.at });
    assert_eq!(before, "43fe172d538d");
    assert_eq!(analysis.inlays.len(), 8);
    assert!(!analysis.folds.is_empty());
    assert!(analysis.smallest.unwrap() < analysis.bytes);
}

#[test]
fn hover_knows_roles_operators_attributes_and_actions() {
    let document = Document::example();
    let condition = Condition::read(&*document.condition);
    let at = |needle: &str| document.condition.find(needle).unwrap() as u32 + 3;
    let settings = Settings::default();
    let role = hover(&condition, at("7f951dda"), &settings).unwrap();
    assert_eq!(role.title, "AcrPull");
    let operator = hover(&condition, at("ForAnyOfAnyValues:GuidEquals"), &settings).unwrap();
    assert_eq!(operator.lines[0], "is one of.");
    assert!(operator.table.unwrap().rows.len() > 3);
    assert_eq!(operator.source.as_deref(), Some("conditions-format, 2023-11-15"));
    let attribute = hover(&condition, at("@Resource["), &settings).unwrap();
    assert_eq!(attribute.title, "Role definition ID");
    assert!(attribute.lines.iter().any(|line| line.contains("through @Resource by")));
    let action = hover(&condition, at(WRITE), &settings).unwrap();
    assert!(action.lines.iter().any(|line| line.contains("Other requests pass")), "{action:?}");
    assert_eq!(hover(&condition, at("AND"), &settings), None);
}

#[test]
fn completion_offers_what_fits_the_place() {
    assert!(labels("!(ActionMatches{|").contains(&WRITE.to_owned()));
    assert!(labels("!(ActionMatches{'Microsoft.Auth|'})").contains(&WRITE.to_owned()));
    assert_eq!(labels(&format!("!(ActionMatches{{'{WRITE}'}}) OR @|")), ["@Request"]);
    assert_eq!(
        labels(&format!("!(ActionMatches{{'{WRITE}'}}) OR @Request[|")).len(),
        3,
        "role, principal and its type"
    );
    assert_eq!(labels(&format!("{ROLE} |"))[0], "ForAnyOfAnyValues:GuidEquals");
    assert_eq!(
        labels(&format!("{ROLE} GuidEquals 7f951dda-4ed3-4680-a7ca-43fe172d538d |")),
        ["AND", "OR"]
    );
    let types = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] \
                 ForAnyOfAnyValues:StringEqualsIgnoreCase {'User', |";
    assert_eq!(labels(types)[0], "User");
    assert!(labels("|").iter().any(|label| label == "Exists"));
    let suboperations = labels(
        "!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'} \
         AND SubOperationMatches{|",
    );
    assert!(suboperations.contains(&"Blob.Write.WithTagHeaders".to_owned()), "{suboperations:?}");
    assert!(!suboperations.contains(&"Blob.List".to_owned()), "{suboperations:?}");
}

#[test]
fn a_choice_fits_into_the_text() {
    let guid = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    assert_eq!(
        chosen(&format!("{ROLE} ForAnyOfAnyValues:GuidEquals |"), "AcrPull"),
        format!("{ROLE} ForAnyOfAnyValues:GuidEquals {{{guid}}}")
    );
    assert_eq!(
        chosen(&format!("{ROLE} ForAnyOfAnyValues:GuidEquals {{AcrPu|}}"), "AcrPull"),
        format!("{ROLE} ForAnyOfAnyValues:GuidEquals {{{guid}}}")
    );
    assert_eq!(
        chosen(&format!("'é' {ROLE} Guid|"), "GuidEquals"),
        format!("'é' {ROLE} GuidEquals ")
    );
    let name = "Microsoft.Authorization/roleAssignments:PrincipalType";
    assert_eq!(
        chosen("@Request[Mic| StringEquals 'x'", name),
        format!("@Request[{name}] StringEquals 'x'")
    );
    assert_eq!(chosen("!(ActionMatches{'Mic|'})", WRITE), format!("!(ActionMatches{{'{WRITE}'}})"));
}

#[test]
fn formats_and_survives_what_cannot_be_formatted() {
    let condition = Condition::read("exists @Environment[isPrivateLink]");
    let changes = format(&condition, abac_syntax::Layout::OneLine).unwrap();
    assert_eq!(changes.apply(condition.text()), "Exists @Environment[isPrivateLink]");
    let broken = Condition::read("(@Resource[");
    assert!(format(&broken, abac_syntax::Layout::Portal).is_err());
    let analysis = look(&broken, &Settings::default());
    assert!(analysis.count(Severity::Error) > 0);
    assert_eq!(analysis.smallest, None);
}
