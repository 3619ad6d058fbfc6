//! A campaign of the browser tests, played on a ledger in memory by people who come again and again.

use std::path::Path;
use std::sync::Arc;

use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::campaign::Campaign;
use carnival_domain::draw::beacon::{self, Beacon};
use carnival_domain::draw::proof::{DrawProof, ProofBeacon, ProofPrize};
use carnival_domain::draw::{EntryOfDraw, VERSION, commitment, draw};
use carnival_domain::fans::FansDraw;
use carnival_domain::hex::{self, Hash32};
use carnival_domain::ids::{EntryId, ParticipantId, PrizeId, RoundId};
use carnival_domain::round::{PrizeLot, PrizePool};
use carnival_domain::time::Timestamp;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Ledger as _, Write};
use ed25519_dalek::{Signer as _, SigningKey};

/// What was played.
pub(crate) struct Played {
    pub(crate) draws: Vec<Draw>,
    /// The public key of receipts.
    pub(crate) key: String,
}

/// A draw as anybody gets it.
pub(crate) struct Draw {
    /// Without its list.
    pub(crate) proof: DrawProof,
    pub(crate) entries: Vec<EntryId>,
    /// The JSON of `GET draws/{draw}/proof`.
    pub(crate) document: Vec<u8>,
    /// The JSON of the answers to its entries.
    pub(crate) receipts: Vec<Vec<u8>>,
}

/// Numbers that look random and are the same in every run: splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.roll() as u8)
    }
}

/// The campaign, and the instant of its first start.
fn campaign() -> (Campaign, Timestamp) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/fixtures/fast.toml");
    let source = std::fs::read_to_string(file).expect("the campaign of the browser tests");
    let first_start: Timestamp = "2026-06-18T12:00:00Z".parse().expect("RFC 3339");
    (carnival_campaign_file::read(&source, first_start).expect("a right file").campaign, first_start)
}

pub(crate) fn play(rounds: u32) -> Played {
    let (campaign, first_start) = campaign();
    let signing = SigningKey::from_bytes(&[9; 32]);
    let key = hex::encode(signing.verifying_key().as_bytes());
    let engine = Engine::new(
        campaign,
        b"key",
        Some(Arc::new(move |message: &[u8]| hex::encode(&signing.sign(message).to_bytes()))),
    );
    let (mut ledger, mut dice) = (MemoryLedger::default(), Dice(618));
    let schedule = engine.campaign().rounds.schedule.clone();
    let first = schedule.current_or_next(first_start).expect("it runs").id;
    let mut receipts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut drawn = Vec::new();

    for number in first.0..first.0 + rounds {
        let slot = schedule.slot(RoundId(number)).expect("it has enough rounds");
        let now = slot.opens_at.plus_ms(1);
        settle(&engine, &mut ledger, now, &mut dice);
        // A third of the rounds has too few people and rolls over; now and then the whole crowd comes.
        let crowd = match dice.below(9) {
            0..=2 => dice.below(2),
            8 => 20,
            _ => 2 + dice.below(6),
        };
        for who in 0..crowd {
            let who = if crowd == 20 { 100 + who } else { dice.below(7) };
            let write =
                Write { who: ParticipantId([who as u8; 16]), key: IdempotencyKey::from_random(dice.bytes()), now };
            let Ok(accepted) = engine.enter_round(&mut ledger, &write, slot.id, dice.bytes()) else { continue };
            let receipt = (accepted.receipt.draw_id.to_string(), serde_json::to_vec(&accepted).expect("JSON"));
            receipts.push(receipt);
        }
        // Two guests turn out to be one person, whose entries were accepted already.
        if dice.below(10) == 0 {
            let (from, to) = (ParticipantId([5; 16]), ParticipantId([6; 16]));
            let Ok(()) = ledger.move_things(from, to);
        }
        settle(&engine, &mut ledger, slot.closes_at, &mut dice);
        let Ok(Some(row)) = ledger.round(slot.id) else { panic!("it was opened") };
        if row.account.ending == Some(carnival_domain::round::RoundEnding::Drawn) {
            drawn.push(row.draw_id);
        }
    }
    let draws = drawn.into_iter().map(|id| {
        let Ok(mut proof) = engine.proof(&ledger, &id) else { panic!("{id} is drawn") };
        let document = serde_json::to_vec(&proof).expect("JSON");
        let entries = proof.entries.take().expect("a short list");
        let receipts = receipts.iter().filter(|(draw, _)| *draw == id.as_str());
        let receipts = receipts.map(|(_, receipt)| receipt.clone()).collect();
        Draw { proof, entries, document, receipts }
    });
    Played { draws: draws.collect(), key }
}

