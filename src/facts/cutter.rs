//! Where a note is cut: into words, soft breaks and sentences.

use std::ops::Range;

use crate::facts::address;
use crate::facts::class;
use crate::facts::class::Classes;
use crate::facts::contraction::apart;
use crate::facts::contraction::run_together;
use crate::facts::control;
use crate::facts::token::Sentence;
use crate::facts::token::Token;
use crate::facts::token::Tokens;
use crate::facts::tongue::Tongue;
use crate::text::fold;

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "sr", "jr", "st", "no", "nr", "vs", "e.g", "i.e", "eg", "ie",
    "approx", "dept", "sgt", "capt", "lt", "fr", "rev", "hon", "ing", "dipl", "mt", "vol", "fig",
    "req", "ext",
];

pub(super) struct Cutter<'a> {
    text: &'a str,
    tokens: &'a mut Tokens,
    tongue: &'static Tongue,
    /// The first token of the sentence that is being cut.
    open: Option<u32>,
    /// Byte ranges between quotation marks.
    quotes: Vec<Range<usize>>,
}

impl<'a> Cutter<'a> {
    /// For a text of which nothing is cut yet.
    pub(super) fn new(text: &'a str, tongue: &'static Tongue, tokens: &'a mut Tokens) -> Self {
        Self {
            text,
            tokens,
            tongue,
            open: None,
            quotes: Vec::new(),
        }
    }

    /// Cuts the text.
    pub(super) fn run(mut self) {
        self.quotes = address::quoted_ranges(self.text);
        let bytes = self.text.as_bytes();
        // An address has a dot or colon with more behind it: most notes have none.
        let addresses = bytes.windows(2).any(|pair| {
            matches!(pair[0], b'.' | b':') && (pair[1].is_ascii_alphanumeric() || pair[1] == b'/')
        });
        let mut at = 0;
        while at < self.text.len() {
            let Some(letter) = self.text[at..].chars().next() else {
                break;
            };
            let next = at + letter.len_utf8();
            let address = if addresses { self.address(at) } else { None };
            if letter.is_control()
                && let Some(end) = control::sequence_end(self.text, at)
            {
                at = end;
            } else if let Some(end) = address {
                self.push_whole(
                    at..end,
                    if self.text[at..end].contains('@') {
                        Classes::EMAIL
                    } else {
                        Classes::URL
                    },
                );
                at = end;
            } else if let Some(end) = address::field_end(self.text, at) {
                self.push_whole(at..end, Classes::FIELD);
                at = end;
            } else if starts_word(letter, &self.text[next..]) {
                at = self.word(at);
            } else {
                at = match letter {
                    ' ' | '\t' | '"' | '“' | '”' | '«' | '»' | '\'' | '’' | '‘' | '\u{a0}'
                    | '*' | '_' => next,
                    '\r' | '\n' => self.line_break(at),
                    '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' => self.stop(at, letter),
                    '-' | '/' | '&' | '+' | '\u{2010}' | '\u{2011}' if joins(bytes, at, next) => {
                        next
                    }
                    other if fold::is_invisible(other) => next,
                    other if other.is_whitespace() => next,
                    _ => {
                        self.soft(at..next);
                        next
                    }
                };
            }
        }
        self.close(self.text.len(), false);
        self.tokens.quotes = self.quotes;
    }

    /// A web or e-mail address that begins here: where it ends.
    fn address(&self, at: usize) -> Option<usize> {
        let before = self.text[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '.') {
            return None;
        }
        let rest = &self.text[at..];
        let first = rest.as_bytes()[0];
        if !first.is_ascii_alphanumeric() {
            return None;
        }
        let chunk = rest
            .split(|letter: char| letter.is_whitespace() || "<>()[]{}\"“”,".contains(letter))
            .next()?;
        if !chunk.contains(['.', ':']) {
            return None;
        }
        let chunk = chunk.trim_end_matches(|letter: char| ".,;:!?'’".contains(letter));
        address::is_address(chunk).then_some(at + chunk.len())
    }

