//! The browser editor: one condition, as text and as blocks, with its meaning, its decisions, and
//! the snippets that deliver it.
//!
//! Wording and layout only: what a condition is, means and decides comes from the crates below.

#![expect(unreachable_pub, reason = "the component macro makes its functions public")]

mod app;
mod browser;
mod command;
mod components;
mod documents;
mod editor;
mod library;
mod picker;
mod service;
mod session;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
