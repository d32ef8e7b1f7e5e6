//! The documented form of date-time values.

/// How a text relates to `yyyy-mm-ddThh:mm:ss.mmmmmmmZ`, the form that is documented
/// (conditions-format, 2023-11-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateTimeForm {
    /// As documented, with none to seven digits of a second's fraction.
    Documented,
    /// As documented but for the `Z`: an offset such as `+02:00`, or nothing.
    OtherZone,
    /// Something else, or a date that does not exist.
    Malformed,
}

/// Reads the form of a date-time value.
pub(crate) fn date_time_form(text: &str) -> DateTimeForm {
    read(text).unwrap_or(DateTimeForm::Malformed)
}

fn read(text: &str) -> Option<DateTimeForm> {
    let mut rest = text;
    let year = digits(&mut rest, 4)?;
    let month = digits(tag(&mut rest, "-")?, 2)?;
    let day = digits(tag(&mut rest, "-")?, 2)?;
    let hour = digits(tag(&mut rest, "T")?, 2)?;
    let minute = digits(tag(&mut rest, ":")?, 2)?;
    let second = digits(tag(&mut rest, ":")?, 2)?;
    let exists = year > 0
        && (1..=12).contains(&month)
        && (1..=days(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !exists {
        return None;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(fraction.len());
        if !(1..=7).contains(&end) {
            return None;
        }
        rest = fraction.get(end..)?;
    }
    match rest {
        "Z" => Some(DateTimeForm::Documented),
        "" | "z" => Some(DateTimeForm::OtherZone),
        _ => {
            let mut rest = rest.strip_prefix(['+', '-'])?;
            let hours = digits(&mut rest, 2)?;
            let minutes = digits(tag(&mut rest, ":")?, 2)?;
            (rest.is_empty() && hours < 24 && minutes < 60).then_some(DateTimeForm::OtherZone)
        }
    }
}

fn tag<'r, 't>(rest: &'r mut &'t str, wanted: &str) -> Option<&'r mut &'t str> {
    *rest = rest.strip_prefix(wanted)?;
    Some(rest)
}

fn digits(rest: &mut &str, count: usize) -> Option<u32> {
    let (found, left) = rest.split_at_checked(count)?;
    *rest = left;
    found.bytes().all(|byte| byte.is_ascii_digit()).then(|| found.parse().ok())?
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{DateTimeForm, date_time_form};

    #[test]
    fn reads_the_documented_form() {
        for (text, expect) in [
            ("2022-06-01T00:00:00.0Z", DateTimeForm::Documented),
            ("2022-06-01T23:59:59.1234567Z", DateTimeForm::Documented),
            ("2024-02-29T00:00:00Z", DateTimeForm::Documented),
            ("2023-02-29T00:00:00Z", DateTimeForm::Malformed),
            ("2022-06-01T00:00:00+02:00", DateTimeForm::OtherZone),
            ("2022-06-01T00:00:00", DateTimeForm::OtherZone),
            ("2022-06-01", DateTimeForm::Malformed),
            ("2022-06-01 00:00:00Z", DateTimeForm::Malformed),
            ("2022-06-01T00:00:00.Z", DateTimeForm::Malformed),
            ("2022-06-01T00:00:00.12345678Z", DateTimeForm::Malformed),
            ("2022-13-01T00:00:00Z", DateTimeForm::Malformed),
            ("2022-06-01T24:00:00Z", DateTimeForm::Malformed),
            ("２０２２-06-01T00:00:00Z", DateTimeForm::Malformed),
            ("", DateTimeForm::Malformed),
        ] {
            assert_eq!(date_time_form(text), expect, "{text}");
        }
    }
}
