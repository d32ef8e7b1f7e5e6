//! Requests, and what the condition decides for each.

mod form;
mod import;
mod matrix;
pub(crate) mod table;

pub(crate) use import::ImportRequests;

use crate::components::simulate::form::RequestForm;
use crate::components::simulate::matrix::DelegationMatrix;
use crate::components::simulate::table::RequestTable;
use leptos::prelude::*;

/// The panel.
#[component]
pub(crate) fn Simulate() -> impl IntoView {
    view! {
        <RequestForm />
        <RequestTable />
        <DelegationMatrix />
    }
}
