//! Words that are typed together, shortened, or without their apostrophe.

use std::borrow::Cow;

/// The words of a folded contraction with its apostrophes: "you're" is `you are`, "ana's" is `ana 's`.
pub(super) fn apart(folded: &str) -> Vec<Cow<'_, str>> {
    let words = |words: &[&'static str]| words.iter().map(|word| Cow::Borrowed(*word)).collect();
    match folded {
        "can't" => return words(&["can", "not"]),
        "won't" => return words(&["will", "not"]),
        "shan't" => return words(&["shall", "not"]),
        "ain't" => return words(&["is", "not"]),
        "let's" => return words(&["let", "us"]),
        "y'all" => return words(&["you", "all"]),
        "ma'am" => return words(&["maam"]),
        "it's" | "that's" | "what's" | "who's" | "he's" | "she's" | "there's" | "here's"
        | "where's" | "how's" => return vec![folded.trim_end_matches("'s").into(), "is".into()],
        _ => {}
    }
    for (ending, word) in ENDINGS {
        if let Some(stem) = folded.strip_suffix(ending)
            && !stem.is_empty()
        {
            return vec![stem.into(), word.into()];
        }
    }
    if folded.starts_with("o'") || folded.ends_with('\'') {
        return vec![folded.replace('\'', "").into()];
    }
    let parts = folded.split('\'').filter(|part| !part.is_empty());
    parts.map(Cow::Borrowed).collect()
}

/// What stands behind an apostrophe, and the word that it is.
const ENDINGS: [(&str, &str); 7] = [
    ("n't", "not"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'m", "am"),
    ("'d", "would"),
    ("'s", "'s"),
];

/// Words run together or shortened, as they are typed in a hurry.
pub(super) fn run_together(folded: &str) -> Option<&'static [&'static str]> {
    Some(match folded {
        "im" => &["i", "am"],
        "ive" => &["i", "have"],
        "dont" => &["do", "not"],
        "didnt" => &["did", "not"],
        "doesnt" => &["does", "not"],
        "cant" | "cannot" => &["can", "not"],
        "couldnt" => &["could", "not"],
        "wouldnt" => &["would", "not"],
        "shouldnt" => &["should", "not"],
        "wont" => &["will", "not"],
        "isnt" => &["is", "not"],
        "arent" => &["are", "not"],
        "wasnt" => &["was", "not"],
        "havent" => &["have", "not"],
        "hasnt" => &["has", "not"],
        "youre" => &["you", "are"],
        "youve" => &["you", "have"],
        "youll" => &["you", "will"],
        "weve" => &["we", "have"],
        "theyre" => &["they", "are"],
        "thats" => &["that", "is"],
        "whats" => &["what", "is"],
        "theres" => &["there", "is"],
        "hows" => &["how", "is"],
        "lets" => &["let", "us"],
        "gonna" => &["going", "to"],
        "wanna" => &["want", "to"],
        "gotta" => &["got", "to"],
        "u" => &["you"],
        "ur" => &["your"],
        "thx" | "thnx" | "tnx" => &["thanks"],
        "pls" | "plz" => &["please"],
        _ => return None,
    })
}
