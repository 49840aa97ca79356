//! Judged notes as bytes, to be kept from one run of the program to the next.
//!
//! What is kept is found again by what the note says and by what it was judged by, never by the time of
//! a file. The bytes hold no note: hashes, verdicts, and of the words only what a finding says of them.

use sha2::Digest;
use sha2::Sha256;

use crate::lint::memory::Key;
use crate::lint::memory::Memory;
use crate::lint::memory::Remembered;

/// What the bytes begin with. Another layout has another number; another program, another [`Identity`].
const MAGIC: &[u8] = b"connote cache 1\n";

/// Bytes of a hash.
const HASH: usize = 32;

/// What a rule set is: a hash of all that it was made from, the program included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity([u8; HASH]);

impl Identity {
    /// The identity of a rule set made from these things.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            // With its length before it: no two lists of parts are the same bytes.
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The hash, to make other ones from.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The key of a note by what it was judged by.
pub(super) fn hashed(set: Option<&Identity>, key: &[u8]) -> Key {
    let Identity(set) = set.copied().unwrap_or(Identity([0; HASH]));
    let mut hash = Sha256::new();
    hash.update(set);
    hash.update(key);
    Key::from(hash.finalize().as_slice())
}

impl Memory {
    /// A memory that can be kept, still empty. `identities` are those of the run's rule sets, by their numbers.
    pub fn lasting(identities: Vec<Identity>) -> Self {
        Self {
            identities: Some(identities),
            ..Self::default()
        }
    }

    /// Reads what [`Memory::to_bytes`] wrote. Nothing if it is damaged, or of another layout: what cannot be
    /// recalled is judged again.
    pub fn from_bytes(bytes: &[u8], identities: Vec<Identity>) -> Option<Self> {
        let (sum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
        if Sha256::digest(body).as_slice() != sum {
            return None;
        }
        let known: Vec<(Key, Remembered)> = postcard::from_bytes(body).ok()?;
        Some(Self {
            known: known.into_iter().collect(),
            ..Self::lasting(identities)
        })
    }

    /// Whether these are the bytes of a memory, of whatever layout.
    pub fn is_kept(bytes: &[u8]) -> bool {
        bytes.starts_with(b"connote cache ")
    }

    /// All that is known, as bytes; the same ones for the same knowledge. Nothing if nothing has changed since
    /// it was begun or read, or if it cannot outlive the run.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        if !self.is_changed || self.identities.is_none() {
            return None;
        }
        let mut known: Vec<(&Key, &Remembered)> = self.known.iter().collect();
        known.sort_unstable_by_key(|(key, _)| *key);
        let body = postcard::to_stdvec(&known).ok()?;
        Some([MAGIC, Sha256::digest(&body).as_slice(), &body].concat())
    }
}
