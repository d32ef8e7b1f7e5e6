//! The state of the page: one struct of signals that every component reads.

mod view;

pub(crate) use view::{Delivery, Dialog, Shown, Side};

use crate::browser;
use crate::editor::Editor;
use crate::picker::Opened;
use crate::service::Service;
use abac_eval::AccessRequest;
use leptos::prelude::*;
use std::sync::Arc;
use workbench::blocks::{BlockId, Board};
use workbench::delivery::{self, Form, Prepared};
use workbench::simulate::{self, Answer, Row, Table};
use workbench::{Analysis, Changes, Condition, Document, NamedRequest, Range, Settings};

/// The state of the page. A copy is a set of handles to the same state.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// The document, field by field.
    pub(crate) name: RwSignal<String>,
    pub(crate) text: RwSignal<Arc<str>>,
    pub(crate) role: RwSignal<Option<String>>,
    pub(crate) requests: RwSignal<Vec<NamedRequest>>,
    pub(crate) delivery: RwSignal<Form>,
    pub(crate) policy: RwSignal<Option<String>>,
    /// Under which id this browser keeps the document.
    pub(crate) id: RwSignal<String>,

    /// What is known about it.
    pub(crate) settings: Memo<Arc<Settings>>,
    pub(crate) condition: Memo<Arc<Condition>>,
    pub(crate) analysis: Memo<Arc<Analysis>>,
    pub(crate) answer: Memo<Arc<Answer>>,
    pub(crate) rows: Memo<Arc<Vec<Row>>>,
    pub(crate) board: Memo<Arc<Board>>,
    pub(crate) prepared: Memo<Arc<Prepared>>,
    /// The block that is selected, by its text or by itself.
    pub(crate) active: Memo<Option<BlockId>>,

    /// What the person looks at.
    pub(crate) current: RwSignal<usize>,
    pub(crate) ignored: RwSignal<Vec<String>>,
    /// The part of the condition that is selected in the text or in the blocks.
    pub(crate) selected: RwSignal<Range>,
    pub(crate) shown: RwSignal<Shown>,
    pub(crate) side: RwSignal<Side>,
    pub(crate) shown_delivery: RwSignal<Delivery>,
    /// Whether the condition is in front where the halves do not fit beside each other.
    pub(crate) condition_in_front: RwSignal<bool>,
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    /// The list that is open to choose from.
    pub(crate) picker: RwSignal<Option<Opened>, LocalStorage>,
    /// What a screen reader is told next.
    pub(crate) announcement: RwSignal<String>,
    /// A message that goes away by itself.
    pub(crate) notice: RwSignal<Option<String>>,
    /// Where requests are sent, and as whom.
    pub(crate) service: Service,
    /// What the name of the next request is made of.
    seed: RwSignal<[u8; 16]>,
    editor: StoredValue<Option<Editor>, LocalStorage>,
}

