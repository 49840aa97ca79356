//! `check --format jsonl -`: JSON Lines in, JSON Lines out, in as little memory as the longest stretch
//! takes. Each note is judged by itself; rules that compare notes do not run.

use std::io;
use std::io::BufRead;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use connote::baseline::Known;
use connote::diagnostic::Diagnostic;
use connote::diagnostic::Severity;
use connote::input::InputOptions;
use connote::input::known_format;
use connote::input::read_lines;
use connote::lint;
use connote::load::Chunk;
use connote::load::Chunks;
use connote::render;
use connote::render::View;
use connote::render::jsonl_end;
use connote::render::jsonl_part;
use connote::report::Report;
use connote::report::Summary;
use connote::source::Source;
use connote::source::Sources;
use connote::span::FileId;
use connote::span::Span;

use crate::args::CheckArgs;
use crate::baseline::Baselines;
use crate::check::STDIN;
use crate::check::past;
use crate::drafts::input_options;
use crate::environment::Environment;
use crate::foreign;
use crate::gate::fails_as_a_whole;
use crate::gate::fails_in;
use crate::reports::Reports;
use crate::session::Session;
use crate::session::tell;
use crate::status::Failure;
use crate::status::Status;
use crate::status::reason;

/// The only format that is read and written line by line.
const FORMAT: &str = "jsonl";

/// A whole document where there should be lines.
const BROKEN_JSON: &str = "broken-json";

/// Whether the run is a stream: JSON Lines from standard input and to standard output, and nothing else.
pub(crate) fn wanted(args: &CheckArgs, reports: &Reports) -> Result<bool, Failure> {
    let only_stdin = args.paths.len() == 1 && args.paths[0].as_os_str() == "-";
    let whole = args.running.no_stream
        || args.running.cache.is_some()
        || reports.files().next().is_some()
        || args.changed.changed_since.is_some()
        || args.known.write_baseline.is_some()
        || args.fix.fix
        || args.fix.diff;
    if !only_stdin || whole || reports.main != FORMAT {
        return Ok(false);
    }
    match &args.files.stdin_filename {
        Some(name) => {
            let format = known_format(&name.to_string_lossy());
            Ok(format.is_some_and(|format| format.name == FORMAT))
        }
        None => {
            let mut stdin = io::stdin().lock();
            let ahead = stdin.fill_buf().map_err(unread)?;
            Ok(begins_an_object(ahead))
        }
    }
}

/// Whether a text begins as a line with a JSON object does; no note to a person begins so.
fn begins_an_object(text: &[u8]) -> bool {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let object = text.trim_ascii_start().strip_prefix(b"{");
    let mut behind = object.into_iter().flatten().filter(|byte| **byte != b' ');
    behind.next() == Some(&b'"')
}

/// Judges what comes, as it comes.
pub(crate) fn run(
    args: &CheckArgs,
    environment: Environment,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let mut session = Session::new(&args.rules, &args.files, &args.gate)?;
    let path: PathBuf = args.files.stdin_filename.clone().unwrap_or(STDIN.into());
    session.rule_set_of(&path);
    let baselines = Baselines::read(&args.known, &mut session);
    let histories = session.histories(&args.files.history);
    let options = render::Options {
        quiet: args.output.quiet,
        ..environment.options()
    };
    if session.must_stop() {
        return session.stop(&options, FORMAT, out);
    }
    let now = Environment::now(args.files.now);
    let (mut sent, past) = past(&mut session, &histories, now);
    session.errors.append(&mut sent.errors);
    let is_broken = session.is_broken();
    let mut problems = session.take_problems();
    problems.append(&mut sent.problems);
    let refused = session.tell_errors();
    let input = input_options(&session.config_of(&path).settings);
    let not_run = lint::comparing(&session.rule_sets[0]);
    if !args.output.quiet && !not_run.is_empty() {
        tell("on a stream each note stands alone: rules that compare notes do not run");
        tell(
            "(the last line names them; for all rules name a file, or --no-stream --stdin-filename NAME.jsonl)",
        );
    }
    session.rule_sets[0].make_ready();
    let mut sources = std::mem::take(&mut session.sources);
    let name = path.display().to_string();
    let file = sources.add(Source::new(name.clone(), String::new()));
    let mut stream = Stream {
        name,
        file,
        input,
        options: &options,
        sources,
        counts: Summary::default(),
    };
    stream.write(
        Report {
            diagnostics: problems,
            ..Report::default()
        },
        out,
    )?;
    for chunk in Chunks::new(io::stdin()) {
        let (notes, problems) = stream.read(chunk.map_err(unread)?);
        let is_document = problems.iter().any(|it| &*it.rule == BROKEN_JSON);
        let of_set = vec![0; notes.len()];
        let of_note = baselines.of_notes(&notes, &stream.sources, &of_set, &session);
        let known = Known {
            baselines: &baselines.known,
            of_note: &of_note,
        };
        let run = lint::Run {
            sets: &session.rule_sets,
            set_of: &|_| 0,
            history: &sent.notes,
            past: past.as_ref(),
            now: Some(now),
            scores: true,
            known: (!baselines.known.is_empty()).then_some(known),
            alone: true,
            weights: None,
        };
        stream.write(lint::lint(&run, notes, problems), out)?;
        // Whoever sends a line and waits is answered.
        out.flush()?;
        // The rest of a document over several lines would be broken line by line.
        if is_document {
            break;
        }
    }
    stream.empty(out)?;
    let unused = baselines.settle(&args.known, std::slice::from_ref(&stream.name), &session)?;
    stream.write(
        Report {
            diagnostics: unused,
            ..Report::default()
        },
        out,
    )?;
    stream.end(&not_run, out)?;
    let counts = &stream.counts;
    let fails = fails_in(0, counts, &session) || fails_as_a_whole(counts, &args.gate);
    Ok(match () {
        () if refused || is_broken => Status::Trouble,
        () if args.gate.exit_zero || !fails => Status::Clean,
        () => Status::Findings,
    })
}

