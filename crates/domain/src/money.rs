//! Money: whole fen, never floating point.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in fen, a hundredth of a yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Yuan as people write them: `50`, or `49.90` where there are fen.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if fen == 0 { write!(f, "{sign}{yuan}") } else { write!(f, "{sign}{yuan}.{fen:02}") }
    }
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedAmount;

impl FromStr for Fen {
    type Err = MalformedAmount;

    /// Reads yuan with at most two decimals, such as `50` or `49.90`; no sign, no separators.
    fn from_str(text: &str) -> Result<Self, MalformedAmount> {
        let (yuan, fen) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(yuan) || !digits(fen) || fen.len() != 2 {
            return Err(MalformedAmount);
        }
        let yuan: i64 = yuan.parse().map_err(|_| MalformedAmount)?;
        let fen: i64 = fen.parse().map_err(|_| MalformedAmount)?;
        let whole = yuan.checked_mul(100).and_then(|whole| whole.checked_add(fen));
        whole.map(Fen).ok_or(MalformedAmount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_and_written_as_people_do() {
        assert_eq!("49.90".parse(), Ok(Fen(4990)));
        assert_eq!("50".parse(), Ok(Fen(5000)));
        assert_eq!(Fen(5000).to_string(), "50");
        assert_eq!(Fen(-4990).to_string(), "-49.90");
        for bad in ["", ".", "1.", "1.5", "-1", "1,000", "99999999999999999999"] {
            assert_eq!(bad.parse::<Fen>(), Err(MalformedAmount), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_survives_being_written(fen in 0i64..1_000_000_000_000) {
            prop_assert_eq!(Fen(fen).to_string().parse(), Ok(Fen(fen)));
        }
    }
}
