//! Strangers' text that goes out as it is: to a file or a pipe byte for byte, to a terminal without what
//! acts upon it.

use std::io;
use std::io::IsTerminal;
use std::io::Write;

use connote::render::clean::clean;

use crate::status::Failure;

/// Writes a text. On a terminal control characters are shown as marks, and lines stay lines.
pub(crate) fn write(text: &str, on_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    if !on_terminal {
        return out.write_all(text.as_bytes());
    }
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        writeln!(out, "{}", clean(line.strip_suffix('\r').unwrap_or(line)))?;
    }
    Ok(())
}

/// Writes to standard output what `render` writes. The format for people is fit for a terminal; the
/// others hold the texts of strangers as they are.
pub(crate) fn to_stdout(
    format: &str,
    out: &mut dyn Write,
    render: &mut dyn FnMut(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if format == "terminal" || !io::stdout().is_terminal() {
        return render(out);
    }
    let mut written = Vec::new();
    render(&mut written)?;
    write(&String::from_utf8_lossy(&written), true, out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, on_terminal: bool) -> String {
        let mut out = Vec::new();
        write(text, on_terminal, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_gets_nothing_that_acts_upon_it() {
        let text = "a\u{1b}[31m\r\n\u{202e}b\u{7}";
        assert_eq!(written(text, true), "a?[31m\n∙b?\n");
        assert_eq!(written(text, false), text);
    }
}