/// What is known of a stream so far.
struct Stream<'a> {
    name: String,
    /// The number of the stretch that is at hand.
    file: FileId,
    input: InputOptions,
    options: &'a render::Options,
    sources: Sources,
    counts: Summary,
}

impl Stream<'_> {
    /// The notes of a chunk. It takes the place of the one before.
    fn read(&mut self, chunk: Chunk) -> (Vec<connote::note::Note>, Vec<Diagnostic>) {
        if chunk.too_long {
            let source = Source::part(self.name.clone(), String::new(), chunk.origin);
            self.sources.replace(self.file, source);
            let problem = self.problem(
                "broken-row",
                "this line is longer than 1 MiB: this is no draft",
            );
            return (Vec::new(), vec![problem]);
        }
        let (source, read) = read_lines(
            &self.name,
            chunk.bytes,
            chunk.origin,
            self.file,
            &self.input,
        );
        self.sources.replace(self.file, source);
        (read.notes, read.problems)
    }

    fn problem(&self, rule: &str, message: &str) -> Diagnostic {
        Diagnostic::problem(rule, Severity::Error, Span::new(self.file, 0..0), message)
    }

    /// Writes what was found in a chunk.
    fn write(&mut self, report: Report, out: &mut dyn Write) -> Result<(), Failure> {
        let verdicts = report.verdicts.iter();
        verdicts.for_each(|verdict| self.counts.add_verdict(verdict));
        let found = report.diagnostics.iter();
        found.for_each(|found| self.counts.add_diagnostic(found));
        let view = View {
            report: &report,
            sources: &self.sources,
            version: env!("CARGO_PKG_VERSION"),
            options: self.options,
        };
        foreign::to_stdout(FORMAT, out, &mut |out| Ok(jsonl_part(&view, out)?))
    }

    /// Nothing came that could be read as a note or complained about.
    fn empty(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        let none = self.counts.notes == 0 && self.counts.severities == [0; 4];
        let report = Report {
            diagnostics: none
                .then(|| self.problem("empty-file", "the file is empty"))
                .into_iter()
                .collect(),
            ..Report::default()
        };
        self.write(report, out)
    }

    fn end(&self, not_run: &[Arc<str>], out: &mut dyn Write) -> Result<(), Failure> {
        Ok(jsonl_end(
            env!("CARGO_PKG_VERSION"),
            &self.counts,
            not_run,
            out,
        )?)
    }
}

fn unread(error: io::Error) -> Failure {
    Failure::new(format!("cannot read standard input: {}", reason(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_lines_are_told_by_their_beginning() {
        for text in ["{\"note\": 1}", "\u{feff}\r\n { \"id", "{ \"a\""] {
            assert!(begins_an_object(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "Hi Ana",
            "{{first_name}}, hi",
            "{\n\"a\"",
            "[{\"a\"",
            "{first} \"",
        ] {
            assert!(!begins_an_object(text.as_bytes()), "{text}");
        }
    }
}
