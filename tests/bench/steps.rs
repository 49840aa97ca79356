//! What each step of a run costs, measured inside one process: `cargo bench --bench steps`.
//!
//! The notes are those of the packs' own examples, so nothing has to be fetched or generated, and
//! they grow with the rules. Each note is followed by itself with a curly quote, an accent and an
//! emoji in it: real notes have such letters, and plain ASCII would flatter the figures.

use std::fmt::Write;
use std::sync::LazyLock;

use connote::config::Settings;
use connote::facts::Facts;
use connote::input::InputOptions;
use connote::input::Reader;
use connote::input::format_of;
use connote::lint::Run;
use connote::lint::lint;
use connote::note::Note;
use connote::pack::Example;
use connote::pack::Pack;
use connote::pack::builtin;
use connote::pattern::Search;
use connote::ruleset::RuleSet;
use connote::schedule;
use connote::schedule::Clock;
use connote::schedule::Clocks;
use connote::schedule::Slot;
use connote::source::Source;
use connote::source::Sources;
use connote::span::FileId;
use connote::span::Span;
use connote::span::Spanned;
use connote::text::Text;
use connote::toml_doc::Problems;
use divan::Bencher;
use divan::counter::BytesCount;
use divan::counter::ItemsCount;
use jiff::Timestamp;

/// Notes that one round judges.
const NOTES: usize = 1000;

static NOTES_OF_PACKS: LazyLock<Vec<Note>> = LazyLock::new(|| {
    let texts = texts();
    let notes = texts.iter().cycle().take(NOTES).enumerate();
    notes.map(|(number, text)| note(number, text)).collect()
});

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let set = RuleSet::build(&packs(), &Settings::default(), &mut Problems::new("pack"));
    // Whatever is made when it is first needed is made now.
    divan::black_box(lint_all(&set));
    set
});

fn main() {
    divan::main();
}

fn packs() -> Vec<Pack> {
    builtin(&mut Sources::default(), &mut Problems::new("pack"))
}

fn texts() -> Vec<String> {
    let set = RuleSet::build_all(&packs(), &Settings::default(), &mut Problems::new("pack"));
    let mut problems = Problems::new("pack");
    let mut texts = Vec::new();
    for rule in set.rules() {
        let examples = [rule.bad(&mut problems), rule.good(&mut problems)];
        for Example { note, .. } in examples.into_iter().flatten() {
            let other = note.replace('\'', "’") + " À bientôt 🙂";
            texts.extend([note, other]);
        }
    }
    assert!(texts.len() > 100, "the packs have examples");
    texts
}

fn note(number: usize, text: &str) -> Note {
    Note::new(number.to_string(), 1, Text::plain(FileId(0), 0, text))
}

fn lint_all(set: &RuleSet) -> usize {
    let report = lint(&Run::new(set), NOTES_OF_PACKS.clone(), Vec::new());
    report.diagnostics.len()
}

/// Reading the built-in packs: TOML only.
#[divan::bench]
fn read_packs() -> Vec<Pack> {
    packs()
}

/// Making the rules ready, the packs being read.
#[divan::bench]
fn build_rules(bencher: Bencher) {
    let packs = packs();
    bencher
        .bench_local(|| RuleSet::build(&packs, &Settings::default(), &mut Problems::new("pack")));
}

/// Making ready the patterns that one note needs, the rules being built.
#[divan::bench]
fn patterns_of_one_note(bencher: Bencher) {
    let packs = packs();
    bencher
        .with_inputs(|| RuleSet::build(&packs, &Settings::default(), &mut Problems::new("pack")))
        .bench_local_refs(|rules| {
            let note = NOTES_OF_PACKS[0].text.as_str();
            divan::black_box(rules.patterns_for([note].into_iter()));
        });
}

/// Making ready all patterns, as for a batch, the rules being built.
#[divan::bench]
fn all_patterns(bencher: Bencher) {
    let packs = packs();
    bencher
        .with_inputs(|| RuleSet::build(&packs, &Settings::default(), &mut Problems::new("pack")))
        .bench_local_refs(|rules| rules.make_ready());
}

/// Words, sentences, greeting and counts of a thousand notes.
#[divan::bench]
fn facts(bencher: Bencher) {
    let notes = &*NOTES_OF_PACKS;
    bencher
        .counter(ItemsCount::new(notes.len()))
        .bench_local(|| {
            for note in notes {
                divan::black_box(Facts::new(note));
            }
        });
}

