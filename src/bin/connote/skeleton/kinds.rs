//! The keys of each kind of rule, with comments for whoever writes one.

/// A kind of rule: its name, what it does, and the keys of its own.
type Kind = (&'static str, &'static str, &'static str);

/// The kinds that a skeleton can be made for.
pub(crate) const KINDS: [Kind; 40] = [
    ("phrase", "finds words", PHRASE),
    ("replace", "finds words and knows better ones", REPLACE),
    (
        "doubled",
        "finds a word that stands twice in a row",
        DOUBLED,
    ),
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
    (
        "weighed",
        "settles the level of a part by all words together",
        WEIGHED,
    ),
    (
        "weighed-pitch",
        "finds a pitch by all words together",
        WEIGHED_PITCH,
    ),
    ("duplicate", "finds notes with the same words", DUPLICATE),
    (
        "near-duplicate",
        "finds two notes that are nearly the same",
        NEAR_DUPLICATE,
    ),
    (
        "template",
        "finds three or more notes made from one text with slots",
        TEMPLATE,
    ),
    (
        "same-company",
        "finds similar notes to people at one company",
        SAME_COMPANY,
    ),
    (
        "stale-opening",
        "finds a first sentence that much of the batch has",
        STALE_OPENING,
    ),
    (
        "already-sent",
        "finds drafts that repeat what somebody else was sent",
        ALREADY_SENT,
    ),
    (
        "send-window",
        "finds send times outside the recipient's good hours",
        SCHEDULE,
    ),
    ("send-past", "finds send times that have gone by", SCHEDULE),
    (
        "send-quiet",
        "finds send times outside the sender's own hours",
        SCHEDULE,
    ),
    (
        "send-unclear",
        "finds send times and time zones that cannot be read",
        SCHEDULE,
    ),
    (
        "send-next",
        "tells the next good time where none is given",
        SCHEDULE,
    ),
    (
        "zone-unknown",
        "finds locations that do not tell the time zone",
        SCHEDULE,
    ),
    (
        "send-pace",
        "finds more send times in a day, a week or a month than is good",
        SCHEDULE,
    ),
    (
        "send-together",
        "finds several send times in the same minute",
        TOGETHER,
    ),
    (
        "language",
        "tells of notes in a language that is not judged",
        LANGUAGE,
    ),
    (
        "already-connected",
        "finds drafts to people who are connections already",
        PAST,
    ),
    (
        "already-pending",
        "finds drafts to people who have an unanswered invitation",
        PAST,
    ),
    (
        "resend-early",
        "finds drafts to people whose invitation was withdrawn a short time ago",
        PAST,
    ),
    (
        "resend-same-words",
        "finds drafts that repeat what the same person got before",
        RESEND_SAME_WORDS,
    ),
    (
        "pending-count",
        "tells of too many pending invitations",
        PENDING_COUNT,
    ),
    (
        "weekly-pace",
        "tells of too many invitations in the last seven days",
        PAST,
    ),
    ("rate-low", "tells of a low acceptance rate", PAST),
    (
        "personal-notes-left",
        "tells how many invitations with a note are left this month",
        PAST,
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
const DOUBLED: &str = r#"words = ["the", "of"]   # never twice in a row
perhaps = ["to"]        # hardly ever; the fix of these is always unsafe
fix = "safe"            # the meaning stays the same, so it may be applied unasked
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
const WEIGHED: &str = r#"generic = 0.6         # from which expected level on, 0 to 2, the part is generic
keep_generic = 0.35   # the same where a phrase claims as much
specific = 1.4        # and specific
keep_specific = 1.4
"#;
const WEIGHED_PITCH: &str = r#"at_least = 0.6        # the chance, 0 to 1
flag = "pitch"
"#;
const DUPLICATE: &str = r#"impersonal = 3        # words that so many notes share no longer count as a personal reference
escalate = [{ notes = 5, level = "error" }]
# Examples take the other notes of their batch along:
# bad = [{ note = "Hi Ana, ...", first_name = "Ana", others = [{ note = "Hi Ben, ...", first_name = "Ben" }] }]
"#;
const NEAR_DUPLICATE: &str = r#"similarity = 0.6      # the share of common pairs of words, of those that either note has
"#;
const TEMPLATE: &str = r#"similarity = 0.6      # the share of common pairs of words, of those that either note has
least = 3             # so many different texts
shared = 0.4          # so much of a note comes from the template, on the average
support = 0.8         # a word belongs to the template if so many of the notes have it
island = 0.97         # the same for one or two words between slots
slot = 0.3            # there is a slot where so many of the notes have words of their own
sample = 48           # so many notes are laid side by side to find it
merge = 0.9           # a slot holds a field's value in so many of the notes
common = 0.2          # what so many of the notes say, wherever it stands, belongs to none of them
escalate = [{ notes = 25, level = "error" }]
"#;
const SAME_COMPANY: &str = r#"similarity = 0.4      # lower than for strangers, for colleagues compare
"#;
const STALE_OPENING: &str = r#"share = 0.2           # of all notes
least = 5             # notes at least
"#;
const SCHEDULE: &str = r#"# Days, hours and caps stand in [schedule] of the configuration.
# Examples say when they are looked at:
# bad = [{ note = "Hi Ana, ...", timezone = "Europe/Lisbon", send_at = "2026-03-30 10:00", now = "2026-03-27T12:00Z" }]
"#;
const TOGETHER: &str = r#"notes = 2             # so many in one minute
# Examples say when they are looked at:
# bad = [{ note = "Hi Ana, ...", send_at = "2026-03-31T09:00Z", now = "2026-03-27T12:00Z", others = [{ note = "Hi Ben, ...", send_at = "2026-03-31T09:00Z" }] }]
"#;
const LANGUAGE: &str = r#"# It fires where no signals are written for the note's language.
"#;
const PAST: &str = r#"# Limits stand in [audit] and [schedule] of the configuration. It runs with `--history`.
# Examples say what was sent before, and what became of it:
# bad = [{ note = "Hi Ana, ...", profile = "linkedin.com/in/ana", now = "2026-02-15T00:00Z", sent = [{ note = "", profile = "linkedin.com/in/ana", send_at = "2026-01-05 10:00", status = "pending" }] }]
"#;
const RESEND_SAME_WORDS: &str = r#"similarity = 0.6      # the share of common pairs of words, of those that either note has
# Examples say what was sent before, and what became of it:
# bad = [{ note = "Hi Ana, ...", profile = "linkedin.com/in/ana", now = "2026-02-15T00:00Z", sent = [{ note = "Hi Ana, ...", profile = "linkedin.com/in/ana", send_at = "2026-01-05 10:00", status = "declined" }] }]
"#;
const PENDING_COUNT: &str = r#"limit = "warning"     # or "error": from `pending-error` of [audit] on
# Examples say what was sent before; `times` makes as many people of it:
# bad = [{ note = "Hi Ana, ...", now = "2026-02-15T00:00Z", sent = [{ note = "", send_at = "2026-01-05 10:00", times = 120 }] }]
"#;
const ALREADY_SENT: &str = r#"similarity = 0.7      # with a note of the history (`--history`, or `history` in the configuration)
"#;

/// The kinds that give points for a part of the formula instead of findings.
pub(super) const SIGNALS: [&str; 3] = ["signal", "fact-used", "weighed"];
