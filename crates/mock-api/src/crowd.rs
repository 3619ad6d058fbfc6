//! Simulated shoppers, so that a demo without a server is alive.

use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::ids::{ParticipantId, StarId};
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::Write;

use crate::back_end::BackEnd;

/// How many votes a favourite star has before the demo begins; the others a part of it each.
const SEEDED_VOTES: u64 = 6_180;

pub(crate) fn seed_board(back_end: &BackEnd) {
    let luck: [u8; 32] = back_end.random();
    back_end.write(|engine, ledger, now| {
        for (star, luck) in revealed(engine.campaign(), now).iter().zip(luck.iter().cycle()) {
            let votes = SEEDED_VOTES / 2 + SEEDED_VOTES * u64::from(*luck) / 512;
            ledger.seed_votes(star, Day(0), votes);
        }
    });
}

/// One to four votes and up to two entries.
pub(crate) fn stir(back_end: &BackEnd) {
    let luck: [u8; 8] = back_end.random();
    let stars = revealed(back_end.engine().campaign(), back_end.now());
    if stars.is_empty() {
        return;
    }
    for pick in &luck[..1 + usize::from(luck[7] % 4)] {
        // The smaller of two picks: the first stars are more popular.
        let pick = usize::from(pick % 16).min(usize::from(pick / 16)) % stars.len();
        let random = back_end.random();
        act(back_end, |engine, ledger, write| engine.cast_vote(ledger, write, &stars[pick], || random).is_ok());
    }
    for _ in 0..luck[6] % 3 {
        let entry_id = back_end.random();
        act(back_end, |engine, ledger, write| {
            let round = engine.campaign().rounds.schedule.current_or_next(write.now);
            round.is_some_and(|round| engine.enter_round(ledger, write, round.id, entry_id).is_ok())
        });
    }
}

/// Lets a shopper who never came before do something; a refusal is theirs to live with.
fn act(
    back_end: &BackEnd,
    run: impl FnOnce(&carnival_engine::Engine, &mut carnival_engine::memory::MemoryLedger, &Write) -> bool,
) {
    let who = ParticipantId(back_end.random());
    let key = IdempotencyKey::from_random(back_end.random());
    back_end.write(|engine, ledger, now| run(engine, ledger, &Write { who, key, now }));
}

fn revealed(campaign: &carnival_domain::campaign::Campaign, now: Timestamp) -> Vec<StarId> {
    let stars = campaign.stars.iter().filter(|star| star.reveals_at <= now);
    stars.map(|star| star.id.clone()).collect()
}
