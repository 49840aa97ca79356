//! `connote` judges connection notes: the 200-300 characters that go with a LinkedIn invitation.
//!
//! It scores a note for the three-part formula (a personal reference, a specific reason, something of
//! value for the reader), shows the words that are the evidence, and says what is missing and where
//! it would go. It reads files and writes text; it never logs in, sends, or touches the network.
//!
//! # The map of the house
//!
//! Data flows one way, down this list; who may import whom is a table in `tests/it/architecture.rs`.
//!
//! | room | what it is |
//! |---|---|
//! | [`span`], [`source`], [`diagnostic`] | places in files, the files, and what there is to say about a place |
//! | [`similarity`] | how alike texts are: sets of word pairs, who belongs together, what they share |
//! | [`language`] | the language of a text, where it is beyond doubt |
//! | [`statistics`] | how sure a rate is, whether two differ, how often chance says so |
//! | [`zone`], [`window`] | where places are in time; hours of a week and the moments in them |
//! | [`text`] | a note's words with a map home to the bytes of its file |
//! | [`toml_doc`] | TOML tables that remember where everything was written |
//! | [`note`] | a draft: words, recipient, sending |
//! | [`history`] | what was sent before and what became of it, person by person |
//! | [`schedule`] | when notes are sent: settings, clocks, the plan |
//! | [`audit`] | counts, rates, withdrawals and re-sends from a history |
//! | [`facts`] | what is worth computing once for a note: words, sentences, greeting, counts |
//! | [`pattern`] | word patterns and regular expressions, thousands at once |
//! | [`score`] | the formula as numbers |
//! | [`input`] | one file for each input format; the table is [`input::FORMATS`] |
//! | [`export`] | the tables of LinkedIn's data export |
//! | [`pack`] | rule packs as written; `rules/` is built in |
//! | [`config`] | `connote.toml`, as written and as valid |
//! | [`check`] | kinds of check, one file each; the table is [`check::KINDS`] |
//! | [`ruleset`] | packs and settings become the rules that run |
//! | [`schema`] | JSON Schemas of configuration and packs, for editors |
//! | [`report`] | what a run found |
//! | [`baseline`] | findings that are known already, and the file of them |
//! | [`load`] | the only room that opens files |
//! | [`lint`] | the pipeline |
//! | [`fix`] | fixes as edits of files, escaped for the place |
//! | [`agreement`] | how well verdicts agree with people's labels |
//! | [`learn`] | what went with acceptance in a history |
//! | [`render`] | one file for each output format; the table is [`render::OUTPUTS`] |
//! | [`linter`] | the front door for programs: texts in, verdicts out; the stable part of this crate |
//! | [`editor`] | drafts that are being written: verdicts after every keystroke, explanations, completions |
//!
//! # Where to add something
//!
//! | you want | you touch |
//! |---|---|
//! | a rule, a signal | one table in `rules/*.toml` with `bad` and `good` examples; no Rust |
//! | a kind of check | a file in `src/check/kinds/`, a line in its table, a rule that uses it |
//! | an input format | a file in `src/input/`, a line in its table, a sample |
//! | an output format | a file in `src/render/`, a line in its table |
//! | a setting | its key in `src/config/file.rs`, its valid form in `Settings` |
//!
//! # A batch from strings
//!
//! ```
//! let linter = connote::Linter::new();
//! let batch = linter.lint(["Hi {{first_name}}, I'd like to add you to my professional network."]);
//! let verdict = &batch.verdicts[0];
//! assert_eq!(verdict.score, Some(0));
//! assert!(verdict.findings.iter().any(|finding| finding.rule == "unfilled-placeholder"));
//! println!("{}", batch.to_json());
//! ```

pub mod agreement;
pub mod audit;
pub mod baseline;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod editor;
pub mod export;
pub mod facts;
pub mod fix;
pub mod history;
pub mod input;
pub mod language;
pub mod learn;
pub mod lint;
pub mod linter;
#[cfg(feature = "files")]
pub mod load;
pub mod note;
pub mod pack;
pub mod pattern;
pub mod render;
pub mod report;
pub mod ruleset;
pub mod schedule;
pub mod schema;
pub mod score;
pub mod similarity;
pub mod source;
pub mod span;
pub mod statistics;
pub mod text;
pub mod toml_doc;
pub mod weigh;
pub mod window;
pub mod zone;

pub use linter::Batch;
pub use linter::Draft;
pub use linter::Linter;

/// The Rust in the README is tried like that in the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
