//! From the state to a frame: title, list, note, message, keys.

use connote::diagnostic::Severity;
use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use ratatui::widgets::Paragraph;

use crate::review::counted;
use crate::review::keys;
use crate::review::lay;
use crate::review::page::page;
use crate::review::state::Item;
use crate::review::state::Look;
use crate::review::state::Mark;
use crate::review::state::Mode;
use crate::review::state::State;
use crate::review::style;

/// From so many columns on, list and note stand side by side.
const WIDE: u16 = 100;
/// What the list then has.
const LIST: u16 = 46;

/// Draws the screen. What is scrolled is put within its bounds on the way.
pub(super) fn draw(state: &mut State, frame: &mut Frame<'_>) {
    let area = frame.area();
    state.size = (area.width, area.height);
    if area.height < 5 || area.width < 20 {
        frame.render_widget("too small: make the window larger", area);
        return;
    }
    let row = |y: u16| Rect::new(area.x, area.y + y, area.width, 1);
    let body = Rect::new(area.x, area.y + 1, area.width, area.height - 3);
    frame.render_widget(title(state, usize::from(area.width)), row(0));
    if let Mode::Help(top) = state.mode {
        let top = help(state, top, body, frame);
        state.mode = Mode::Help(top);
    } else if area.width >= WIDE {
        let list_area = Rect {
            width: LIST,
            ..body
        };
        let bar = Rect {
            x: body.x + LIST,
            width: 1,
            ..body
        };
        let note_area = Rect {
            x: bar.x + 2,
            width: body.width - LIST - 2,
            ..body
        };
        let line = if state.look.unicode { "│" } else { "|" };
        let bars =
            vec![Line::styled(line, style::frame(state.look.color)); usize::from(bar.height)];
        frame.render_widget(Paragraph::new(bars), bar);
        list(state, list_area, frame);
        note(state, note_area, frame);
    } else if state.open {
        note(state, body, frame);
    } else {
        list(state, body, frame);
    }
    message(state, row(area.height - 2), frame);
    frame.render_widget(foot(state, usize::from(area.width)), row(area.height - 1));
}

/// The batch, and how far one has come.
fn title(state: &State, width: usize) -> Line<'static> {
    let counts = [Mark::Ready, Mark::Skip, Mark::Later, Mark::Open];
    let counts = counts.map(|mark| format!("{} {}", state.count(mark), mark.name()));
    let mut text = format!("{}: {}", lay::one_line(&state.batch), counts.join(", "));
    let mut filters: Vec<String> = Vec::new();
    filters.extend(state.by_mark.map(|mark| mark.name().to_owned()));
    filters.extend(
        state
            .by_grade
            .map(|grade| format!("grade {}", grade.name())),
    );
    if !state.find.trim().is_empty() {
        filters.push(format!("`{}`", lay::one_line(state.find.trim())));
    }
    if !filters.is_empty() {
        text.push_str(&format!(
            " | only {}: {}",
            filters.join(", "),
            state.shown.len()
        ));
    }
    // A long name loses its end rather than the counts.
    if lay::columns(&text) > width {
        let counts = text
            .split_once(": ")
            .map_or("", |(_, counts)| counts)
            .to_owned();
        let room = width.saturating_sub(lay::columns(&counts) + 2).max(8);
        let name = lay::shorten(&lay::one_line(&state.batch), room, state.look.unicode);
        text = lay::shorten(&format!("{name}: {counts}"), width, state.look.unicode);
    }
    Line::styled(lay::pad(&text, width), style::CHOSEN)
}

