//! The one best next step.

use crate::state::State;
use crate::state::guide::Step;
use crate::text::{Text, fill, minutes_and_seconds};
use crate::ui::{El, el, icon};

/// One line at the top of the page.
pub(crate) fn guide_line(state: State) -> El {
    let line = el("span", "guide__text").text_with(move || sentence(state.text(), &state.next_step()));
    el("p", "guide").testid("guide").child(icon("bell")).child(line)
}

fn sentence(text: &Text, step: &Step) -> String {
    match step {
        Step::Enter(ms) => fill(text.guide_enter, &[&minutes_and_seconds(*ms)]),
        Step::Votes(left) => fill(text.guide_votes, &[&left.to_string()]),
        Step::CouponSoon(ms) => fill(text.guide_coupon_soon, &[&minutes_and_seconds(*ms)]),
        Step::ClaimCoupon => text.guide_claim.to_owned(),
        Step::WaitForDraw(ms) => fill(text.guide_wait_draw, &[&minutes_and_seconds(*ms)]),
        Step::WaitForRound(ms) => fill(text.guide_wait_round, &[&minutes_and_seconds(*ms)]),
        Step::Drawing => text.guide_drawing.to_owned(),
        Step::Over => text.guide_over.to_owned(),
    }
}
