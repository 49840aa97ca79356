//! The frame of a page: head, policy, style, script.

use std::borrow::Cow;
use std::io;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maud::Markup;
use maud::PreEscaped;
use maud::html;
use sha2::Digest;
use sha2::Sha256;

/// The style of all pages. Colours keep their contrast by day, by night and on paper.
const STYLE: &str = include_str!("style.css");

/// A page, but for what stands in it.
pub(crate) struct Page<'a> {
    /// What the browser shows in its tab.
    pub(crate) title: &'a str,
    /// A script of ours, for which the page must not have to wait.
    pub(crate) script: Option<&'static str>,
}

impl Page<'_> {
    /// Writes the page around what `body` writes.
    pub(crate) fn write(
        &self,
        out: &mut dyn io::Write,
        body: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let (style, script) = (as_parsed(STYLE), self.script.map(as_parsed));
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">")?;
        let head = html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy(&style, script.as_deref()));
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (self.title) }
                style { (PreEscaped(&style)) }
            }
        };
        put(out, &head)?;
        writeln!(out, "<body>")?;
        put(out, &HATCH)?;
        body(out)?;
        if let Some(script) = script {
            put(out, &html! { script { (PreEscaped(&script)) } })?;
        }
        writeln!(out, "</body>\n</html>")
    }
}

/// Stripes in the colour of the page, for whatever is half: plots lay them over a fill.
const HATCH: PreEscaped<&str> = PreEscaped(
    r#"<svg class="defs" aria-hidden="true" width="0" height="0"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="2.5" height="5"/></pattern></defs></svg>"#,
);

/// Writes a piece of a page on lines of its own.
pub(crate) fn put(out: &mut dyn io::Write, piece: &PreEscaped<impl AsRef<str>>) -> io::Result<()> {
    out.write_all(piece.0.as_ref().as_bytes())?;
    out.write_all(b"\n")
}

/// A text of ours as a browser hashes it: its parser knows only one kind of line end.
fn as_parsed(text: &'static str) -> Cow<'static, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Nothing may be loaded, and nothing run but what is named by its hash.
fn policy(style: &str, script: Option<&str>) -> String {
    let mut policy = format!("default-src 'none'; style-src {}", hash(style));
    if let Some(script) = script {
        policy = format!("{policy}; script-src {}", hash(script));
    }
    format!("{policy}; base-uri 'none'; form-action 'none'")
}

fn hash(text: &str) -> String {
    format!(
        "'sha256-{}'",
        BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// The last line of a page.
pub(crate) fn footer(text: &str) -> Markup {
    html! { footer { p { (text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_specification() {
        // The example of Content Security Policy Level 2, section 7.17.2.
        let script = "alert('Hello, world.');";
        assert_eq!(
            hash(script),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    #[test]
    fn line_ends_are_those_of_the_parser() {
        assert_eq!(as_parsed("a\r\nb"), "a\nb");
    }
}
