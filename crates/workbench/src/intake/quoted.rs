//! Strings of the languages that carry conditions: how they begin, end and escape.

/// The longest string that is read, in bytes: the limit of a condition, escaped several times.
pub(super) const MAX_STRING: usize = 32 << 10;

/// How many pieces a joined string may have.
const MAX_PIECES: usize = 500;

/// What begins a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// `'…'` with backslashes: Bicep.
    SingleBackslash,
    /// `'…'` with doubled quotes: PowerShell, ARM expressions, YAML, and bash, which has none.
    SingleDoubled,
    /// `"…"` with backslashes: JSON, Terraform, bash, YAML.
    DoubleBackslash,
    /// `"…"` with backticks and doubled quotes: PowerShell.
    DoubleBacktick,
    /// `'''…'''`: Bicep.
    TripleSingle,
    /// `"""…"""`.
    TripleDouble,
    /// `@'…'@` or `@"…"@`: PowerShell.
    HereString(char),
    /// `<<EOT … EOT`: Terraform and bash.
    Heredoc,
}

impl Opening {
    /// Returns what may begin at a place.
    pub(super) fn at(text: &str, at: usize) -> Vec<Self> {
        let Some(rest) = text.get(at..) else { return Vec::new() };
        let before = text.get(..at).unwrap_or_default();
        if rest.starts_with("<<") && !before.ends_with('<') {
            return vec![Self::Heredoc];
        }
        if let Some(quote) = rest.strip_prefix('@').and_then(|rest| rest.chars().next())
            && matches!(quote, '\'' | '"')
            && rest
                .get(2..)
                .is_some_and(|rest| rest.trim_start_matches([' ', '\r']).starts_with('\n'))
        {
            return vec![Self::HereString(quote)];
        }
        if rest.starts_with("'''") {
            return vec![Self::TripleSingle, Self::SingleDoubled];
        }
        if rest.starts_with("\"\"\"") {
            return vec![Self::TripleDouble];
        }
        match rest.chars().next() {
            Some('\'') => vec![Self::SingleBackslash, Self::SingleDoubled],
            Some('"') => vec![Self::DoubleBackslash, Self::DoubleBacktick],
            _ => Vec::new(),
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::SingleBackslash | Self::SingleDoubled => "a string in single quotes",
            Self::DoubleBackslash | Self::DoubleBacktick => "a string in double quotes",
            Self::TripleSingle | Self::TripleDouble => "a multi-line string",
            Self::HereString(_) => "a here-string",
            Self::Heredoc => "a heredoc",
        }
    }
}

/// Reads the string that begins at a place, with its end. Where it is a piece of a `join` or
/// `concat`, all pieces are read; in a `format`, its braces are.
pub(super) fn read(text: &str, at: usize, opening: Opening) -> Option<(String, usize)> {
    // What calls a function stands close by.
    let near = (at.saturating_sub(200)..=at).find_map(|start| text.get(start..at));
    let before = near?.trim_end();
    let call = |name: &str| {
        let before = before.strip_suffix('[').unwrap_or(before).trim_end();
        let before = before.strip_suffix('(')?;
        let start = before.len().checked_sub(name.len())?;
        before.get(start..)?.eq_ignore_ascii_case(name).then_some(())
    };
    if call("concat").is_some() {
        return pieces(text, at, opening, "");
    }
    // HCL names the separator first, and Bicep a list first.
    let in_list = before.ends_with('[') && before.contains("join(");
    if call("join").is_some() || in_list {
        return pieces(text, at, opening, "\n");
    }
    let (content, end) = one(text, at, opening)?;
    if call("format").is_some() {
        return Some((unformatted(&content), end));
    }
    Some((content, end))
}

fn one(text: &str, at: usize, opening: Opening) -> Option<(String, usize)> {
    match opening {
        Opening::SingleBackslash => escaped(text, at + 1, '\'', '\\'),
        Opening::DoubleBackslash => escaped(text, at + 1, '"', '\\'),
        Opening::DoubleBacktick => escaped(text, at + 1, '"', '`'),
        Opening::SingleDoubled => escaped(text, at + 1, '\'', '\0'),
        Opening::TripleSingle => until(text, at + 3, "'''"),
        Opening::TripleDouble => until(text, at + 3, "\"\"\""),
        Opening::HereString(quote) => until(text, at + 2, &format!("\n{quote}@")),
        Opening::Heredoc => heredoc(text, at + 2),
    }
}

fn until(text: &str, from: usize, end: &str) -> Option<(String, usize)> {
    let content = text.get(from..)?;
    let length = content.find(end).filter(|length| *length <= MAX_STRING)?;
    Some((content.get(..length)?.trim().to_owned(), from + length + end.len()))
}

