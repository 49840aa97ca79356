//! Acceptance rates with their doubt.

use crate::audit::Settings;
use crate::statistics::NINETY_FIVE;
use crate::statistics::wilson;

/// A rate, with the interval that holds the true one in 95 of 100 cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// Invitations that had time for an answer.
    pub mature: usize,
    /// Those that were accepted.
    pub accepted: usize,
    /// The lower end of Wilson's 95 % interval, 0 to 1.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether there are too few to say anything.
    pub too_few: bool,
}

/// Where a rate lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Below the healthy rates.
    Low,
    /// Healthy.
    Healthy,
    /// Above them.
    High,
    /// Too few to say.
    Unknown,
}

impl Band {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Healthy => "healthy",
            Self::High => "high",
            Self::Unknown => "too few to say",
        }
    }
}

impl Rate {
    /// From counts.
    pub fn new(accepted: usize, mature: usize, settings: &Settings) -> Self {
        let (low, high) = wilson(accepted, mature, NINETY_FIVE);
        Self {
            mature,
            accepted,
            low,
            high,
            too_few: mature < settings.too_few as usize,
        }
    }

    /// From invitations, each accepted or not.
    pub fn of(outcomes: impl Iterator<Item = bool>, settings: &Settings) -> Self {
        let (mut accepted, mut mature) = (0, 0);
        for outcome in outcomes {
            mature += 1;
            accepted += usize::from(outcome);
        }
        Self::new(accepted, mature, settings)
    }

    /// The rate, 0 to 1; nothing without invitations.
    pub fn rate(&self) -> Option<f64> {
        (self.mature > 0).then(|| self.accepted as f64 / self.mature as f64)
    }

    /// Where it lies. The healthy rates are those of the guide.
    pub fn band(&self, settings: &Settings) -> Band {
        let (from, to) = (
            f64::from(settings.healthy_from),
            f64::from(settings.healthy_to),
        );
        match self.rate().filter(|_| !self.too_few) {
            None => Band::Unknown,
            Some(rate) if rate * 100.0 < from => Band::Low,
            Some(rate) if rate * 100.0 > to => Band::High,
            Some(_) => Band::Healthy,
        }
    }
}