/// All word patterns over a thousand notes whose facts are known.
#[divan::bench(sample_count = 20)]
fn find_patterns(bencher: Bencher) {
    let facts: Vec<Facts<'_>> = NOTES_OF_PACKS.iter().map(Facts::new).collect();
    let patterns = RULES.patterns_for(NOTES_OF_PACKS.iter().map(|note| note.text.as_str()));
    bencher
        .counter(ItemsCount::new(facts.len()))
        .bench_local(|| {
            let mut search = Search::default();
            for facts in &facts {
                divan::black_box(patterns.find(facts, &mut search));
            }
        });
}

/// Judging a thousand notes with the whole default pack, on so many threads.
#[divan::bench(args = [1, 2], sample_count = 20)]
fn lint_notes(bencher: Bencher, threads: usize) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else {
        return;
    };
    bencher
        .counter(ItemsCount::new(NOTES))
        .bench_local(|| pool.install(|| lint_all(&RULES)));
}

/// Reading a thousand rows of a batch file.
#[divan::bench(args = ["batch.csv", "batch.jsonl", "batch.json"])]
fn read(bencher: Bencher, name: &str) {
    let text = batch(name);
    let counter = BytesCount::new(text.len());
    let source = Source::new(name.to_owned(), text);
    let Reader::Text(reader) = format_of(name).reader else {
        return;
    };
    let options = InputOptions::default();
    let notes = reader(&source, FileId(0), &options).notes.len();
    assert_eq!(notes, NOTES, "every row of {name} is read");
    bencher
        .counter(counter)
        .counter(ItemsCount::new(NOTES))
        .bench_local(|| reader(&source, FileId(0), &options));
}

/// The notes as a batch file of a format.
fn batch(name: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut file = String::new();
    if name.ends_with(".csv") {
        file.push_str("id,first_name,company,note\n");
    }
    for (number, note) in NOTES_OF_PACKS.iter().enumerate() {
        let text = note.text.as_str();
        let done = if name.ends_with(".csv") {
            let text = text.replace('"', "\"\"");
            writeln!(file, "{number},Ana,Alderbank,\"{text}\"")
        } else {
            let text = quoted(text);
            writeln!(
                file,
                "{{\"id\":{number},\"first_name\":\"Ana\",\"company\":\"Alderbank\",\"text\":{text}}}"
            )
        };
        debug_assert!(done.is_ok(), "a string takes everything");
    }
    if name.ends_with(".json") {
        let rows: Vec<&str> = file.lines().collect();
        return format!("[{}]", rows.join(",\n"));
    }
    file
}

/// Drafts that one plan has.
const PLANNED: usize = 100_000;

/// Drafts to places all over the world.
static TRAVELLERS: LazyLock<Vec<Note>> = LazyLock::new(|| {
    let places: Vec<&str> = include_str!("../it/places.tsv")
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let text = Text::plain(FileId(0), 0, "Hi");
    let draft = |number: usize| {
        let mut note = Note::new(number.to_string(), 1, text.clone());
        let place = places[number % places.len()];
        note.recipient.location = Some(Box::new(Spanned::new(place.into(), Span::default())));
        note
    };
    (0..PLANNED).map(draft).collect()
});

/// From locations to send times; with the usual caps most drafts find no room within a year, with wide
/// ones all minutes of the year are searched.
#[divan::bench(args = [(20, 100, 7), (1000, 5000, 1)], sample_count = 5)]
fn planning(bencher: Bencher, (per_day, per_week, apart): (u32, u32, u32)) {
    let settings = schedule::Settings {
        per_day,
        per_week,
        apart,
        ..schedule::Settings::default()
    };
    let now: Timestamp = Timestamp::from_second(1_774_612_800).unwrap_or_default();
    LazyLock::force(&TRAVELLERS);
    bencher.counter(ItemsCount::new(PLANNED)).bench_local(|| {
        let mut clocks = Clocks::new(now);
        let clocks: Vec<Clock> = TRAVELLERS
            .iter()
            .map(|note| clocks.of(note, &settings))
            .collect();
        let slots: Vec<Slot<'_>> = (0u64..)
            .zip(&clocks)
            .map(|(key, clock)| Slot {
                clock,
                rank: (key % 4) as u8,
                key,
                fixed: None,
            })
            .collect();
        schedule::plan(
            &slots,
            &settings,
            None,
            &schedule::Before::default(),
            now,
            0,
        )
    });
}
