//! Durations, as PIM takes them.

use std::fmt;
use std::str::FromStr;

/// The longest duration that is read, in days; PIM's own limits end far earlier.
const MAX_DAYS: u64 = 366 * 100;

/// A duration in days, hours, minutes and seconds: ISO 8601 without years, months and weeks.
///
/// Months and years are refused by PIM (*observed*: terraform-provider-azuread issue 1464, read
/// 2026-11), so a value cannot hold them. The parts are kept as they were written, `PT24H` is not
/// `P1D`; compare times with [`Duration::seconds`].
///
/// ```
/// use pim_model::Duration;
///
/// let eight: Duration = "PT8H".parse().unwrap();
/// assert_eq!(eight, Duration::hours(8));
/// assert_eq!(Duration::from_words("180 days").unwrap().to_string(), "P180D");
/// assert!("8:00:00".parse::<Duration>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    days: u32,
    hours: u32,
    minutes: u32,
    seconds: u32,
}

/// Why a text is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// The text is empty.
    #[error("the duration is empty")]
    Empty,
    /// The text has months or years.
    #[error("PIM takes no years and no months, because they have no fixed length")]
    YearsOrMonths(Option<Duration>),
    /// The text has weeks.
    #[error("PIM is documented to take days and hours, and nowhere weeks")]
    Weeks(Option<Duration>),
    /// The text is a clock time such as `8:00:00`, or words.
    #[error("expected an ISO 8601 duration such as `{}`", .0.map_or_else(|| "PT8H".to_owned(), |one| one.to_string()))]
    NotIso(Option<Duration>),
    /// The duration is zero or below.
    #[error("the duration is not longer than nothing")]
    NotPositive,
    /// The duration is longer than a hundred years.
    #[error("the duration is longer than a hundred years")]
    TooLong,
}

impl DurationError {
    /// Returns what was probably meant.
    #[must_use]
    pub const fn suggestion(&self) -> Option<Duration> {
        match self {
            Self::YearsOrMonths(one) | Self::Weeks(one) | Self::NotIso(one) => *one,
            Self::Empty | Self::NotPositive | Self::TooLong => None,
        }
    }
}

