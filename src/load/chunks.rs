//! A stream of lines in chunks: as many lines as have arrived, so that a slow sender sees its answers at
//! once and a fast one is read in large pieces. However long the stream is, only a stretch of it is held.

use std::io;
use std::io::Read;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::TryRecvError;
use std::sync::mpsc::sync_channel;

use crate::source::Origin;

/// Bytes that are read at a time: what a pipe holds.
const BLOCK: usize = 1 << 16;
/// Blocks that are read ahead while a chunk is being worked on.
const AHEAD: usize = 16;
/// From so many bytes on a chunk ends at the next line end.
const CHUNK: usize = 1 << 20;
/// The longest line in bytes.
const LONGEST: usize = 1 << 20;

/// Some lines of a stream.
#[derive(Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Whole lines; only the last one of the stream may lack its line end.
    pub bytes: Vec<u8>,
    /// Where they begin in the stream.
    pub origin: Origin,
    /// It is the beginning of one line that is longer than a line may be; the rest of it was dropped.
    pub too_long: bool,
}

/// Chunks of a stream.
#[derive(Debug)]
pub struct Chunks {
    blocks: Receiver<io::Result<Vec<u8>>>,
    buffer: Vec<u8>,
    origin: Origin,
    ended: bool,
    /// What ended it, once all whole lines before that have been handed over.
    failed: Option<io::Error>,
    /// The rest of a line that is too long is passed over.
    skips: bool,
}

impl Chunks {
    /// Begins to read, on a thread of its own.
    pub fn new(mut reader: impl Read + Send + 'static) -> Self {
        let (sender, blocks) = sync_channel(AHEAD);
        std::thread::spawn(move || {
            loop {
                let mut block = vec![0; BLOCK];
                let read = match reader.read(&mut block) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Ok(0) => return,
                    read => read,
                };
                let failed = read.is_err();
                let read = read.map(|read| {
                    block.truncate(read);
                    block
                });
                // Nobody listens any more, or there is nothing more to say.
                if sender.send(read).is_err() || failed {
                    return;
                }
            }
        });
        Self {
            blocks,
            buffer: Vec::new(),
            origin: Origin::default(),
            ended: false,
            failed: None,
            skips: false,
        }
    }

    /// Takes what has arrived, at least one block.
    fn fill(&mut self) {
        let first = self.blocks.recv();
        self.push(first.ok());
        while self.buffer.len() < CHUNK && !self.ended {
            match self.blocks.try_recv() {
                Ok(block) => self.push(Some(block)),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => self.push(None),
            }
        }
    }

    fn push(&mut self, block: Option<io::Result<Vec<u8>>>) {
        match block {
            Some(Ok(mut block)) => self.buffer.append(&mut block),
            Some(Err(error)) => {
                self.failed = Some(error);
                self.ended = true;
            }
            None => self.ended = true,
        }
    }

    /// Takes bytes from the front.
    fn take(&mut self, end: usize, too_long: bool) -> Chunk {
        let rest = self.buffer.split_off(end);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        let chunk = Chunk {
            origin: self.origin,
            too_long,
            bytes,
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let lines = memchr::memchr_iter(b'\n', &chunk.bytes).count();
        self.origin.bytes = self.origin.bytes.saturating_add(count(end));
        self.origin.lines = self.origin.lines.saturating_add(count(lines));
        chunk
    }
}

impl Iterator for Chunks {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.skips {
                let end = memchr::memchr(b'\n', &self.buffer);
                self.skips = end.is_none();
                self.take(end.map_or(self.buffer.len(), |end| end + 1), true);
            }
            let end = memchr::memrchr(b'\n', &self.buffer);
            match end {
                Some(end) => return Some(Ok(self.take(end + 1, false))),
                None if self.failed.is_some() => {
                    self.buffer.clear();
                    return self.failed.take().map(Err);
                }
                None if self.ended && self.buffer.is_empty() => return None,
                None if self.ended => return Some(Ok(self.take(self.buffer.len(), false))),
                None if self.buffer.len() > LONGEST => {
                    self.skips = true;
                    return Some(Ok(self.take(LONGEST, true)));
                }
                None => {}
            }
            self.fill();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, then fails if it is told to.
    struct Trickle(Vec<u8>, usize, bool);

    impl Read for Trickle {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() && self.2 {
                return Err(io::Error::other("gone"));
            }
            let most = self.1.min(into.len()).min(self.0.len());
            into[..most].copy_from_slice(&self.0[..most]);
            self.0.drain(..most);
            Ok(most)
        }
    }

    fn chunks(bytes: &[u8], step: usize) -> Vec<Chunk> {
        Chunks::new(Trickle(bytes.to_vec(), step, false))
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn chunks_are_whole_lines_that_know_their_place() {
        let text = b"one\ntwo\n\nthree\r\nfour";
        for step in [1, 2, 5, 100] {
            let chunks = chunks(text, step);
            let (mut bytes, mut lines) = (0, 0);
            for chunk in &chunks {
                assert_eq!((chunk.origin.bytes, chunk.origin.lines), (bytes, lines));
                bytes += chunk.bytes.len() as u32;
                lines += chunk.bytes.iter().filter(|&&byte| byte == b'\n').count() as u32;
                assert!(chunk.bytes.ends_with(b"\n") || bytes as usize == text.len());
            }
            let all: Vec<u8> = chunks.into_iter().flat_map(|chunk| chunk.bytes).collect();
            assert_eq!(all, text, "{step}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_told_once_and_passed() {
        let text = [b"a\n".to_vec(), vec![b'x'; 5 << 20], b"\nb\n".to_vec()].concat();
        let mut places = Vec::new();
        let mut good = Vec::new();
        for chunk in chunks(&text, 1 << 16) {
            match chunk.too_long {
                true => places.push(chunk.origin.lines),
                false => good.push((chunk.origin.lines, chunk.bytes)),
            }
        }
        assert_eq!(places, [1]);
        assert_eq!(good, [(0, b"a\n".to_vec()), (2, b"b\n".to_vec())]);
    }

    #[test]
    fn an_error_ends_it_behind_what_was_read() {
        let mut chunks = Chunks::new(Trickle(b"a\nb".to_vec(), 9, true));
        assert_eq!(chunks.next().unwrap().unwrap().bytes, b"a\n");
        assert!(chunks.next().unwrap().is_err());
        assert!(chunks.next().is_none());
    }

    #[test]
    fn what_has_arrived_is_handed_over_before_more_comes() {
        let (sender, receiver) = std::sync::mpsc::channel::<Vec<u8>>();
        struct Slow(Receiver<Vec<u8>>);
        impl Read for Slow {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let Ok(bytes) = self.0.recv() else {
                    return Ok(0);
                };
                into[..bytes.len()].copy_from_slice(&bytes);
                Ok(bytes.len())
            }
        }
        let mut chunks = Chunks::new(Slow(receiver));
        for line in ["one\n", "two\n"] {
            sender.send(line.into()).unwrap();
            assert_eq!(chunks.next().unwrap().unwrap().bytes, line.as_bytes());
        }
        drop(sender);
        assert!(chunks.next().is_none());
    }
}
