//! Templates are written, are without findings, do what they say, and are recognised again.

use abac_catalog::Catalog;
use abac_eval::Truth;
use abac_syntax::{Layout, format};
use diagnostics::Severity;
use workbench::blocks::Board;
use workbench::pickers::ValueKind;
use workbench::templates::{Recognised, Template, TemplateError, recognise, templates};
use workbench::{Condition, Document, Settings, analyse, simulate};

const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

fn examples(template: &Template) -> Vec<Vec<String>> {
    template.parameters.iter().map(|one| vec![one.example.to_owned()]).collect()
}

fn recognised(text: &str) -> Option<Recognised> {
    let condition = Condition::read(text);
    let board = Board::read(&condition, Catalog::builtin(), None, None);
    recognise(&condition, &board, Catalog::builtin())
}

#[test]
fn every_template_is_recognised_in_every_layout() {
    for template in templates() {
        let mut values = examples(template);
        for (list, parameter) in values.iter_mut().zip(template.parameters) {
            if parameter.takes_several {
                let more = match parameter.kind {
                    ValueKind::Role | ValueKind::Principal => READER,
                    ValueKind::PrincipalType => "Group",
                    _ => "it's another",
                };
                list.push(more.to_owned());
            }
        }
        for values in [examples(template), values] {
            let text = template.write(Catalog::builtin(), &values).unwrap();
            let expect = Some(Recognised { id: template.id, values });
            assert_eq!(recognised(&text), expect);
            for layout in [Layout::Portal, Layout::OneLine, Layout::Smallest] {
                let condition = Condition::read(&*text);
                let laid_out = format(&text, condition.tree(), layout).unwrap();
                assert_eq!(recognised(&laid_out), expect, "{laid_out}");
            }
            let portal = format(&text, Condition::read(&*text).tree(), Layout::Portal).unwrap();
            assert_eq!(portal.trim_end(), text, "it is written as the portal lays it out");
        }
    }
}

#[test]
fn no_template_has_an_error() {
    for template in templates() {
        let text = template.write(Catalog::builtin(), &examples(template)).unwrap();
        let analysis = analyse(&text, &Settings::default());
        assert_eq!(analysis.count(Severity::Error), 0, "{}: {:?}", template.id, analysis.findings);
        assert!(template.page(Catalog::builtin()).contains("examples, 20"), "{}", template.id);
    }
}

/// Creating and deleting are asked through the source that each offers.
#[test]
fn the_portal_templates_decide_both_ways() {
    for (id, owner) in [("constrain-roles", false), ("all-except-roles", false)] {
        let template = Template::find(id).unwrap();
        let named = if id == "constrain-roles" { READER } else { OWNER };
        let text = template.write(Catalog::builtin(), &[vec![named.to_owned()]]).unwrap();
        let condition = Condition::read(text);
        for is_deletion in [false, true] {
            let matrix =
                simulate::matrix(&condition, Catalog::builtin(), is_deletion, None).unwrap();
            let of = |role: &str| {
                matrix.rows.iter().find(|(one, _)| one.id == role).map(|(_, row)| row.first())
            };
            assert_eq!(of(OWNER), Some(Some(&Truth::from(owner))), "{id}");
            if id == "constrain-roles" {
                assert_eq!(of(READER), Some(Some(&Truth::True)));
            }
        }
    }
}

#[test]
fn the_example_is_a_template() {
    let found = recognised(&Document::example().condition).unwrap();
    assert_eq!(found.id, "constrain-roles-and-principal-types");
    assert_eq!(found.values.iter().map(Vec::len).collect::<Vec<_>>(), [4, 2]);
}

#[test]
fn what_differs_in_one_place_is_none() {
    let text = Document::example().condition;
    let other = text.replacen("8311e382", "8311e383", 1);
    assert_eq!(recognised(&other), None, "creating and deleting name different roles");
    assert_eq!(recognised(&text.replacen("AND", "OR", 1)), None);
    assert_eq!(recognised(""), None);
}

#[test]
fn choices_are_checked() {
    let write = |id: &str, values: &[&[&str]]| {
        let values: Vec<Vec<String>> =
            values.iter().map(|list| list.iter().map(|one| (*one).to_owned()).collect()).collect();
        Template::find(id).unwrap().write(Catalog::builtin(), &values)
    };
    assert_eq!(write("constrain-roles", &[]), Err(TemplateError::Missing("Roles")));
    let error = write("constrain-roles", &[&["AcrPull"]]).unwrap_err().to_string();
    assert!(error.starts_with("Roles: this is no GUID"), "{error}");
    let key = write("read-tag", &[&["a]b"], &["x"]]);
    assert_eq!(key, Err(TemplateError::Key("Tag key")));
    let two = write("read-tag", &[&["a", "b"], &["x"]]);
    assert_eq!(two, Err(TemplateError::OnlyOne("Tag key")));
    let long = write("read-containers", &[&["x' OR true"]]).unwrap();
    assert!(long.contains("'x'' OR true'"), "{long}");
}
