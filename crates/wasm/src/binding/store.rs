//! What JavaScript holds by a number.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

thread_local! {
    /// The next number; all stores share it, so that none takes a number of another for its own.
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Values, each under a number of its own that is not used again.
pub(super) struct Store<T> {
    values: RefCell<BTreeMap<u32, T>>,
}

impl<T> Store<T> {
    pub(super) fn new() -> Self {
        Self { values: RefCell::default() }
    }

    /// Keeps a value.
    pub(super) fn keep(&self, value: T) -> u32 {
        let mut values = self.values.borrow_mut();
        let mut number = NEXT.get();
        // After four thousand million values the numbers begin anew; one still in use is passed over.
        while values.contains_key(&number) {
            number = number.wrapping_add(1);
        }
        NEXT.set(number.wrapping_add(1));
        values.insert(number, value);
        number
    }

    /// Looks at a value; `None` where it is no longer there.
    pub(super) fn with<R>(&self, number: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.values.borrow().get(&number).map(look)
    }

    /// Gives the memory of a value back.
    pub(super) fn release(&self, number: u32) {
        self.values.borrow_mut().remove(&number);
    }
}
