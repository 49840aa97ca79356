//! Kinds of check: the code behind the rules. A rule is data and names its kind here.
//!
//! The kind says what a check may see. Signals see the words; note checks also the parts that the
//! signals gave; combinations what the other rules found; batch checks all notes. A check returns
//! findings: it knows neither its rule's id nor its severity, and never prints.

mod batch;
mod build;
mod compare;
mod finding;
mod group;
mod kinds;
mod matcher;
mod mend;
mod parameters;
mod past;
mod schedule;

pub use batch::Batch;
pub use batch::Filled;
pub use batch::Slot;
pub use batch::Template as NoteTemplate;
pub use build::Build;
pub use compare::Comparison;
pub use compare::compare;
pub use finding::Finding;
pub use finding::FixDraft;
pub use finding::Template;
pub use group::Exceptions;
pub use group::Group;
pub use group::GroupCheck;
pub use group::Groups;
pub use kinds::KINDS;
pub use matcher::MATCHER_KEYS;
pub use matcher::Match;
pub use matcher::Matcher;
pub use past::Past;
pub use past::PastCheck;
pub use schedule::Schedule;
pub use schedule::ScheduleCheck;

use std::ops::Range;
use std::sync::Arc;

use crate::audit;
use crate::facts::Facts;
use crate::language::Language;
use crate::pattern::Hits;
use crate::schedule::Settings;
use crate::score::Level;
use crate::score::Part;
use crate::score::PartScore;
use crate::toml_doc::Table;
use crate::weigh::Opinion;
use crate::weigh::Steps;

/// A kind of check: a name that rules use, and how such a check is made from a rule's table.
pub struct Kind {
    /// The name in `kind = "..."`.
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub about: &'static str,
    /// Its parameters with what they mean, for `explain` and for skeletons of new rules.
    pub parameters: &'static [(&'static str, &'static str)],
    /// Values for holes in the message, besides `{found}`.
    pub holes: &'static [&'static str],
    /// Whether it finds groups of notes: such rules may set `escalate`.
    pub groups: bool,
    /// Makes the check. Mistakes in the table are reported; none is made then.
    pub build: fn(&Table, &mut Build<'_>) -> Option<Check>,
}

/// A check, by what it may see.
pub enum Check {
    /// Evidence for a part of the formula.
    Signal(Signal),
    /// All words of a note together, for a part of the formula.
    Weighed(Weighed),
    /// One note with its parts.
    Note(Box<dyn NoteCheck>),
    /// What the other rules found in one note.
    Combined(Box<dyn CombinedCheck>),
    /// All notes of a run, for what stands in single ones.
    Batch(Box<dyn BatchCheck>),
    /// All notes of a run, for groups of them.
    Group(Box<dyn GroupCheck>),
    /// All notes of a run, and what was sent before them.
    Past(Box<dyn PastCheck>),
    /// When all notes of a run are sent.
    Schedule(Box<dyn ScheduleCheck>),
}

impl Check {
    /// Whether what it says of a note depends on the other notes of the run. It is then not for a stream,
    /// on which only the note at hand is known.
    pub fn compares(&self) -> bool {
        match self {
            Self::Signal(_) | Self::Weighed(_) | Self::Note(_) | Self::Combined(_) => false,
            Self::Batch(_) | Self::Group(_) => true,
            Self::Past(check) => check.compares(),
            Self::Schedule(check) => check.compares(),
        }
    }
}

/// Evidence for a part of the formula.
pub struct Signal {
    /// Which part.
    pub part: Part,
    /// How strong.
    pub level: Level,
    /// Whether what all words of the note say does not count against it: it rests on more than the words.
    pub firm: bool,
    /// Finds the words.
    pub finder: Box<dyn SignalFinder>,
}

/// The level of a part by all words of the note, where signals alone are not trusted.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    /// Which part.
    pub part: Part,
    /// From what is expected to the level.
    pub steps: Steps,
}

/// Finds the words that are evidence.
pub trait SignalFinder: Send + Sync {
    /// Byte ranges in the note's words.
    fn find(&self, words: &Words<'_>) -> Vec<Range<usize>>;
}

/// A check of one note.
pub trait NoteCheck: Send + Sync {
    /// What it finds.
    fn check(&self, context: &NoteContext<'_>) -> Vec<Finding>;
}

/// A check of what other rules found.
pub trait CombinedCheck: Send + Sync {
    /// What it finds.
    fn check(&self, context: &NoteContext<'_>, found: &Found) -> Vec<Finding>;
}

/// A check over all notes.
pub trait BatchCheck: Send + Sync {
    /// What it finds, each with the number of its note.
    fn check(&self, notes: &[&crate::note::Note]) -> Vec<(usize, Finding)>;
}

/// A note's words and where the patterns fit.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// What is known of the note.
    pub facts: &'a Facts<'a>,
    /// Where patterns fit.
    pub hits: &'a Hits<'a>,
}

/// What a note check may see.
#[derive(Clone, Copy)]
pub struct NoteContext<'a> {
    /// The words.
    pub words: Words<'a>,
    /// Reference, reason, value.
    pub parts: &'a [PartScore; 3],
    /// How the notes are sent.
    pub sending: &'a Sending,
    /// The note's language, if no signals are written for it.
    pub unjudged: Option<Language>,
    /// What all words together let expect; none where nothing is judged.
    pub opinion: Option<&'a Opinion>,
}

/// How the notes are sent: what the settings say of the sender.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    /// Whether the account is paid for.
    pub paid: bool,
    /// The sender's industry, folded.
    pub industry: Option<String>,
    /// When and how many.
    pub schedule: Settings,
    /// What counts as too old, too many, too few among what was sent.
    pub audit: audit::Settings,
}

/// What was found in a note before combinations are looked at.
#[derive(Debug, Default)]
pub struct Found {
    /// Ids of rules with a finding and of signals with evidence.
    pub ids: Vec<Arc<str>>,
    /// Names of flags that are set.
    pub flags: Vec<&'static str>,
}
