//! The bearer tokens of the sandbox.
