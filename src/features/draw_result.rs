//! What became of the round that just ended.

use super::check_button::check_button;
use crate::state::State;
use crate::state::round::{Outcome, outcome};
use crate::text::{clock_of, fill, grouped};
use crate::ui::{El, Section, el, section};
use carnival_contract::replies::RoundRecord;
use carnival_domain::ids::PrizeId;
use carnival_domain::round::PrizePool;

/// The result of the newest round of the ledger, as it is for this participant.
pub(crate) fn draw_result(state: State) -> Option<El> {
    let records = state.round.records();
    let record = records.first()?;
    let outcome = state.session.me(|me| outcome(record, &me.entries));
    let title = state.text().last_round;
    Some(section(&Section { title, ..Section::default() }, card(state, record, &outcome)))
}

fn card(state: State, record: &RoundRecord, outcome: &Outcome) -> El {
    let text = state.text();
    let zone = state.session.campaign().utc_offset;
    let eyebrow = fill(text.result_at, &[&record.round_id.to_string(), &clock_of(record.ended_at, zone)]);
    let people = grouped(u64::from(record.participant_count));
    let prizes = pool_of(record).prize_count().to_string();
    let missing = record.target.saturating_sub(record.participant_count).to_string();
    let (kind, title, sentence, prize) = match outcome {
        Outcome::Won(prize) => {
            ("won", text.result_won.to_owned(), text.result_won_text.to_owned(), prize_line(state, prize))
        }
        Outcome::Lost => ("lost", text.result_lost.to_owned(), fill(text.result_lost_text, &[&people, &prizes]), None),
        Outcome::Drawn => {
            ("drawn", fill(text.result_drawn, &[&prizes]), fill(text.result_drawn_text, &[&people]), None)
        }
        Outcome::Awaited(round) => {
            let text_of_wait = fill(text.result_awaited_text, &[&people, &round.to_string()]);
            ("awaited", text.result_awaited.to_owned(), text_of_wait, None)
        }
        Outcome::RolledOver { mine } => {
            let sentence = if *mine { text.result_rolled_mine } else { text.result_rolled_text };
            ("rolled-over", fill(text.result_rolled, &[&missing]), sentence.to_owned(), None)
        }
    };
    el("div", "card round-card")
        .attr("data-outcome", kind)
        .child(el("p", "round-card__eyebrow").text(&eyebrow))
        .child(el("p", "round-card__title").text(&title))
        .child(prize)
        .child(el("p", "round-card__text").text(&sentence))
        .child(
            record
                .draw_id
                .as_ref()
                .filter(|_| record.awaits.is_none())
                .map(|draw| check_button(state, draw, "button button--quiet")),
        )
}

/// What a round paid, or handed on.
pub(super) fn pool_of(record: &RoundRecord) -> PrizePool {
    record.carried_in.clone().plus(&record.added)
}

fn prize_line(state: State, prize: &PrizeId) -> Option<El> {
    let campaign = state.session.campaign();
    let prize = campaign.prizes.iter().find(|known| known.id == *prize)?;
    let image = el("img", "avatar").attr("src", &prize.image).attr("alt", "");
    Some(el("div", "round-card__prize").child(image).child(el("p", "strong").text(&state.local(&prize.title))))
}
