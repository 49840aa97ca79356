//! Tests of the whole machine: keys in, frames out, without a terminal.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use connote::note::Note;
use connote::ruleset::RuleSet;
use jiff::Timestamp;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;
use ratatui::crossterm::event::KeyEvent;
use ratatui::crossterm::event::KeyModifiers;

use crate::review::bench::Bench;
use crate::review::draw::draw;
use crate::review::journal::Kept;
use crate::review::journal::resume;
use crate::review::state::Item;
use crate::review::state::Look;
use crate::review::state::Mark;
use crate::review::state::Mode;
use crate::review::state::State;
use crate::review::testing::items;
use crate::review::testing::no_opinion;
use crate::review::testing::notes;
use crate::review::testing::rules;
use crate::review::update::Effect;
use crate::review::update::Event;
use crate::review::update::Wrote;

static RULES: LazyLock<RuleSet> = LazyLock::new(rules);

const GOOD: &str = "Hi Ana, your talk on slow gardens in Bern was a joy. I'm planning a course on them and would like to ask about your drawings. Happy to send you mine.";
const STOCK: &str = "Hi Bo, I came across your profile and would like to add you to my network.";
const OTHER: &str = "Hi Cy, I loved your post about barges.";

/// A review without a terminal: what it wants done is done here.
struct World {
    state: State,
    words: Vec<String>,
    notes: Vec<Note>,
    /// What the journal would have.
    journal: HashMap<String, Kept>,
    writes: Vec<(PathBuf, bool)>,
    ended: bool,
    /// Whether the real rules judge.
    judges: bool,
    /// What the user's own editor leaves.
    editor: Result<String, String>,
}

impl World {
    fn new(words: &[&str], judges: bool) -> Self {
        let look = Look {
            color: false,
            unicode: true,
        };
        let state = State::new(
            "a.csv".into(),
            items(words),
            PathBuf::from("a.ready.csv"),
            look,
        );
        let mut world = Self {
            state,
            words: words.iter().map(|words| (*words).to_owned()).collect(),
            notes: notes(words),
            journal: HashMap::new(),
            writes: Vec::new(),
            ended: false,
            judges,
            editor: Ok("from the editor\r\n".into()),
        };
        world.carry_out(vec![Effect::Compare]);
        world.state.sort();
        world.press(KeyCode::Home);
        world
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Keep(note) => {
                    let kept = self.state.items[note].kept();
                    self.journal.insert(kept.key.clone(), kept);
                    continue;
                }
                Effect::End(_) => {
                    self.ended = true;
                    continue;
                }
                Effect::Editor(note, _) => Event::Edited(note, self.editor.clone()),
                Effect::Write { to, over } => {
                    self.writes.push((to, over));
                    Event::Written(Ok(Wrote {
                        to: "a.ready.csv".into(),
                        notes: self.state.count(Mark::Ready),
                        keeps: true,
                    }))
                }
                Effect::Judge(note, words) => match self.judges {
                    true => Event::Judged(note, self.bench().alone(note, &words).map(Box::new)),
                    false => Event::Judged(note, Some(Box::new(no_opinion()))),
                },
                Effect::Compare => {
                    let words = self.state.items.iter().map(|item| item.words.as_str());
                    Event::Compared(match self.judges {
                        true => self.bench().compare(words),
                        false => words.map(|_| no_opinion()).collect(),
                    })
                }
            };
            let more = self.state.update(next);
            self.carry_out(more);
        }
    }

    fn bench(&self) -> Bench<'_> {
        Bench {
            sets: std::slice::from_ref(&RULES),
            set_of_note: &[],
            history: &[],
            past: None,
            now: Timestamp::UNIX_EPOCH,
            notes: &self.notes,
            files: self.notes.len(),
        }
    }

    fn happen(&mut self, event: Event) {
        let effects = self.state.update(event);
        self.carry_out(effects);
    }

    fn press(&mut self, code: KeyCode) {
        self.happen(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn control(&mut self, letter: char) {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        self.happen(Event::Key(key));
    }

    fn type_in(&mut self, text: &str) {
        text.chars()
            .for_each(|letter| self.press(KeyCode::Char(letter)));
    }

    fn frame(&mut self, width: u16, height: u16) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(&mut self.state, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content().chunks(usize::from(width));
        rows.map(|row| {
            let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            row.trim_end().to_owned()
        })
        .collect()
    }

    fn shows(&mut self, width: u16, height: u16, text: &str) {
        let frame = self.frame(width, height);
        assert!(
            frame.iter().any(|row| row.contains(text)),
            "{text}: {frame:#?}"
        );
    }

    /// The state of a review that begins with the journal.
    fn resumed(&self) -> Vec<Kept> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let mut fresh = items(&words);
        resume(&mut fresh, self.journal.clone());
        fresh.iter().map(Item::kept).collect()
    }

    fn kept(&self) -> Vec<Kept> {
        self.state.items.iter().map(Item::kept).collect()
    }
}

