//! Every task of the repository.
fn main() {}
