//! Moving blocks with the pointer.

use crate::components::blocks::edit::focus;
use crate::components::icon::{Icon, icon};
use crate::session::Session;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};
use workbench::blocks::{BlockId, Edit, Join, Target};

/// Where a dragged block would come down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Landing {
    Before,
    Onto,
    Behind,
}

/// What is dragged, and over what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drag {
    dragged: RwSignal<Option<BlockId>>,
    over: RwSignal<Option<(BlockId, Landing)>>,
}

impl Drag {
    pub(super) fn new() -> Self {
        Self { dragged: RwSignal::new(None), over: RwSignal::new(None) }
    }

    /// What a block is dragged by.
    pub(super) fn grip(self, id: BlockId) -> impl IntoView {
        view! {
            <span
                class="grip"
                draggable="true"
                aria-hidden="true"
                on:dragstart=move |event| {
                    event.stop_propagation();
                    if let Some(data) = event.data_transfer() {
                        // Without data some browsers start no drag.
                        let _ = data.set_data("text/plain", "");
                        data.set_effect_allowed("move");
                    }
                    self.dragged.set(Some(id));
                }
                on:dragend=move |_| self.end()
            >
                {icon(Icon::Grip)}
            </span>
        }
    }

    /// Marks a block that something would come down at.
    pub(super) fn mark(self, id: BlockId) -> Option<&'static str> {
        match self.over.get() {
            Some((over, landing)) if over == id => Some(match landing {
                Landing::Before => "before",
                Landing::Onto => "onto",
                Landing::Behind => "behind",
            }),
            _ => None,
        }
    }

    /// Notices where a dragged block is.
    pub(super) fn over(self, session: Session, id: BlockId, event: &DragEvent) {
        let Some(dragged) = self.dragged.get_untracked() else { return };
        event.stop_propagation();
        if dragged == id {
            self.over.set(None);
            return;
        }
        event.prevent_default();
        let element = event.current_target().and_then(|one| one.dyn_into::<Element>().ok());
        let Some(place) = element.map(|element| element.get_bounding_client_rect()) else { return };
        let share = (f64::from(event.client_y()) - place.top()) / place.height().max(1.0);
        let is_card = session.board.get_untracked().card(id).is_some();
        let landing = match share {
            share if share < 0.3 => Landing::Before,
            share if share > 0.7 => Landing::Behind,
            _ if is_card => Landing::Behind,
            _ => Landing::Onto,
        };
        if self.over.get_untracked() != Some((id, landing)) {
            self.over.set(Some((id, landing)));
        }
    }

    /// Puts a dragged block down.
    pub(super) fn drop(self, session: Session, event: &DragEvent) {
        event.prevent_default();
        event.stop_propagation();
        if let (Some(block), Some((over, landing))) =
            (self.dragged.get_untracked(), self.over.get_untracked())
        {
            let board = session.board.get_untracked();
            let into_card = board.card(over).is_some() && board.card(block).is_none();
            let edit = match landing {
                _ if into_card => Edit::Move { block, to: Target::Into(over) },
                Landing::Before => Edit::Move { block, to: Target::Before(over) },
                Landing::Behind => Edit::Move { block, to: Target::Behind(over) },
                Landing::Onto => Edit::GroupWith { block, onto: over, join: Join::Any },
            };
            session.edit(&edit);
            focus(block);
        }
        self.end();
    }

    fn end(self) {
        self.dragged.set(None);
        self.over.set(None);
    }
}