#[test]
fn the_list_has_the_worst_note_first() {
    let mut world = World::new(&[GOOD, STOCK, OTHER], true);
    let frame = world.frame(80, 24);
    assert!(frame[0].starts_with("a.csv: 0 ready, 0 skip, 0 later, 3 open"));
    let scores: Vec<u32> = frame[1..4]
        .iter()
        .map(|row| row[3..8].trim().parse().unwrap())
        .collect();
    assert!(scores.is_sorted(), "{frame:#?}");
    assert!(frame[3].contains("100 ready"), "{frame:#?}");
    assert!(frame[1].starts_with('>'));
    assert!(frame[23].starts_with("? help  r ready  s skip  l later  e edit  u undo"));
    world.press(KeyCode::Char('o'));
    let frame = world.frame(80, 24);
    assert!(frame[1].contains("100 ready"), "{frame:#?}");
}

#[test]
fn evidence_and_findings_are_marked_under_their_words() {
    let mut world = World::new(&[GOOD, STOCK], true);
    world.press(KeyCode::End);
    world.press(KeyCode::Enter);
    let frame = world.frame(80, 24);
    let row = frame
        .iter()
        .position(|row| row.contains("your talk on slow"))
        .unwrap();
    let column = frame[row].find("your talk").unwrap();
    assert!(
        frame[row + 1][column..].starts_with("reference==="),
        "{frame:#?}"
    );
    assert!(frame[1].contains("a.csv:2"), "{frame:#?}");
    let sum = "100 ready = reference 40 (specific) + reason 30 (specific) + value 30";
    assert!(frame[2].starts_with(sum), "{frame:#?}");
    let characters = GOOD.encode_utf16().count();
    let length = format!("{characters} of 200 characters, {} left", 200 - characters);
    assert!(frame.contains(&length), "{frame:#?}");
    // The other one has a stock opening: carets under it, and advice.
    world.press(KeyCode::Char('p'));
    let frame = world.frame(80, 40);
    let row = frame
        .iter()
        .position(|row| row.contains("I came across"))
        .unwrap();
    let column = frame[row].find("came across").unwrap();
    assert!(
        frame[row + 1][column..].starts_with("reference---"),
        "{frame:#?}"
    );
    assert!(frame[row + 2][column..].starts_with("^^^^"), "{frame:#?}");
    assert!(
        frame.iter().any(|row| row.contains("[stock-opening]")),
        "{frame:#?}"
    );
    assert!(frame.iter().any(|row| row.contains("help: ")), "{frame:#?}");
}

