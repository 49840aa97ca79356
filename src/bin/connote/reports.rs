//! Where reports go: one to standard output or, with a plain `--output`, to a file, and one to each file
//! that is named with a format.

use std::ffi::OsStr;
use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use connote::render;
use connote::render::OUTPUTS;
use connote::report::Report;
use connote::source::Sources;
use connote::toml_doc::nearest;

use crate::environment::Ci;
use crate::environment::Environment;
use crate::foreign;
use crate::options::OutputArgs;
use crate::replace::replace;
use crate::session::show;
use crate::session::tell;
use crate::status::Failure;

/// The format when nothing says otherwise.
const USUAL: &str = "terminal";
/// The formats of the two CI systems that are known by their variables.
const GITHUB: &str = "github";
const GITLAB: &str = "gitlab";

/// GitHub takes no larger summary of a step than 1 MiB.
const LARGEST_SUMMARY: usize = 1_000_000;

/// What is written where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reports {
    /// The format of what goes to standard output, or to `main_file`.
    pub(crate) main: String,
    /// Where the main report goes instead of standard output.
    pub(crate) main_file: Option<PathBuf>,
    /// More reports: format and file.
    pub(crate) more: Vec<(String, PathBuf)>,
}

impl Reports {
    /// What the options ask for; without `--format`, what the CI system understands.
    pub(crate) fn new(args: &OutputArgs, ci: Option<Ci>) -> Result<Self, Failure> {
        let mut main_file: Option<PathBuf> = None;
        let mut more: Vec<(String, PathBuf)> = Vec::new();
        for value in &args.output {
            let (format, path) = target(value)?;
            let mut files = more.iter().map(|(_, file)| file).chain(&main_file);
            if files.any(|file| *file == path) {
                let path = path.display();
                return Err(Failure::new(format!(
                    "two reports cannot go to one file, {path}"
                )));
            }
            match format {
                Some(format) => more.push((format, path)),
                None if main_file.is_none() => main_file = Some(path),
                None => {
                    return Err(Failure::new(
                        "--output FILE is given twice: say which format goes where, --output FORMAT=FILE",
                    ));
                }
            }
        }
        let main = match (&args.format, &main_file, ci) {
            (Some(format), ..) => format.clone(),
            (None, None, Some(Ci::GitHub)) => GITHUB.to_owned(),
            (None, Some(file), Some(Ci::GitLab)) if is_json(file) => GITLAB.to_owned(),
            _ => USUAL.to_owned(),
        };
        Ok(Self {
            main,
            main_file,
            more,
        })
    }

    /// The files that are written.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        let more = self.more.iter().map(|(_, file)| file);
        self.main_file.iter().chain(more).map(PathBuf::as_path)
    }

    /// Whether one of the reports tells every note's score.
    pub(crate) fn show_scores(&self) -> bool {
        let more = self.more.iter().map(|(format, _)| format.as_str());
        let mut formats = std::iter::once(self.main.as_str()).chain(more);
        formats.any(|format| render::output(format).is_none_or(|output| output.scores))
    }

    /// Writes all reports: files first, since whoever reads standard output may go away.
    pub(crate) fn write(
        &self,
        report: &Report,
        sources: &Sources,
        options: &render::Options,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let plain = render::Options {
            color: false,
            unicode: true,
            ..options.clone()
        };
        for (format, file) in &self.more {
            replace(file, &mut |out| show(report, sources, &plain, format, out))?;
        }
        if let Some(file) = &self.main_file {
            return replace(file, &mut |out| {
                show(report, sources, options, &self.main, out)
            });
        }
        if self.main == GITHUB {
            summarize(report, sources, &plain);
        }
        foreign::to_stdout(&self.main, out, &mut |out| {
            show(report, sources, options, &self.main, out)
        })
    }
}

