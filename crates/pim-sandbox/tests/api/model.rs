//! A simple model of PIM, and random sequences of calls held against it.