#[test]
fn marks_move_on_and_are_undone() {
    let mut world = World::new(&[GOOD, OTHER, STOCK], true);
    let first = world.state.note().unwrap();
    world.press(KeyCode::Char('s'));
    assert_ne!(world.state.note(), Some(first));
    world.press(KeyCode::Char('l'));
    world.press(KeyCode::Char('r'));
    world.shows(80, 24, "1 ready, 1 skip, 1 later, 0 open");
    // Only what is open: nothing, and everything again.
    world.press(KeyCode::Char('f'));
    world.shows(80, 24, "no note passes");
    world.press(KeyCode::Char('u'));
    world.shows(80, 24, "0 ready, 1 skip, 1 later, 1 open | only open: 1");
    world.press(KeyCode::Esc);
    world.press(KeyCode::Char('u'));
    world.press(KeyCode::Char('u'));
    world.shows(80, 24, "0 ready, 0 skip, 0 later, 3 open");
    world.press(KeyCode::Char('u'));
    world.shows(80, 24, "nothing to undo");
    assert_eq!(world.resumed(), world.kept());
}

#[test]
fn the_score_follows_what_is_typed() {
    let mut world = World::new(&[OTHER], true);
    let before = world.state.items[0].opinion.score.total;
    world.press(KeyCode::Char('e'));
    world.shows(80, 24, "Judged by itself");
    world.type_in(" I'm planning a course on barges and would like to ask about the locks.");
    let typing = world.state.items[0].opinion.score.total;
    assert!(typing > before, "{typing} {before}");
    assert!(world.state.items[0].opinion.alone);
    world.press(KeyCode::Esc);
    let item = &world.state.items[0];
    assert!(item.is_edited() && !item.opinion.alone && item.draft.is_none());
    assert_eq!(item.opinion.score.total, typing);
    world.press(KeyCode::Esc);
    world.shows(80, 24, "> * ");
    world.press(KeyCode::Char('u'));
    assert_eq!(world.state.items[0].words, OTHER);
    assert_eq!(world.state.items[0].opinion.score.total, before);
}

#[test]
fn copies_are_found_once_the_edit_is_done() {
    let mut world = World::new(&[GOOD, STOCK], true);
    world.press(KeyCode::Char('e'));
    assert_eq!(world.state.note(), Some(1));
    world.control('u');
    world.state.update(Event::Paste(String::new()));
    let Mode::Edit(_) = world.state.mode else {
        panic!()
    };
    // Everything goes, then the words of the other note come.
    for _ in 0..STOCK.len() {
        world.press(KeyCode::Backspace);
    }
    world.happen(Event::Paste(GOOD.replace("Ana", "Bo")));
    let duplicate = |world: &World| {
        let remarks = &world.state.items[0].opinion.remarks;
        remarks
            .iter()
            .any(|remark| remark.rule.contains("duplicate"))
    };
    assert!(!duplicate(&world));
    world.press(KeyCode::Esc);
    assert!(
        duplicate(&world),
        "{:#?}",
        world.state.items[0].opinion.remarks
    );
}

#[test]
fn an_empty_note_is_not_taken() {
    let mut world = World::new(&["Hi"], false);
    world.press(KeyCode::Char('e'));
    world.press(KeyCode::Backspace);
    world.press(KeyCode::Backspace);
    world.press(KeyCode::Esc);
    assert!(matches!(world.state.mode, Mode::Edit(_)));
    world.control('z');
    world.control('z');
    world.press(KeyCode::Esc);
    assert!(matches!(world.state.mode, Mode::Browse));
    world.editor = Ok(" \n".into());
    world.press(KeyCode::Char('E'));
    assert_eq!(world.state.items[0].words, "Hi");
    world.editor = Ok("Hi\r\nAna\n".into());
    world.press(KeyCode::Char('E'));
    assert_eq!(world.state.items[0].words, "Hi\nAna");
}

#[test]
fn an_empty_note_is_never_ready_but_can_be_opened_and_closed() {
    let mut world = World::new(&[""], false);
    world.press(KeyCode::Char('r'));
    world.shows(80, 24, "is empty: there is nothing to send");
    assert_eq!(world.state.items[0].mark, Mark::Open);
    world.press(KeyCode::Char('e'));
    world.press(KeyCode::Esc);
    assert!(matches!(world.state.mode, Mode::Browse));
    world.press(KeyCode::Char('e'));
    world.type_in("Hi Ana");
    world.press(KeyCode::Esc);
    world.press(KeyCode::Char('r'));
    assert_eq!(world.state.items[0].mark, Mark::Ready);
}