/// The draws of the fans of the first two stars, after a minute of votes. Somebody was two people, who voted for the same star.
pub(crate) fn draws_of_fans() -> Vec<Draw> {
    let (mut campaign, first_start) = campaign();
    campaign.fans_draw = Some(FansDraw { top: 2, reserve_count: 2, prizes: campaign.rounds.prizes.clone() });
    campaign.ends_at = first_start.plus_ms(60_000);
    let ends_at = campaign.ends_at;
    let engine = Engine::new(campaign, b"key", None);
    let (mut ledger, mut dice) = (MemoryLedger::default(), Dice(25));
    settle(&engine, &mut ledger, first_start, &mut dice);
    let stars: Vec<_> = engine.campaign().stars.iter().take(3).map(|star| star.id.clone()).collect();
    for who in 0..40 {
        let star = &stars[(who % 9).min(2)];
        let key = IdempotencyKey::from_random(dice.bytes());
        let write = Write { who: ParticipantId([who as u8; 16]), key, now: first_start };
        assert!(engine.cast_vote(&mut ledger, &write, star, || dice.bytes()).is_ok());
    }
    // Of everybody who voted for the last star all but one are one person: so somebody is passed over.
    for from in (2..40).filter(|who| who % 9 >= 2).skip(1) {
        let Ok(()) = ledger.move_things(ParticipantId([from; 16]), ParticipantId([2; 16]));
    }
    settle(&engine, &mut ledger, ends_at, &mut dice);
    let Ok(draws) = ledger.fans_draws();
    let held = draws.into_iter().filter(|draw| draw.is_done).map(|held| {
        let Ok(mut proof) = engine.proof(&ledger, &held.draw_id) else { panic!("{} is drawn", held.draw_id) };
        let document = serde_json::to_vec(&proof).expect("JSON");
        let entries = proof.entries.take().expect("a short list");
        Draw { proof, entries, document, receipts: Vec::new() }
    });
    held.collect()
}

/// A draw that waited for round 123 of quicknet, as the network published it.
pub(crate) fn draw_with_beacon() -> Draw {
    const ROUND: u64 = 123;
    const SIGNATURE: &str =
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
    let known = Beacon::DrandQuicknet;
    let randomness = beacon::randomness(&hex::decode(SIGNATURE).expect("hex"));
    let beacon = ProofBeacon { chain: known.chain(), round: ROUND, signature: SIGNATURE.to_owned(), randomness };
    let entries: Vec<_> = (0..30u8)
        .map(|n| EntryOfDraw { entry_id: EntryId([n; 16]), participant_id: ParticipantId([n % 9; 16]) })
        .collect();
    let prize_id: PrizeId = "p".parse().expect("a slug");
    let pool = PrizePool(vec![PrizeLot { prize_id: prize_id.clone(), count: 3 }]);
    let (draw_id, seed) = ("beacon-r1".into(), [8; 32]);
    let result = draw(&draw_id, &seed, &randomness.0, &pool, 2, &entries);
    let mut proof = DrawProof {
        version: VERSION.to_owned(),
        draw_id,
        opened_at: known.round_at(1),
        closed_at: known.round_at(ROUND).plus_ms(-beacon::MARGIN_MS),
        commitment: commitment(&seed),
        seed: Hash32(seed),
        beacon: Some(beacon),
        prizes: vec![ProofPrize { prize_id, title: "P".to_owned(), count: 3 }],
        reserve_count: 2,
        entries: Some(result.entries),
        entries_url: None,
        root: result.root,
        winners: result.winners,
        reserves: result.reserves,
        passed_over: result.passed_over,
    };
    let document = serde_json::to_vec(&proof).expect("JSON");
    let entries = proof.entries.take().unwrap_or_default();
    Draw { proof, entries, document, receipts: Vec::new() }
}

fn settle(engine: &Engine, ledger: &mut MemoryLedger, now: Timestamp, dice: &mut Dice) {
    let Ok(_ended) = engine.settle(ledger, now, &mut || dice.bytes());
}
