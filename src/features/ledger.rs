//! The public ledger: what became of every round.

use super::check_button::check_button;
use super::draw_result::pool_of;
use crate::state::State;
use crate::text::{clock_of, fill, grouped};
use crate::ui::{El, Section, el, section};
use carnival_contract::replies::RoundRecord;
use carnival_domain::round::RoundEnding;

/// Lines that are shown, and winners in a line.
const LINES: usize = 6;
const WINNERS: usize = 3;
/// How many characters of an entry's number are enough to know it by.
const SHORT: usize = 8;

/// The newest lines.
pub(crate) fn ledger(state: State) -> Option<El> {
    let records = state.round.records();
    let lines: Vec<_> = records.iter().take(LINES).map(|record| line(state, record)).collect();
    let over = Section { title: state.text().ledger(), ..Section::default() };
    (!lines.is_empty()).then(|| section(&over, el("ol", "card ledger").child(lines)))
}

fn line(state: State, record: &RoundRecord) -> El {
    let text = state.text();
    let is_drawn = record.ending == RoundEnding::Drawn && record.awaits.is_none();
    let (tone, ending) = match record.ending {
        _ if is_drawn => ("done", text.ledger_drawn()),
        RoundEnding::Drawn => ("plain", text.ledger_awaited()),
        RoundEnding::RolledOver => ("plain", text.ledger_rolled()),
    };
    let count = [u64::from(record.participant_count), u64::from(record.target)].map(grouped);
    let ended_at = clock_of(record.ended_at, state.session.campaign().utc_offset);
    let round = fill(text.round(), &[&record.round_id.to_string()]);
    let head = el("div", "ledger__head")
        .child(el("p", "ledger__round").text(&round).child(el("time", "").text(&ended_at)))
        .child(el("span", "chip").attr("data-tone", tone).text(ending));
    let facts = el("p", "ledger__facts")
        .child(el("span", "").text(&fill(text.ledger_pool(), &[&pool_of(record).prize_count().to_string()])))
        .child(el("span", "").text(&fill(text.ledger_count(), &[&count[0], &count[1]])));
    let pauses: Vec<_> = record
        .pauses
        .iter()
        .map(|pause| el("p", "ledger__facts").text(&fill(text.ledger_paused(), &[&pause.note])))
        .collect();
    el("li", "ledger__row").child(head).child(facts).child(pauses).child(is_drawn.then(|| winners(state, record)))
}

fn winners(state: State, record: &RoundRecord) -> El {
    let text = state.text();
    let mut names = String::new();
    for winner in record.winners.iter().take(WINNERS) {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(winner.entry_id.to_string().get(..SHORT).unwrap_or_default());
    }
    let mut said = fill(text.ledger_winners(), &[&names]);
    if record.winners.len() > WINNERS {
        said += &fill(text.ledger_more(), &[&record.winners.len().to_string()]);
    }
    let check = record.draw_id.as_ref().map(|draw| check_button(state, draw, "ledger__proof"));
    el("p", "ledger__facts").child(el("span", "").text(&said)).child(check)
}
