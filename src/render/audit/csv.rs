//! The withdrawal plan as a spreadsheet.

use std::io;

use crate::render::audit::AuditView;
use crate::render::audit::name_of;
use crate::render::spreadsheet::row;

/// Writes a row for each withdrawal, in the order of the plan.
pub(super) fn render(view: &AuditView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let header = [
        "on",
        "week",
        "name",
        "profile",
        "sent",
        "age_days",
        "priority",
        "why",
        "expires_soon",
        "again_from",
        "done",
    ];
    row(out, header.into_iter().map(str::to_owned))?;
    for one in &view.audit.withdraw {
        let sent = &view.history.sent[one.sent];
        let priority = view.history.row_of(sent).and_then(|row| row.priority);
        let cells = [
            one.on.to_string(),
            one.phase.name().to_owned(),
            name_of(view, one.sent),
            sent.person.address().unwrap_or_default(),
            sent.sent.local.date().to_string(),
            crate::audit::age_days(sent, view.audit.now).to_string(),
            priority.map_or("", |priority| priority.name()).to_owned(),
            one.why.clone(),
            one.expires_soon
                .map(|on| on.to_string())
                .unwrap_or_default(),
            one.again_from.to_string(),
            String::new(),
        ];
        row(out, cells.into_iter())?;
    }
    Ok(())
}
