//! What the loader takes, and what it says of what it does not.

use std::fmt::Write as _;

use carnival_domain::time::Timestamp;

use super::read;

const DEMO: &str = include_str!("../../../campaign.toml");

fn first_start() -> Timestamp {
    "2026-06-18T20:00:00+08:00".parse().expect("RFC 3339")
}

fn mistakes(source: &str) -> Vec<String> {
    let mistakes = read(source, first_start()).expect_err("a file with mistakes");
    mistakes.iter().map(ToString::to_string).collect()
}

/// The demo with one line changed.
fn changed(from: &str, to: &str) -> String {
    assert!(DEMO.contains(from), "the demo no longer says {from}");
    DEMO.replacen(from, to, 1)
}

#[test]
fn the_demo_is_right_and_counts_from_the_first_start() {
    let file = read(DEMO, first_start()).expect("the demo");
    let campaign = file.campaign;
    assert!(file.is_relative);
    assert_eq!(campaign.starts_at.to_string(), "2026-06-12T16:00:00.000Z");
    assert_eq!(campaign.ends_at.ms_since(campaign.starts_at), 18 * 86_400_000);
    assert_eq!(campaign.rounds.schedule.round_count(), 18 * 228);
    assert_eq!(campaign.offers[0].opens_at, first_start().plus_ms(-86_400_000));
    assert_eq!((campaign.stars.len(), campaign.offers.len(), campaign.items.len()), (10, 8, 12));
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let bad = include_str!("../../../server/tests/campaigns/bad.toml");
    let mut told = String::new();
    for mistake in mistakes(bad) {
        let _infallible = writeln!(told, "{mistake}");
    }
    let golden = include_str!("../../../server/tests/campaigns/bad.expected.txt");
    assert_eq!(told, golden, "\n--- told ---\n{told}");
}

#[test]
fn what_is_no_toml_is_told_where_it_stops_being_it() {
    let told = mistakes(&changed("days = 18", "days = = 18"));
    assert_eq!(told.len(), 1, "{told:?}");
    let line = DEMO.lines().position(|line| line.starts_with("days = 18")).expect("there") + 1;
    assert!(told[0].starts_with(&format!("{line}:8: ")), "{told:?}");
}

#[test]
fn an_empty_file_lacks_its_sections_and_nothing_else_is_said() {
    let told = mistakes("");
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.iter().all(|mistake| mistake.contains("section")), "{told:?}");
}

#[test]
fn a_misspelt_setting_is_not_silently_without_effect() {
    let told = mistakes(&changed("per_star_per_day = 1", "per_star_per_dya = 1"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("did you mean per_star_per_day?"), "{told:?}");
}

#[test]
fn rounds_that_do_not_fit_into_a_day_are_refused_with_the_number_that_does() {
    let told = mistakes(&changed("per_day = 228", "per_day = 229"));
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("expected at most 228"), "{told:?}");
}

#[test]
fn dates_may_stand_without_quotes() {
    let file = changed("starts_on = \"first-start-5d\"", "starts_on = 2026-06-01");
    let file = file.replacen("opens_at = \"first-start-1d\"", "opens_at = 2026-06-18T20:00:00+08:00", 1);
    let file = read(&file, first_start()).expect("dates of TOML");
    assert!(!file.is_relative);
    assert_eq!(file.campaign.starts_at.to_string(), "2026-05-31T16:00:00.000Z");
    assert_eq!(file.campaign.offers[0].opens_at, first_start());
}