fn list(state: &mut State, area: Rect, frame: &mut Frame<'_>) {
    if state.shown.is_empty() {
        frame.render_widget("no note passes the filters (Esc shows all)", area);
        return;
    }
    let rows = usize::from(area.height);
    let last = state.shown.len().saturating_sub(rows);
    let top = state
        .list_top
        .clamp((state.at + 1).saturating_sub(rows), state.at);
    state.list_top = top.min(last.max(state.at.min(top)));
    let shown = state
        .shown
        .iter()
        .enumerate()
        .skip(state.list_top)
        .take(rows);
    let lines: Vec<Line<'static>> = shown
        .map(|(at, &note)| {
            let is_chosen = at == state.at;
            list_row(
                &state.items[note],
                is_chosen,
                usize::from(area.width),
                state.look,
            )
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// `> R*  85 ready    1 err  Chiara Moretti, b01`
fn list_row(item: &Item, is_chosen: bool, width: usize, look: Look) -> Line<'static> {
    let pointer = if is_chosen { ">" } else { " " };
    let edited = match (item.is_edited(), item.draft.is_some()) {
        (_, true) => "~",
        (true, false) => "*",
        (false, false) => " ",
    };
    let opinion = &item.opinion;
    let (score, grade, grade_style) = match opinion.unjudged {
        Some(_) => ("-".to_owned(), "-", Style::new()),
        None => {
            let grade = opinion.score.grade;
            (
                opinion.score.total.to_string(),
                grade.name(),
                style::grade(grade, look.color),
            )
        }
    };
    let errors = opinion.count(Severity::Error);
    let warnings = opinion.count(Severity::Warning);
    let (findings, severity) = match (errors, warnings) {
        (0, 0) => (String::new(), Severity::Hint),
        (0, warnings) => (format!("{warnings} warn"), Severity::Warning),
        (errors, _) => (format!("{errors} err"), Severity::Error),
    };
    let left = format!("{pointer}{}{edited} ", item.mark.letter());
    let verdict = format!("{score:>3} {grade:<7} ");
    let findings = format!("{findings:<7} ");
    let used = lay::columns(&left) + lay::columns(&verdict) + lay::columns(&findings);
    let names = [&item.who, &item.id].map(|text| lay::one_line(text));
    let names: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let room = width.saturating_sub(used);
    let name = lay::pad(&lay::shorten(&names.join(", "), room, look.unicode), room);
    let line = Line::from(vec![
        Span::styled(left, style::BOLD),
        Span::styled(verdict, grade_style),
        Span::styled(findings, style::severity(severity, look.color)),
        Span::raw(name),
    ]);
    match is_chosen {
        true => line.patch_style(style::CHOSEN),
        false => line,
    }
}

fn note(state: &mut State, area: Rect, frame: &mut Frame<'_>) {
    let width = usize::from(area.width);
    let look = state.look;
    if let Mode::Edit(pad) = &mut state.mode {
        pad.width = width;
    }
    let Some(item) = state.item() else {
        frame.render_widget("no note", area);
        return;
    };
    let typed = match &state.mode {
        Mode::Edit(pad) => Some((pad.words(), pad.cursor())),
        _ => None,
    };
    let typed = typed
        .as_ref()
        .map(|(words, cursor)| (words.as_str(), *cursor));
    let page = page(item, typed, width, look);
    let rows = usize::from(area.height);
    let mut top = state.note_top.min(page.lines.len().saturating_sub(rows));
    if let Some((line, _)) = page.cursor {
        // The cursor stays in sight, and if there is room for it the line under it.
        top = top.clamp((line + 2).saturating_sub(rows).min(line), line);
    }
    state.note_top = top;
    let shown: Vec<Line<'static>> = page.lines.into_iter().skip(top).take(rows).collect();
    frame.render_widget(Paragraph::new(shown), area);
    if let Some((line, column)) = page.cursor {
        let number = |value: usize| u16::try_from(value).unwrap_or(u16::MAX);
        let (x, y) = (number(column), number(line - top));
        frame.set_cursor_position(Position::new(area.x + x, area.y + y));
    }
}

/// The line above the foot: a question, what is typed, or what happened last.
fn message(state: &State, area: Rect, frame: &mut Frame<'_>) {
    let color = state.look.color;
    let width = usize::from(area.width);
    let typed = |label: &str, text: &str| {
        // The end of what is typed stays in sight.
        let shown = lay::one_line(text);
        let mut at = 0;
        while lay::columns(&shown[at..]) + lay::columns(label) + 1 > width {
            at += shown[at..].chars().next().map_or(1, char::len_utf8);
        }
        (format!("{label}{}", &shown[at..]), style::BOLD)
    };
    let mut cursor = false;
    let (text, style) = match &state.mode {
        Mode::Find(line) => {
            cursor = true;
            typed("find: ", &line.text)
        }
        Mode::Write(line) => {
            cursor = true;
            typed("write to: ", &line.text)
        }
        Mode::Over(path) => {
            let name = lay::one_line(&path.to_string_lossy());
            (
                format!("{name} is there already. Overwrite it? y, n"),
                style::BOLD,
            )
        }
        Mode::Leave => {
            let ready = counted(state.count(Mark::Ready), "note is", "notes are");
            (
                format!("{ready} ready and not written: w write, q leave, Esc stay"),
                style::BOLD,
            )
        }
        _ => match &state.message {
            Some(message) if message.is_trouble => {
                (lay::one_line(&message.text), style::trouble(color))
            }
            Some(message) => (lay::one_line(&message.text), Style::new()),
            None => (String::new(), Style::new()),
        },
    };
    if cursor {
        let end = u16::try_from(lay::columns(&text)).unwrap_or(u16::MAX);
        let x = area.x + end.min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(x, area.y));
    }
    let text = lay::shorten(&text, width, state.look.unicode);
    frame.render_widget(Line::styled(text, style), area);
}

/// The keys, as many as there is room for.
fn foot(state: &State, width: usize) -> Line<'static> {
    let keys: Vec<(&str, &str)> = match &state.mode {
        Mode::Edit(_) => keys::EDITOR
            .iter()
            .map(|(key, short, _)| (*key, *short))
            .collect(),
        Mode::Find(_) => vec![("Enter", "keep"), ("Esc", "show all")],
        Mode::Write(_) => vec![("Enter", "write"), ("Esc", "back")],
        Mode::Over(_) => vec![("y", "overwrite"), ("n", "another name")],
        Mode::Leave => vec![("w", "write"), ("q", "leave"), ("Esc", "stay")],
        Mode::Help(_) => vec![("Down", "more"), ("Esc", "back")],
        Mode::Browse => {
            let keys = keys::KEYS.iter().filter(|key| key.is_for(state.open));
            keys.filter(|key| !key.short.is_empty())
                .map(|key| (key.shown, key.short))
                .collect()
        }
    };
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for (key, short) in keys {
        let wide = key.len() + short.len() + 3;
        if used + wide > width + 2 {
            break;
        }
        used += wide;
        spans.push(Span::styled(key.to_owned(), style::BOLD));
        spans.push(Span::raw(format!(" {short}  ")));
    }
    Line::from(spans)
}

