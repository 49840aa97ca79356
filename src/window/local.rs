//! Moments as people write them: with an offset, with a zone, or as the clock on the wall.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::DateTimeParser;
use jiff::fmt::temporal::PiecesNumericOffset;
use jiff::fmt::temporal::PiecesOffset;
use jiff::tz::AmbiguousOffset;
use jiff::tz::TimeZone;

/// A moment as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    /// One moment.
    At(Timestamp),
    /// A time that the clocks skip or show twice there: what is taken, and the local time meant.
    Resolved(Timestamp, Unclear),
    /// A time on the wall, and no zone is known.
    NoZone(DateTime),
}

/// Why a local time names no single moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// The clocks are put forward over it. The time as long behind the change is taken.
    Skipped,
    /// The clocks are put back over it. The first of the two is taken.
    Twice,
}

/// Reads a moment: RFC 3339 ("2026-03-31T10:00:00+02:00"), RFC 9557 ("2026-03-31T10:00[Europe/Berlin]"),
/// or a local date and time ("2026-03-31 10:00"), which stands for the clock in `zone`. Seconds may be
/// missing. A date alone is none.
///
/// # Errors
/// In plain words.
pub fn read_local(text: &str, zone: Option<&TimeZone>) -> Result<Local, String> {
    const FORMS: &str = "write 2026-03-31 10:00, or 2026-03-31T10:00+02:00";
    static PARSER: DateTimeParser = DateTimeParser::new();
    let text = text.trim();
    let pieces = PARSER
        .parse_pieces(text)
        .map_err(|_| format!("this is no date and time: {FORMS}"))?;
    let Some(time) = pieces.time() else {
        return Err(format!("the time of day is missing: {FORMS}"));
    };
    let local = pieces.date().to_datetime(time);
    let offset = pieces.offset();
    let named = match pieces.time_zone_annotation() {
        None => None,
        Some(annotation) => Some(
            annotation
                .to_time_zone()
                .map_err(|_| "there is no time zone of that name".to_owned())?,
        ),
    };
    match (offset, named) {
        (Some(PiecesOffset::Zulu), None) => at(jiff::tz::Offset::UTC, local),
        (Some(offset), None) => at(numeric(offset), local),
        (Some(offset), Some(named)) => {
            let moment = match at(numeric(offset), local)? {
                Local::At(moment) => moment,
                other => return Ok(other),
            };
            // "Z" says only that the moment is known; a number must be that of the zone.
            if !matches!(offset, PiecesOffset::Zulu) && named.to_offset(moment) != numeric(offset) {
                return Err("the offset is not that of the zone at that time".to_owned());
            }
            Ok(Local::At(moment))
        }
        (None, Some(named)) => resolve(local, &named),
        (None, None) => match zone {
            Some(zone) => resolve(local, zone),
            None => Ok(Local::NoZone(local)),
        },
    }
}

fn numeric(offset: PiecesOffset) -> jiff::tz::Offset {
    match offset {
        PiecesOffset::Numeric(numeric) => PiecesNumericOffset::offset(&numeric),
        _ => jiff::tz::Offset::UTC,
    }
}

fn at(offset: jiff::tz::Offset, local: DateTime) -> Result<Local, String> {
    let moment = offset.to_timestamp(local);
    moment
        .map(Local::At)
        .map_err(|_| "this is too far away".to_owned())
}

fn resolve(local: DateTime, zone: &TimeZone) -> Result<Local, String> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let unclear = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(Unclear::Skipped),
        AmbiguousOffset::Fold { .. } => Some(Unclear::Twice),
    };
    let moment = ambiguous
        .compatible()
        .map_err(|_| "this is too far away".to_owned())?;
    Ok(match unclear {
        None => Local::At(moment),
        Some(unclear) => Local::Resolved(moment, unclear),
    })
}
