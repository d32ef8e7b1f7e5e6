//! The commands that ask a service, against a sandbox that runs beside the test.

mod apply;
mod faults;
mod proxy;
mod refusals;
mod sandbox;
mod story;
