//! An audit for people at a terminal.

use std::io;

use crate::audit::Rate;
use crate::audit::Warning;
use crate::render::Options;
use crate::render::audit::AuditView;
use crate::render::audit::document::Block;
use crate::render::audit::document::Task;
use crate::render::audit::document::blocks;
use crate::render::audit::document::percent;
use crate::render::clean::clean;
use crate::render::paint;
use crate::render::paint::Paint;
use crate::render::words::plural;
use crate::render::wrap::columns;
use crate::render::wrap::hang;
use crate::render::wrap::shorten;

/// Tasks, groups and lines that are shown of each list unless all are asked for.
const SHOWN: usize = 8;
/// Bars that are shown one below the other; more of them become columns.
const ROWS: usize = 12;
/// The longest bar in columns.
const BAR: usize = 28;
/// The widest label of a bar in columns.
const LABEL: usize = 30;

/// Writes the report.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page {
        options: view.options,
        paint: Paint {
            color: view.options.color,
        },
        out,
    };
    // Groupings of which no group is large enough are named together.
    let mut few: Vec<&str> = Vec::new();
    let blocks = blocks(view);
    for (number, block) in blocks.iter().enumerate() {
        if let Block::Rates(title, rates) = block
            && !view.options.all
            && rates.iter().all(|(_, rate)| rate.too_few)
        {
            few.push(title);
            continue;
        }
        if !few.is_empty() && !matches!(block, Block::Rates(..)) {
            let titles = few.join("; ").to_lowercase();
            page.text(&format!("Too few to say (--all shows all): {titles}."))?;
            few.clear();
        }
        if number > 0 && matches!(block, Block::Heading(_)) {
            writeln!(page.out)?;
        }
        page.block(block)?;
    }
    Ok(())
}

struct Page<'a> {
    options: &'a Options,
    paint: Paint,
    out: &'a mut dyn io::Write,
}

