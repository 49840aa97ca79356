//! Columns: how wide a text is, where to break it, how to shorten it. Counts as codespan does, so
//! that lines and the markers under them agree: the sum of the characters' own widths.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// How many columns a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Breaks a text into lines at its line ends and, where a line would be wider than `width`, at a
/// space; a word that is too wide by itself is broken too. The ranges leave out the line end or
/// the space at which they break. There is always at least one line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut space = None;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            lines.push(start..at);
            (start, used, space) = (at + 1, 0, None);
            continue;
        }
        let wide = c.width().unwrap_or(0);
        if used + wide > width {
            if c == ' ' {
                lines.push(start..at);
                (start, used, space) = (at + 1, 0, None);
                continue;
            }
            let (end, next) = space.map_or((at, at), |space| (space, space + 1));
            lines.push(start..end);
            (start, used, space) = (next, columns(&text[next..at]), None);
        }
        if c == ' ' && at > start {
            space = Some(at);
        }
        used += wide;
    }
    lines.push(start..text.len());
    lines
}

/// The text wrapped to `width`, its further lines indented by `hanging` columns. The first line is
/// taken to begin at column `first`.
pub fn hang(text: &str, first: usize, hanging: usize, width: usize) -> String {
    let lead = first.saturating_sub(hanging);
    let led = format!("{}{text}", "x".repeat(lead));
    let mut out = String::with_capacity(text.len());
    for line in wrap(&led, width.saturating_sub(hanging)) {
        if line.start > 0 {
            out.push('\n');
            out.push_str(&" ".repeat(hanging));
        }
        out.push_str(led[line.start.max(lead)..line.end.max(lead)].trim_end());
    }
    out
}

/// The text cut to a number of columns, its end replaced by an ellipsis if it was too long.
pub(crate) fn shorten(text: &str, width: usize, unicode: bool) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let ellipsis = if unicode { "…" } else { "..." };
    let room = width.saturating_sub(columns(ellipsis));
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push_str(ellipsis);
    out
}

/// As [`shorten`], but the beginning goes.
pub(crate) fn shorten_front(text: &str, width: usize, unicode: bool) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let ellipsis = if unicode { "…" } else { "..." };
    let room = width.saturating_sub(columns(ellipsis));
    let mut used = 0;
    let kept = text.char_indices().rev().take_while(|(_, c)| {
        used += c.width().unwrap_or(0);
        used <= room
    });
    let from = kept.last().map_or(text.len(), |(at, _)| at);
    format!("{ellipsis}{}", &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width)
            .into_iter()
            .map(|line| &text[line])
            .collect()
    }

    #[test]
    fn breaks_at_spaces_and_line_ends() {
        assert_eq!(lines("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(lines("one two\n\nthree", 20), ["one two", "", "three"]);
        assert_eq!(lines("12345678 90", 8), ["12345678", "90"]);
        assert_eq!(lines("", 8), [""]);
    }

    #[test]
    fn breaks_a_word_that_is_too_wide() {
        assert_eq!(lines("see 1234567890123", 8), ["see", "12345678", "90123"]);
        assert_eq!(lines("東京東京東京", 8), ["東京東京", "東京"]);
    }

    #[test]
    fn further_lines_hang() {
        assert_eq!(hang("aa bb cc dd ee", 4, 2, 10), "aa bb\n  cc dd ee");
    }

    #[test]
    fn shortening_counts_columns() {
        assert_eq!(shorten("Priya Nair", 10, true), "Priya Nair");
        assert_eq!(shorten("Priya Nair", 7, true), "Priya…");
        assert_eq!(shorten("Priya Nair", 7, false), "Priy...");
        assert_eq!(shorten("東京東京", 5, true), "東京…");
        assert_eq!(shorten_front("a/b/priya.md:1", 11, true), "…priya.md:1");
    }
}
