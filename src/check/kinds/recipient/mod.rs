//! `recipient`: the name in the greeting and the company in the text, held against the row.

mod batch;
mod company;
mod name;

use crate::check::Build;
use crate::check::Check;
use crate::check::Kind;
use crate::check::Matcher;
use crate::toml_doc::Table;

pub(super) static KIND: Kind = Kind {
    name: "recipient",
    about: "the greeting's name and the company in the text, held against what is known of the recipient",
    parameters: &[
        (
            "check",
            "greeting-name (differs), greeting-missing, shouted-name (in capitals), decorated-name (degrees, emoji), \
             other-company (differs), or other-recipient (another row's name)",
        ),
        (
            "phrases",
            "for other-company: word patterns that end where the company's name begins",
        ),
    ],
    holes: &["name", "expected"],
    groups: false,
    build,
};

#[derive(Clone, Copy)]
enum What {
    Greeting(name::Test),
    Company,
    OtherRecipient,
}

const CHECKS: [(&str, What); 6] = [
    ("greeting-name", What::Greeting(name::Test::Differs)),
    ("greeting-missing", What::Greeting(name::Test::Missing)),
    ("shouted-name", What::Greeting(name::Test::Shouted)),
    ("decorated-name", What::Greeting(name::Test::Decorated)),
    ("other-company", What::Company),
    ("other-recipient", What::OtherRecipient),
];

fn build(table: &Table, build: &mut Build<'_>) -> Option<Check> {
    let Some(what) = table.choice("check", &CHECKS, build.problems) else {
        if table.value("check").is_none() {
            table.require("check", build.problems);
        }
        return None;
    };
    let phrases = Matcher::read_optional(table, build);
    Some(match what.value {
        What::Greeting(test) => Check::Note(Box::new(test)),
        What::Company => Check::Note(Box::new(company::Company::new(phrases, build))),
        What::OtherRecipient => Check::Batch(Box::new(batch::OtherRecipient)),
    })
}
