//! What the script needs to filter and sort. It is hidden until the script shows it.

use maud::Markup;
use maud::html;

use crate::render::clean::clean;
use crate::render::page::Desk;
use crate::render::page::first::part_token;
use crate::render::page::first::rule_token;
use crate::render::page::summary::called;
use crate::score::Grade;
use crate::score::Part;

/// The form.
pub(super) fn controls(desk: &Desk<'_>) -> Markup {
    let scored = !desk.view.report.verdicts.is_empty();
    let unjudged = desk.view.report.summary().unjudged;
    html! {
        form id="find" role="search" aria-label="Notes on this page" autocomplete="off" hidden {
            label { span { "Words" } input type="search" name="words" spellcheck="false"; }
            @if scored {
                label { span { "Grade" } select name="grade" {
                    option value="" { "any" }
                    @for grade in [Grade::Rewrite, Grade::Revise, Grade::Ready] {
                        option value=(grade.name()) { (called(grade)) }
                    }
                    @if unjudged > 0 { option value="none" { "not scored" } }
                } }
            }
            label { span { "With" } select name="what" {
                option value="" { "anything" }
                @if scored {
                    optgroup label="A weak part" {
                        @for part in Part::ALL { option value=(part_token(part)) { "no specific " (part.name()) } }
                    }
                }
                @if !desk.rules.is_empty() {
                    optgroup label="A finding of" {
                        @for rule in &desk.rules { option value=(rule_token(desk, rule)) { (clean(rule)) } }
                    }
                }
            } }
            label { span { "Order" } select name="order" {
                option value="score" { "worst first" }
                option value="file" { "as in the files" }
                option value="name" { "by recipient" }
            } }
            button type="reset" { "Show all" }
            p id="count" role="status" {}
        }
    }
}
