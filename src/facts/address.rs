//! Runs of characters that are one word whatever signs are in them: addresses, merge fields, and
//! what stands between quotation marks.

use std::ops::Range;

/// Brackets and signs around the name of a merge field.
const FIELDS: &[(&str, &str)] = &[
    ("{{", "}}"),
    ("{", "}"),
    ("${", "}"),
    ("[[", "]]"),
    ("[", "]"),
    ("((", "))"),
    ("<", ">"),
    ("*|", "|*"),
    ("%", "%"),
    ("#", "#"),
];

/// The longest name of a merge field, in bytes, with a default value in it.
const LONGEST_FIELD: usize = 48;

/// A merge field that begins here: where it ends. The rules decide whether it is one: here it only
/// keeps together, so that a greeting with an unfilled name is still a greeting.
pub(super) fn field_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if !matches!(
        rest.as_bytes()[0],
        b'{' | b'$' | b'[' | b'(' | b'<' | b'*' | b'%' | b'#'
    ) {
        return None;
    }
    for (open, close) in FIELDS {
        let Some(inner) = rest.strip_prefix(open) else {
            continue;
        };
        let Some(length) = inner
            .find(close)
            .filter(|length| (1..=LONGEST_FIELD).contains(length))
        else {
            continue;
        };
        let name = &inner[..length];
        let sign = open.len() == 1 && matches!(*open, "%" | "#");
        let worded = name
            .starts_with(|letter: char| letter.is_alphabetic() || letter == ' ' || letter == '_')
            && !name.contains(['\n', '{', '[', '<']);
        if worded && (!sign || !name.contains(char::is_whitespace)) {
            return Some(at + open.len() + length + close.len());
        }
    }
    None
}

/// Byte ranges between pairs of quotation marks. A mark that is never closed opens nothing.
pub(super) fn quoted_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, letter) in text.char_indices() {
        let closes = match open {
            Some((_, '"')) => letter == '"' || letter == '”',
            Some((_, '“' | '„')) => matches!(letter, '”' | '"' | '“'),
            Some((_, '«')) => letter == '»',
            _ => false,
        };
        if let (true, Some((start, _))) = (closes, open) {
            ranges.push(start..at);
            open = None;
        } else if open.is_none() && matches!(letter, '"' | '“' | '„' | '«') {
            open = Some((at, letter));
        }
    }
    ranges
}

/// Top-level domains that make `word.domain` an address without `https://` or `www.`.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "io", "ly", "me", "ai", "co", "uk", "de", "fr", "dev", "app", "eu", "in",
    "us", "info", "biz", "gg", "be", "nl", "ch", "es", "it", "pl", "tech", "link", "page", "site",
    "xyz", "edu", "gov",
];

pub(super) fn is_address(chunk: &str) -> bool {
    let lower = chunk.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return true;
    }
    let host = lower.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let mut labels = host.split('.');
    let known = host.contains('.')
        && host
            .rsplit('.')
            .next()
            .is_some_and(|domain| DOMAINS.contains(&domain));
    let plain = labels.all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    // "ASP.NET" and "B.Tech" are no addresses: without a path or `www.` one is written in small letters.
    let bare =
        host.len() == lower.len() && (chunk != lower || host.find('.').is_some_and(|dot| dot < 3));
    plain && (lower.starts_with("www.") || known && (!bare || chunk.contains('@')))
}
