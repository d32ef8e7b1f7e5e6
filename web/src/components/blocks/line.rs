//! One comparison: attribute, operator in words, values.

use crate::components::blocks::{choose, values};
use crate::components::icon::{Icon, icon};
use crate::picker::element_of;
use crate::session::Session;
use abac_syntax::AttributeSource;
use leptos::prelude::*;
use workbench::blocks::{BlockId, BlockKind, Edit, Line, LineSide};

/// What is drawn of a line; where it stands in the text is not, and changes with every keystroke
/// before it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Shown {
    attribute: Side,
    words: &'static str,
    operator: String,
    values: Vec<(String, Option<String>)>,
    other: Option<Side>,
    /// What another value is called; `None` where there can be none.
    another: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Side {
    source: &'static str,
    name: String,
    reference: String,
}

impl Side {
    fn of(side: &LineSide) -> Self {
        let key = side.key.as_ref().map(|key| format!(" {key}")).unwrap_or_default();
        Self {
            source: source_word(side.source),
            name: format!("{}{key}", side.name),
            reference: format!("@{}[{}]", side.source.as_str(), side.body),
        }
    }
}

impl Shown {
    fn of(line: &Line) -> Self {
        Self {
            attribute: Side::of(&line.attribute),
            words: line.words,
            operator: line.operator.map_or_else(|| "Exists".to_owned(), |one| one.name()),
            values: line.values.iter().map(|one| (one.text.clone(), one.name.clone())).collect(),
            other: line.other.as_ref().map(Side::of),
            another: values::another(line),
        }
    }
}

const fn source_word(source: AttributeSource) -> &'static str {
    match source {
        AttributeSource::Request => "requested",
        AttributeSource::Resource => "resource",
        AttributeSource::Principal => "principal",
        AttributeSource::Environment => "environment",
    }
}

/// The form of a line.
#[component]
pub(crate) fn LineForm(id: BlockId) -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = Memo::new(move |_| match session.board.get().block(id).map(|one| &one.kind) {
        Some(BlockKind::Line(line)) => Shown::of(line),
        _ => Shown::default(),
    });
    view! {
        <div class="line">
            {move || {
                let Side { source, name, reference } = shown.with(|shown| shown.attribute.clone());
                view! {
                    <button
                        type="button"
                        class="quiet small attribute"
                        title=reference
                        on:click=move |event| choose::attribute(session, id, element_of(&event).as_ref())
                    >
                        <span class="source">{source}</span>
                        {name}
                    </button>
                }
            }}
            {move || {
                let (words, operator) = shown.with(|shown| (shown.words, shown.operator.clone()));
                view! {
                    <button
                        type="button"
                        class="quiet small operator"
                        title=operator
                        on:click=move |event| choose::operator(session, id, element_of(&event).as_ref())
                    >
                        {words}
                    </button>
                }
            }}
            <ul class="chips">
                {move || {
                    let all = shown.with(|shown| shown.values.clone());
                    let several = all.len() > 1;
                    all.into_iter()
                        .enumerate()
                        .map(|(index, (text, name))| value(id, index, text, name, several))
                        .collect_view()
                }}
                {move || {
                    shown
                        .with(|shown| shown.other.clone())
                        .map(|other| {
                            view! {
                                <li class="chip" title=other.reference>
                                    <span>
                                        <span class="source">{other.source}</span>
                                        {other.name}
                                    </span>
                                </li>
                            }
                        })
                }}
            </ul>
            {move || {
                shown
                    .with(|shown| shown.another)
                    .map(|another| {
                        view! {
                            <button
                                type="button"
                                class="quiet small"
                                aria-label=format!("Add a {another}")
                                on:click=move |event| {
                                    values::pick(session, id, None, element_of(&event).as_ref());
                                }
                            >
                                {icon(Icon::Add)}
                                {another}
                            </button>
                        }
                    })
            }}
        </div>
    }
}

fn value(
    id: BlockId,
    index: usize,
    text: String,
    name: Option<String>,
    several: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let shown =
        name.unwrap_or_else(|| if text.is_empty() { "(empty)".to_owned() } else { text.clone() });
    let label = format!("Remove {shown}");
    let remove = move |_| {
        if let Some(line) = session.line(id) {
            let kept = line.values.iter().enumerate().filter(|(at, _)| *at != index);
            let values = kept.map(|(_, one)| one.text.clone()).collect();
            session.edit(&Edit::SetValues { block: id, values });
        }
    };
    view! {
        <li class="chip" title=text>
            <button
                type="button"
                class="chip-value"
                on:click=move |event| {
                    values::pick(session, id, Some(index), element_of(&event).as_ref());
                }
            >
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
}
