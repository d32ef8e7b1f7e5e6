//! `date-time-zone`

use crate::category::Category;
use crate::date_time::{DateTimeForm, date_time_form};
use crate::facts::{Facts, literal_has_hole};
use crate::report::Report;
use crate::rule::Rule;
use crate::wording::shown;
use abac_syntax::{LiteralKind, ValueType};
use diagnostics::{Fix, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "date-time-zone",
    severity: Severity::Warning,
    summary: "a date and time does not end in `Z`",
    category: Category::Value,
    check,
};

fn check(facts: &Facts<'_>, report: &mut Report) {
    for compared in &facts.comparisons {
        let function = compared.operator.function;
        if function.is_none_or(|function| function.value_type() != ValueType::DateTime) {
            continue;
        }
        for literal in facts.tree.operand_literals(compared.other) {
            let LiteralKind::String { .. } = literal.kind else { continue };
            let value = facts.value(literal);
            if literal_has_hole(literal) || date_time_form(&value) != DateTimeForm::OtherZone {
                continue;
            }
            let message =
                format!("a time zone other than `Z` is not documented: `{}`", shown(&value));
            let finding =
                report.at(literal.span, message).help("write the time in UTC, with a `Z`");
            report.push(match utc(&value) {
                Some(utc) => finding.fix(Fix::needs_review(
                    format!("write `{utc}`"),
                    literal.content_span(facts.source),
                    utc,
                )),
                None => finding,
            });
        }
    }
}

/// Writes a date and time with an offset, or with none, in UTC; `None` beyond the years 1 to 9999.
fn utc(value: &str) -> Option<String> {
    let (day_part, rest) = value.split_at_checked(11)?;
    let zone = rest.find(['+', '-', 'z']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(zone)?;
    let (minutes_part, seconds) = time.split_at_checked(5)?;
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let offset = match zone {
        "" | "z" => 0,
        _ => {
            let minutes = number(zone, 1, 3)? * 60 + number(zone, 4, 6)?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    let minutes = number(minutes_part, 0, 2)? * 60 + number(minutes_part, 3, 5)? - offset;
    let (year, month, day) =
        (number(day_part, 0, 4)?, number(day_part, 5, 7)?, number(day_part, 8, 10)?);
    let (year, month, day) = shifted(year, month, day, minutes.div_euclid(24 * 60))?;
    let minutes = minutes.rem_euclid(24 * 60);
    let (hour, minute) = (minutes / 60, minutes % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{seconds}Z"))
}

/// Moves a date by a day at most.
fn shifted(year: i64, month: i64, day: i64, days: i64) -> Option<(i64, i64, i64)> {
    let length = |year: i64, month: i64| match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    };
    let (year, month, day) = match day + days {
        0 if month == 1 => (year - 1, 12, 31),
        0 => (year, month - 1, length(year, month - 1)),
        day if day > length(year, month) && month == 12 => (year + 1, 1, 1),
        day if day > length(year, month) => (year, month + 1, 1),
        day => (year, month, day),
    };
    (1..=9999).contains(&year).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn offsets_become_utc() {
        for (value, expect) in [
            ("2022-06-01T12:00:00+02:00", "2022-06-01T10:00:00Z"),
            ("2022-06-01T12:00:00.5-02:30", "2022-06-01T14:30:00.5Z"),
            ("2022-03-01T00:30:00+01:00", "2022-02-28T23:30:00Z"),
            ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"),
            ("2022-01-01T00:00:00+00:01", "2021-12-31T23:59:00Z"),
            ("2022-12-31T23:59:00-00:01", "2023-01-01T00:00:00Z"),
            ("2022-04-30T23:00:00-23:00", "2022-05-01T22:00:00Z"),
            ("2022-06-01T12:00:00", "2022-06-01T12:00:00Z"),
            ("2022-06-01T12:00:00z", "2022-06-01T12:00:00Z"),
        ] {
            assert_eq!(utc(value).as_deref(), Some(expect));
        }
        assert_eq!(utc("9999-12-31T23:59:00-01:00"), None);
    }
}
