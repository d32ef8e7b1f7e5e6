//! Templates: a condition written from a few choices, and the choices again when a text is one.

use crate::browser;
use crate::components::icon::{Icon, icon};
use crate::components::value;
use crate::picker::element_of;
use crate::session::{Dialog, Session};
use leptos::prelude::*;
use web_sys::Element;
use workbench::templates::{Parameter, Recognised, Template, recognise};
use workbench::{Changes, Document};

/// Opens a document with a template, its parameters filled with examples to be replaced.
pub(crate) fn begin(session: Session, template: &'static Template) {
    let settings = session.settings.get_untracked();
    let examples: Vec<_> =
        template.parameters.iter().map(|one| vec![one.example.to_owned()]).collect();
    match template.write(settings.catalog(), &examples) {
        Ok(condition) => {
            let name = template.title.to_owned();
            let document = Document { name, condition, ..Document::empty() };
            session.dialog.set(None::<Dialog>);
            session.open(document, browser::new_id());
        }
        Err(error) => session.tell(error.to_string()),
    }
}

/// The choices of the template that the condition is, if it is one: a value that stands in several
/// cards is changed in all of them.
#[component]
pub(crate) fn TemplateStrip() -> impl IntoView {
    let session = expect_context::<Session>();
    let found = Memo::new(move |_| {
        let settings = session.settings.get();
        recognise(&session.condition.get(), &session.board.get(), settings.catalog())
    });
    let template = Memo::new(move |_| {
        found.with(|found| found.as_ref().and_then(|one| Template::find(one.id)).map(|one| one.id))
    });
    view! {
        {move || {
            template
                .get()
                .and_then(Template::find)
                .filter(|template| !template.parameters.is_empty())
                .map(|template| {
                    let rows: Vec<_> = template
                        .parameters
                        .iter()
                        .enumerate()
                        .map(|(place, one)| parameter(session, found, place, *one))
                        .collect();
                    view! {
                        <section class="template" aria-label="Template">
                            <p>
                                "Template "
                                <strong>{template.title}</strong>
                            </p>
                            {rows}
                        </section>
                    }
                })
        }}
    }
}

fn parameter(
    session: Session,
    found: Memo<Option<Recognised>>,
    place: usize,
    parameter: Parameter,
) -> impl IntoView {
    let values = Memo::new(move |_| {
        found.with(|found| {
            found.as_ref().and_then(|one| one.values.get(place).cloned()).unwrap_or_default()
        })
    });
    let set = move |values: Vec<String>| {
        let Some(mut all) = found.get_untracked() else { return };
        if let Some(one) = all.values.get_mut(place) {
            *one = values;
        }
        rewrite(session, &all);
    };
    let pick = move |at: Option<usize>, beside: Option<Element>| {
        let choose = move |value: String| {
            let mut values = values.get_untracked();
            match at.and_then(|at| values.get_mut(at)) {
                Some(one) => *one = value,
                None => values.push(value),
            }
            set(values);
        };
        session.pick(beside.as_ref(), value::picker(session, parameter.kind, Vec::new(), choose));
    };
    let chips = move || {
        let all = values.get();
        let several = all.len() > 1;
        let chip = |(at, text): (usize, String)| {
            let settings = session.settings.get_untracked();
            let role = settings.catalog().role(&text).map(|role| role.name().to_owned());
            let shown = role.unwrap_or(text);
            let label = format!("Remove {shown}");
            let remove = move |_| {
                let mut values = values.get_untracked();
                if at < values.len() {
                    values.remove(at);
                }
                set(values);
            };
            view! {
                <li class="chip">
                    <button type="button" on:click=move |event| pick(Some(at), element_of(&event))>
                        {shown}
                    </button>
                    {several
                        .then(|| {
                            view! {
                                <button type="button" aria-label=label on:click=remove>
                                    {icon(Icon::Close)}
                                </button>
                            }
                        })}
                </li>
            }
        };
        all.into_iter().enumerate().map(chip).collect_view()
    };
    view! {
        <div class="template-row">
            <span>{parameter.name}</span>
            <ul class="chips">{chips}</ul>
            {parameter
                .takes_several
                .then(|| {
                    let called = value::called(parameter.kind);
                    view! {
                        <button
                            type="button"
                            class="quiet small"
                            aria-label=format!("Add a {called}: {}", parameter.name)
                            on:click=move |event| pick(None, element_of(&event))
                        >
                            {icon(Icon::Add)}
                            {called}
                        </button>
                    }
                })}
        </div>
    }
}

/// Writes the template anew with other choices, as one step that can be undone.
fn rewrite(session: Session, recognised: &Recognised) {
    let settings = session.settings.get_untracked();
    let Some(template) = Template::find(recognised.id) else { return };
    match template.write(settings.catalog(), &recognised.values) {
        Ok(text) => session.change(&Changes::between(&session.text.get_untracked(), &text)),
        Err(error) => session.tell(error.to_string()),
    }
}
