//! Delivery: the request to Privileged Identity Management, its policy, its snippets, and Submit;
//! one's own roles and the approvals beside it.

mod fields;
mod policy;
mod snippets;

use crate::components::deliver::fields::RequestFields;
use crate::components::deliver::policy::PolicyField;
use crate::components::deliver::snippets::Snippets;
use crate::components::icon::{Icon, icon};
use crate::components::segmented::Segmented;
use crate::components::service::{
    approvals::Approvals, known::Known, roles::MyRoles, submit::Submit,
};
use crate::session::{Delivery, Session};
use leptos::prelude::*;

/// The parts of delivery, by name.
const PARTS: [(Delivery, &str); 3] = [
    (Delivery::Request, "Request"),
    (Delivery::MyRoles, "My roles"),
    (Delivery::Approvals, "Approvals"),
];

/// The panel.
#[component]
pub(crate) fn Deliver() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Segmented
            label="What is delivered"
            options=&PARTS
            chosen=session.shown_delivery
            choose=move |part| session.shown_delivery.set(part)
        />
        {move || match session.shown_delivery.get() {
            Delivery::Request => {
                view! {
                    <Known />
                    <RequestFields />
                    <Nearest />
                    <PolicyField />
                    <Snippets />
                    <Submit />
                }
                    .into_any()
            }
            Delivery::MyRoles => view! { <MyRoles /> }.into_any(),
            Delivery::Approvals => view! { <Approvals /> }.into_any(),
        }}
    }
}

/// The nearest request that the policy allows, where this one breaks it.
#[component]
fn Nearest() -> impl IntoView {
    let session = expect_context::<Session>();
    let nearest = Memo::new(move |_| session.prepared.get().nearest.clone());
    let take = move |_| {
        if let Some(nearest) = nearest.get_untracked() {
            session.delivery.set(nearest.form);
        }
    };
    view! {
        <Show when=move || nearest.with(Option::is_some)>
            <div class="nearest" role="status">
                {icon(Icon::Fix)}
                <span>
                    "The policy does not allow this request. "
                    {move || {
                        let left = nearest
                            .with(|one| one.as_ref().map_or(0, |one| one.to_fill.len()));
                        if left == 0 { "One near to it is allowed." } else { "One near to it is allowed, once you fill what only you know." }
                    }}
                </span>
                <button type="button" class="primary" on:click=take>
                    "Take the nearest allowed request"
                </button>
            </div>
        </Show>
    }
}