impl Duration {
    /// Makes a duration of days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self { days, hours: 0, minutes: 0, seconds: 0 }
    }

    /// Makes a duration of hours.
    #[must_use]
    pub const fn hours(hours: u32) -> Self {
        Self { days: 0, hours, minutes: 0, seconds: 0 }
    }

    /// Makes a duration of minutes.
    #[must_use]
    pub const fn minutes(minutes: u32) -> Self {
        Self { days: 0, hours: 0, minutes, seconds: 0 }
    }

    /// Makes the duration of a number of seconds, written in the largest units it fills.
    #[must_use]
    pub fn from_seconds(seconds: u64) -> Self {
        let part = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        Self {
            days: part(seconds / 86_400),
            hours: part(seconds / 3600 % 24),
            minutes: part(seconds / 60 % 60),
            seconds: part(seconds % 60),
        }
    }

    /// Returns how long it is in seconds; a day has 24 hours.
    #[must_use]
    pub fn seconds(self) -> u64 {
        u64::from(self.days) * 86_400
            + u64::from(self.hours) * 3600
            + u64::from(self.minutes) * 60
            + u64::from(self.seconds)
    }

    /// Returns the duration in words: `180 days`, `8 hours and 30 minutes`.
    #[must_use]
    pub fn words(self) -> String {
        let parts = [
            (self.days, "day"),
            (self.hours, "hour"),
            (self.minutes, "minute"),
            (self.seconds, "second"),
        ];
        let words: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        words.join(" and ")
    }

    /// Reads ISO 8601 or plain words: `180 days`, `8 hours`, `1 day 12 hours`, `90m`, `2 weeks`.
    ///
    /// # Errors
    /// When the text is neither, or has months or years, which have no fixed length.
    pub fn from_words(text: &str) -> Result<Self, DurationError> {
        match text.parse() {
            Ok(duration) => Ok(duration),
            Err(DurationError::NotIso(_)) => match words(text) {
                Some(Words::Fixed(seconds)) => checked(seconds),
                Some(Words::Calendar(seconds)) => {
                    Err(DurationError::YearsOrMonths(checked(seconds).ok()))
                }
                None => Err(DurationError::NotIso(clock(text))),
            },
            Err(DurationError::Weeks(Some(days))) => Ok(days),
            Err(error) => Err(error),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("P")?;
        if self.days > 0 {
            write!(formatter, "{}D", self.days)?;
        }
        if self.hours + self.minutes + self.seconds > 0 {
            formatter.write_str("T")?;
        } else if self.days == 0 {
            return formatter.write_str("T0S");
        }
        for (count, unit) in [(self.hours, 'H'), (self.minutes, 'M'), (self.seconds, 'S')] {
            if count > 0 {
                write!(formatter, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

impl serde::Serialize for Duration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Duration {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str> as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    /// Reads ISO 8601, strictly.
    fn from_str(text: &str) -> Result<Self, DurationError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DurationError::Empty);
        }
        let not_iso = || {
            let meant = match words(text) {
                Some(Words::Fixed(seconds) | Words::Calendar(seconds)) => checked(seconds).ok(),
                // Only a text that is not all upper case is read again, so this ends.
                None => clock(text).or_else(|| {
                    let upper = text.to_uppercase();
                    if upper == text { None } else { upper.parse().ok() }
                }),
            };
            DurationError::NotIso(meant)
        };
        if !text.starts_with(['P', '-', '+']) || text.len() > 64 {
            return Err(not_iso());
        }
        let span =
            jiff::fmt::temporal::SpanParser::new().parse_span(text).map_err(|_| not_iso())?;
        let part = |value: i64| u64::try_from(value).map_err(|_| DurationError::NotPositive);
        let months = part(i64::from(span.get_years()) * 12 + i64::from(span.get_months()))?;
        let weeks = part(i64::from(span.get_weeks()))?;
        let days = part(i64::from(span.get_days()))?;
        let hours = part(i64::from(span.get_hours()))?;
        let minutes = part(span.get_minutes())?;
        let seconds = part(span.get_seconds())?;
        let total = (months / 12 * 365 + months % 12 * 30 + weeks * 7 + days)
            .saturating_mul(86_400)
            .saturating_add(hours.saturating_mul(3600))
            .saturating_add(minutes.saturating_mul(60))
            .saturating_add(seconds);
        let whole = checked(total)?;
        if months > 0 {
            return Err(DurationError::YearsOrMonths(Some(whole)));
        }
        if weeks > 0 {
            return Err(DurationError::Weeks(Some(whole)));
        }
        let part = |value: u64| u32::try_from(value).map_err(|_| DurationError::TooLong);
        Ok(Self {
            days: part(days)?,
            hours: part(hours)?,
            minutes: part(minutes)?,
            seconds: part(seconds)?,
        })
    }
}

fn checked(seconds: u64) -> Result<Duration, DurationError> {
    match seconds {
        0 => Err(DurationError::NotPositive),
        seconds if seconds / 86_400 > MAX_DAYS => Err(DurationError::TooLong),
        seconds => Ok(Duration::from_seconds(seconds)),
    }
}

/// Reads `8:00:00`, `08:30` and .NET's `1.02:00:00`.
fn clock(text: &str) -> Option<Duration> {
    let (days, time) = match text.trim().split_once('.') {
        Some((days, time)) => (days.parse::<u32>().ok()?, time),
        None => (0, text.trim()),
    };
    let mut parts =
        time.split(':').map(|part| part.parse::<u32>().ok().filter(|one| *one < 10_000));
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    let seconds = u64::from(days) * 86_400
        + u64::from(hours) * 3600
        + u64::from(minutes) * 60
        + u64::from(seconds);
    checked(seconds).ok()
}

/// What words came to, in seconds.
enum Words {
    Fixed(u64),
    /// With months of 30 and years of 365 days.
    Calendar(u64),
}

fn words(text: &str) -> Option<Words> {
    const MOST: usize = 200;
    if text.len() > MOST {
        return None;
    }
    let mut total: u64 = 0;
    let mut calendar = false;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|one: char| !one.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at_checked(digits)?;
        let (number, behind) = match number {
            "" => {
                let behind = rest.strip_prefix("an ").or_else(|| rest.strip_prefix("a "))?;
                (1, behind)
            }
            number => (number.parse::<u64>().ok()?, behind),
        };
        let behind = behind.trim_start();
        let letters = behind.find(|one: char| !one.is_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(letters)?;
        let unit: u64 = match unit.to_lowercase().as_str() {
            "d" | "day" | "days" => 86_400,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "second" | "seconds" => 1,
            "w" | "week" | "weeks" => 7 * 86_400,
            "month" | "months" => {
                calendar = true;
                30 * 86_400
            }
            "y" | "year" | "years" => {
                calendar = true;
                365 * 86_400
            }
            _ => return None,
        };
        total = total.saturating_add(number.saturating_mul(unit));
        rest = behind.trim_start_matches(|one: char| one == ',' || one.is_whitespace());
        rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
    }
    Some(if calendar { Words::Calendar(total) } else { Words::Fixed(total) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_is_read_and_written_back() {
        for text in ["P180D", "PT8H", "PT30M", "PT24H", "P1DT12H", "PT90M", "PT1H30M15S"] {
            assert_eq!(text.parse::<Duration>().unwrap().to_string(), text);
        }
        assert_eq!(Duration::hours(24).seconds(), Duration::days(1).seconds());
    }

    #[test]
    fn what_pim_refuses_is_refused_with_what_was_meant() {
        let check = |text: &str, meant: Option<&str>| {
            let error = text.parse::<Duration>().unwrap_err();
            assert_eq!(error.suggestion().map(|one| one.to_string()).as_deref(), meant, "{text}");
            error
        };
        check("8:00:00", Some("PT8H"));
        check("1.00:00:00", Some("P1D"));
        check("8 hours", Some("PT8H"));
        check("pt8h", Some("PT8H"));
        assert!(matches!(check("P6M", Some("P180D")), DurationError::YearsOrMonths(_)));
        assert!(matches!(check("P1Y", Some("P365D")), DurationError::YearsOrMonths(_)));
        assert!(matches!(check("P1W", Some("P7D")), DurationError::Weeks(_)));
        assert_eq!(check("PT0S", None), DurationError::NotPositive);
        assert_eq!(check("-P1D", None), DurationError::NotPositive);
        assert_eq!(check("", None), DurationError::Empty);
        check("P", None);
        check("P180", None);
        check("soon", None);
        check("99999999:00:00", None);
    }

    #[test]
    fn words_are_understood() {
        let check = |text: &str, iso: &str| {
            assert_eq!(Duration::from_words(text).unwrap().to_string(), iso, "{text}");
        };
        check("180 days", "P180D");
        check("8 hours", "PT8H");
        check("1 day 12 hours", "P1DT12H");
        check("1 hour and 30 minutes", "PT1H30M");
        check("90m", "PT1H30M");
        check("an hour", "PT1H");
        check("2 weeks", "P14D");
        check("P7D", "P7D");
        assert!(matches!(
            Duration::from_words("6 months"),
            Err(DurationError::YearsOrMonths(Some(_)))
        ));
        assert!(Duration::from_words("8 bananas").is_err());
        assert_eq!(Duration::hours(8).words(), "8 hours");
    }
}
