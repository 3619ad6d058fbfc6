//! Laws of signing in: whatever people did as guests, on however many telephones, and whoever they then turn out to be.

mod play;

use std::collections::{BTreeMap, BTreeSet};

use carnival_contract::requests::Board;
use carnival_contract::scenarios::campaign;
use carnival_domain::ids::ParticipantId;
use carnival_domain::time::{Day, Timestamp};
use carnival_engine::Ledger;
use carnival_engine::ledger::VoteRow;
use play::{ITEMS, STARS, Step, play, step};
use proptest::prelude::*;

fn days() -> impl Iterator<Item = Day> {
    let first = campaign::campaign().day_at(campaign::noon()).0;
    (first..first + 40).map(Day)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..150)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn quotas_hold_over_the_person_and_the_board_is_what_remains(steps in steps()) {
        let played = play(&steps);
        let quota = played.engine.campaign().voting;
        let mut remaining = Vec::new();
        for who in &played.everybody {
            let Ok(votes) = played.ledger.all_votes_of(*who);
            for day in days().filter(|_| !played.merged_when_frozen) {
                let today: Vec<_> = votes.iter().filter(|vote| vote.day == day).collect();
                prop_assert!(today.len() as u32 <= quota.votes_per_day + campaign::FRIENDS_CAP);
                let of = |star| today.iter().filter(|vote| vote.star_id.as_str() == star).count() as u32;
                prop_assert!(STARS.iter().all(|star| of(*star) <= quota.per_star_per_day));
            }
            remaining.extend(votes);
        }
        prop_assert!(remaining.len() as u64 <= played.votes_accepted);
        let boards = days().map(|day| (Board::Day, day)).chain([(Board::Overall, Day(0))]);
        for (board, day) in boards {
            let Ok(tallies) = played.ledger.tallies(board, day);
            for star in STARS {
                let counts = |vote: &&VoteRow| {
                    vote.star_id.as_str() == star && (board == Board::Overall || vote.day == day)
                };
                let votes: Vec<_> = remaining.iter().filter(counts).map(|vote| vote.number).collect();
                let tally = tallies.iter().find(|tally| tally.star_id.as_str() == star);
                prop_assert_eq!(tally.map_or(0, |tally| tally.vote_count), votes.len() as u64);
                prop_assert_eq!(tally.map(|tally| tally.reached), votes.iter().max().copied());
            }
        }
    }

    #[test]
    fn no_signing_in_makes_a_receipt_false_or_loses_a_coupon(steps in steps()) {
        let played = play(&steps);
        let mut entries = BTreeSet::new();
        let mut codes = BTreeSet::new();
        let mut told = played.codes.clone();
        for who in &played.everybody {
            let Ok(mine) = played.ledger.entries_of(*who, 1000);
            entries.extend(mine.iter().map(|entry| (entry.entry_id, entry.draw_id.clone(), entry.accepted_at)));
            let Ok(coupons) = played.ledger.coupons_of(*who);
            codes.extend(coupons.into_iter().map(|coupon| coupon.code));
            let Ok(awards) = played.ledger.awards_of(*who);
            for row in awards {
                let Ok(fans) = played.ledger.fan_entries_of(*who);
                let mine = mine.iter().map(|entry| entry.entry_id).chain(fans.iter().map(|entry| entry.entry_id));
                prop_assert!(mine.into_iter().any(|entry| entry == row.award.entry_id), "a prize goes with its entry");
                told.extend(row.coupon.map(|coupon| coupon.code));
            }
        }
        prop_assert_eq!(codes, told, "claimed or won, each is somebody's");
        for receipt in &played.receipts {
            prop_assert!(entries.contains(&(receipt.entry_id, receipt.draw_id.clone(), receipt.accepted_at)));
            if let Ok(list) = played.engine.draw_entries(&played.ledger, &receipt.draw_id) {
                prop_assert!(list.contains(&receipt.entry_id));
            }
        }
    }

    #[test]
    fn a_fans_receipt_stays_true_whoever_they_turn_out_to_be(steps in steps()) {
        let mut steps = steps;
        steps.push(Step::Wait(36 * 3_600_000));
        let played = play(&steps);
        let told: BTreeSet<_> = played.fans.iter().map(|fan| (fan.draw_id.clone(), fan.entry_id)).collect();
        let Ok(draws) = played.ledger.fans_draws();
        for draw in draws {
            prop_assert!(draw.ending.is_some(), "the season is over");
            let Ok(entries) = played.ledger.entries_of_draw(&draw.draw_id);
            let entries: BTreeSet<_> = entries.into_iter().map(|entry| (draw.draw_id.clone(), entry.entry_id)).collect();
            let told: BTreeSet<_> = told.iter().filter(|(id, _)| *id == draw.draw_id).cloned().collect();
            prop_assert_eq!(&told, &entries, "who was told to be in it is, and nobody else");
            if let Ok(list) = played.engine.draw_entries(&played.ledger, &draw.draw_id) {
                prop_assert_eq!(list.len(), entries.len());
            }
        }
    }

    #[test]
    fn reach_is_other_people_once_each(steps in steps()) {
        let played = play(&steps);
        let mut people: BTreeMap<ParticipantId, BTreeSet<ParticipantId>> = BTreeMap::new();
        for (owner, visitor, _) in &played.visits {
            let (Ok(owner), Ok(visitor)) = (played.ledger.acting(*owner), played.ledger.acting(*visitor));
            if owner != visitor {
                people.entry(owner).or_default().insert(visitor);
            }
        }
        for who in &played.everybody {
            let Ok(acting) = played.ledger.acting(*who);
            let expected = people.get(&acting).map_or(0, BTreeSet::len) as u32;
            let Ok(me) = played.engine.me(&played.ledger, *who, played.now);
            prop_assert_eq!(me.visit_count, expected);
            prop_assert_eq!(me.visits_by_channel.iter().map(|visits| visits.visit_count).sum::<u32>(), expected);
        }
    }

    #[test]
    fn what_links_brought_is_what_a_recount_of_the_votes_gives_and_never_ones_own(steps in steps()) {
        let played = play(&steps);
        let mut expected: BTreeMap<(ParticipantId, String), u32> = BTreeMap::new();
        for voter in &played.everybody {
            let Ok(votes) = played.ledger.all_votes_of(*voter);
            for vote in votes {
                let Some(owner) = played.canvassed.get(&vote.number) else { continue };
                let Ok(owner) = played.ledger.acting(*owner);
                let Ok(acting) = played.ledger.acting(*voter);
                if owner != acting {
                    prop_assert!(
                        played.visits.iter().any(|(of, by, _)| {
                            let (Ok(of), Ok(by)) = (played.ledger.acting(*of), played.ledger.acting(*by));
                            (of, by) == (owner, acting)
                        }),
                        "it counts for nobody by whose link they never came"
                    );
                    *expected.entry((owner, vote.star_id.to_string())).or_default() += 1;
                }
            }
        }
        let mut told = BTreeMap::new();
        for who in &played.everybody {
            let Ok(me) = played.engine.me(&played.ledger, *who, played.now);
            let Ok(acting) = played.ledger.acting(*who);
            for star in me.canvassed.unwrap_or_default() {
                told.insert((acting, star.star_id.to_string()), star.vote_count);
            }
        }
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn a_friend_earns_a_person_votes_once_and_on_the_day_they_came_first(steps in steps()) {
        let played = play(&steps);
        let acting = |who: &ParticipantId| {
            let Ok(acting) = played.ledger.acting(*who);
            acting
        };
        let mut first = BTreeMap::new();
        for (of, by, at) in played.visits.iter().filter(|(of, by, _)| acting(of) != acting(by)) {
            let known = first.entry((acting(of), acting(by))).or_insert(*at);
            *known = (*known).min(*at);
        }
        let today = played.engine.campaign().day_at(played.now);
        for who in &played.everybody {
            let is_today = |at: &Timestamp| played.engine.campaign().day_at(*at) == today;
            let friends = first.iter().filter(|((of, _), at)| *of == acting(who) && is_today(at)).count() as u32;
            let Ok(me) = played.engine.me(&played.ledger, *who, played.now);
            let earned = me.votes.by_friends.map(|earned| earned.vote_count);
            prop_assert_eq!(earned, Some(campaign::BY_FRIENDS.earned(friends)));
        }
    }

    #[test]
    fn picks_are_counted_once_a_person(steps in steps()) {
        let played = play(&steps);
        let Ok(counts) = played.ledger.pick_counts();
        for item in ITEMS {
            let mut people = BTreeSet::new();
            for who in &played.everybody {
                let Ok(acting) = played.ledger.acting(*who);
                let Ok(picks) = played.ledger.picks_of(acting);
                people.extend(picks.iter().any(|row| row.item_id.as_str() == item).then_some(acting));
            }
            let count = counts.iter().find(|(picked, _)| picked.as_str() == item).map_or(0, |(_, count)| *count);
            prop_assert_eq!(count, people.len() as u32);
        }
    }

    #[test]
    fn an_old_cookie_is_the_same_person(steps in steps()) {
        let played = play(&steps);
        for who in &played.everybody {
            let Ok(acting) = played.ledger.acting(*who);
            let (Ok(old), Ok(new)) = (
                played.engine.me(&played.ledger, *who, played.now),
                played.engine.me(&played.ledger, acting, played.now),
            );
            prop_assert_eq!(old, new);
            let Ok(further) = played.ledger.acting(acting);
            prop_assert_eq!(further, acting, "one look is enough");
        }
    }
}
