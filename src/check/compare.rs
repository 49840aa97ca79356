//! Two notes side by side: every measure, for `check --compare`.

use crate::check::batch::Masking;
use crate::check::kinds::pair_details;
use crate::note::Note;
use crate::note::field_str;
use crate::similarity::Measures;
use crate::similarity::Word;
use crate::similarity::measures;
use crate::similarity::pairs;
use crate::similarity::sequence_hash;

/// How alike two notes are.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The measures, names and companies masked.
    pub measures: Measures,
    /// The same words once names and companies are masked.
    pub same_words: bool,
    /// How alike the recipients' names are (Jaro-Winkler, 0 to 1), where both are known.
    pub names: Option<f64>,
    /// The words that differ, place by place.
    pub details: Vec<String>,
}

/// Compares two notes.
pub fn compare(left: &Note, right: &Note) -> Comparison {
    let mut masking = [Masking::default(), Masking::default()];
    let [own, other] = &mut masking;
    own.read(left);
    other.read(right);
    let hashes = |words: &[Word]| words.iter().map(|word| word.hash).collect::<Vec<u64>>();
    let (own_words, other_words) = (hashes(&own.words), hashes(&other.words));
    let (mut own_pairs, mut other_pairs) = (Vec::new(), Vec::new());
    pairs(&own.words, &mut own_pairs);
    pairs(&other.words, &mut other_pairs);
    let folded = [folded(left, &own.words), folded(right, &other.words)];
    let found = measures(
        [&own_words, &other_words],
        [&own_pairs, &other_pairs],
        [&folded[0], &folded[1]],
    );
    let same_words =
        !own.words.is_empty() && sequence_hash(&own.words) == sequence_hash(&other.words);
    let name = |note: &Note| {
        let names = [&note.recipient.first_name, &note.recipient.last_name];
        let names: Vec<&str> = names.into_iter().filter_map(field_str).collect();
        (!names.is_empty()).then(|| names.join(" ").to_lowercase())
    };
    Comparison {
        measures: found,
        same_words,
        names: name(left)
            .zip(name(right))
            .map(|(left, right)| strsim::jaro_winkler(&left, &right)),
        details: pair_details(left, right, &mut masking),
    }
}

/// The words in lower case with one space between; a mask is a mark.
fn folded(note: &Note, words: &[Word]) -> String {
    let text = note.text.as_str();
    let word = |word: &Word| match word.mask {
        0 => text[word.start as usize..word.end as usize].to_lowercase(),
        _ => "…".to_owned(),
    };
    words.iter().map(word).collect::<Vec<String>>().join(" ")
}
