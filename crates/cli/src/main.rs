//! The grantif command line.
fn main() {}