impl Page<'_> {
    fn width(&self) -> usize {
        self.options.prose()
    }

    fn block(&mut self, block: &Block<'_>) -> io::Result<()> {
        match block {
            Block::Heading(title) => self.heading(title),
            Block::Text(text) => self.text(text),
            Block::Title(text) => self.title(text),
            Block::Figures(figures) => self.figures(figures),
            Block::Bars(title, bars) => self.bars(title, bars),
            Block::Rates(title, rates) => self.rates(title, rates),
            Block::Warnings(warnings) => warnings.iter().try_for_each(|one| self.warning(one)),
            Block::Tasks(tasks) => self.tasks(tasks),
            Block::Steps(lines) => lines.iter().try_for_each(|line| self.item("- ", line)),
            Block::Lines(lines) => self.lines(lines),
        }
    }

    fn heading(&mut self, title: &str) -> io::Result<()> {
        let rule = if self.options.unicode { "─" } else { "-" };
        let title = shorten(&clean(title), self.width() - 4, self.options.unicode);
        let fill = self.width().saturating_sub(columns(&title) + 4);
        writeln!(
            self.out,
            "{} {} {}",
            self.paint.lay(paint::FRAME, rule.repeat(2)),
            self.paint.lay(paint::BOLD, &title),
            self.paint.lay(paint::FRAME, rule.repeat(fill)),
        )
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.item("", text)
    }

    fn item(&mut self, mark: &str, text: &str) -> io::Result<()> {
        let text = format!("{mark}{}", clean(text));
        let hanging = 2 + mark.len();
        writeln!(self.out, "  {}", hang(&text, 2, hanging, self.width()))
    }

    fn figures(&mut self, figures: &[(String, String)]) -> io::Result<()> {
        let mut line = String::new();
        for (name, value) in figures {
            let figure = format!("{name} {value}");
            if !line.is_empty() && columns(&line) + columns(&figure) + 5 > self.width() {
                writeln!(self.out, "  {line}")?;
                line.clear();
            }
            let gap = if line.is_empty() { "" } else { "   " };
            line.push_str(&format!("{gap}{figure}"));
        }
        writeln!(self.out, "  {line}")
    }

    fn bars(&mut self, title: &str, bars: &[(String, usize)]) -> io::Result<()> {
        let most = bars
            .iter()
            .map(|(_, count)| *count)
            .max()
            .unwrap_or_default();
        let wide = bars
            .iter()
            .map(|(label, _)| columns(label))
            .max()
            .unwrap_or_default();
        if bars.len() > ROWS && self.options.unicode && !self.options.all {
            return self.columns(title, bars, most);
        }
        self.title(title)?;
        for (label, count) in bars {
            let label = padded(&clean(label), wide.min(LABEL));
            let room = self.width().saturating_sub(wide.min(LABEL) + 9).min(BAR);
            let bar = self.bar(*count as f64 / most.max(1) as f64, *count > 0, room);
            let line = format!("  {label} {count:>5} {bar}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Many bars as columns on one line.
    fn columns(&mut self, title: &str, bars: &[(String, usize)], most: usize) -> io::Result<()> {
        const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let column = |count: usize| match count {
            0 => ' ',
            count => HEIGHTS[(count * HEIGHTS.len()).div_ceil(most.max(1)) - 1],
        };
        let columns: String = bars.iter().map(|(_, count)| column(*count)).collect();
        let ends = [bars.first(), bars.last()].map(|bar| bar.map_or("", |(label, _)| label));
        let title = self.paint.lay(paint::BOLD, clean(title)).to_string();
        writeln!(
            self.out,
            "  {title}, {} to {} (at most {most})",
            ends[0], ends[1]
        )?;
        writeln!(self.out, "  {}", columns.trim_end())
    }

    fn title(&mut self, title: &str) -> io::Result<()> {
        for line in hang(&clean(title), 2, 2, self.width()).lines() {
            writeln!(
                self.out,
                "  {}",
                self.paint.lay(paint::BOLD, line.trim_start())
            )?;
        }
        Ok(())
    }

    /// A bar for a share, 0 to 1.
    fn bar(&self, share: f64, any: bool, room: usize) -> String {
        let length = (share * room as f64).round() as usize;
        let mark = if self.options.unicode { "█" } else { "#" };
        let thin = if self.options.unicode { "▏" } else { "|" };
        match length {
            0 if any => thin.to_owned(),
            length => mark.repeat(length),
        }
    }

    fn rates(&mut self, title: &str, rates: &[(String, Rate)]) -> io::Result<()> {
        self.title(title)?;
        let told = |rate: &Rate| self.options.all || !rate.too_few;
        let shown: Vec<&(String, Rate)> = rates.iter().filter(|(_, rate)| told(rate)).collect();
        let wide = shown
            .iter()
            .map(|(label, _)| columns(label))
            .max()
            .unwrap_or_default();
        let wide = wide.min(LABEL);
        for (label, rate) in &shown {
            let label = shorten(&clean(label), wide, self.options.unicode);
            let label = padded(&label, wide);
            let share = rate.rate().unwrap_or_default();
            let doubt = match rate.too_few {
                true => "too few to say".to_owned(),
                false => format!("{:>2.0} to {:.0} %", rate.low * 100.0, rate.high * 100.0),
            };
            let counts = format!("{} of {}", rate.accepted, rate.mature);
            let line = format!("  {label} {:>7}  {counts:>12}  {doubt}", percent(share));
            writeln!(self.out, "{}", line.trim_end())?;
        }
        match rates.len() - shown.len() {
            0 => Ok(()),
            few => {
                let groups = plural(few, "group", "groups");
                writeln!(
                    self.out,
                    "  ... and {groups} with too few to say (--all shows all)"
                )
            }
        }
    }

    fn warning(&mut self, warning: &Warning) -> io::Result<()> {
        let style = paint::severity(warning.severity);
        let head = format!("{}[{}]", warning.severity.name(), warning.id);
        let text = format!("{head}: {}", clean(&warning.message));
        let text = hang(&text, 2, 4, self.width());
        let rest = text.strip_prefix(&head).unwrap_or(&text);
        writeln!(self.out, "  {}{rest}", self.paint.lay(style, &head))?;
        writeln!(
            self.out,
            "    {}",
            hang(&clean(&warning.help), 4, 4, self.width())
        )
    }

    fn tasks(&mut self, tasks: &[Task]) -> io::Result<()> {
        let shown = if self.options.all { usize::MAX } else { SHOWN };
        let mark = if self.options.unicode { "☐" } else { "[ ]" };
        for task in tasks.iter().take(shown) {
            let name = shorten(&clean(&task.what), 40, self.options.unicode);
            writeln!(
                self.out,
                "  {mark} {} {}",
                task.on,
                self.paint.lay(paint::BOLD, name)
            )?;
            if let Some(link) = &task.link {
                writeln!(self.out, "      {}", clean(link))?;
            }
            writeln!(
                self.out,
                "      {}",
                hang(&clean(&task.detail), 6, 6, self.width())
            )?;
        }
        self.more(tasks.len(), shown)
    }

    fn lines(&mut self, lines: &[String]) -> io::Result<()> {
        let shown = if self.options.all { usize::MAX } else { SHOWN };
        for line in lines.iter().take(shown) {
            self.item("", line)?;
        }
        self.more(lines.len(), shown)
    }

    fn more(&mut self, all: usize, shown: usize) -> io::Result<()> {
        match all.saturating_sub(shown) {
            0 => Ok(()),
            more => writeln!(self.out, "  ... and {more} more (--all shows all)"),
        }
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}
