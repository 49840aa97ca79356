//! `connote rules --format markdown`: a reference of all rules, by pack, for people to read.

use std::io;
use std::io::Write;

use connote::check::KINDS;
use connote::check::MATCHER_KEYS;
use connote::pack::Example;
use connote::pack::Pack;
use connote::render::clean::clean;
use connote::render::markup::markdown;
use connote::ruleset::Rule;
use connote::toml_doc::Problems;

use crate::rules::level_of;
use crate::words::toml_key;
use crate::words::toml_value;

/// What is told in the text.
const TOLD: [&str; 7] = ["id", "kind", "message", "help", "why", "bad", "good"];

/// Columns of a setting beyond which only its meaning is told: lists of patterns say nothing to most.
const LONGEST: usize = 72;

const HEAD: &str = "\
# Rules

Every rule with its level, why it is there, examples and settings, by pack. `connote explain RULE` shows the
same for one rule, as it holds where you are; [WRITING.md](WRITING.md) tells how rules are written.
This page is made by a program: `connote rules --isolated --format markdown > rules/README.md`.
";

/// Writes the reference. Packs without a rule are left out.
pub(crate) fn write(packs: &[&Pack], rules: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    let mut chapters: Vec<Chapter<'_>> = packs
        .iter()
        .map(|&pack| Chapter {
            pack,
            rules: rules.iter().filter(|rule| rule.pack == pack.name).collect(),
        })
        .collect();
    chapters.retain(|chapter| !chapter.rules.is_empty());
    writeln!(out, "{HEAD}")?;
    for chapter in &chapters {
        let title = title(chapter.pack);
        writeln!(
            out,
            "- [{title}](#{}): {}",
            slug(&title),
            prose(&chapter.pack.description)
        )?;
        for rule in &chapter.rules {
            let name = code(&rule.id);
            writeln!(out, "  - [{name}](#{}), {}", slug(&rule.id), level(rule))?;
        }
    }
    for chapter in &chapters {
        writeln!(
            out,
            "\n## {}\n\n{}",
            title(chapter.pack),
            prose(&chapter.pack.description)
        )?;
        if chapter.pack.opt_in {
            let name = code(&chapter.pack.name);
            writeln!(
                out,
                "\nOff unless `packs` in the configuration names {name}."
            )?;
        }
        for rule in &chapter.rules {
            self::rule(rule, out)?;
        }
    }
    Ok(())
}

/// A pack and its rules.
struct Chapter<'a> {
    pack: &'a Pack,
    rules: Vec<&'a Rule>,
}

fn rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    // Mistakes in examples are a matter of `rules test`.
    let mut ignored = Problems::new("rule-pack");
    let (good, bad) = (rule.good(&mut ignored), rule.bad(&mut ignored));
    writeln!(out, "\n### {}\n", code(&rule.id))?;
    let kind = KINDS.iter().find(|kind| kind.name == rule.kind);
    let about = kind.map_or("", |kind| kind.about);
    writeln!(
        out,
        "{}. Kind {}: {}.\n",
        capital(level(rule)),
        code(rule.kind),
        prose(about)
    )?;
    for (name, text) in [
        ("Says: ", rule.message.as_str()),
        ("Why: ", &rule.why),
        ("What to do: ", rule.help.as_deref().unwrap_or_default()),
    ] {
        if !text.is_empty() {
            writeln!(out, "{name}{}\n", prose(text))?;
        }
    }
    let lists = match rule.is_signal() {
        true => [("Counts", &good), ("Does not count", &bad)],
        false => [("Found in", &bad), ("Fine", &good)],
    };
    for (name, examples) in lists {
        if !examples.is_empty() {
            writeln!(out, "{name}:\n")?;
            examples.iter().try_for_each(|one| example(one, out))?;
            writeln!(out)?;
        }
    }
    settings(rule, out)
}

/// An example. A rule between notes says something only of one beside others.
fn example(example: &Example, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "- {}", prose(&example.note))?;
    let beside = example.others.iter().map(|other| ("beside", other));
    let sent = example.sent.iter().map(|other| ("sent before", other));
    for (how, other) in beside.chain(sent) {
        if !other.note.is_empty() {
            writeln!(out, "  - {how}: {}", prose(&other.note))?;
        }
    }
    Ok(())
}

