//! What JavaScript holds by a number.

use std::cell::RefCell;
use std::collections::HashMap;

/// Values, each under a number of its own that is not used again.
pub(super) struct Store<T> {
    values: RefCell<HashMap<u32, T>>,
    next: RefCell<u32>,
}

impl<T> Store<T> {
    pub(super) fn new() -> Self {
        Self { values: RefCell::default(), next: RefCell::new(0) }
    }

    /// Keeps a value.
    pub(super) fn keep(&self, value: T) -> u32 {
        let (mut values, mut next) = (self.values.borrow_mut(), self.next.borrow_mut());
        // After four thousand million values the numbers begin anew; one still in use is passed over.
        while values.contains_key(&next) {
            *next = next.wrapping_add(1);
        }
        let number = *next;
        *next = next.wrapping_add(1);
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
