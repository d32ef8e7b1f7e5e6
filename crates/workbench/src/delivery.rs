//! The request to Privileged Identity Management, from the form to the call.

mod form;

pub use form::{Assignment, CloudName, End, Form};