impl Session {
    pub(crate) fn new(document: Document) -> Self {
        let text = RwSignal::new(Arc::<str>::from(document.condition));
        let role = RwSignal::new(document.role);
        let requests = RwSignal::new(document.requests);
        let ignored = RwSignal::new(Vec::new());
        let current = RwSignal::new(0);
        let settings = newest(move || Settings {
            role: role.get(),
            ignored: ignored.get(),
            ..Settings::default()
        });
        let condition = newest(move || Condition::read(&*text.get()));
        let analysis = newest(move || workbench::analysis::look(&condition.get(), &settings.get()));
        let answer = newest(move || {
            let request =
                requests.with(|all| all.get(current.get()).map(|one| one.request.clone()));
            let request = request.unwrap_or_else(|| AccessRequest::new(""));
            simulate::decide(&condition.get(), &request)
        });
        // The requests are prepared once, not for every keystroke.
        let table = Memo::new_with_compare(
            move |_| Arc::new(std::sync::Mutex::new(requests.with(|all| Table::new(all)))),
            |_, _| true,
        );
        let rows = newest(move || {
            let (table, condition) = (table.get(), condition.get());
            let rows = table.lock().map(|mut table| table.decide(&condition).to_vec());
            rows.unwrap_or_default()
        });
        let board = Memo::new_with_compare(
            move |earlier: Option<&Arc<Board>>| {
                let (condition, answer) = (condition.get(), answer.get());
                let (settings, earlier) = (settings.get(), earlier.map(|board| &**board));
                Arc::new(Board::read(&condition, settings.catalog(), Some(&answer), earlier))
            },
            |_, _| true,
        );
        let (delivery, policy) = (RwSignal::new(document.delivery), RwSignal::new(document.policy));
        // What the next submission is named after.
        let seed = RwSignal::new(browser::random_bytes());
        let prepared = newest(move || {
            let document = Document {
                condition: text.get().to_string(),
                role: role.get(),
                delivery: delivery.get(),
                policy: policy.get(),
                ..Document::default()
            };
            delivery::prepare(&document, settings.get().catalog(), browser::now(), seed.get())
        });
        let selected = RwSignal::new(Range::default());
        let active = Memo::new(move |_| {
            let selected = selected.get();
            let board = board.get();
            let whole = selected.from == 0 && selected.to == 0;
            if whole { None } else { board.at(selected.from) }
        });
        Self {
            name: RwSignal::new(document.name),
            text,
            role,
            requests,
            delivery,
            policy,
            id: RwSignal::new(browser::new_id()),
            settings,
            condition,
            analysis,
            answer,
            rows,
            board,
            prepared,
            active,
            current,
            ignored,
            selected,
            shown: RwSignal::new(Shown::remembered()),
            side: RwSignal::new(Side::Meaning),
            shown_delivery: RwSignal::new(Delivery::Request),
            condition_in_front: RwSignal::new(true),
            dialog: RwSignal::new(None),
            picker: RwSignal::new_local(None),
            announcement: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            service: Service::new(),
            seed,
            editor: StoredValue::new_local(None),
        }
    }

    /// Returns the document as it is now.
    pub(crate) fn document(self) -> Document {
        Document {
            name: self.name.get(),
            condition: self.text.get().to_string(),
            role: self.role.get(),
            requests: self.requests.get(),
            delivery: self.delivery.get(),
            policy: self.policy.get(),
        }
    }

    /// Shows another document, which this browser keeps under an id.
    pub(crate) fn open(self, document: Document, id: String) {
        self.with_editor(|editor| editor.open(&document.condition));
        self.id.set(id);
        self.current.set(0);
        self.ignored.set(Vec::new());
        self.selected.set(Range::default());
        self.name.set(document.name);
        self.role.set(document.role);
        self.requests.set(document.requests);
        self.delivery.set(document.delivery);
        self.policy.set(document.policy);
        self.text.set(Arc::from(document.condition));
        self.condition_in_front.set(true);
    }

    /// Lets the session reach the text view.
    pub(crate) fn attach(self, editor: Editor) {
        self.editor.set_value(Some(editor));
    }

    /// Does something with the text view, once it is there.
    pub(crate) fn with_editor<T>(self, act: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.editor.with_value(|editor| editor.as_ref().map(act))
    }

    /// Changes the text as one step that can be undone.
    pub(crate) fn change(self, changes: &Changes) {
        self.with_editor(|editor| editor.change(changes));
    }

    /// Puts the text in another layout.
    pub(crate) fn format(self, layout: abac_syntax::Layout) {
        match workbench::analysis::format(&self.condition.get_untracked(), layout) {
            Ok(changes) => self.change(&changes),
            Err(error) => self.tell(error.to_string()),
        }
    }

    /// Gives the next request another name: a name is used up by the first one that is sent.
    pub(crate) fn renew_name(self) {
        self.seed.set(browser::random_bytes());
    }

    /// Shows a message for a while.
    pub(crate) fn tell(self, message: impl Into<String>) {
        self.notice.set(Some(message.into()));
    }

    /// Changes how the condition is shown, and remembers it.
    pub(crate) fn show(self, shown: Shown) {
        shown.remember();
        self.shown.set(shown);
        self.condition_in_front.set(true);
    }

    /// Turns to a part of delivery.
    pub(crate) fn deliver(self, part: Delivery) {
        self.shown_delivery.set(part);
        self.turn_to(Side::Deliver);
    }

    /// Turns to a panel beside the condition.
    pub(crate) fn turn_to(self, side: Side) {
        self.side.set(side);
        self.condition_in_front.set(false);
    }
}

/// Computes a value anew whenever what it reads changes. The value is shared, and compared by no
/// one: panels compare the parts that they draw.
fn newest<T: Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<Arc<T>> {
    Memo::new_with_compare(move |_| Arc::new(compute()), |_, _| true)
}
