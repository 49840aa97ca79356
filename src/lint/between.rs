//! What lies between the notes of a run: batch checks and groups, before each note is judged by itself.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::audit::Wait;
use crate::baseline::Known;
use crate::check::Batch;
use crate::check::Check;
use crate::check::Exceptions;
use crate::check::Filled;
use crate::check::Finding;
use crate::check::Group;
use crate::check::GroupCheck;
use crate::check::Past;
use crate::check::PastCheck;
use crate::check::Schedule;
use crate::check::ScheduleCheck;
use crate::check::Sending;
use crate::diagnostic::Severity;
use crate::history::History;
use crate::history::Person;
use crate::lint::Run;
use crate::lint::about::About;
use crate::lint::judge::Signed;
use crate::note::Note;
use crate::note::NoteKind;
use crate::report::Cluster;
use crate::report::Skeleton;
use crate::report::SkeletonPiece;
use crate::report::Slot;
use crate::ruleset::Rule;
use crate::ruleset::RuleSet;
use crate::ruleset::matches;
use crate::schedule::Clock;
use crate::schedule::Clocks;

/// What was found between notes.
#[derive(Debug, Default)]
pub(super) struct Between {
    /// By the number of the note.
    pub(super) about: FxHashMap<usize, About>,
    /// The groups, by their first note.
    pub(super) clusters: Vec<Cluster>,
    /// Numbers of notes that a check has told all about.
    claimed: FxHashSet<usize>,
    /// Whether notes are judged by themselves, too: only then it matters which groups they are in.
    judges: bool,
}

/// One rule in every rule set in which it is on and set alike: its notes make one batch, whichever
/// overrides hold for their files.
struct Shared<'a> {
    check: &'a Check,
    /// The rule by the number of the rule set.
    rules: Vec<Option<(usize, &'a Rule, &'a RuleSet)>>,
}

impl<'a> Shared<'a> {
    /// The rules that look between notes, each once, with the sets that they hold for.
    fn all(sets: &'a [RuleSet]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            for (index, rule) in set.rules().iter().enumerate() {
                let (true, Some(check)) = (looks_between(rule), &rule.check) else {
                    continue;
                };
                let same = |shared: &&mut Self| {
                    let mut known = shared.rules.iter().flatten();
                    known
                        .next()
                        .is_some_and(|(_, known, _)| known.checks_like(rule))
                };
                let place = match all.iter_mut().find(same) {
                    Some(shared) => &mut shared.rules[number],
                    None => {
                        let rules = vec![None; sets.len()];
                        all.push(Self { check, rules });
                        let Some(last) = all.last_mut() else { continue };
                        &mut last.rules[number]
                    }
                };
                *place = Some((index, rule, set));
            }
        }
        all
    }

    fn claims(&self) -> bool {
        matches!(self.check, Check::Group(check) if check.claims())
    }

    fn holds_for(&self) -> Vec<bool> {
        self.rules.iter().map(Option::is_some).collect()
    }
}

/// A batch, and where its notes stand in the run.
struct Place<'a> {
    batch: &'a Batch<'a>,
    numbers: &'a [usize],
    set_of: &'a (dyn Fn(usize) -> usize + Sync),
    sets: &'a [RuleSet],
    /// What is known of the recipients' time, once it is asked for.
    clocks: &'a OnceLock<Vec<Clock>>,
    now: Option<Timestamp>,
    /// Invitations that were sent before.
    past: Option<&'a History>,
    /// Findings that are known already.
    known: Option<Known<'a>>,
}