/// Adds the whole report to the summary of the step, if there is one. That it cannot be written is no
/// reason to fail.
fn summarize(report: &Report, sources: &Sources, options: &render::Options) {
    let Some(path) = Environment::step_summary() else {
        return;
    };
    let mut text = Vec::new();
    let shown = show(report, sources, options, "markdown", &mut text);
    let mut text = String::from_utf8(text).unwrap_or_default();
    if text.len() > LARGEST_SUMMARY {
        let end = text[..text.floor_char_boundary(LARGEST_SUMMARY)].rfind("\n\n");
        text.truncate(end.unwrap_or_default());
        text.push_str("\n\nThe rest is too long for a summary.\n");
    }
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|file| {
        let mut file = BufWriter::new(file);
        file.write_all(text.as_bytes())?;
        file.flush()
    });
    if written.is_err() || shown.is_err() {
        tell(&format!(
            "the summary of the job could not be written to {}",
            path.display()
        ));
    }
}

/// Reads `FILE` or `FORMAT=FILE`.
fn target(value: &OsStr) -> Result<(Option<String>, PathBuf), Failure> {
    let whole = || (None, PathBuf::from(value));
    let Some((name, path)) = value.to_str().and_then(|text| text.split_once('=')) else {
        return Ok(whole());
    };
    // `./a=b` is a file.
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Ok(whole());
    }
    if render::output(name).is_none() {
        let names: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
        let hint = match nearest(name, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", names.join(", ")),
        };
        return Err(Failure::new(format!(
            "--output {name}={path}: `{name}` is not a format; {hint} (a file of that name is ./{name}={path})"
        )));
    }
    if path.is_empty() || path == "-" {
        return Err(Failure::new(format!(
            "--output {name}=FILE needs the name of a file; --format {name} writes to standard output"
        )));
    }
    Ok((Some(name.to_owned()), PathBuf::from(path)))
}

fn is_json(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(format: Option<&str>, output: &[&str], ci: Option<Ci>) -> Result<Reports, String> {
        let args = OutputArgs {
            format: format.map(str::to_owned),
            output: output.iter().map(Into::into).collect(),
            ..OutputArgs::default()
        };
        Reports::new(&args, ci).map_err(|failure| match failure {
            Failure::Message(message) => message,
            Failure::Closed => String::new(),
        })
    }

    fn main(format: Option<&str>, output: &[&str], ci: Option<Ci>) -> String {
        reports(format, output, ci).unwrap().main
    }

    #[test]
    fn the_ci_system_decides_only_where_nobody_else_does() {
        let (hub, lab) = (Some(Ci::GitHub), Some(Ci::GitLab));
        assert_eq!(main(None, &[], None), "terminal");
        assert_eq!(main(None, &[], hub), "github");
        assert_eq!(main(None, &[], lab), "terminal");
        assert_eq!(main(Some("json"), &[], hub), "json");
        assert_eq!(main(Some("terminal"), &[], hub), "terminal");
        assert_eq!(main(None, &["a.txt"], hub), "terminal");
        assert_eq!(main(None, &["sarif=a.sarif"], hub), "github");
        assert_eq!(main(None, &["gl.json"], lab), "gitlab");
        assert_eq!(main(Some("json"), &["gl.json"], lab), "json");
        assert_eq!(main(None, &["gl.txt"], lab), "terminal");
        assert_eq!(main(None, &["gl.json"], None), "terminal");
    }

    #[test]
    fn a_format_before_the_name_makes_a_further_report() {
        let found = reports(Some("short"), &["a.txt", "sarif=b=c.sarif", "./x=y"], None);
        assert!(found.unwrap_err().contains("twice"));
        let found = reports(Some("short"), &["./x=y", "sarif=b=c.sarif"], None).unwrap();
        assert_eq!(found.main_file, Some("./x=y".into()));
        assert_eq!(found.more, [("sarif".to_owned(), "b=c.sarif".into())]);
    }

    #[test]
    fn mistakes_are_told() {
        let error = |output: &[&str]| reports(None, output, None).unwrap_err();
        assert!(error(&["sarfi=a"]).contains("did you mean `sarif`?"));
        assert!(error(&["sarif="]).contains("name of a file"));
        assert!(error(&["sarif=-"]).contains("--format sarif"));
        assert!(error(&["sarif=a", "json=a"]).contains("one file, a"));
    }
}
