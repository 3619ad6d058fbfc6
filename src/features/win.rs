//! How a prize stands for whoever won it, and what there is to do about it.

use super::countdown_to;
use crate::state::State;
use crate::text::{fill, moment_of};
use crate::ui::{El, el, icon};
use crate::var::Var;
use carnival_contract::replies::{PrizeCoupon, Win};
use carnival_domain::award::AwardState;

/// What two digits of hours can't show any more is said with its date alone.
const COUNTED_MS: i64 = 99 * 3_600_000;

/// Lines to stand under the prize's name.
pub(crate) fn win_stands(state: State, win: &Win) -> Vec<El> {
    let text = state.text();
    let line = |said: &str| el("span", "list__sub").text(said);
    let mut lines = Vec::new();
    if let Some(reserve) = win.reserve {
        lines.push(line(&fill(text.win_reserve(), &[&reserve.to_string()])));
    }
    match win.state {
        AwardState::Promised => {
            if let Some(by) = win.claim_by {
                let zone = state.session.campaign_untracked().utc_offset;
                lines.push(line(&fill(text.win_claim_by(), &[&moment_of(text, by, zone)])));
                if by.ms_since(state.clock.now()) < COUNTED_MS {
                    lines.push(countdown_to(state, by));
                }
            }
            lines.push(button(state, win, "button win__button", text.win_fill_in()));
        }
        AwardState::Claimed => {
            if let Some(to) = &win.delivery {
                lines.push(line(&fill(text.win_claimed(), &[&to.name, &to.phone, &to.address])));
            }
            lines.push(button(state, win, "button button--quiet win__button", text.win_change()));
        }
        AwardState::Dispatched => lines.push(line(text.win_dispatched())),
        AwardState::Lapsed => lines.push(line(text.win_lapsed())),
        AwardState::Given | AwardState::PassedOver => {
            lines.extend(win.coupon.iter().flat_map(|won| coupon(state, won)))
        }
    }
    lines
}

/// Opens the form.
fn button(state: State, win: &Win, class: &str, label: &str) -> El {
    let loading = Var::new(false);
    let win = win.clone();
    el("button", class)
        .attr("type", "button")
        .testid("fill-in")
        .attr_with("data-state", move || loading.get().then_some("sending"))
        .attr_with("aria-busy", move || loading.get().then_some("true"))
        .on_click(move || state.open_delivery(win.clone(), loading))
        .text(label)
}

fn coupon(state: State, coupon: &PrizeCoupon) -> Vec<El> {
    let text = state.text();
    let zone = state.session.campaign_untracked().utc_offset;
    let code = coupon.code.clone();
    let copy = el("button", "button button--quiet win__button")
        .attr("type", "button")
        .on_click(move || state.copy(code.clone()))
        .child(icon("copy"))
        .child(el("span", "code").text(&coupon.code));
    let until = fill(text.valid_until(), &[&moment_of(text, coupon.valid_until, zone)]);
    vec![el("span", "list__sub").text(&until), copy]
}
