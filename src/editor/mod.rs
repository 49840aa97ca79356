//! What an editor asks about drafts that are being written: places as editors count them, verdicts
//! after every keystroke, explanations, completions. It knows of no protocol and opens no file.

mod change;
mod columns;
mod complete;
mod desk;
mod hover;
mod keys;
mod prose;

pub use change::Change;
pub use columns::Encoding;
pub use columns::Lines;
pub use columns::Point;
pub use complete::Completion;
pub use complete::completions;
pub use desk::Checked;
pub use desk::Desk;
pub use desk::Rules;
pub use hover::Hover;
pub use hover::hover;
pub use hover::score_line;
