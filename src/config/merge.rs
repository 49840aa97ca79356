//! Layers over defaults: a file first, then the command line.

use std::path::PathBuf;

use crate::config::Layer;
use crate::config::Sender;
use crate::config::Settings;

impl Settings {
    /// The defaults with these layers laid over them. `folder` is that of the configuration.
    pub fn merged(folder: PathBuf, layers: impl IntoIterator<Item = Layer>) -> Self {
        let mut settings = Self {
            folder,
            ..Self::default()
        };
        for layer in layers {
            settings.lay_over(layer);
        }
        settings
    }

    fn lay_over(&mut self, layer: Layer) {
        self.account = layer.account.unwrap_or(self.account);
        self.packs.extend(layer.packs);
        if !layer.select.is_empty() {
            self.select = layer.select;
            // What is selected on the command line is selected for every file.
            self.overrides
                .iter_mut()
                .for_each(|part| part.select.clear());
        }
        self.ignore.extend(layer.ignore);
        self.exclude.extend(layer.exclude);
        self.fail_on = layer.fail_on.unwrap_or(self.fail_on);
        self.max_warnings = layer.max_warnings.or(self.max_warnings);
        self.min_score = layer.min_score.or(self.min_score);
        let sender = std::mem::take(&mut self.sender);
        self.sender = Sender {
            name: layer.sender.name.or(sender.name),
            company: layer.sender.company.or(sender.company),
            industry: layer.sender.industry.or(sender.industry),
            timezone: layer.sender.timezone.or(sender.timezone),
        };
        self.history.extend(layer.history);
        self.ledger.extend(layer.ledger);
        self.baseline = layer.baseline.or(self.baseline.take());
        self.columns.extend(layer.columns);
        self.rules.extend(layer.rules);
        if !layer.score.is_empty() {
            self.score = layer.score;
        }
        for (own, over) in [
            (&mut self.schedule, layer.schedule),
            (&mut self.zones, layer.zones),
            (&mut self.audit, layer.audit),
        ] {
            if !over.is_empty() {
                *own = over;
            }
        }
        self.overrides.extend(layer.overrides);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Account;
    use crate::diagnostic::Severity;
    use crate::span::Span;
    use crate::span::Spanned;

    fn list(word: &str) -> Vec<Spanned<String>> {
        vec![Spanned::new(word.to_owned(), Span::default())]
    }

    #[test]
    fn a_later_layer_wins_selects_anew_and_adds_to_what_is_ignored() {
        let file = Layer {
            account: Some(Account::Paid),
            select: list("a"),
            ignore: list("b"),
            fail_on: Some(None),
            max_warnings: Some(3),
            ..Layer::default()
        };
        let command_line = Layer {
            select: list("c"),
            ignore: list("d"),
            max_warnings: Some(0),
            ..Layer::default()
        };
        let settings = Settings::merged(PathBuf::new(), [file, command_line]);
        assert_eq!(settings.account, Account::Paid);
        assert_eq!(settings.select, list("c"));
        assert_eq!(settings.ignore.len(), 2);
        assert_eq!((settings.fail_on, settings.max_warnings), (None, Some(0)));
    }

    #[test]
    fn without_layers_the_defaults_hold() {
        let settings = Settings::merged(PathBuf::new(), []);
        assert_eq!(settings.account, Account::Free);
        assert_eq!(settings.fail_on, Some(Severity::Error));
        assert!(settings.select.is_empty() && settings.min_score.is_none());
    }
}
