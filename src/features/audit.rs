//! The daily public audit of votes: sums to read in peace.

use carnival_contract::audits::AuditDay;

use crate::state::State;
use crate::text::{AuditText, date_of, fill, grouped};
use crate::ui::{El, Section, el, section};
use crate::var::Var;

/// The newest days that are shown; the back end tells all of them.
const DAYS: usize = 31;

/// The days; nothing until they are here.
pub(crate) fn audit(state: State, days: Var<Vec<AuditDay>>) -> Option<El> {
    let text = AuditText::of(state.session.language_untracked());
    let lines: Vec<_> = days.with(|days| days.iter().take(DAYS).map(|day| line(state, text, day)).collect());
    let over = Section { title: text.title, ..Section::default() };
    let list = el("ol", "card ledger").testid("audit").child(lines);
    let shown = !days.with(Vec::is_empty);
    shown.then(|| section(&over, vec![list, el("p", "hint leaderboard__note").text(text.note)]))
}

fn line(state: State, text: &AuditText, audit: &AuditDay) -> El {
    let zone = state.session.campaign().utc_offset;
    let (tone, stands) = if audit.is_over { ("off", text.over) } else { ("plain", text.running) };
    let head = el("div", "ledger__head")
        .child(el("p", "ledger__round").text(&date_of(state.text(), zone.midnight(audit.day), zone)))
        .child(el("span", "chip").attr("data-tone", tone).text(stands));
    let refused_count = audit.refused.iter().map(|refused| refused.count).sum();
    let sum = |words: &str, count: u64| el("span", "").text(&fill(words, &[&grouped(count)]));
    let sums = el("p", "ledger__facts")
        .child(sum(text.accepted, audit.accepted))
        .child(sum(text.taken_back, audit.taken_back))
        .child(sum(text.refused, refused_count));
    let reasons: Vec<_> = audit
        .refused
        .iter()
        .map(|refused| el("span", "").text(&[text.reason(refused.code), " ", &grouped(refused.count)].concat()))
        .collect();
    let reasons = (!reasons.is_empty()).then(|| el("p", "ledger__facts").child(reasons));
    el("li", "ledger__row").child(head).child(sums).child(reasons)
}
