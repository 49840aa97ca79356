//! Words of a file, without a copy of them: a hundred thousand rows point into one text.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::hash::Hasher;
use std::ops::Deref;
use std::ops::Range;
use std::sync::Arc;

/// A string that never changes. It is a part of a text that others share, or has one of its own.
///
/// 16 bytes, and nothing besides where the text is shared.
#[derive(Clone, Default)]
pub struct SharedStr {
    /// None for no words at all.
    text: Option<Arc<String>>,
    /// First byte in the text.
    start: u32,
    /// First byte behind the words.
    end: u32,
}

impl SharedStr {
    /// A part of a text, in bytes. A range that is out of bounds or splits a character gives no words.
    pub fn within(text: &Arc<String>, range: Range<usize>) -> Self {
        let ends = (u32::try_from(range.start), u32::try_from(range.end));
        match (text.get(range), ends) {
            (Some(words), (Ok(start), Ok(end))) if !words.is_empty() => Self {
                text: Some(Arc::clone(text)),
                start,
                end,
            },
            _ => Self::default(),
        }
    }

    /// A part of the words, in bytes from their start; the text stays shared.
    pub fn part(&self, range: Range<usize>) -> Self {
        let from = self.start as usize;
        match &self.text {
            Some(text) if range.end <= self.len() => {
                Self::within(text, from + range.start..from + range.end)
            }
            _ => Self::default(),
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        let text = self.text.as_deref();
        text.and_then(|text| text.get(self.start as usize..self.end as usize))
            .unwrap_or_default()
    }
}

impl From<String> for SharedStr {
    fn from(text: String) -> Self {
        let length = text.len();
        if length == 0 {
            return Self::default();
        }
        Self::within(&Arc::new(text), 0..length)
    }
}

impl From<&str> for SharedStr {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Box<str>> for SharedStr {
    fn from(text: Box<str>) -> Self {
        Self::from(String::from(text))
    }
}

impl Deref for SharedStr {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for SharedStr {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for SharedStr {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for SharedStr {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SharedStr {}

impl Hash for SharedStr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for SharedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for SharedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_a_part_of_their_text() {
        let text = Arc::new("Hi Zoë, hi".to_owned());
        let name = SharedStr::within(&text, 3..7);
        assert_eq!(&*name, "Zoë");
        assert_eq!(name, SharedStr::from("Zoë"));
        assert_eq!(name.to_string(), "Zoë");
        assert_eq!(&*name.part(2..4), "ë");
        assert_eq!(&*name.part(2..5), "");
        assert_eq!(Arc::strong_count(&text), 2);
        // Nothing is left where the range is none.
        for range in [3..6, 8..40, 4..4] {
            assert_eq!(&*SharedStr::within(&text, range), "");
        }
        assert_eq!(Arc::strong_count(&text), 2);
        assert_eq!(std::mem::size_of::<SharedStr>(), 16);
    }
}
