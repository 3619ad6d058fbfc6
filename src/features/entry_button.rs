//! The one thing to do: entering the round.

use crate::later::refusal;
use crate::state::State;
use crate::text::{fill, plain};
use crate::ui::{El, el, icon};
use carnival_domain::entry::AwaitedAct;
use carnival_domain::round::RoundPhase;

/// How many characters of an entry's number are enough to know it by.
const SHORT: usize = 8;

/// What the button shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Ready,
    Sending,
    In,
    Waiting,
    Paused,
    Scheduled,
    Sealed,
}

impl Look {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::In => "in",
            Self::Waiting => "waiting",
            // All are closed; only their words differ.
            Self::Paused | Self::Scheduled | Self::Sealed => "sealed",
        }
    }
}

/// The button. It keeps the focus in every state: it is never disabled, only marked as such.
pub(crate) fn entry_button(state: State) -> El {
    let text = state.text();
    let waits_for = move || state.my_entry().and_then(|entry| entry.waits_for);
    let look = move || match state.round.phase() {
        RoundPhase::Open if waits_for().is_some() => Look::Waiting,
        _ if state.my_entry().is_some_and(|entry| entry.waits_for.is_none()) => Look::In,
        RoundPhase::Open if state.round.pause_note().is_some() => Look::Paused,
        RoundPhase::Open if state.round.is_sending() => Look::Sending,
        RoundPhase::Open => Look::Ready,
        RoundPhase::Scheduled => Look::Scheduled,
        _ => Look::Sealed,
    };
    let label = move || match look() {
        Look::Ready | Look::Sending => text.join(),
        Look::In => text.joined(),
        Look::Waiting => text.share_with_friends(),
        Look::Paused => text.join_paused(),
        Look::Scheduled => text.join_scheduled(),
        Look::Sealed => text.join_sealed(),
    };
    let sub = move || match (look(), state.my_entry()) {
        (Look::Waiting, _) if waits_for() == Some(AwaitedAct::Share) => text.join_waits_share().to_owned(),
        (Look::Waiting, _) => text.join_waits_visit().to_owned(),
        (Look::In, Some(entry)) => {
            let number = entry.entry_id.to_string();
            fill(text.receipt_short(), &[number.get(..SHORT).unwrap_or_default()])
        }
        (Look::Paused, _) => text.join_paused_sub().to_owned(),
        (Look::Sending, _) => text.join_sending().to_owned(),
        (Look::Sealed, _) if state.round.phase() == RoundPhase::Drawn => text.ledger_drawn().to_owned(),
        (Look::Sealed, _) => text.join_next().to_owned(),
        _ => text.join_free().to_owned(),
    };
    let mark = move || match look() {
        Look::Sending => Some(el("span", "spinner")),
        Look::In => Some(icon("check")),
        _ => None,
    };
    let is = move |wanted: Look, value: &'static str| (look() == wanted).then_some(value);
    el("button", "join")
        .attr("type", "button")
        .testid("join")
        .attr("data-tap", "join")
        .attr_with("data-state", move || Some(look().as_str()))
        .attr_with("aria-busy", move || is(Look::Sending, "true"))
        .attr_with("aria-disabled", move || (!matches!(look(), Look::Ready | Look::Waiting)).then_some("true"))
        .on_click(move || if look() == Look::Waiting { state.share() } else { state.enter_round() })
        .child(el("span", "join__label").child_with(mark).text_with(label))
        .child(el("span", "join__sub").attr_with("data-testid", move || is(Look::In, "receipt")).text_with(sub))
}

/// Under the button: why a tap was refused, or else what to know before one.
pub(crate) fn entry_hint(state: State) -> El {
    let hint = move || match state.round.refused() {
        Some(problem) => refusal(state, &problem),
        None => {
            let target = state.round.current().map_or(0, |round| round.target);
            fill(state.text().odds(), &[&plain(target)])
        }
    };
    el("p", "hint")
        .attr("role", "status")
        .attr_with("data-tone", move || state.round.refused().map(|_| "refused"))
        .text_with(hint)
}
