use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use proptest::prelude::*;

use super::*;

type Visits = BTreeMap<ParticipantId, BTreeSet<ParticipantId>>;

fn person(n: u32) -> ParticipantId {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    ParticipantId(id)
}

fn visits(pairs: &[(u32, u32)]) -> Visits {
    let mut visits = Visits::new();
    for (owner, visitor) in pairs.iter().filter(|(owner, visitor)| owner != visitor) {
        visits.entry(person(*owner)).or_default().insert(person(*visitor));
    }
    visits
}

fn count(visits: &Visits, of: ParticipantId) -> Reach {
    let came = |owner: ParticipantId| visits.get(&owner).into_iter().flatten().copied();
    let Ok(reach) =
        reach(of, came(of).count() as u32, |owner, limit| Ok::<_, Infallible>(came(owner).take(limit).collect()));
    reach
}

/// The same said another way: the shortest way to everybody, by trying every visit again until nothing changes.
fn by_relaxing(visits: &Visits, of: ParticipantId) -> Vec<u32> {
    let mut hops = BTreeMap::from([(of, 0_usize)]);
    loop {
        let before = hops.clone();
        for (owner, came) in visits {
            let Some(hop) = hops.get(owner).map(|hop| hop + 1) else { continue };
            for visitor in came {
                let known = hops.entry(*visitor).or_insert(hop);
                *known = hop.min(*known);
            }
        }
        if hops == before {
            break;
        }
    }
    let in_ring = |ring: usize| hops.values().filter(|hop| **hop == ring).count() as u32;
    (1..=GENERATIONS_MAX).map(in_ring).take_while(|count| *count > 0).collect()
}

proptest! {
    #[test]
    fn everybody_is_counted_once_at_the_fewest_hops(pairs in prop::collection::vec((0..12_u32, 0..12_u32), 0..40)) {
        let visits = visits(&pairs);
        let reach = count(&visits, person(0));
        prop_assert!(reach.is_whole);
        prop_assert_eq!(&reach.generations, &by_relaxing(&visits, person(0)));
    }

    #[test]
    fn a_reach_is_never_more_than_all_other_visitors(pairs in prop::collection::vec((0..12_u32, 0..12_u32), 0..40)) {
        let visits = visits(&pairs);
        let visitors: BTreeSet<_> = visits.values().flatten().filter(|who| **who != person(0)).collect();
        prop_assert!(count(&visits, person(0)).total() as usize <= visitors.len(), "never oneself, nobody twice");
    }

    #[test]
    fn a_visit_more_never_makes_a_reach_smaller(
        pairs in prop::collection::vec((0..12_u32, 0..12_u32), 0..40), more in (0..12_u32, 0..12_u32),
    ) {
        let before = count(&visits(&pairs), person(0)).total();
        let after = count(&visits(&[pairs, vec![more]].concat()), person(0)).total();
        prop_assert!(before <= after);
    }

    #[test]
    fn two_who_are_one_person_are_counted_as_one(pairs in prop::collection::vec((0..12_u32, 0..12_u32), 0..40)) {
        let one = |who| if who == 11 { 10 } else { who };
        let merged: Vec<_> = pairs.iter().map(|(owner, visitor)| (one(*owner), one(*visitor))).collect();
        let (apart, together) = (count(&visits(&pairs), person(0)), count(&visits(&merged), person(0)));
        // Who was reached before still is, and at most the two have become one; their friends may have come closer.
        prop_assert!(apart.total() <= together.total() + 1);
    }
}

#[test]
fn a_ring_of_visits_ends() {
    let reach = count(&visits(&[(0, 1), (1, 2), (2, 0), (1, 0)]), person(0));
    assert_eq!((reach.generations, reach.is_whole), (vec![1, 1], true));
}

#[test]
fn only_so_many_generations_are_looked_at() {
    let chain: Vec<_> = (0..20).map(|n| (n, n + 1)).collect();
    assert_eq!(count(&visits(&chain), person(0)).generations, [1; GENERATIONS_MAX]);
}

#[test]
fn whoever_nobody_came_by_has_none() {
    assert_eq!(count(&Visits::new(), person(0)), Reach { generations: Vec::new(), is_whole: true });
}

#[test]
fn of_a_great_reach_the_first_generation_is_exact_and_the_others_at_least() {
    // Each of them is found, and then asked for in turn.
    let fits = (LOOKS_MAX as u32 - 1) / 2;
    let mut pairs: Vec<_> = (1..=fits).map(|n| (0, n)).collect();
    let reach = count(&visits(&pairs), person(0));
    assert_eq!((reach.generations, reach.is_whole), (vec![fits], true));
    let many = LOOKS_MAX as u32 * 2;
    pairs.extend((fits + 1..=many).map(|n| (0, n)));
    pairs.push((1, many + 1));
    let reach = count(&visits(&pairs), person(0));
    assert_eq!((reach.generations[0], reach.is_whole), (many, false));
    assert!(reach.total() <= many + 1);
}
