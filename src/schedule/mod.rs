//! When notes are sent: the settings, what each recipient's clock shows, and the plan.

mod clock;
mod holidays;
mod plan;
mod settings;

pub use clock::Clock;
pub use clock::Clocks;
pub use clock::Sent;
pub use clock::Source;
pub use holidays::holiday;
pub use plan::Before;
pub use plan::Placed;
pub use plan::Slot;
pub use plan::plan;
pub use settings::Settings;
pub use settings::day_name;
pub use settings::hour_text;
pub use settings::hours_of;

#[cfg(test)]
mod tests;
