//! XML documents, piece by piece. Every text is made harmless first: XML 1.0 cannot hold control
//! characters, not even escaped.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesStart;
use quick_xml::events::BytesText;
use quick_xml::events::Event;

use crate::render::clean::clean;

/// Names and values.
type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written.
pub(crate) struct Xml<'a> {
    writer: Writer<&'a mut dyn io::Write>,
}

impl<'a> Xml<'a> {
    /// Begins a document.
    pub(crate) fn new(out: &'a mut dyn io::Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        self.writer
            .write_event(Event::Start(start(name, attributes)))
    }

    /// Closes it.
    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        self.writer
            .write_event(Event::Empty(start(name, attributes)))
    }

    /// Writes an element with lines of text in it.
    pub(crate) fn lines(
        &mut self,
        name: &str,
        attributes: Attributes,
        lines: &[String],
    ) -> io::Result<()> {
        let lines: Vec<String> = lines.iter().map(|line| clean(line).into_owned()).collect();
        self.open(name, attributes)?;
        self.writer
            .write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
        self.close(name)
    }

    /// Ends the document.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.writer.get_mut().write_all(b"\n")
    }
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*clean(value)));
    }
    start
}
