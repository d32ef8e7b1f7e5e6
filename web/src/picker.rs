//! One list to choose from, opened beside whatever is to be changed. There is one for the whole
//! page: the session says what it offers.

use crate::session::Session;
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Element;

/// How many choices are drawn; typing finds the others.
pub(crate) const MOST: usize = 60;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Choice {
    /// What the chooser is told.
    pub(crate) id: String,
    pub(crate) label: String,
    /// What stands beside the label: keys, a GUID, a real name.
    pub(crate) detail: String,
    /// What it means, in a sentence.
    pub(crate) note: String,
    /// Under which heading it stands; those of one heading stand together.
    pub(crate) group: String,
}

impl Choice {
    pub(crate) fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    pub(crate) fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    fn has(&self, words: &[String]) -> bool {
        let text = format!("{} {} {}", self.label, self.detail, self.group).to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

/// What a list offers, and what happens with the choice.
#[derive(Clone)]
pub(crate) struct Picker {
    pub(crate) title: String,
    pub(crate) placeholder: &'static str,
    /// What the field holds at first.
    pub(crate) typed: String,
    /// Returns the choices for what is typed.
    pub(crate) search: Search,
    /// Says whether what is typed may be chosen as it is, or why not; `None` where only what is
    /// listed can be chosen.
    pub(crate) check: Option<Check>,
    /// Returns more about what is typed, a line each: which samples a pattern takes.
    pub(crate) about: Option<About>,
    pub(crate) choose: Rc<dyn Fn(String)>,
}

type Search = Rc<dyn Fn(&str) -> Vec<Choice>>;
type Check = Rc<dyn Fn(&str) -> Result<(), String>>;
type About = Rc<dyn Fn(&str) -> Vec<(Option<bool>, String)>>;

impl Picker {
    /// A list that is there as a whole.
    pub(crate) fn of(
        title: impl Into<String>,
        choices: Vec<Choice>,
        choose: impl Fn(String) + 'static,
    ) -> Self {
        Self::searched(title, move |typed| found(&choices, typed), choose)
    }

    /// A list that is looked up for what is typed.
    pub(crate) fn searched(
        title: impl Into<String>,
        search: impl Fn(&str) -> Vec<Choice> + 'static,
        choose: impl Fn(String) + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            placeholder: "Type to find",
            typed: String::new(),
            search: Rc::new(search),
            check: None,
            about: None,
            choose: Rc::new(choose),
        }
    }

    /// Lets what is typed be chosen as it is.
    pub(crate) fn free(
        mut self,
        placeholder: &'static str,
        check: impl Fn(&str) -> Result<(), String> + 'static,
    ) -> Self {
        self.placeholder = placeholder;
        self.check = Some(Rc::new(check));
        self
    }
}

/// Returns the choices that hold every word of a text.
pub(crate) fn found(choices: &[Choice], typed: &str) -> Vec<Choice> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    choices.iter().filter(|choice| choice.has(&words)).take(MOST).cloned().collect()
}

/// The list that is open, and where.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) picker: Picker,
    /// The left, top and bottom of what it was opened from.
    pub(crate) place: (f64, f64, f64),
}

impl Session {
    /// Opens a list beside an element.
    pub(crate) fn pick(self, beside: Option<&Element>, picker: Picker) {
        let place = beside.map_or((16.0, 64.0, 64.0), |element| {
            let place = element.get_bounding_client_rect();
            (place.left(), place.top(), place.bottom())
        });
        self.picker.set(Some(Opened { picker, place }));
    }
}

/// Returns the element that an event happened to, to open a list beside it.
pub(crate) fn element_of(event: &web_sys::Event) -> Option<Element> {
    use wasm_bindgen::JsCast as _;
    event.current_target().or_else(|| event.target())?.dyn_into().ok()
}
