//! What a rule of a kind may have, learned from the code that makes rules.

use std::sync::Arc;

use crate::check::Build;
use crate::check::Kind;
use crate::pack;
use crate::pack::Example;
use crate::pattern::PatternBook;
use crate::ruleset::Rule;
use crate::span::FileId;
use crate::span::Spanned;
use crate::toml_doc::Problems;
use crate::toml_doc::Shape;
use crate::toml_doc::Table;
use crate::toml_doc::learn;

/// The keys of a rule of a kind, `id` and `kind` among them. What lies under `bad` and `good` is told by
/// [`example_shape`].
pub fn rule_shape(kind: &Kind) -> Shape {
    let mut ignored = Problems::new("rule-pack");
    let pack = pack::read("", FileId::default(), "", &mut ignored);
    let read = |table: &Arc<Table>| {
        let mut problems = Problems::new("rule-pack");
        let mut build = Build {
            patterns: &mut PatternBook::default(),
            problems: &mut problems,
            check: false,
        };
        let id = Spanned::default();
        let rule = Rule::make(&id, Arc::clone(table), &pack, &pack, true, true, &mut build);
        drop(rule);
    };
    let mut shape = learn(&[("kind", kind.name), ("id", "x")], &read);
    // The pack's reader has asked for it.
    if let Some(id) = shape.keys.get_mut("id") {
        id.required = true;
    }
    shape
}

/// The keys of an example that is a table. Under `others` and `sent` are examples again.
pub fn example_shape() -> Shape {
    let mut list = learn(&[], &|table| {
        Example::read(table, "bad", &mut Problems::new("rule-pack"));
    });
    let examples = list.keys.remove("bad");
    examples.map(|key| key.inner).unwrap_or_default()
}