#[test]
fn an_edit_that_was_cut_off_goes_on() {
    let mut world = World::new(&["Hi Ana", "Hi Bo"], false);
    world.press(KeyCode::Char('e'));
    world.type_in(", so");
    world.control('c');
    assert!(world.ended);
    let mut fresh = items(&["Hi Ana", "Hi Bo"]);
    assert_eq!(resume(&mut fresh, world.journal.clone()), (1, 0));
    world.state = State::new("a.csv".into(), fresh, PathBuf::new(), world.state.look);
    world.shows(80, 24, "> ~ ");
    world.press(KeyCode::Char('e'));
    world.type_in("!");
    world.press(KeyCode::Esc);
    assert_eq!(world.state.items[0].words, "Hi Ana, so!");
}

#[test]
fn words_that_are_ready_are_not_left_behind_unasked() {
    let mut world = World::new(&["Hi Ana"], false);
    world.press(KeyCode::Char('w'));
    world.shows(80, 24, "no note is marked as ready yet");
    world.press(KeyCode::Char('r'));
    world.press(KeyCode::Char('q'));
    world.shows(80, 24, "1 note is ready and not written");
    world.press(KeyCode::Char('w'));
    world.shows(80, 24, "write to: a.ready.csv");
    world.type_in("x");
    world.press(KeyCode::Enter);
    assert_eq!(world.writes, [(PathBuf::from("a.ready.csvx"), false)]);
    world.shows(80, 24, "wrote 1 note to a.ready.csv");
    world.press(KeyCode::Char('q'));
    assert!(world.ended);
}

#[test]
fn a_search_goes_through_names_and_words() {
    let mut world = World::new(&["Hi Zoë", "Hi Bo", "Hi Cy"], false);
    world.press(KeyCode::Char('/'));
    world.type_in("zoe");
    world.shows(80, 24, "| only `zoe`: 1");
    world.press(KeyCode::Enter);
    assert_eq!(world.state.note(), Some(0));
    world.press(KeyCode::Esc);
    assert_eq!(world.state.shown.len(), 3);
}

#[test]
fn small_and_large_screens_show_what_matters() {
    let mut world = World::new(&[GOOD, STOCK, OTHER], true);
    let frame = world.frame(40, 12);
    assert!(frame[0].starts_with("a.csv: 0 ready"), "{frame:#?}");
    assert!(
        frame[11].starts_with("? help  r ready  s skip  l later"),
        "{frame:#?}"
    );
    world.press(KeyCode::End);
    world.press(KeyCode::Enter);
    world.shows(40, 12, "100 ready = reference 40");
    let frame = world.frame(120, 40);
    assert!(
        frame[1].contains("│ a.csv:2") && frame[1].contains(" 5 rewrite"),
        "{frame:#?}"
    );
    // The cursor stays in sight in a low window.
    world.press(KeyCode::Char('e'));
    world.type_in("the end");
    world.shows(40, 8, "the end");
    world.shows(10, 3, "too small");
}

const HOSTILE: &[&str] = &[
    "Hi \u{1b}[2J\u{1b}]0;owned\u{7} \u{9b}31m Ana",
    "abc\u{202e}fdp.exe \u{2066}x\u{200b}y\u{feff}",
    "👩\u{200d}👩\u{200d}👧 👋🏽 ❤\u{fe0f} 東京 שלום e\u{301}\u{301}\u{301}",
    "a\tb\r\nc\u{2028}d\u{85}e",
    "",
];

/// Whether a cell may be sent to a terminal.
fn is_harmless(symbol: &str) -> bool {
    use connote::render::clean::is_hidden;
    symbol
        .chars()
        .all(|letter| !letter.is_control() && !is_hidden(letter))
}

fn assert_harmless(world: &mut World, width: u16, height: u16) {
    for row in world.frame(width, height) {
        assert!(is_harmless(&row), "{row:?}");
    }
}