/// What the configuration can change, as it would stand there.
fn settings(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let kind = KINDS.iter().find(|kind| kind.name == rule.kind);
    let known = kind.map_or(&[][..], |kind| kind.parameters);
    let mut lines = vec![format!("[rules.{}]", toml_key(&rule.id))];
    for (key, value) in rule.parameters.entries() {
        let key = key.value.as_str();
        if TOLD.contains(&key) {
            continue;
        }
        let mut meanings = known.iter().chain(MATCHER_KEYS);
        let meaning = meanings.find(|(name, _)| *name == key);
        let meaning = meaning.map_or("", |(_, words)| *words);
        let value = format!("{} = {}", toml_key(key), toml_value(&value.value));
        lines.push(match (value.chars().count() > LONGEST, meaning) {
            (true, meaning) => format!("# {key}: {meaning}"),
            (false, "") => value,
            (false, meaning) => format!("{value}  # {meaning}"),
        });
    }
    let lines: Vec<String> = lines.iter().map(|line| clean(line).into_owned()).collect();
    // A fence that is longer than any in the text.
    let longest = lines
        .iter()
        .flat_map(|line| line.split(|letter| letter != '`'));
    let longest = longest.map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}toml\n{}\n{fence}", lines.join("\n"))
}

/// The level of a rule; for a signal, what it is.
fn level(rule: &Rule) -> &'static str {
    match rule.is_signal() {
        true => "signal",
        false => level_of(rule),
    }
}

fn title(pack: &Pack) -> String {
    format!("Pack {}", code(&pack.name))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A name as code. A backtick would end it.
fn code(name: &str) -> String {
    format!("`{}`", clean(name).replace('`', "'"))
}

/// The anchor of a heading: small letters, digits, hyphens; a space is a hyphen.
fn slug(heading: &str) -> String {
    let kept = |letter: char| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        other => other.is_alphanumeric().then_some(other),
    };
    heading.to_lowercase().chars().filter_map(kept).collect()
}

/// A text on one line in which nothing is markup, but what stands in backticks is code. Only words that could
/// be taken for markup are escaped, so that the page can be read as it is, too.
fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let pieces: Vec<&str> = text.split('`').collect();
    let closed = pieces.len() % 2 == 1;
    let piece = |(number, piece): (usize, &&str)| match number % 2 == 1 {
        true if piece.trim().is_empty() => "\\`\\`".to_owned(),
        true if closed || number + 1 < pieces.len() => format!("`{}`", clean(piece)),
        // The last backtick is alone.
        true => format!("\\`{}", words(piece)),
        false => words(piece),
    };
    pieces.iter().enumerate().map(piece).collect()
}

fn words(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || ",;?'’\"“”%/…–—".contains(letter);
    let word = |(number, word): (usize, &str)| {
        let inner = word.trim_end_matches(['.', ':', '!', ')', ',']);
        let inner = inner.trim_start_matches('(');
        let harmless = inner
            .chars()
            .all(|letter| plain(letter) || letter == '-' || letter == '.');
        // A hyphen or a number at the beginning could be a list.
        let begins =
            number > 0 || word.starts_with(|letter: char| letter.is_alphabetic() || letter == '"');
        let address = inner.to_lowercase().starts_with("www");
        match harmless && begins && !address {
            true => clean(word).into_owned(),
            false => markdown(word),
        }
    };
    let words = text.split(' ').enumerate().map(word);
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_as_they_are_and_markup_does_not() {
        let calm = "Delete the sentence: the button (of LinkedIn) says it already, twice.";
        assert_eq!(prose(calm), calm);
        assert_eq!(prose("`{found}` is <b>"), "`{found}` is &lt;b&gt;");
        assert_eq!(prose("- a\n# b"), "\\- a \\# b");
        assert_eq!(prose("1. x"), "1\\. x");
        assert_eq!(prose("a ` b"), "a \\` b");
        assert_eq!(prose("[x](http://a.b)"), "\\[x\\]\\(http&#58;//a\\.b\\)");
        assert_eq!(prose("see www.a.b"), "see www\\.a\\.b");
        assert_eq!(prose("a_b_c *x*"), "a\\_b\\_c \\*x\\*");
        assert!(!prose("x\u{202e}y\u{1b}[1m").contains(['\u{202e}', '\u{1b}']));
    }

    #[test]
    fn anchors_are_those_that_pages_give_to_headings() {
        assert_eq!(slug("Pack `wording`"), "pack-wording");
        assert_eq!(slug("reference/post"), "referencepost");
    }
}
