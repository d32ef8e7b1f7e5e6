//! Dates as people read them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads `2022-06-01T23:38:32.8883645Z` as `1 June 2022, 23:38:32.8883645 UTC`; `None` where the
/// text is anything else.
pub(crate) fn readable(text: &str) -> Option<String> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.split('-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    if date.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day) = (digits(year)?, digits(month)?, digits(day)?);
    let month = MONTHS.get((month as usize).checked_sub(1)?)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some()
        || [hour, minute, second].iter().any(|part| part.len() != 2)
        || digits(hour)? > 23
        || digits(minute)? > 59
        || digits(second)? > 60
        || (!fraction.is_empty() && digits(fraction).is_none())
    {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let seconds = match (second, fraction) {
        ("00", "") => String::new(),
        (_, "") => format!(":{second}"),
        _ => format!(":{second}.{fraction}"),
    };
    Some(format!("{day} {month} {year}, {hour}:{minute}{seconds} UTC"))
}

fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn dates() {
        for (text, expect) in [
            ("2022-06-01T23:38:32.8883645Z", Some("1 June 2022, 23:38:32.8883645 UTC")),
            ("2022-06-01T00:00:00.0Z", Some("1 June 2022, 00:00 UTC")),
            ("2022-12-31T13:05:07Z", Some("31 December 2022, 13:05:07 UTC")),
            ("2022-13-01T00:00:00Z", None),
            ("2022-06-01T00:00:00+02:00", None),
            ("2022-06-01", None),
            ("", None),
            ("é-06-01T00:00:00Z", None),
        ] {
            assert_eq!(readable(text).as_deref(), expect, "{text}");
        }
    }
}