    fn word(&mut self, start: usize) -> usize {
        let end = word_end(self.text, start);
        let raw = &self.text[start..end];
        if raw.contains(['\'', '’', 'ʼ']) {
            self.contraction(start, raw);
            return end;
        }
        let from = self.tokens.folded.len();
        fold::fold_into(raw, &mut self.tokens.folded);
        let folded = &self.tokens.folded[from..];
        let parts = match self.tongue.contracts {
            true => run_together(folded),
            false => None,
        };
        if let Some(parts) = parts {
            self.tokens.folded.truncate(from);
            for part in parts {
                self.push(start..end, raw, part);
            }
            return end;
        }
        let classes = class::of_word(raw, folded, self.tongue);
        let to = self.tokens.folded.len();
        self.place(start..end, (from, to), classes);
        end
    }

    /// Undoes a contraction: "you're" is `you are`, "Ana's" is `ana 's`.
    fn contraction(&mut self, start: usize, raw: &str) {
        let folded = fold::fold(raw).replace(['’', 'ʼ'], "'");
        for part in apart(&folded) {
            self.push(start..start + raw.len(), raw, &part);
        }
    }

    fn push(&mut self, range: Range<usize>, raw: &str, folded: &str) {
        let from = self.tokens.folded.len();
        self.tokens.folded.push_str(folded);
        let classes = class::of_word(raw, folded, self.tongue);
        self.place(range, (from, from + folded.len()), classes);
    }

    fn push_whole(&mut self, range: Range<usize>, classes: Classes) {
        let from = self.tokens.folded.len();
        fold::fold_into(&self.text[range.clone()], &mut self.tokens.folded);
        self.place(range, (from, self.tokens.folded.len()), classes);
    }

    fn place(&mut self, range: Range<usize>, folded: (usize, usize), mut classes: Classes) {
        if self.open.is_none() {
            self.open = Some(self.tokens.all.len() as u32);
            self.mark(range.start..range.start, Classes::START);
        }
        if self.quotes.iter().any(|quote| quote.contains(&range.start)) {
            classes.add(Classes::QUOTED);
        }
        match self.text.as_bytes().get(range.start) {
            Some(b'#') if !classes.any(Classes::FIGURE) => classes.add(Classes::HASHTAG),
            Some(b'@') => classes.add(Classes::MENTION),
            _ => {}
        }
        self.tokens.all.push(Token {
            start: range.start as u32,
            end: range.end as u32,
            folded: (folded.0 as u32, folded.1 as u32),
            classes,
        });
    }

    fn mark(&mut self, range: Range<usize>, classes: Classes) {
        self.tokens.all.push(Token {
            start: range.start as u32,
            end: range.end as u32,
            folded: (0, 0),
            classes,
        });
    }

    fn soft(&mut self, range: Range<usize>) {
        let after_mark = self
            .tokens
            .all
            .last()
            .is_none_or(|token| token.classes.any(Classes::MARK));
        if self.open.is_some() && !after_mark {
            self.mark(range, Classes::SOFT);
        }
    }

    fn close(&mut self, at: usize, question: bool) {
        let Some(first) = self.open.take() else {
            return;
        };
        if self
            .tokens
            .all
            .last()
            .is_some_and(|token| token.classes.any(Classes::SOFT))
        {
            self.tokens.all.pop();
        }
        let at = self
            .tokens
            .all
            .last()
            .map_or(at, |token| token.end as usize);
        self.mark(at..at, Classes::END);
        let last = self.tokens.all.len() as u32;
        self.tokens.sentences.push(Sentence {
            first,
            last,
            question,
            greeting: false,
        });
    }