impl<'a> Place<'a> {
    /// How the note at a position is sent.
    fn sending(&self, position: usize) -> &'a Sending {
        &self.sets[(self.set_of)(self.numbers[position])].sending
    }

    /// What is known of the recipients' time.
    fn clocks(&self, now: Timestamp) -> &'a [Clock] {
        self.clocks.get_or_init(|| {
            let mut clocks = Clocks::new(now);
            let all = self.batch.notes.iter().enumerate();
            all.map(|(at, note)| clocks.of(note, &self.sending(at).schedule))
                .collect()
        })
    }

    /// The notes held against what was sent before, if that and the moment are known.
    fn past(&self, check: &dyn PastCheck) -> Vec<(usize, Finding)> {
        let (Some(now), Some(history)) = (self.now, self.past) else {
            return Vec::new();
        };
        check.check(&Past {
            notes: self.batch.notes,
            clocks: self.clocks(now),
            history,
            sending_of: &|at| self.sending(at),
            now,
        })
    }

    /// The notes with their recipients' clocks, if the moment is known.
    fn schedule(&self, check: &dyn ScheduleCheck) -> Vec<(usize, Finding)> {
        let Some(now) = self.now else {
            return Vec::new();
        };
        check.check(&Schedule {
            notes: self.batch.notes,
            clocks: self.clocks(now),
            settings_of: &|at| {
                let sending = self.sending(at);
                (&sending.schedule, sending.paid)
            },
            not_before: &|at| self.not_before(at),
            now,
        })
    }

    /// When the wait for the reader of a draft is over, if an invitation was withdrawn.
    fn not_before(&self, position: usize) -> Option<Timestamp> {
        let note = self.batch.notes[position];
        let history = self.past.filter(|_| note.kind == NoteKind::Invitation)?;
        let sending = self.sending(position);
        let wait = Wait::of(history, &Person::of(&note.recipient), &sending.audit)?;
        let zone = sending.schedule.own_zone().unwrap_or(TimeZone::UTC);
        let midnight = wait.from.to_datetime(jiff::civil::Time::midnight());
        zone.to_timestamp(midnight).ok()
    }

    /// Whether all that a group says of its notes is known already.
    fn is_known(&self, shared: &Shared<'_>, group: &Group) -> bool {
        let members = group.members.iter();
        let members: Vec<usize> = members.map(|&at| self.numbers[at as usize]).collect();
        // A rule that is shared has one id.
        let id = shared.rules.iter().flatten().next();
        let id = id.map(|(_, rule, _)| &rule.id);
        id.is_some_and(|id| self.known.is_some_and(|known| known.meet_all(id, &members)))
    }

    /// The rule that holds for a note, with its number and its set.
    fn rule<'r>(
        &self,
        shared: &Shared<'r>,
        position: usize,
    ) -> Option<(usize, &'r Rule, &'r RuleSet)> {
        shared.rules[(self.set_of)(self.numbers[position])]
    }
}

impl Between {
    /// Runs the checks between notes.
    pub(super) fn new(run: &Run<'_>, notes: &[Note]) -> Self {
        let Run {
            sets,
            set_of,
            history,
            now,
            ..
        } = *run;
        let mut between = Self {
            judges: run.judges(),
            ..Self::default()
        };
        let mut rules = Shared::all(sets);
        rules.retain(|shared| !run.alone || !shared.check.compares());
        // Who claims notes speaks first.
        rules.sort_by_key(|shared| !shared.claims());
        // Rules for the same notes share a batch.
        let mut chosen: Vec<(Vec<bool>, Vec<usize>, Vec<&Note>)> = Vec::new();
        for shared in &rules {
            let holds_for = shared.holds_for();
            if chosen.iter().all(|(known, ..)| *known != holds_for) {
                let holds = |note: &usize| holds_for[set_of(*note)];
                let numbers: Vec<usize> = (0..notes.len()).filter(holds).collect();
                let picked = numbers.iter().map(|&number| &notes[number]).collect();
                chosen.push((holds_for, numbers, picked));
            }
        }
        let batches: Vec<Batch<'_>> = chosen
            .iter()
            .map(|(.., picked)| Batch::new(picked, history))
            .map(|batch| match between.judges {
                true => batch,
                false => batch.only_compared(),
            })
            .collect();
        let clocks: Vec<OnceLock<Vec<Clock>>> = vec![OnceLock::new(); batches.len()];
        for shared in &rules {
            let holds_for = shared.holds_for();
            let same = |(known, ..): &(Vec<bool>, _, _)| *known == holds_for;
            if let Some(at) = chosen.iter().position(same) {
                let (numbers, batch, clocks) = (&chosen[at].1, &batches[at], &clocks[at]);
                let place = Place {
                    batch,
                    numbers,
                    set_of,
                    sets,
                    clocks,
                    now,
                    past: run.past,
                    known: run.known,
                };
                between.run(shared, &place);
            }
        }
        between.order_clusters();
        between
    }

    fn run(&mut self, shared: &Shared<'_>, place: &Place<'_>) {
        match shared.check {
            Check::Batch(check) => self.single(check.check(place.batch.notes), shared, place),
            Check::Schedule(check) => self.single(place.schedule(&**check), shared, place),
            Check::Past(check) => self.single(place.past(&**check), shared, place),
            Check::Group(check) => self.groups(&**check, shared, place),
            _ => {}
        }
    }

    /// Findings about single notes.
    fn single(&mut self, found: Vec<(usize, Finding)>, shared: &Shared<'_>, place: &Place<'_>) {
        for (position, finding) in found {
            let Some((rule, known, set)) = place.rule(shared, position) else {
                continue;
            };
            if known.when.holds(place.batch.notes[position], &set.sending) {
                self.of(place.numbers[position]).add(Signed {
                    rule,
                    finding,
                    cluster: None,
                    size: 1,
                });
            }
        }
    }

