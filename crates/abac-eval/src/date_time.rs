//! Reading instants (`docs/semantics.md`, S36).

/// Hundreds of nanoseconds in a second: the precision Azure shows.
const TICKS: i64 = 10_000_000;

/// Reads `yyyy-mm-ddThh:mm:ss[.f…]` followed by `Z` or an offset, with one to seven fraction
/// digits, as hundreds of nanoseconds since the first of January of the year 0.
pub(crate) fn read(text: &str) -> Option<i64> {
    let mut rest = Reader(text.as_bytes());
    let year = rest.digits(4)?;
    rest.byte(b'-')?;
    let month = rest.digits(2)?;
    rest.byte(b'-')?;
    let day = rest.digits(2)?;
    rest.byte(b'T')?;
    let hour = rest.digits(2)?;
    rest.byte(b':')?;
    let minute = rest.digits(2)?;
    rest.byte(b':')?;
    let second = rest.digits(2)?;
    let fraction = if rest.byte(b'.').is_some() { rest.fraction()? } else { 0 };
    let offset = rest.offset()?;
    let valid = year >= 1
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60
        && rest.0.is_empty();
    let seconds = ((days_before(year, month) + day) * 24 + hour) * 3600 + minute * 60 + second;
    valid.then_some((seconds - offset * 60) * TICKS + fraction)
}

struct Reader<'t>(&'t [u8]);

impl Reader<'_> {
    fn byte(&mut self, expected: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[expected])?;
        Some(())
    }

    fn digit(&mut self) -> Option<i64> {
        let (first, rest) = self.0.split_first()?;
        first.is_ascii_digit().then(|| {
            self.0 = rest;
            i64::from(first - b'0')
        })
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        (0..count).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    fn fraction(&mut self) -> Option<i64> {
        let (mut ticks, mut unit) = (0, TICKS);
        while let Some(digit) = self.digit() {
            unit /= 10;
            if unit == 0 {
                return None;
            }
            ticks += digit * unit;
        }
        (unit < TICKS).then_some(ticks)
    }

    /// Reads `Z` or `+hh:mm`, as minutes east of Greenwich.
    fn offset(&mut self) -> Option<i64> {
        if self.byte(b'Z').is_some() {
            return Some(0);
        }
        let sign = if self.byte(b'-').is_some() { -1 } else { self.byte(b'+').map(|()| 1)? };
        let hours = self.digits(2)?;
        self.byte(b':')?;
        let minutes = self.digits(2)?;
        (minutes < 60 && hours * 60 + minutes <= 14 * 60).then_some(sign * (hours * 60 + minutes))
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days before the first of a month, counted from the year 0.
fn days_before(year: i64, month: i64) -> i64 {
    let past = year - 1;
    let in_year: i64 = (1..month).map(|month| days_in(year, month)).sum();
    past * 365 + past / 4 - past / 100 + past / 400 + in_year
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn same_instant() {
        for (left, right) in [
            ("2022-06-01T00:00:00Z", "2022-06-01T00:00:00.0000000Z"),
            ("2022-06-01T00:00:00.5Z", "2022-06-01T00:00:00.5000000Z"),
            ("2022-06-01T02:00:00+02:00", "2022-06-01T00:00:00Z"),
            ("2022-05-31T22:30:00-01:30", "2022-06-01T00:00:00Z"),
        ] {
            assert!(read(left).is_some() && read(left) == read(right), "{left} = {right}");
        }
    }

    #[test]
    fn order() {
        let instants = [
            "0001-01-01T00:00:00Z",
            "1999-12-31T23:59:59.9999999Z",
            "2000-01-01T00:00:00Z",
            "2000-02-29T00:00:00Z",
            "2000-03-01T00:00:00Z",
            "2000-03-01T00:00:00.0000001Z",
            "9999-12-31T23:59:59.9999999Z",
        ];
        assert!(instants.windows(2).all(|pair| read(pair[0]).unwrap() < read(pair[1]).unwrap()));
    }

    #[test]
    fn refused() {
        for text in [
            "",
            "2022-06-01",
            "2022-06-01T00:00:00",
            "2022-06-01 00:00:00Z",
            "2022-06-01t00:00:00z",
            "2022-06-01T00:00:00.Z",
            "2022-06-01T00:00:00.12345678Z",
            "2022-06-01T00:00:00Z ",
            "2022-13-01T00:00:00Z",
            "2022-00-01T00:00:00Z",
            "2022-06-31T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2022-06-01T24:00:00Z",
            "2022-06-01T00:60:00Z",
            "2022-06-01T00:00:60Z",
            "0000-01-01T00:00:00Z",
            "2022-06-01T00:00:00+14:01",
            "2022-06-01T00:00:00+0200",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
