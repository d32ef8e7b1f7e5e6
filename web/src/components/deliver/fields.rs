//! The request as a form, with what is wrong at each field.

use crate::components::condition::ForRole;
use crate::components::icon::{Icon, icon};
use crate::components::phrase::ticked;
use crate::components::segmented::Segmented;
use crate::components::service::known;
use crate::session::Session;
use diagnostics::Severity;
use leptos::prelude::*;
use workbench::delivery::{Assignment, CloudName, End, FieldFinding, Form, FormField};
use workbench::pickers::PRINCIPAL_TYPES;

const ASSIGNMENTS: [(Assignment, &str); 3] = [
    (Assignment::Eligible, "Eligible"),
    (Assignment::Active, "Active"),
    (Assignment::Plain, "Without PIM"),
];

/// The kinds of ends, by which the form tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EndKind {
    After,
    At,
    Never,
}

const ENDS: [(EndKind, &str); 3] =
    [(EndKind::After, "After"), (EndKind::At, "At"), (EndKind::Never, "Never")];

/// The form.
#[component]
pub(crate) fn RequestFields() -> impl IntoView {
    let session = expect_context::<Session>();
    let form = session.delivery;
    let with_pim = move || form.with(|form| form.assignment != Assignment::Plain);
    let cloud = move |event| {
        let title = event_target_value(&event);
        let named = CloudName::ALL.into_iter().find(|cloud| cloud.title() == title);
        form.update(|form| form.cloud = named.unwrap_or(form.cloud));
    };
    view! {
        <section class="deliver-form" aria-label="Request">
            <Text
                label="Where"
                field=FormField::Scope
                placeholder="/subscriptions/…/resourceGroups/…"
                get=|form| form.scope.clone()
                set=|form, text| form.scope = text
            />
            <Text
                label="Who"
                field=FormField::Principal
                placeholder="Object id of a user, group or service principal"
                get=|form| form.principal.clone()
                set=|form, text| form.principal = text
            />
            <div class="form-row">
                <label for="principal-type">"Kind"</label>
                <select
                    id="principal-type"
                    prop:value=move || form.with(|form| form.principal_type.clone())
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        form.update(|form| form.principal_type = chosen);
                    }
                >
                    {PRINCIPAL_TYPES
                        .into_iter()
                        .take(3)
                        .map(|name| view! { <option value=name>{name}</option> })
                        .collect_view()}
                </select>
                <Findings field=FormField::PrincipalType />
            </div>
            <div class="form-row">
                <span>"Role"</span>
                <ForRole />
                <Findings field=FormField::Role />
            </div>
            <div class="form-row">
                <span>"How"</span>
                <Segmented
                    label="How the role is assigned"
                    options=&ASSIGNMENTS
                    chosen=Signal::derive(move || form.with(|form| form.assignment))
                    choose=move |assignment| form.update(|form| form.assignment = assignment)
                />
                <Findings field=FormField::Assignment />
            </div>
            <Show when=with_pim>
                <Text
                    label="From"
                    field=FormField::Start
                    placeholder="Now, or an instant such as 2026-12-01T08:00:00Z"
                    get=|form| form.start.clone()
                    set=|form, text| form.start = text
                />
                <Ends />
            </Show>
            <Text
                label="Why"
                field=FormField::Justification
                placeholder="Justification"
                get=|form| form.justification.clone()
                set=|form, text| form.justification = text
            />
            <Show when=with_pim>
                <Text
                    label="Ticket"
                    field=FormField::TicketNumber
                    placeholder="Number"
                    get=|form| form.ticket_number.clone()
                    set=|form, text| form.ticket_number = text
                />
                <Text
                    label="Ticket system"
                    field=FormField::TicketSystem
                    placeholder="Name of the system"
                    get=|form| form.ticket_system.clone()
                    set=|form, text| form.ticket_system = text
                />
            </Show>
            <div class="form-row">
                <label for="with-condition">"Condition"</label>
                <span class="check">
                    <input
                        id="with-condition"
                        type="checkbox"
                        prop:checked=move || form.with(|form| form.with_condition)
                        on:change=move |event| {
                            let checked = event_target_checked(&event);
                            form.update(|form| form.with_condition = checked);
                        }
                    />
                    "goes with the assignment"
                </span>
                <Findings field=FormField::Condition />
            </div>
            <div class="form-row">
                <label for="cloud">"Cloud"</label>
                <select
                    id="cloud"
                    prop:value=move || form.with(|form| form.cloud.title())
                    on:change=cloud
                >
                    {CloudName::ALL
                        .map(|cloud| view! { <option value=cloud.title()>{cloud.title()}</option> })
                        .collect_view()}
                </select>
            </div>
        </section>
    }
}