    fn groups(&mut self, check: &dyn GroupCheck, shared: &Shared<'_>, place: &Place<'_>) {
        let Place { batch, numbers, .. } = place;
        let left_out = |position: u32| {
            let note = batch.notes[position as usize];
            place
                .rule(shared, position as usize)
                .is_none_or(|(_, rule, set)| {
                    let mut allowed = note.allow.iter();
                    !rule.when.holds(note, &set.sending)
                        || allowed.any(|allowed| matches(&allowed.value, &rule.id))
                })
        };
        let rule = |position: u32| {
            let rule = place.rule(shared, position as usize);
            rule.map_or(0, |(index, ..)| index)
        };
        let claimed = |position: u32| self.claimed.contains(&numbers[position as usize]);
        let exceptions = Exceptions {
            left_out: &left_out,
            claimed: &claimed,
        };
        let groups = check.check(batch, &exceptions);
        if check.claims() {
            let told = groups.found.iter().flat_map(|group| &group.members);
            let told = told.chain(&groups.spared);
            let told: Vec<usize> = told.map(|&position| numbers[position as usize]).collect();
            self.claimed.extend(told);
        }
        for position in groups.spared {
            let about = self.of(numbers[position as usize]);
            if about.spared.last() != Some(&rule(position)) {
                about.spared.push(rule(position));
            }
        }
        for mut group in groups.found {
            if place.is_known(shared, &group) {
                continue;
            }
            let cluster = group.cluster.map(|kind| {
                self.clusters.push(cluster(kind, &group, numbers));
                self.clusters.len() as u32 - 1
            });
            let size = group.members.len();
            for (position, finding) in std::mem::take(&mut group.findings) {
                self.of(numbers[position as usize]).add(Signed {
                    rule: rule(position),
                    finding,
                    cluster,
                    size,
                });
            }
            let members = if self.judges { &*group.members } else { &[] };
            for (at, &position) in members.iter().enumerate() {
                let rule_of = place.rule(shared, position as usize);
                let level = rule_of.and_then(|(_, rule, _)| rule.level_for(size));
                let about = self.of(numbers[position as usize]);
                about.rules.reserve_exact(1);
                about.rules.push(rule(position));
                about.is_held |= level == Some(Severity::Error);
                if group.impersonal {
                    about.shares(group.own(at));
                }
            }
        }
    }

    fn of(&mut self, note: usize) -> &mut About {
        self.about.entry(note).or_default()
    }

    /// Puts the clusters in the order of their first notes; findings follow.
    fn order_clusters(&mut self) {
        let mut order: Vec<u32> = (0..self.clusters.len() as u32).collect();
        order.sort_by_key(|&cluster| self.clusters[cluster as usize].members.first().copied());
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut clusters: Vec<Option<Cluster>> = std::mem::take(&mut self.clusters)
            .into_iter()
            .map(Some)
            .collect();
        self.clusters = order
            .iter()
            .filter_map(|&old| clusters[old as usize].take())
            .collect();
        for about in self.about.values_mut() {
            for signed in &mut about.findings {
                signed.cluster = signed.cluster.map(|cluster| place[cluster as usize]);
            }
        }
    }
}

/// Whether a rule runs and looks at more than one note.
pub(super) fn looks_between(rule: &Rule) -> bool {
    rule.active
        && matches!(
            rule.check,
            Some(Check::Batch(_) | Check::Group(_) | Check::Schedule(_) | Check::Past(_))
        )
}

fn cluster(kind: &'static str, group: &Group, numbers: &[usize]) -> Cluster {
    let number = |&position: &u32| numbers[position as usize] as u32;
    Cluster {
        kind,
        members: group.members.iter().map(number).collect(),
        similarity: group.similarity,
        skeleton: group.template.as_ref().map(|shared| {
            let template = &shared.template;
            let piece = |piece: &Filled| match piece {
                Filled::Text(text) => SkeletonPiece::Text(text.clone()),
                Filled::Slot(slot) => SkeletonPiece::Slot(*slot),
            };
            let fills = |slot: usize| {
                let of = |&place: &u32| template.fills[place as usize][slot].clone();
                shared.places.iter().map(of).collect()
            };
            let slots = template.slots.iter().enumerate();
            Skeleton {
                pieces: template.pieces.iter().map(piece).collect(),
                slots: slots
                    .map(|(number, slot)| Slot {
                        merge: slot.merge,
                        fills: fills(number),
                    })
                    .collect(),
                shared: template.shared,
            }
        }),
    }
}