#[test]
fn what_strangers_wrote_acts_upon_nothing() {
    let mut world = World::new(HOSTILE, true);
    for item in &mut world.state.items {
        item.who = item.words.clone();
        item.id = item.words.clone();
        item.place = item.words.clone();
    }
    world.state.batch = HOSTILE[0].into();
    for _ in 0..HOSTILE.len() {
        for (width, height) in [(80, 24), (120, 40), (40, 12)] {
            assert_harmless(&mut world, width, height);
            world.press(KeyCode::Enter);
            assert_harmless(&mut world, width, height);
            world.press(KeyCode::Char('e'));
            assert_harmless(&mut world, width, height);
            world.press(KeyCode::Esc);
            world.control('z');
            world.press(KeyCode::Esc);
            world.press(KeyCode::Esc);
            world.press(KeyCode::Esc);
        }
        world.press(KeyCode::Char('r'));
        assert_harmless(&mut world, 80, 24);
    }
    world.press(KeyCode::Char('/'));
    world.happen(Event::Paste(HOSTILE.concat()));
    assert_harmless(&mut world, 80, 24);
}

#[test]
fn pasting_nothing_over_words_is_an_edit() {
    let mut world = World::new(&["Hi Ana"], false);
    world.press(KeyCode::Char('e'));
    let select = KeyModifiers::SHIFT | KeyModifiers::ALT;
    world.happen(Event::Key(KeyEvent::new(KeyCode::Char('b'), select)));
    world.happen(Event::Paste(String::new()));
    let item = world.state.item().unwrap();
    assert_eq!(item.draft.as_deref(), Some("Hi "));
    assert_eq!(world.resumed(), world.kept());
}

fn any_event() -> impl Strategy<Value = Event> {
    let letters = prop::sample::select(
        "rrsslceeuunp/wfgoEq?yj k\u{301}é東👋\u{202e}"
            .chars()
            .collect::<Vec<char>>(),
    );
    let codes = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::F(1),
        KeyCode::Null,
    ]);
    let any_key = |code: KeyCode, modifiers: u8| {
        Event::Key(KeyEvent::new(
            code,
            KeyModifiers::from_bits_truncate(modifiers),
        ))
    };
    prop_oneof![
        6 => letters.prop_map(|letter| Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))),
        4 => codes.prop_map(|code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE))),
        1 => (any::<char>(), 0_u8..8).prop_map(move |(letter, modifiers)| any_key(KeyCode::Char(letter), modifiers)),
        1 => prop::sample::select("zyuhkdwmxcvafbnpe".chars().collect::<Vec<char>>())
            .prop_map(move |letter| any_key(KeyCode::Char(letter), 2)),
        1 => "\\PC{0,20}|[\\x00-\\x20a-z\n\r]{0,20}".prop_map(Event::Paste),
        1 => (0_u16..140, 0_u16..50).prop_map(|(width, height)| Event::Resize(width, height)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_keys_panic_or_lose_a_mark_or_an_edit(
        events in prop::collection::vec(any_event(), 1..60),
        left in prop_oneof![Just(Err("broken".to_owned())), "[a-z \n\r]{0,12}".prop_map(Ok)],
    ) {
        let mut world = World::new(&["Hi Ana", "Hi 東京 \u{202e}x", "Hi Ana", "שלום\nDana 👩\u{200d}💻"], false);
        world.editor = left;
        for event in events {
            if let Event::Resize(width, height) = event {
                world.frame(width.max(1), height.max(1));
            }
            world.happen(event);
            let (width, height) = world.state.size;
            for row in world.frame(width.max(1), height.max(1)) {
                prop_assert!(is_harmless(&row), "{:?}", row);
            }
            // Ended at this moment by whatever, the next review begins as this one stands.
            prop_assert_eq!(world.resumed(), world.kept());
            if let (Mode::Edit(pad), Some(item)) = (&world.state.mode, world.state.item()) {
                let typed = pad.words();
                prop_assert_eq!(item.draft.as_ref().unwrap_or(&item.words), &typed);
            }
            for item in &world.state.items {
                prop_assert!(!item.words.trim().is_empty());
            }
        }
    }
}
