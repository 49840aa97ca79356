//! The keys of each kind of rule, with comments for whoever writes one.

/// A kind of rule: its name, what it does, and the keys of its own.
type Kind = (&'static str, &'static str, &'static str);

/// The kinds that a skeleton can be made for.
pub(crate) const KINDS: [Kind; 14] = [
    ("phrase", "finds words", PHRASE),
    ("replace", "finds words and knows better ones", REPLACE),
    ("count", "counts something and has a least or a most", COUNT),
    ("length", "limits how long a note is", LENGTH),
    ("missing", "asks for a part of the formula", MISSING),
    (
        "if-then",
        "where one thing is found, expects another",
        IF_THEN,
    ),
    ("ratio", "weighs one kind of words against another", RATIO),
    (
        "placeholder",
        "finds merge fields that were not filled in",
        PLACEHOLDER,
    ),
    (
        "recipient",
        "compares the note with what is known about the reader",
        RECIPIENT,
    ),
    ("order", "wants one thing before another", ORDER),
    ("rules", "puts other rules together", RULES),
    (
        "grounding",
        "finds claims that the given facts do not support",
        GROUNDING,
    ),
    (
        "signal",
        "finds words that show a part of the formula",
        SIGNAL,
    ),
    (
        "fact-used",
        "finds that a fact given for the recipient is used",
        FACT_USED,
    ),
];

/// How words are written, for the kinds that look for words.
pub(super) const MATCHER: &str = r#"# How to write words: `talk~` also matches talks, talked, talking; `...` is a gap of up to five
# words; `(post|article)` either one; `very?` may be there or not; `{name}` any entry of a
# vocabulary; `<name>`, `<number>`, `<weekday>` any such word; `^` and `$` the ends of a sentence.
# Case, accents and short forms do not matter: write "i would" for "I'd".
"#;

const PHRASE: &str = r#"phrases = ["first wording", "second wording~"]
# unless = ["words that make it all right in the same sentence"]
# unless_note = ["words that make it all right anywhere in the note"]
# where = "opening"   # note, greeting, opening, closing, question, statement, start
"#;
const REPLACE: &str = r#"swap = { "utilize~" = "use" }
fix = "unsafe"        # safe: the meaning stays the same, so it may be applied unasked
"#;
const COUNT: &str = r#"of = "exclamations"   # characters, words, sentences, questions, exclamations, exclamation_run, links,
                      # emoji, emoji_run, lines, hashtags, mentions, shouted_words
max = 1               # and, or instead, `min`
"#;
const LENGTH: &str = r#"max_free = 200
max_paid = 300
unit = "utf16"        # as LinkedIn is taken to count (an emoji is 2), or "characters"
"#;
const MISSING: &str = r#"part = "reason"       # reference, reason, value
is = "none"           # or "generic": it is there, but fits anybody
place = "after-reference"   # where words could go: after-greeting, after-reference, end
starts = ["I am writing because ___."]
"#;
const IF_THEN: &str = r#"if = { phrases = ["attached"] }
then = { patterns = ['https?://'] }
expect = "present"    # or "absent"
"#;
const RATIO: &str = r#"of = { phrases = ["(i|me|my)"] }
to = { phrases = ["(you|your)"] }
max = 2.0             # more than two of the first for each of the second
at_least = 4          # with fewer of the first, nothing is said
"#;
const PLACEHOLDER: &str = r#"[[rule.families]]
name = "our tool's fields"
pattern = '~[a-z_]+~'
"#;
const RECIPIENT: &str = r#"check = "greeting-name"   # greeting-missing, other-recipient, other-company, shouted-name, decorated-name
"#;
const ORDER: &str = r#"first = "reference"   # a part of the formula, or { phrases = [...] }
then = { phrases = ["(can|could) we (talk|meet)"] }
"#;
const RULES: &str = r#"all = ["part:reference=none"]
any = ["stock-opening", "flag:pitch"]
# none = ["..."]
# at_least = 2        # how many of `any`
"#;
const GROUNDING: &str = r#"claims = ["your (post|article|talk) (about|on) ..2"]
"#;
const SIGNAL: &str = r#"strength = "specific" # or "generic": the words fit anybody
phrases = ["your (talk|article) (about|on) <name>"]
# unless = ["words that take it back in the same sentence"]
"#;
const FACT_USED: &str = r#"strength = "specific" # or "generic"
min_words = 2         # how many telling words note and fact must share
"#;

/// The kinds that give points for a part of the formula instead of findings.
pub(super) const SIGNALS: [&str; 2] = ["signal", "fact-used"];