/// All keys with what they do. Hands back the first line that is shown.
fn help(state: &State, top: usize, area: Rect, frame: &mut Frame<'_>) -> usize {
    let width = usize::from(area.width);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut add = |key: &str, about: &str| {
        let text = format!("{} {about}", lay::pad(key, 8));
        for (number, line) in lay::wrap(&text, width.saturating_sub(9))
            .into_iter()
            .enumerate()
        {
            let indent = if number == 0 { "" } else { "         " };
            lines.push(Line::raw(format!("{indent}{}", &text[line])));
        }
    };
    for key in keys::KEYS.iter().filter(|key| key.is_for(state.open)) {
        add(key.shown, key.about);
    }
    add("", "");
    add("", "While a note is edited:");
    for (key, _, about) in keys::EDITOR {
        add(key, about);
    }
    add("", "");
    add(
        "",
        "In the list: R ready, S skip, L later, * edited, ~ unfinished edit.",
    );
    add(
        "",
        "Under the words: the parts of the formula (= specific, - generic), ^ a finding.",
    );
    if let Some(journal) = &state.journal {
        let about = format!(
            "Marks and edits are kept as you go in {}",
            lay::one_line(journal)
        );
        add("", &about);
    }
    let top = top.min(lines.len().saturating_sub(usize::from(area.height)));
    let shown: Vec<Line<'static>> = lines.into_iter().skip(top).collect();
    frame.render_widget(Paragraph::new(shown), area);
    top
}
