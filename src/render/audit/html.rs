//! An audit as one page: no network, no script, plots drawn as SVG.

use std::io;

use maud::DOCTYPE;
use maud::Markup;
use maud::html;

use crate::audit::Rate;
use crate::render::audit::AuditView;
use crate::render::audit::document::Block;
use crate::render::audit::document::Task;
use crate::render::audit::document::blocks;
use crate::render::audit::document::percent;
use crate::render::audit::document::rate_text;
use crate::render::calendar::is_address;
use crate::render::clean::clean;

/// The page's own style. Colours keep their contrast by day and by night.
const STYLE: &str = include_str!("page.css");

/// Writes the page.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let blocks = blocks(view);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { "Invitations on " (view.audit.today) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    @for (number, block) in blocks.iter().enumerate() {
                        (piece(block, number == 0))
                    }
                    footer { "Made by connote " (view.version) " from your own export. Nothing was sent anywhere." }
                }
            }
        }
    };
    out.write_all(page.into_string().as_bytes())?;
    out.write_all(b"\n")
}

fn piece(block: &Block<'_>, first: bool) -> Markup {
    html! {
        @match block {
            Block::Heading(title) => {
                @if first { h1 { (clean(title)) } } @else { h2 { (clean(title)) } }
            }
            Block::Text(text) => p { (coded(text)) },
            Block::Title(text) => h3 { (clean(text)) },
            Block::Figures(figures) => dl.figures {
                @for (name, value) in figures {
                    div { dt { (name) } dd { (value) } }
                }
            },
            Block::Bars(title, bars) => (plot(title, bars)),
            Block::Rates(title, rates) => (table(title, rates)),
            Block::Warnings(warnings) => ul.warnings {
                @for warning in *warnings {
                    li class=(warning.severity.name()) {
                        strong { (warning.severity.name()) ": " }
                        (clean(&warning.message)) "."
                        span.help { (coded(&warning.help)) }
                    }
                }
            },
            Block::Tasks(tasks) => ul.tasks {
                @for task in tasks { (task_item(task)) }
            },
            Block::Steps(lines) | Block::Lines(lines) => ul {
                @for line in lines { li { (clean(line)) } }
            },
        }
    }
}

/// Text of ours, in which backticks mark what is to be typed.
fn coded(text: &str) -> Markup {
    html! {
        @for (number, part) in clean(text).split('`').enumerate() {
            @if number % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn task_item(task: &Task) -> Markup {
    let name = clean(&task.what);
    html! {
        li {
            span.box aria-hidden="true" { "☐" }
            time { (task.on) } " "
            @match task.link.as_deref().filter(|link| is_address(link)) {
                Some(link) => a href=(link) rel="noopener noreferrer" { (name) },
                None => strong { (name) },
            }
            span.help { (clean(&task.detail)) }
        }
    }
}

/// A histogram. The numbers stand beside the bars, so that nobody has to measure them.
fn plot(title: &str, bars: &[(String, usize)]) -> Markup {
    const ROW: usize = 22;
    const LEFT: usize = 110;
    const LONGEST: usize = 230;
    let most = bars
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or_default()
        .max(1);
    let height = bars.len() * ROW;
    let length = |count: usize| (count * LONGEST).div_ceil(most);
    html! {
        figure {
            figcaption { (clean(title)) }
            svg role="img" aria-label=(clean(title)) viewBox=(format!("0 0 390 {height}")) {
                @for (number, (label, count)) in bars.iter().enumerate() {
                    text x=(LEFT - 8) y=(number * ROW + 15) text-anchor="end" { (clean(label)) }
                    rect x=(LEFT) y=(number * ROW + 3) width=(length(*count)) height=(ROW - 6) rx="2" {}
                    text x=(LEFT + length(*count) + 6) y=(number * ROW + 15) { (count) }
                }
            }
        }
    }
}

/// Rates with their intervals, drawn as a line with a dot.
fn table(title: &str, rates: &[(String, Rate)]) -> Markup {
    let at = |share: f64| format!("{:.1}", share * 100.0);
    html! {
        div.scroll {
            table {
                caption { (clean(title)) }
                thead { tr { th scope="col" { "group" } th scope="col" { "accepted" } th scope="col" { "of" } th scope="col" { "rate" } th scope="col" { "95 % interval" } } }
                tbody {
                    @for (label, rate) in rates {
                        tr.few[rate.too_few] {
                            th scope="row" { (clean(label)) }
                            td { (rate.accepted) }
                            td { (rate.mature) }
                            td { (percent(rate.rate().unwrap_or_default())) }
                            td {
                                svg.interval role="img" aria-label=(rate_text(rate)) viewBox="0 0 100 12" {
                                    line x1="0" x2="100" y1="6" y2="6" class="axis" {}
                                    line x1=(at(rate.low)) x2=(at(rate.high)) y1="6" y2="6" class="range" {}
                                    circle cx=(at(rate.rate().unwrap_or_default())) cy="6" r="3" {}
                                }
                                @if rate.too_few { span.help { "too few to say" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
