use clap::Parser as _;

use super::*;
use crate::cli::{Cli, Task};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../campaign.toml");

fn args(flags: &[&str]) -> SimulateArgs {
    let line = ["carnival", "simulate", DEMO].iter().chain(flags);
    match Cli::try_parse_from(line).expect("a command line").command {
        Task::Simulate(args) => args,
        _ => panic!("another command"),
    }
}

fn sums(flags: &[&str]) -> Sums {
    let args = args(flags);
    let file = read_campaign(&args.campaign, Timestamp::from_ms(1_750_000_000_000)).expect("the demo");
    let outcomes = play(&file.campaign, &Crowd::new(&args), args.runs, args.seed);
    Sums::of(&file.campaign, &args, &outcomes)
}

#[test]
fn every_prize_of_a_draw_is_given_or_carried_or_left() {
    for people in ["40", "3000"] {
        let args = args(&["--people", people, "--rounds-each", "20"]);
        let file = read_campaign(&args.campaign, Timestamp::from_ms(1_750_000_000_000)).expect("the demo");
        let of_rounds =
            file.campaign.rounds.schedule.round_count() * file.campaign.rounds.pool_of_one_round().prize_count();
        let fans = file.campaign.fans_draw.as_ref().expect("the demo has one");
        let all = of_rounds + fans.top * fans.pool().prize_count();
        for outcome in play(&file.campaign, &Crowd::new(&args), 3, 1) {
            assert_eq!(outcome.given.iter().sum::<u32>() + outcome.left, all, "{people}");
            assert_eq!(outcome.drawn + outcome.rolled_over, file.campaign.rounds.schedule.round_count());
            assert_eq!(outcome.winners.by_worth.iter().sum::<u32>(), outcome.winners.count);
        }
    }
}

#[test]
fn as_many_people_join_as_was_said() {
    let sums = sums(&["--people", "20000", "--rounds-each", "5", "--spread", "0", "--runs", "4"]);
    let each = sums.entries.mean / 20_000.0;
    assert!((4.9..5.1).contains(&each), "{each} rounds each");
}

#[test]
fn no_run_costs_more_than_the_ceiling() {
    let sums = sums(&["--people", "200000", "--interest", "100", "--redeemed", "100", "--runs", "3"]);
    assert!(sums.cost_fen.max <= sums.ceiling_fen.0 as f64);
    assert!(sums.offers.iter().all(|offer| offer.count.max <= offer.at_most as f64));
}

#[test]
fn few_people_let_rounds_roll_over_and_many_let_all_of_them_draw() {
    let few = sums(&["--people", "2000", "--runs", "3"]);
    assert!(few.rolled_over.min > 0.0 && few.drawn.min >= 1.0, "the last round always draws");
    let many = sums(&["--people", "200000", "--rounds-each", "40", "--runs", "1"]);
    assert!(many.drawn.min > few.drawn.max);
}

#[test]
fn the_same_seed_tells_the_same_story_and_another_one_another() {
    let cost = |seed| sums(&["--people", "2000", "--runs", "5", "--seed", seed]).cost_fen;
    assert_eq!(cost("1"), cost("1"));
    assert_ne!(cost("1"), cost("2"));
}

#[test]
fn a_budget_is_held_against_every_run() {
    let tight = sums(&["--people", "2000", "--runs", "5", "--budget", "1.00"]);
    assert_eq!(tight.over_budget_percent, Some(100.0));
    let picture = plot::svg(&tight).expect("a plot");
    assert!(picture.starts_with("<svg") && picture.contains("\nbudget\n"), "{picture}");
    let said = table::text(&tight, &args(&["--budget", "1.00"]));
    assert!(said.contains("was not enough in 100.0 runs of 100"), "{said}");
}
