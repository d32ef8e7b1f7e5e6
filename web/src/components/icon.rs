//! Icons, drawn on a grid of 16, in the colour of the words beside them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Allowed,
    Denied,
    Unknown,
    Error,
    Warning,
    Advice,
    Theme,
    Command,
    Close,
    Add,
    Share,
    Open,
    New,
    Down,
    Fix,
    Copy,
    Save,
    Pin,
    More,
    Grip,
    Account,
    Send,
    Clock,
    Stop,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Allowed => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M5 8.2l2.1 2.1L11 6.2",
            Self::Denied => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M5.6 5.6l4.8 4.8m0-4.8-4.8 4.8"
            }
            Self::Unknown => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M6.2 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.6-.8 1.3M8 11.4v.1"
            }
            Self::Error => "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3zM8 4.8v3.7M8 11v.1",
            Self::Warning => "M8 2 1.5 13.5h13zM8 6.5v3M8 11.6v.1",
            Self::Advice => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M8 7.3v4M8 4.8v.1",
            Self::Theme => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M8 1.5v13M8 4.5h4M8 8h6M8 11.5h4"
            }
            Self::Command => {
                "M6 6V4a2 2 0 1 0-2 2h8a2 2 0 1 0-2-2v8a2 2 0 1 0 2-2H4a2 2 0 1 0 2 2z"
            }
            Self::Close => "m4 4 8 8m0-8-8 8",
            Self::Add => "M8 3v10M3 8h10",
            Self::Share => "M8 10V2m0 0L5 5m3-3 3 3M3 8.5v5h10v-5",
            Self::Open => "M1.8 12.5v-9h4l1.5 2h6v1.7M1.8 12.5l2-5.3h11l-2 5.3z",
            Self::New => "M3.5 1.8h6l3 3v9.4h-9zM9.2 2v3h3",
            Self::Down => "m4 6 4 4 4-4",
            Self::Fix => "M9.5 2.5 6 7h4l-3.5 6.5M3 4h2M3 12h1.500",
            Self::Copy => "M5.5 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
            Self::More => "M3.500 8h.01M8 8h.01M12.500 8h.01",
            Self::Grip => "M6 4h.01M6 8h.01M6 12h.01M10 4h.01M10 8h.01M10 12h.01",
            Self::Pin => "M5.5 1.800h5l-.8 4.700 2.300 2.300H4l2.300-2.300zM8 8.800v5.500",
            Self::Account => {
                "M8 2.5a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 1 0 0-5.4M2.8 13.5c.5-2.6 2.5-3.8 5.2-3.8s4.7 1.2 5.2 3.8"
            }
            Self::Send => "M2.5 8h10M9 4.5 12.5 8 9 11.5",
            Self::Clock => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M8 4.5V8l2.3 1.5",
            Self::Stop => "M4.5 4.5h7v7h-7z",
            Self::Save => "M8 2v8m0 0L5 7m3 3 3-3M3 10.500v3h10v-3",
        }
    }
}

/// Draws an icon; words beside it say what it means, so a screen reader passes over it.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=icon.path() />
        </svg>
    }
}
