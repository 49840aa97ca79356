//! An audit as Markdown: a report with checklists, to keep or to share.

use std::io;

use crate::render::audit::AuditView;
use crate::render::audit::document::Block;
use crate::render::audit::document::Task;
use crate::render::audit::document::blocks;
use crate::render::audit::document::rate_text;
use crate::render::calendar::is_address;
use crate::render::markup::markdown;

/// Columns of the longest bar.
const BAR: f64 = 24.0;

/// Writes the report.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for (number, block) in blocks(view).iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Heading(title) if number == 0 => writeln!(out, "# {}", markdown(title))?,
            Block::Heading(title) => writeln!(out, "## {}", markdown(title))?,
            Block::Text(text) => writeln!(out, "{}", markdown(text))?,
            Block::Title(text) => writeln!(out, "### {}", markdown(text))?,
            Block::Figures(figures) => {
                let names: Vec<String> = figures.iter().map(|(name, _)| markdown(name)).collect();
                let values: Vec<&str> = figures.iter().map(|(_, value)| value.as_str()).collect();
                writeln!(out, "| {} |", names.join(" | "))?;
                writeln!(out, "|{}", "---:|".repeat(names.len()))?;
                writeln!(out, "| {} |", values.join(" | "))?;
            }
            Block::Bars(title, bars) => {
                let most = bars
                    .iter()
                    .map(|(_, count)| *count)
                    .max()
                    .unwrap_or_default();
                writeln!(
                    out,
                    "| {} | invitations | |\n|---|---:|---|",
                    markdown(title)
                )?;
                for (label, count) in bars {
                    let length = (*count as f64 / most.max(1) as f64 * BAR).round() as usize;
                    writeln!(
                        out,
                        "| {} | {count} | {} |",
                        markdown(label),
                        "█".repeat(length)
                    )?;
                }
            }
            Block::Rates(title, rates) => {
                writeln!(out, "| {} | accepted |\n|---|---|", markdown(title))?;
                for (label, rate) in rates {
                    writeln!(out, "| {} | {} |", markdown(label), rate_text(rate))?;
                }
            }
            Block::Warnings(warnings) => {
                for warning in *warnings {
                    writeln!(
                        out,
                        "- **{}** ({}): {}. {}",
                        markdown(warning.id),
                        warning.severity.name(),
                        markdown(&warning.message),
                        markdown(&warning.help)
                    )?;
                }
            }
            Block::Tasks(tasks) => tasks.iter().try_for_each(|task| write_task(task, out))?,
            Block::Steps(lines) | Block::Lines(lines) => {
                for line in lines {
                    writeln!(out, "- {}", markdown(line))?;
                }
            }
        }
    }
    Ok(())
}

fn write_task(task: &Task, out: &mut dyn io::Write) -> io::Result<()> {
    let name = markdown(&task.what);
    let linked = match task.link.as_deref().filter(|link| is_address(link)) {
        Some(link) => format!("[{name}](<{link}>)"),
        None => name,
    };
    writeln!(
        out,
        "- [ ] {} {linked}: {}",
        task.on,
        markdown(&task.detail)
    )
}
