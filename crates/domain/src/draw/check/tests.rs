use super::super::proof::ProofPrize;
use super::super::{EntryOfDraw, draw};
use super::*;
use crate::hex::Hash32;
use crate::ids::ParticipantId;
use crate::round::{PrizeLot, PrizePool};
use crate::time::Timestamp;
use proptest::prelude::*;

/// A draw of `count` entries, of which every fifth is the same person's.
fn proof_of(count: u8, prizes: u32, reserve_count: u32) -> DrawProof {
    let entries: Vec<_> = (0..count)
        .map(|n| EntryOfDraw { entry_id: EntryId([n; 16]), participant_id: ParticipantId([n % 5; 16]) })
        .collect();
    let prize_id: PrizeId = "p".parse().expect("a slug");
    let pool = PrizePool(vec![PrizeLot { prize_id: prize_id.clone(), count: prizes }]);
    let seed = [7; 32];
    let result = draw(&"demo-r1".into(), &seed, &[], &pool, reserve_count, &entries);
    DrawProof {
        version: VERSION.to_owned(),
        draw_id: "demo-r1".into(),
        opened_at: Timestamp::from_ms(0),
        closed_at: Timestamp::from_ms(378_000),
        commitment: commitment(&seed),
        seed: Hash32(seed),
        beacon: None,
        prizes: vec![ProofPrize { prize_id, title: "P".into(), count: prizes }],
        reserve_count,
        entries: Some(result.entries),
        entries_url: None,
        root: result.root,
        winners: result.winners,
        reserves: result.reserves,
        passed_over: result.passed_over,
    }
}

fn proof() -> DrawProof {
    proof_of(20, 3, 2)
}

fn verify(proof: &DrawProof) -> Result<Verdict, ProofFault> {
    proof.verify(proof.entries.as_deref().expect("a short list"))
}

#[test]
fn an_honest_proof_holds() {
    let proof = proof_of(150, 3, 2);
    assert!(!proof.passed_over.is_empty(), "the example should pass somebody over");
    let verdict = verify(&proof).expect("it holds");
    assert_eq!(verdict.entry_count, 150);
    assert_eq!(verdict.uncovered, ["opened_at", "prizes[].title", "closed_at"]);
}

#[test]
fn where_all_entries_came_in_more_places_would_change_nothing_and_that_is_said() {
    for (count, prizes, reserves) in [(0, 1, 1), (2, 3, 4), (4, 3, 1), (5, 3, 2), (5, 3, 4), (3, 3, 0), (20, 3, 2)] {
        let proof = proof_of(count, prizes, reserves);
        let said = verify(&proof).expect("it holds").uncovered;
        let mut more = proof.clone();
        more.reserve_count += 1;
        assert_eq!(verify(&more).is_ok(), said.contains(&"reserve_count"), "{count} {prizes} {reserves}");
        let mut more = proof.clone();
        more.prizes[0].count += 1;
        assert_eq!(verify(&more).is_ok(), said.contains(&"prizes"), "{count} {prizes} {reserves}");
        assert!(said.contains(&"draw_id"), "few entries have few orders");
        let mut other = proof.clone();
        other.draw_id = "demo-r2".into();
        assert!(count != 0 || verify(&other).is_ok());
    }
}

#[test]
fn every_lie_is_named_with_its_step() {
    let lie = |change: fn(&mut DrawProof)| {
        let mut proof = proof();
        change(&mut proof);
        let fault = verify(&proof).expect_err("a lie");
        (fault.step(), fault)
    };
    assert_eq!(lie(|p| p.version.push('x')), (Step::Document, ProofFault::UnknownVersion));
    assert_eq!(lie(|p| p.seed.0[0] ^= 1), (Step::Commitment, ProofFault::Commitment));
    assert_eq!(lie(|p| p.root.0[0] ^= 1), (Step::Root, ProofFault::Root));
    let swapped = lie(|p| p.winners.swap(0, 1)).1;
    assert!(matches!(swapped, ProofFault::OutOfTurn { of: Listed::Winners, index: 0, expected: Some(_) }));
    assert!(swapped.fields().contains(&"winners[0].entry_id".to_owned()), "{swapped}");
    let other_draw = lie(|p| p.draw_id = "demo-r2".into()).1;
    assert!(other_draw.fields().contains(&"draw_id".to_owned()), "{other_draw}");
    assert!(matches!(lie(|p| p.reserves.truncate(1)).1, ProofFault::TooShort { of: Listed::Reserves, .. }));
    let other_prize = lie(|p| p.winners[2].prize_id = "q".parse().expect("a slug")).1;
    assert_eq!(other_prize, ProofFault::Prize { index: 2, expected: "p".parse().expect("a slug") });
    assert_eq!(lie(|p| p.prizes[0].count = u32::MAX).0, Step::Winners);
    let invented = lie(|p| p.reserves[0] = EntryId([99; 16])).1;
    assert_eq!(invented, ProofFault::NotInList { of: Listed::Reserves, index: 0 });
    assert_eq!(lie(|p| p.passed_over.clear()).0, Step::Winners);
    let later = lie(|p| p.passed_over[0].same_person_as = p.reserves[1]).1;
    assert_eq!(later, ProofFault::NotInBefore { index: 0 });
    let missing = lie(|p| p.entries.iter_mut().for_each(|entries| entries.truncate(19)));
    assert_eq!(missing.1, ProofFault::Root);
    let doubled = lie(|p| {
        if let Some(entries) = p.entries.as_mut() {
            entries.push(entries[0])
        }
    });
    assert_eq!(doubled, (Step::Entries, ProofFault::EntriesUnsorted { index: 20 }));
}

#[test]
fn a_beacons_round_is_fixed_and_its_randomness_is_the_signatures() {
    let mut proof = proof();
    let known = Beacon::DrandQuicknet;
    proof.closed_at = known.round_at(100);
    let beacon = ProofBeacon {
        chain: known.chain(),
        round: 104,
        signature: hex::encode(&[3; SIGNATURE_LENGTH]),
        randomness: randomness(&[3; SIGNATURE_LENGTH]),
    };
    let mut with = |change: fn(&mut ProofBeacon)| {
        let mut beacon = beacon.clone();
        change(&mut beacon);
        proof.beacon = Some(beacon);
        verify(&proof).expect_err("the winners are those without a beacon")
    };
    assert_eq!(with(|_| ()).step(), Step::Winners);
    assert_eq!(with(|b| b.round = 103), ProofFault::BeaconRound { expected: 104 });
    assert_eq!(with(|b| b.chain.0[0] ^= 1), ProofFault::UnknownBeacon);
    assert_eq!(with(|b| b.signature.push('0')), ProofFault::BeaconSignatureForm);
    assert_eq!(with(|b| b.signature.replace_range(..1, "A")), ProofFault::BeaconSignatureForm);
    assert_eq!(with(|b| b.randomness.0[31] ^= 1), ProofFault::BeaconRandomness);
}

proptest! {
    #[test]
    fn in_portions_it_comes_to_the_same(
        count in 0u8..60, portion in 1usize..20, prizes in 0u32..4, reserves in 0u32..4,
    ) {
        let proof = proof_of(count, prizes, reserves);
        let entries = proof.entries.clone().unwrap_or_default();
        let mut check = Check::new(&proof, &entries);
        let verdict = loop {
            let progress = check.advance(portion).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
            if let Progress::Done(verdict) = progress {
                break verdict;
            }
        };
        prop_assert_eq!(Ok(verdict), proof.verify(&entries));
    }
}
