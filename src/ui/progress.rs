//! A bar that fills.

use super::{El, el};
use crate::text::plain;

/// How full something is: a part, and the whole. The number stands beside it in words, so the bar itself is silent.
pub(crate) fn progress(of: impl Fn() -> (u32, u32) + 'static) -> El {
    let fill = el("div", "progress__fill").var_with("--progress", move || {
        let (part, whole) = of();
        ratio(u64::from(part), u64::from(whole))
    });
    el("div", "progress").attr("aria-hidden", "true").child(fill)
}

/// A part of a whole as CSS takes it, in whole hundredths: float formatting would cost more than the bar.
pub(crate) fn ratio(part: u64, whole: u64) -> String {
    let hundredths = (part.min(whole) * 100).checked_div(whole).unwrap_or(0);
    if hundredths == 100 {
        return "1".to_owned();
    }
    [if hundredths < 10 { "0.0" } else { "0." }, &plain(hundredths)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_written_without_floating_point() {
        assert_eq!(ratio(0, 10), "0.00");
        assert_eq!(ratio(1, 20), "0.05");
        assert_eq!(ratio(2, 3), "0.66");
        assert_eq!(ratio(12, 10), "1");
        assert_eq!(ratio(1, 0), "0.00");
    }
}
