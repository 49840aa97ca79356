//! An audit as one page: no network, no script, plots drawn as SVG.

use std::io;

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
use crate::render::web::Page;
use crate::render::web::bars::bars;
use crate::render::web::footer;
use crate::render::web::put;

/// Writes the page.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let blocks = blocks(view);
    let title = format!("Invitations on {}", view.audit.today);
    let page = Page {
        title: &title,
        script: None,
    };
    page.write(out, |out| {
        let content = html! {
            main {
                @for (number, block) in blocks.iter().enumerate() {
                    (piece(block, number))
                }
            }
            (footer(&format!("Made by connote {} from your own export. Nothing was sent anywhere.", view.version)))
        };
        put(out, &content)
    })
}

fn piece(block: &Block<'_>, number: usize) -> Markup {
    html! {
        @match block {
            Block::Heading(title) => {
                @if number == 0 { h1 { (clean(title)) } } @else { h2 { (clean(title)) } }
            }
            Block::Text(text) => p { (coded(text)) },
            Block::Title(text) => h3 { (clean(text)) },
            Block::Figures(figures) => dl.figures {
                @for (name, value) in figures {
                    div { dt { (name) } dd { (value) } }
                }
            },
            Block::Bars(title, rows) => (bars(&format!("plot-{number}"), title, rows)),
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
