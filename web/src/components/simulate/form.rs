//! The current request as a form: only what the condition reads for its action, with the values
//! that lie on either side of a decision.

use crate::components::icon::{Icon, icon};
use crate::picker::{Choice, Picker, element_of};
use crate::session::Session;
use abac_eval::{AccessRequest, AttributeKey, AttributeValue};
use leptos::prelude::*;
use web_sys::Element;
use workbench::simulate::{self, ActionOption, Field};

/// The form.
#[component]
pub(crate) fn RequestForm() -> impl IntoView {
    let session = expect_context::<Session>();
    let there = Memo::new(move |_| session.requests.with(|all| session.current.get() < all.len()));
    let fields = Memo::new(move |_| {
        let (condition, settings) = (session.condition.get(), session.settings.get());
        let request = current(session)?;
        let fields = simulate::fields(
            &condition,
            settings.catalog(),
            request.action(),
            request.suboperation_name(),
        );
        Some(fields)
    });
    view! {
        <Show when=move || there.get()>
            <section class="request-form" aria-label="Current request">
                <NameField />
                <ActionField />
                {move || {
                    fields.get().unwrap_or_default().into_iter().map(|one| field(session, one)).collect_view()
                }}
                <Show when=move || fields.with(|all| all.as_ref().is_some_and(Vec::is_empty))>
                    <p class="empty">"The condition reads nothing more for this action."</p>
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn NameField() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = move || {
        let at = session.current.get();
        session.requests.with(|all| all.get(at).map(|one| one.name.clone()).unwrap_or_default())
    };
    let rename = move |event| {
        let at = session.current.get_untracked();
        session.requests.update(|all| {
            if let Some(one) = all.get_mut(at) {
                one.name = event_target_value(&event);
            }
        });
    };
    view! {
        <label class="form-row">
            <span>"Name"</span>
            <input prop:value=name on:change=rename />
        </label>
    }
}

#[component]
fn ActionField() -> impl IntoView {
    let session = expect_context::<Session>();
    let options = Memo::new(move |_| {
        let settings = session.settings.get();
        simulate::actions(&session.condition.get(), settings.catalog())
    });
    let shown = Memo::new(move |_| {
        let request = current(session)?;
        let is_it = |one: &&ActionOption| {
            one.action.eq_ignore_ascii_case(request.action())
                && one.suboperation.as_deref() == request.suboperation_name()
        };
        let known = options.with(|all| all.iter().find(is_it).map(|one| one.name.clone()));
        Some(known.unwrap_or_else(|| request.action().to_owned()))
    });
    let pick = move |event: leptos::ev::MouseEvent| {
        let all = options.get_untracked();
        let choice = |(at, one): (usize, &ActionOption)| {
            Choice::new(at.to_string(), one.name.clone()).note(match &one.suboperation {
                Some(name) => format!("{}, {name}", one.action),
                None => one.action.clone(),
            })
        };
        let choices = all.iter().enumerate().map(choice).collect();
        let choose = move |typed: String| {
            let listed = typed.parse::<usize>().ok().and_then(|at| all.get(at).cloned());
            let option = listed.unwrap_or_else(|| ActionOption {
                action: typed.clone(),
                suboperation: None,
                name: typed,
            });
            turn_to(session, &option);
        };
        let any = |text: &str| {
            if text.contains('/') {
                Ok(())
            } else {
                Err("an action has the form Provider/type/verb".to_owned())
            }
        };
        let picker = Picker::of("Action", choices, choose).free("Type to find, or any action", any);
        session.pick(element_of(&event).as_ref(), picker);
    };
    view! {
        <div class="form-row">
            <span id="action-label">"Action"</span>
            <button type="button" class="select" aria-describedby="action-label" on:click=pick>
                <span>{shown}</span>
                {icon(Icon::Down)}
            </button>
        </div>
    }
}

fn field(session: Session, field: Field) -> impl IntoView {
    let key = AttributeKey::parse(&field.key).ok();
    let value = {
        let key = key.clone();
        Memo::new(move |_| current(session)?.value(key.as_ref()?).cloned())
    };
    let reference = field.key.clone();
    let name = field.name.clone();
    let shown = {
        let field = field.clone();
        move || match value.get() {
            None => view! { <em>"missing"</em> }.into_any(),
            Some(value) => view! { {label(session, &field, &value)} }.into_any(),
        }
    };
    let pick = move |event: leptos::ev::MouseEvent| {
        choose_value(session, &field, element_of(&event).as_ref());
    };
    view! {
        <div class="form-row" title=reference>
            <span>{name}</span>
            <button type="button" class="select" on:click=pick>
                <span>{shown}</span>
                {icon(Icon::Down)}
            </button>
        </div>
    }
}

/// Returns a value as a person reads it: with the name of a role.
fn label(session: Session, field: &Field, value: &AttributeValue) -> String {
    if let Some(known) = field.suggestions.iter().find(|one| one.value.as_ref() == Some(value)) {
        return known.label.clone();
    }
    let settings = session.settings.get_untracked();
    let word = |text: String| {
        let text = text.trim_matches('\'').to_owned();
        settings.catalog().role(&text).map_or(text, |role| role.name().to_owned())
    };
    value.values().iter().map(|one| word(one.to_string())).collect::<Vec<_>>().join(", ")
}

fn choose_value(session: Session, field: &Field, beside: Option<&Element>) {
    let choice = |(at, one): (usize, &simulate::Suggestion)| {
        Choice::new(at.to_string(), one.label.clone()).detail(one.note)
    };
    let choices = field.suggestions.iter().enumerate().map(choice).collect();
    let (checked, field) = (field.clone(), field.clone());
    let title = field.name.clone();
    let choose = move |typed: String| {
        let suggested = typed.parse::<usize>().ok().and_then(|at| field.suggestions.get(at));
        let value = match suggested {
            Some(one) => one.value.clone(),
            None => simulate::value_of(&field, &typed).ok().flatten(),
        };
        set_value(session, &field.key, value);
    };
    let check = move |text: &str| {
        simulate::value_of(&checked, text).map(|_| ()).map_err(|problem| problem.to_string())
    };
    let picker = Picker::of(title, choices, choose).free("Choose or type a value", check);
    session.pick(beside, picker);
}

/// Returns the request that the form is about.
fn current(session: Session) -> Option<AccessRequest> {
    let at = session.current.get();
    session.requests.with(|all| all.get(at).map(|one| one.request.clone()))
}

fn set_value(session: Session, key: &str, value: Option<AttributeValue>) {
    let at = session.current.get_untracked();
    session.requests.update(|all| {
        let (Some(one), Ok(parsed)) = (all.get_mut(at), AttributeKey::parse(key)) else { return };
        one.request.remove(&parsed);
        if let Some(value) = value
            && let Ok(request) = one.request.clone().attribute(key, value)
        {
            one.request = request;
        }
    });
}

/// Makes the current request one for another action. What the condition reads through another
/// source there, such as the role of an assignment that is deleted, keeps its value.
fn turn_to(session: Session, option: &ActionOption) {
    let at = session.current.get_untracked();
    let (condition, settings) =
        (session.condition.get_untracked(), session.settings.get_untracked());
    let fields = simulate::fields(
        &condition,
        settings.catalog(),
        &option.action,
        option.suboperation.as_deref(),
    );
    session.requests.update(|all| {
        let Some(one) = all.get_mut(at) else { return };
        let mut request = AccessRequest::new(option.action.clone());
        if let Some(name) = &option.suboperation {
            request = request.suboperation(name.clone());
        }
        for field in fields {
            let body = behind_source(&field.key);
            let same = one
                .request
                .attributes()
                .find(|(key, _)| behind_source(key.as_str()).eq_ignore_ascii_case(body));
            if let Some((_, value)) = same
                && let Ok(with) = request.clone().attribute(&field.key, value.clone())
            {
                request = with;
            }
        }
        one.request = request;
    });
}

fn behind_source(reference: &str) -> &str {
    reference.split_once('[').map_or(reference, |(_, body)| body)
}
