//! The normal distribution, from a probability to the point below which it lies.
//!
//! Wichura, M. J. (1988), "Algorithm AS241: The percentage points of the normal distribution", Applied
//! Statistics 37, 477-484, the variant of about 16 digits.

const CENTRE_ABOVE: [f64; 8] = [
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
];
const CENTRE_BELOW: [f64; 8] = [
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0,
];
const MIDDLE_ABOVE: [f64; 8] = [
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0507500716444169e-09,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0,
];
const TAIL_ABOVE: [f64; 8] = [
    2.0103343992922881e-07,
    2.7115555687434876e-05,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103,
];
const TAIL_BELOW: [f64; 8] = [
    2.0442631033899397e-15,
    1.421511758316446e-07,
    1.8463183175100548e-05,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0,
];

/// The point below which a share of the normal distribution lies; `probability` is more than 0 and less
/// than 1.
pub fn quantile(probability: f64) -> f64 {
    let from_middle = probability - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * ratio(&CENTRE_ABOVE, &CENTRE_BELOW, r);
    }
    let tail = if from_middle < 0.0 {
        probability
    } else {
        1.0 - probability
    };
    let r = (-tail.ln()).sqrt();
    let point = if r <= 5.0 {
        ratio(&MIDDLE_ABOVE, &MIDDLE_BELOW, r - 1.6)
    } else {
        ratio(&TAIL_ABOVE, &TAIL_BELOW, r - 5.0)
    };
    point.copysign(from_middle)
}

/// Two polynomials, the highest power first, one through the other.
fn ratio(above: &[f64; 8], below: &[f64; 8], at: f64) -> f64 {
    let value = |powers: &[f64; 8]| powers.iter().fold(0.0, |sum, power| sum * at + power);
    value(above) / value(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::NINETY_FIVE;

    #[test]
    fn known_points_are_met() {
        // From tables of the normal distribution.
        for (probability, point) in [
            (0.5, 0.0),
            (0.975, NINETY_FIVE),
            (0.841_344_746_068_542_9, 1.0),
            (0.001_349_898_031_630_094_5, -3.0),
            (0.999_968_328_758_166_9, 4.0),
            (2.866_515_718_791_939e-7, -5.0),
            (9.865_876_450_376_946e-10, -6.0),
        ] {
            let found = quantile(probability);
            assert!((found - point).abs() < 1e-8, "{probability}: {found}");
        }
    }
}
