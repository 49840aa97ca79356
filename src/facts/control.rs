//! Commands to a terminal, as they come along when text is copied out of one: they are no words.

/// What begins a command.
const ESCAPE: char = '\u{1b}';
/// Begins a command with parameters, in one character instead of two.
const CONTROL_SEQUENCE: char = '\u{9b}';

/// A command that begins here: where it ends (ECMA-48, 5.4: parameters and intermediate bytes, then a final byte;
/// 5.6: a string up to its terminator). An escape character that begins none is one by itself.
pub(super) fn sequence_end(text: &str, at: usize) -> Option<usize> {
    let mut letters = text[at..].chars();
    let opening = letters
        .next()
        .filter(|it| matches!(*it, ESCAPE | CONTROL_SEQUENCE))?;
    let behind = at + opening.len_utf8();
    let rest = &text[behind..];
    let length = match opening {
        CONTROL_SEQUENCE => parameters(rest),
        _ => match rest.as_bytes().first() {
            Some(b'[') => parameters(&rest[1..]).map(|length| length + 1),
            Some(b']') => string(rest),
            _ => None,
        },
    };
    Some(behind + length.unwrap_or(0))
}

/// How long parameters are with the final byte behind them.
fn parameters(rest: &str) -> Option<usize> {
    let before = rest
        .bytes()
        .take_while(|byte| (0x20..0x40).contains(byte))
        .count();
    let last = rest.as_bytes().get(before)?;
    (0x40..0x7f).contains(last).then_some(before + 1)
}

/// How long a string is with what closes it: a bell, or an escape with a backslash.
fn string(rest: &str) -> Option<usize> {
    let end = rest.find(['\u{7}', ESCAPE])?;
    let closing = &rest[end..];
    match closing.strip_prefix("\u{1b}\\") {
        Some(_) => Some(end + 2),
        None => closing.starts_with('\u{7}').then_some(end + 1),
    }
}