/// Reads up to a line that holds nothing but the word behind `<<`.
fn heredoc(text: &str, from: usize) -> Option<(String, usize)> {
    let line_end = text.get(from..)?.find('\n').map(|at| from + at)?;
    let word = text.get(from..line_end)?.trim().trim_start_matches(['-', '~']).trim();
    let word = word.trim_matches(['\'', '"', '\\']);
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if word.is_empty() || !word.chars().all(is_word) {
        return None;
    }
    let mut at = line_end + 1;
    let mut content = String::new();
    for line in text.get(at..)?.split_inclusive('\n') {
        at += line.len();
        if line.trim() == word {
            return Some((content.trim().to_owned(), at));
        }
        if content.len() > MAX_STRING {
            return None;
        }
        content.push_str(line);
    }
    None
}

/// Reads up to a quote that is neither escaped nor doubled. What stands in `${…}` and `$(…)` is
/// left as it is: the file fills it in.
fn escaped(text: &str, from: usize, quote: char, escape: char) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut at = from;
    while content.len() <= MAX_STRING {
        let rest = text.get(at..)?;
        let mut characters = rest.chars();
        let character = characters.next()?;
        let next = characters.next();
        if character == escape {
            let (decoded, length) = unescaped(rest, escape)?;
            content.push_str(&decoded);
            at += length;
            continue;
        }
        if character == quote {
            // PowerShell, ARM and YAML write a quote twice; with backslashes nobody does.
            if next == Some(quote) && escape != '\\' {
                content.push(quote);
                at += 2 * quote.len_utf8();
                continue;
            }
            return Some((content, at + quote.len_utf8()));
        }
        if character == '$' && escape != '\0' {
            if next == Some('$') && rest.get(2..).is_some_and(|rest| rest.starts_with('{')) {
                // Terraform's way to write `${`.
                content.push_str("${");
                at += 3;
                continue;
            }
            let length = hole(rest);
            if length > 0 {
                content.push_str(rest.get(..length)?);
                at += length;
                continue;
            }
        }
        content.push(character);
        at += character.len_utf8();
    }
    None
}

/// Returns what an escape stands for, and its length.
fn unescaped(rest: &str, escape: char) -> Option<(String, usize)> {
    let mut characters = rest.chars();
    characters.next()?;
    let letter = characters.next()?;
    let length = escape.len_utf8() + letter.len_utf8();
    let plain = |text: &str| Some((text.to_owned(), length));
    match letter {
        'n' => plain("\n"),
        't' => plain("\t"),
        'r' => plain("\r"),
        '0' if escape == '`' => plain(""),
        // A backslash at the end of a line joins it with the next, in bash.
        '\n' => plain(if escape == '`' { "\n" } else { "" }),
        'u' => {
            let braced =
                rest.get(length..)?.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let (digits, length) = match braced {
                Some((digits, _)) => (digits, length + digits.len() + 2),
                None => (rest.get(length..length + 4)?, length + 4),
            };
            let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((code.to_string(), length))
        }
        other => plain(other.encode_utf8(&mut [0; 4])),
    }
}

/// Returns the length of `${…}` or `$(…)` at the start, or nothing.
fn hole(rest: &str) -> usize {
    const LONGEST: usize = 2000;
    let (open, close) = match rest.chars().nth(1) {
        Some('{') => ('{', '}'),
        Some('(') => ('(', ')'),
        _ => return 0,
    };
    let mut depth = 0;
    for (at, character) in rest.char_indices().take(LONGEST) {
        if character == open {
            depth += 1;
        } else if character == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    0
}

/// Reads the pieces of a joined string from the first on; what is no string becomes a hole.
fn pieces(text: &str, at: usize, opening: Opening, separator: &str) -> Option<(String, usize)> {
    let mut pieces: Vec<String> = Vec::new();
    let mut at = at;
    while pieces.len() < MAX_PIECES {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        at += rest.len() - trimmed.len();
        match trimmed.chars().next()? {
            ']' | ')' => return Some((pieces.join(separator), at + 1)),
            quote if Opening::at(text, at).contains(&opening) || matches!(quote, '\'' | '"') => {
                let opening = if Opening::at(text, at).contains(&opening) {
                    opening
                } else {
                    Opening::at(text, at).into_iter().next()?
                };
                let (content, end) = one(text, at, opening)?;
                pieces.push(content);
                at = end;
            }
            _ => {
                let length = expression(trimmed)?;
                pieces.push(format!("${{{}}}", trimmed.get(..length)?.trim()));
                at += length;
            }
        }
    }
    None
}

/// Returns the length of an expression up to the comma, the end of the line, or what closes the
/// list.
fn expression(text: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, character) in text.char_indices().take(2000) {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return (at > 0).then_some(at),
            ')' | ']' | '}' => depth -= 1,
            ',' | '\n' if depth == 0 => return (at > 0).then_some(at),
            _ => {}
        }
    }
    None
}

/// Takes the braces of a format string away: `{{` is a brace, `{0}` is filled in.
fn unformatted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{{") {
            out.push('{');
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("}}") {
            out.push('}');
            rest = after;
            continue;
        }
        if let Some((number, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
            && !number.is_empty()
            && number.chars().all(|digit| digit.is_ascii_digit())
        {
            out.push_str(&format!("${{{number}}}"));
            rest = after;
            continue;
        }
        out.push(character);
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    out
}
