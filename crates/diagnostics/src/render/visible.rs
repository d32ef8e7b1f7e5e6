//! Characters that cannot be seen, made visible.
