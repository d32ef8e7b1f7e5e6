//! Where a fault stands in JSON, and how to read what stands in front of it.

/// How deep objects and lists may nest.
pub(super) const MAX_DEPTH: usize = 100;

/// Returns where the text nests too deep to be read with a small stack.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// An open object or list.
struct Open {
    close: char,
    /// The name of the field that is being read.
    name: Option<String>,
    /// How many items came before, in a list.
    index: usize,
    /// Whether the name was read and a value must follow.
    wants_value: bool,
}

/// Where a fault stands.
pub(super) struct Place {
    /// The names that lead to it, as in `resources[0].name`.
    pub(super) path: String,
    /// Where the last whole value ends.
    pub(super) end: usize,
    /// What is open there, from the inside out.
    closers: String,
}

impl Place {
    /// Returns the text up to the last whole value, closed.
    pub(super) fn repaired(&self, text: &str) -> Option<String> {
        if self.closers.is_empty() {
            return None;
        }
        Some(format!("{}{}", text.get(..self.end)?, self.closers))
    }
}

/// Reads the text up to a fault.
pub(super) fn place(text: &str, fault: usize) -> Place {
    let text = text.get(..fault).unwrap_or(text);
    let mut open: Vec<Open> = Vec::new();
    let mut end = 0;
    let mut closers = String::new();
    let mut characters = text.char_indices().peekable();
    let keep = |open: &[Open]| open.iter().rev().map(|one| one.close).collect::<String>();
    while let Some((at, one)) = characters.next() {
        match one {
            '{' | '[' if open.len() < MAX_DEPTH => {
                let close = if one == '{' { '}' } else { ']' };
                open.push(Open { close, name: None, index: 0, wants_value: false });
                (end, closers) = (at + 1, keep(&open));
            }
            '}' | ']' => {
                open.pop();
                if let Some(outer) = open.last_mut() {
                    outer.wants_value = false;
                }
                (end, closers) = (at + 1, keep(&open));
            }
            ',' => {
                (end, closers) = (at, keep(&open));
                if let Some(inner) = open.last_mut() {
                    inner.name = None;
                    inner.index += 1;
                    inner.wants_value = false;
                }
            }
            ':' => {
                if let Some(inner) = open.last_mut() {
                    inner.wants_value = true;
                }
            }
            '"' => {
                let mut closed = false;
                let mut last = at + 1;
                while let Some((here, inside)) = characters.next() {
                    last = here;
                    match inside {
                        '\\' => {
                            characters.next();
                        }
                        '"' => {
                            closed = true;
                            break;
                        }
                        _ => {}
                    }
                }
                let Some(inner) = open.last_mut() else { continue };
                if !closed {
                    break;
                }
                if inner.close == '}' && !inner.wants_value {
                    let name = text.get(at + 1..last).unwrap_or("");
                    // A name counts once its colon has been seen.
                    let colon = text.get(last + 1..).unwrap_or("").trim_start().starts_with(':');
                    inner.name = colon.then(|| name.to_owned());
                } else {
                    inner.wants_value = false;
                    (end, closers) = (last + 1, keep(&open));
                }
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for one in &open {
        if one.close == ']' {
            path.push_str(&format!("[{}]", one.index));
        } else if let Some(name) = &one.name {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
    }
    Place { path, end, closers }
}