    /// One or more stops. A full stop inside a word or behind an abbreviation is none.
    fn stop(&mut self, at: usize, letter: char) -> usize {
        let rest = &self.text[at..];
        let run = rest.len()
            - rest
                .trim_start_matches(['.', '!', '?', '…', '。', '！', '？', '؟'])
                .len();
        let end = at + run;
        let stops = &self.text[at..end];
        let after = self.text[end..].chars().next();
        if letter == '.' && run == 1 {
            if after.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_uppercase) {
                return end;
            }
            if let Some(last) = self.tokens.all.last() {
                let word = &self.text[last.start as usize..last.end as usize];
                let initial = word.chars().count() == 1
                    && word.chars().all(char::is_uppercase)
                    && word != "I";
                let follows = self.text[end..].trim_start().chars().next();
                let abbreviated = ABBREVIATIONS.contains(&self.tokens.folded(last));
                if last.end as usize == at
                    && follows.is_some()
                    && (initial || abbreviated || self.goes_on_behind(last, end))
                {
                    return end;
                }
            }
        }
        // "Bob..." or "wait … what": a pause inside a sentence when it goes on in lower case.
        let pause = stops.starts_with("..") || stops.starts_with('…');
        let goes_on = self.text[end..]
            .trim_start()
            .chars()
            .next()
            .is_some_and(char::is_lowercase);
        if pause && goes_on && !stops.contains(['!', '?']) {
            self.soft(at..end);
            return end;
        }
        self.close(at, stops.contains(['?', '？', '؟']));
        end
    }

    /// Whether the full stop behind a token belongs to it by the ways of the language: "z.B.", "12. Mai".
    fn goes_on_behind(&self, last: &Token, end: usize) -> bool {
        let folded = self.tokens.folded(last);
        let rest = self.text[end..].trim_start();
        let next = &rest[..word_end(rest, 0)];
        let ordinal = self.tongue.ordinals
            && last.classes.any(Classes::FIGURE)
            && folded.len() <= 2
            && (next.starts_with(char::is_lowercase)
                || self.tongue.months.contains(&fold::fold(next)));
        ordinal || self.tongue.abbreviations.contains(folded)
    }

    /// A line break ends a sentence, unless the line before ran on in lower case.
    fn line_break(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let run = rest.len()
            - rest
                .trim_start_matches(|letter: char| letter.is_whitespace())
                .len();
        let breaks = rest[..run].matches('\n').count();
        let goes_on = rest[run..].chars().next().is_some_and(char::is_lowercase);
        if breaks > 1 || !goes_on {
            self.close(at, false);
        } else {
            self.soft(at..at + run);
        }
        at + run.max(1)
    }
}

fn starts_word(letter: char, rest: &str) -> bool {
    letter.is_alphanumeric()
        || (matches!(letter, '#' | '@') && rest.starts_with(|next: char| next.is_alphanumeric()))
        || (matches!(letter, '$' | '€' | '£' | '₹' | '¥' | '₦' | '₱')
            && rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut letters = text[start..].char_indices().peekable();
    let mut end = start;
    let mut digits = false;
    while let Some((offset, letter)) = letters.next() {
        let at = start + offset;
        let next = letters.peek().map(|(_, next)| *next);
        let inside = match letter {
            _ if offset == 0 => true,
            letter if letter.is_alphanumeric() || fold::is_invisible(letter) => true,
            letter if unicode_normalization::char::is_combining_mark(letter) => true,
            '\'' | '’' | 'ʼ' => next.is_some_and(char::is_alphabetic),
            ',' | '.' => digits && next.is_some_and(|next| next.is_ascii_digit()),
            '%' | '€' | '£' => digits,
            '#' | '+' => {
                at == start + 1
                    && text.as_bytes()[start].is_ascii_uppercase()
                    && next != Some(' '.max(letter))
            }
            _ => false,
        };
        if !inside {
            break;
        }
        digits = letter.is_ascii_digit();
        end = at + letter.len_utf8();
    }
    end
}

fn joins(bytes: &[u8], at: usize, next: usize) -> bool {
    let word =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    word(at.checked_sub(1).and_then(|before| bytes.get(before))) && word(bytes.get(next))
}
