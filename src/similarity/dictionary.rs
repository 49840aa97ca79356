//! From hashes of 64 bits to small numbers, with how often each came.

/// Numbers hashes in the order in which they first come. An open-addressing table of numbers, with the
/// hashes beside it: 12 to 20 bytes a different hash.
#[derive(Debug)]
pub(super) struct Dictionary {
    /// Number + 1, or 0 for a free place. As many places as a power of two.
    table: Vec<u32>,
    hashes: Vec<u64>,
    counts: Vec<u32>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self {
            table: vec![0; 1 << 12],
            hashes: Vec::new(),
            counts: Vec::new(),
        }
    }
}

impl Dictionary {
    /// The number of a hash, which is counted once more.
    pub(super) fn count(&mut self, hash: u64) -> u32 {
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.table[at] {
                0 => break,
                number if self.hashes[number as usize - 1] == hash => {
                    self.counts[number as usize - 1] += 1;
                    return number - 1;
                }
                _ => at = (at + 1) & mask,
            }
        }
        self.hashes.push(hash);
        self.counts.push(1);
        self.table[at] = u32::try_from(self.hashes.len()).unwrap_or(u32::MAX);
        if self.hashes.len() * 2 > self.table.len() {
            self.grow();
        }
        (self.hashes.len() - 1) as u32
    }

    /// Looks at the places where hashes will be looked for, so that memory fetches them together.
    pub(super) fn touch(&self, hashes: &[u64]) -> u32 {
        let mask = self.table.len() - 1;
        let places = hashes.iter().map(|hash| self.table[*hash as usize & mask]);
        places.fold(0, |sum, number| sum ^ number)
    }

    fn grow(&mut self) {
        let size = self.table.len() * 2;
        self.table.clear();
        self.table.resize(size, 0);
        let mask = size - 1;
        for (number, hash) in self.hashes.iter().enumerate() {
            let mut at = *hash as usize & mask;
            while self.table[at] != 0 {
                at = (at + 1) & mask;
            }
            self.table[at] = number as u32 + 1;
        }
    }

    /// How often each number came, by number.
    pub(super) fn into_counts(self) -> Vec<u32> {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_numbered_and_counted() {
        let mut dictionary = Dictionary::default();
        // All in one place of the table, to make them collide.
        let hash = |number: u64| number << 40;
        for round in 0..3 {
            for number in 0..5000u64 {
                if round == 0 || number % 2 == 0 {
                    assert_eq!(u64::from(dictionary.count(hash(number))), number);
                }
            }
        }
        let counts = dictionary.into_counts();
        assert_eq!((counts.len(), counts[0], counts[1]), (5000, 3, 1));
    }
}