/// When the assignment ends.
#[component]
fn Ends() -> impl IntoView {
    let session = expect_context::<Session>();
    let form = session.delivery;
    let kind = move || {
        form.with(|form| match form.end {
            End::After(_) => EndKind::After,
            End::At(_) => EndKind::At,
            End::Never => EndKind::Never,
        })
    };
    let text = move || {
        form.with(|form| match &form.end {
            End::After(text) | End::At(text) => Some(text.clone()),
            End::Never => None,
        })
    };
    let choose = move |kind| {
        form.update(|form| {
            form.end = match kind {
                EndKind::After => End::default(),
                EndKind::At => End::At(String::new()),
                EndKind::Never => End::Never,
            };
        });
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        form.update(|form| {
            form.end = match form.end {
                End::At(_) => End::At(text),
                End::After(_) | End::Never => End::After(text),
            };
        });
    };
    view! {
        <div class="form-row">
            <span>"Ends"</span>
            <div class="row">
                <Segmented
                    label="When it ends"
                    options=&ENDS
                    chosen=Signal::derive(kind)
                    choose=choose
                />
                <Show when=move || kind() != EndKind::Never>
                    <input
                        class="grows"
                        aria-label="End"
                        placeholder=move || {
                            if kind() == EndKind::At { "2026-12-31T18:00:00Z" } else { "180 days" }
                        }
                        prop:value=move || text().unwrap_or_default()
                        on:input=typed
                    />
                </Show>
            </div>
            <Findings field=FormField::End />
        </div>
    }
}

/// A field for a text.
#[component]
fn Text(
    label: &'static str,
    field: FormField,
    placeholder: &'static str,
    get: fn(&Form) -> String,
    set: fn(&mut Form, String),
) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = format!("field-{field:?}");
    let is_wrong = Memo::new(move |_| {
        let prepared = session.prepared.get();
        prepared.findings.iter().any(|one| one.field == field && one.severity == Severity::Error)
    });
    view! {
        <div class="form-row">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                placeholder=placeholder
                spellcheck="false"
                list=match field {
                    FormField::Scope => Some(known::SCOPES),
                    FormField::Principal => Some(known::PRINCIPALS),
                    _ => None,
                }
                aria-invalid=move || is_wrong.get().to_string()
                aria-describedby=format!("{id}-findings")
                prop:value=move || session.delivery.with(get)
                on:input=move |event| {
                    let text = event_target_value(&event);
                    session.delivery.update(|form| set(form, text));
                }
            />
            <Findings field=field />
        </div>
    }
}

/// What is wrong with a field.
#[component]
pub(crate) fn Findings(field: FormField) -> impl IntoView {
    let session = expect_context::<Session>();
    let found = Memo::new(move |_| {
        let prepared = session.prepared.get();
        prepared.findings.iter().filter(|one| one.field == field).cloned().collect::<Vec<_>>()
    });
    view! {
        <ul class="field-findings" id=format!("field-{field:?}-findings")>
            {move || found.with(|found| found.iter().map(finding).collect_view())}
        </ul>
    }
}

fn finding(finding: &FieldFinding) -> impl IntoView + use<> {
    let (class, sign) = match finding.severity {
        Severity::Error => ("error", Icon::Error),
        Severity::Warning => ("warning", Icon::Warning),
        Severity::Advice => ("advice", Icon::Advice),
    };
    let help =
        finding.help.as_deref().map(|help| view! { <span class="help">{ticked(help)}</span> });
    view! {
        <li data-severity=class>
            {icon(sign)}
            <span>
                <span class="spoken">{format!("{class}: ")}</span>
                {ticked(&finding.message)} " " {help}
            </span>
        </li>
    }
}
