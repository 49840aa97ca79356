//! Messages in and out: JSON with a header that tells its length. What is no message is told, and the
//! next one is read.

use std::io;
use std::io::BufRead;
use std::io::Read;
use std::io::Write;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;

use lsp_server::Message;
use lsp_server::RequestId;
use lsp_server::ResponseError;
use serde::Serialize;

/// A longer header line or message is none.
const LONGEST_LINE: u64 = 8 << 10;
const LARGEST: u64 = 1 << 30;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message, and why.
    Broken(String),
}

/// Reads standard input on a thread of its own. The channel closes when the input ends.
pub(super) fn read_in_background() -> Receiver<Incoming> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(Some(incoming)) = read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The next message; none at the end.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let broken = |why: String| Ok(Some(Incoming::Broken(why)));
    let mut length = None;
    let mut seen = false;
    loop {
        let mut line = Vec::new();
        if input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            match seen {
                true => break,
                false => continue,
            }
        }
        seen = true;
        let line = String::from_utf8_lossy(line);
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<u64>().ok();
            }
            Some(_) => {}
            None => return broken("this is no header".to_owned()),
        }
    }
    let Some(length) = length else {
        return broken("a header must tell the Content-Length".to_owned());
    };
    let mut body = input.by_ref().take(length);
    if length > LARGEST {
        io::copy(&mut body, &mut io::sink())?;
        return broken("the message is too large".to_owned());
    }
    let mut bytes = Vec::new();
    if (body.read_to_end(&mut bytes)? as u64) < length {
        return Ok(None);
    }
    match serde_json::from_slice(&bytes) {
        Ok(message) => Ok(Some(Incoming::Message(message))),
        Err(error) => broken(format!("this is no message: {error}")),
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outgoing<'a, T> {
    Answer {
        jsonrpc: &'a str,
        id: Option<&'a RequestId>,
        result: &'a T,
    },
    Refusal {
        jsonrpc: &'a str,
        id: Option<&'a RequestId>,
        error: ResponseError,
    },
    Request {
        jsonrpc: &'a str,
        id: &'a str,
        method: &'a str,
        params: &'a T,
    },
    Notification {
        jsonrpc: &'a str,
        method: &'a str,
        params: &'a T,
    },
}

const JSONRPC: &str = "2.0";

fn write<T: Serialize>(out: &mut dyn Write, message: &Outgoing<'_, T>) -> io::Result<()> {
    let text = serde_json::to_vec(message)?;
    write!(out, "Content-Length: {}\r\n\r\n", text.len())?;
    out.write_all(&text)?;
    out.flush()
}

/// The result of a request.
pub(super) fn answer<T: Serialize>(
    out: &mut dyn Write,
    id: &RequestId,
    result: &T,
) -> io::Result<()> {
    let (jsonrpc, id) = (JSONRPC, Some(id));
    write(
        out,
        &Outgoing::Answer {
            jsonrpc,
            id,
            result,
        },
    )
}

/// Why a request has no result. Without an id: why a message could not be read.
pub(super) fn refuse(
    out: &mut dyn Write,
    id: Option<&RequestId>,
    code: i32,
    message: &str,
) -> io::Result<()> {
    let error = ResponseError {
        code,
        message: message.to_owned(),
        data: None,
    };
    let jsonrpc = JSONRPC;
    let message: Outgoing<'_, ()> = Outgoing::Refusal { jsonrpc, id, error };
    write(out, &message)
}

/// Asks the editor for something. Its answer is of no interest.
pub(super) fn ask<T: Serialize>(
    out: &mut dyn Write,
    id: &str,
    method: &str,
    params: &T,
) -> io::Result<()> {
    let jsonrpc = JSONRPC;
    let message = Outgoing::Request {
        jsonrpc,
        id,
        method,
        params,
    };
    write(out, &message)
}

/// Tells the editor something.
pub(super) fn notify<T: Serialize>(
    out: &mut dyn Write,
    method: &str,
    params: &T,
) -> io::Result<()> {
    let jsonrpc = JSONRPC;
    let message = Outgoing::Notification {
        jsonrpc,
        method,
        params,
    };
    write(out, &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How what stands in an input is read, one after the other.
    fn all(mut input: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(incoming) = read(&mut input).unwrap() {
            all.push(match incoming {
                Incoming::Message(Message::Notification(it)) => it.method,
                Incoming::Message(_) => "other".to_owned(),
                Incoming::Broken(why) => format!("broken: {why}"),
            });
        }
        all
    }

    #[test]
    fn behind_what_is_broken_the_next_message_is_read() {
        let good = "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        for (bad, why) in [
            (
                "Content-Length: 4\r\n\r\n{\"a\"",
                "broken: this is no message: ",
            ),
            (
                "Content-Length: 2\r\n\r\n[]",
                "broken: this is no message: ",
            ),
            (
                "Content-Length: 1\r\n\r\n\u{7f}",
                "broken: this is no message: ",
            ),
            ("hello\r\n", "broken: this is no header"),
            ("Content-Type: x\r\n\r\n", "broken: a header must tell"),
            ("Content-Length: -3\r\n\r\n", "broken: a header must tell"),
        ] {
            let read = all(format!("{bad}{good}").as_bytes());
            assert!(read[0].starts_with(why), "{bad:?}: {read:?}");
            assert_eq!(read.last().unwrap(), "exit", "{bad:?}");
        }
        assert_eq!(
            all(format!("content-length:33\n\n{}", &good[22..]).as_bytes()),
            ["exit"]
        );
    }

    #[test]
    fn a_cut_message_is_the_end_and_a_huge_one_takes_no_room() {
        assert!(all(b"Content-Length: 99\r\n\r\n{}").is_empty());
        let huge = all(b"Content-Length: 99999999999999\r\n\r\n{}");
        assert_eq!(huge, ["broken: the message is too large"]);
    }
}
