//! The writer that codespan prints to: puts our colours and our names of severities in, and drops a
//! line number that the line above has already told.

use std::io;

use anstyle::Style;
use codespan_reporting::diagnostic::LabelStyle;
use codespan_reporting::diagnostic::Severity;
use codespan_reporting::term::GeneralWriteResult;
use codespan_reporting::term::WriteStyle;

use crate::render::paint;

pub(super) struct StyledWriter<'a> {
    out: &'a mut dyn io::Write,
    color: bool,
    /// Whether the name of a severity comes next.
    header: bool,
    /// What codespan writes before the name of a file.
    snippet_start: &'a str,
    /// The line number being written, if one is.
    number: Option<Vec<u8>>,
    /// The line number written last.
    last: Vec<u8>,
}

impl<'a> StyledWriter<'a> {
    pub(super) fn new(out: &'a mut dyn io::Write, color: bool, snippet_start: &'a str) -> Self {
        Self {
            out,
            color,
            header: false,
            snippet_start,
            number: None,
            last: Vec::new(),
        }
    }

    fn set(&mut self, style: Style) -> io::Result<()> {
        if self.color {
            write!(self.out, "{style}")?;
        }
        Ok(())
    }

    fn unset(&mut self) -> io::Result<()> {
        if self.color {
            self.out.write_all(b"\x1b[0m")?;
        }
        Ok(())
    }
}

impl io::Write for StyledWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(number) = &mut self.number {
            number.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        if bytes == self.snippet_start.as_bytes() {
            // Another file or another place: its first line tells its number again.
            self.last.clear();
        }
        if std::mem::take(&mut self.header) {
            let name: &[u8] = match bytes {
                b"note" => b"info",
                b"help" => b"hint",
                other => other,
            };
            self.out.write_all(name)?;
            return Ok(bytes.len());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for StyledWriter<'_> {
    fn set_header(&mut self, severity: Severity) -> GeneralWriteResult {
        self.header = true;
        self.set(paint::severity(ours(severity)).bold())
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.unset()?;
        self.set(paint::BOLD)
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.number = Some(Vec::new());
        Ok(())
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.set(paint::FRAME)
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.set(paint::FRAME)
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> GeneralWriteResult {
        self.set(match style {
            LabelStyle::Primary => paint::severity(ours(severity)),
            LabelStyle::Secondary => paint::FRAME,
        })
    }

    fn reset(&mut self) -> GeneralWriteResult {
        let Some(number) = self.number.take() else {
            return self.unset();
        };
        if number == self.last {
            return self.out.write_all(&b" ".repeat(number.len()));
        }
        self.set(paint::FRAME)?;
        self.out.write_all(&number)?;
        self.last = number;
        self.unset()
    }
}

fn ours(severity: Severity) -> crate::diagnostic::Severity {
    match severity {
        Severity::Bug | Severity::Error => crate::diagnostic::Severity::Error,
        Severity::Warning => crate::diagnostic::Severity::Warning,
        Severity::Note => crate::diagnostic::Severity::Info,
        Severity::Help => crate::diagnostic::Severity::Hint,
    }
}
