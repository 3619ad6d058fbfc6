//! What the loader takes, and what it says of what it does not.

use std::fmt::Write as _;

use carnival_domain::award::PrizeKind;
use carnival_domain::budget::Ceiling;
use carnival_domain::campaign::Participation;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::money::Fen;
use carnival_domain::policy::Cover;
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

#[test]
fn the_demo_touches_no_rule_and_needs_no_acknowledgement() {
    let file = read(DEMO, first_start()).expect("the demo");
    assert!(file.acknowledged.is_empty());
    let cover = Cover::Picture { width: 600, height: 600 };
    let told: Vec<_> = file.findings(cover, Some("https://618.example.com")).iter().map(ToString::to_string).collect();
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_finding_names_line_clause_and_remedy_and_starts_only_when_acknowledged() {
    let text = changed("zh = \"全场通用\"", "zh = \"分享给好友，全场领券\"");
    let line = text.lines().position(|line| line.contains("分享给好友")).expect("there") + 1;
    let file = read(&text, first_start()).expect("a right file");
    let findings = file.findings(Cover::Unknown, None);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].is_refused());
    let told = findings[0].to_string();
    assert!(told.starts_with(&format!("{line}:16: coupons[1].scope.zh: ")), "{told}");
    for part in ["reward-for-sharing", "分享给好友全场领券", "clause 1.2", "2019-10-28", "second-hand", "Remedy: "]
    {
        assert!(told.contains(part), "{told}");
    }
    let policy = "policy = \"strict\"";
    let known = text.replacen(policy, &format!("{policy}\nacknowledge = [\"reward-for-sharing\"]"), 1);
    let findings = read(&known, first_start()).expect("a right file").findings(Cover::Unknown, None);
    assert!(findings.iter().all(|finding| finding.is_acknowledged), "{findings:?}");
}

#[test]
fn an_acknowledgement_of_nothing_is_told() {
    let policy = "policy = \"strict\"";
    let file = changed(policy, &format!("{policy}\nacknowledge = [\"group-buying\", \"cover-is-small\"]"));
    let findings = read(&file, first_start()).expect("a right file").findings(Cover::Unknown, None);
    assert_eq!(findings.len(), 1, "what could not be looked at is not held against anybody: {findings:?}");
    assert_eq!(findings[0].finding.rule.name, "needless-acknowledgement");
}

#[test]
fn mechanics_of_2016_are_played_only_by_those_who_say_that_they_know() {
    let line = "participation = \"join\"";
    let file = changed(line, "participation = \"join_and_visit\"");
    let told = mistakes(&file);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("strict") && told[0].contains("[join-and-visit]"), "{told:?}");
    let open = file.replacen("policy = \"strict\"", "policy = \"open\"", 1);
    assert!(mistakes(&open)[0].contains("needs acknowledge = [\"join-and-visit\"]"));
    let known = open.replacen("policy = \"open\"", "policy = \"open\"\nacknowledge = [\"join-and-visit\"]", 1);
    let file = read(&known, first_start()).expect("a right file");
    assert_eq!(file.campaign.rounds.participation, Participation::JoinAndVisit);
    let findings = file.findings(Cover::Unknown, None);
    assert!(findings.iter().all(|found| found.is_acknowledged), "{findings:?}");
}

#[test]
fn votes_are_counted_for_canvassers_only_where_the_operator_says_that_they_know() {
    let line = "per_star_per_day = 1";
    let file = changed(line, &format!("canvassing_counter = true\n{line}"));
    let told = mistakes(&file);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("strict") && told[0].contains("[canvassing-counter]"), "{told:?}");
    let open = file.replacen("policy = \"strict\"", "policy = \"open\"", 1);
    assert!(mistakes(&open)[0].contains("needs acknowledge = [\"canvassing-counter\"]"));
    let known = open.replacen("policy = \"open\"", "policy = \"open\"\nacknowledge = [\"canvassing-counter\"]", 1);
    let file = read(&known, first_start()).expect("a right file");
    assert!(file.campaign.counts_canvassing());
    let findings = file.findings(Cover::Unknown, None);
    assert!(findings.iter().all(|found| found.is_acknowledged), "{findings:?}");
    assert!(!read(DEMO, first_start()).expect("a right file").campaign.counts_canvassing());
}

#[test]
fn friends_earn_votes_only_where_the_operator_says_that_they_know() {
    let voting = |more: &str| changed("per_star_per_day = 1", &format!("per_star_per_day = 1\n{more}"));
    let file = voting("votes_per_friend = 2");
    let told = mistakes(&file);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("strict") && told[0].contains("[votes-per-friend]"), "{told:?}");
    let open = file.replacen("policy = \"strict\"", "policy = \"open\"", 1);
    assert!(mistakes(&open)[0].contains("needs acknowledge = [\"votes-per-friend\"]"));
    let known =
        |file: &str| file.replacen("policy = \"strict\"", "policy = \"open\"\nacknowledge = [\"votes-per-friend\"]", 1);
    let earn = |file: &str| read(&known(file), first_start()).expect("a right file").campaign.friends_earn();
    let rule = |votes_per_friend, per_day| Some(VotesByFriends { votes_per_friend, per_day });
    assert_eq!(earn(&file), rule(2, 3), "by default as many as without friends");
    assert_eq!(earn(&voting("votes_per_friend = 5")), rule(5, 5), "and at least one friend's");
    assert_eq!(earn(&voting("votes_per_friend = 2\nvotes_by_friends_per_day = 8")), rule(2, 8));
    let findings = read(&known(&file), first_start()).expect("a right file").findings(Cover::Unknown, None);
    assert!(findings.iter().all(|found| found.is_acknowledged), "{findings:?}");
    assert_eq!(
        read(&voting("votes_per_friend = 0"), first_start()).expect("a right file").campaign.friends_earn(),
        None
    );

    let told = mistakes(&known(&voting("votes_per_friend = 2\nvotes_by_friends_per_day = 1")));
    assert!(told[0].contains("at least votes_per_friend, which is 2"), "{told:?}");
    let told = mistakes(&voting("votes_by_friends_per_day = 5"));
    assert!(told[0].contains("nothing to limit"), "{told:?}");
}

#[test]
fn a_prize_is_a_thing_to_claim_in_time_or_a_coupon_that_is_good_for_some_time() {
    const HOUR_MS: i64 = 3_600_000;
    let kinds = |source: &str| {
        let prizes = read(source, first_start()).expect("a right file").campaign.rounds.prizes;
        prizes.into_iter().map(|prize| prize.kind).collect::<Vec<_>>()
    };
    let demo = kinds(DEMO);
    assert_eq!(demo[0], PrizeKind::Thing { claim_within_ms: 72 * HOUR_MS });
    assert_eq!(demo[2], PrizeKind::Coupon { valid_for_ms: 720 * HOUR_MS });
    let own = kinds(&changed("kind = \"thing\"", "claim_within = \"24h\""));
    assert_eq!(own[0], PrizeKind::Thing { claim_within_ms: 24 * HOUR_MS });
    assert_eq!(own[1], PrizeKind::Thing { claim_within_ms: 72 * HOUR_MS });
    for (from, to, told) in [
        ("kind = \"thing\"", "kind = \"voucher\"", "expected \"thing\" or \"coupon\""),
        ("kind = \"thing\"", "kind = \"coupon\"", "valid_for is missing"),
        ("kind = \"thing\"", "valid_for = \"1d\"", "things do not expire"),
        ("kind = \"coupon\"", "kind = \"coupon\"\nclaim_within = \"1d\"", "given with the result"),
        ("claim_within = \"72h\"", "claim_within = \"5s\"", "from \"60s\""),
    ] {
        let mistakes = mistakes(&changed(from, to));
        assert!(mistakes.len() == 1 && mistakes[0].contains(told), "{to}: {mistakes:?}");
    }
}

#[test]
fn whoever_sends_prizes_says_who_carries_them() {
    let line = DEMO.lines().find(|line| line.starts_with("third_parties")).expect("there");
    let file = read(&changed(line, "third_parties = []"), first_start()).expect("a right file");
    let names: Vec<_> = file.findings(Cover::Unknown, None).iter().map(|found| found.finding.rule.name).collect();
    assert_eq!(names, ["courier-not-listed"]);
}

#[test]
fn nobody_can_sign_in_without_a_notice_to_agree_to() {
    let start = DEMO.find("[privacy]").expect("the notice");
    let end = DEMO.find("# A WeChat official account").expect("what follows it");
    let without = format!("{}{}", &DEMO[..start], &DEMO[end..]);
    assert!(read(&without, first_start()).is_ok());
    let told = mistakes(&format!("{without}\n[qq]\nclient_id = \"101234567\"\n"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("[privacy] is missing"), "{told:?}");
}

#[test]
fn a_real_campaign_is_told_of_placeholders_and_of_stars_given_away() {
    let file = DEMO.replace("starts_on = \"first-start-5d\"", "starts_on = \"2026-06-18\"");
    let file = file
        .replace("first-start-3d", "2026-06-18T20:00:00+08:00")
        .replace("first-start-1d", "2026-06-18T21:00:00+08:00");
    let file = file.replacen("title = { zh = \"复古高帮运动鞋\"", "title = { zh = \"莫 奶奶同款鞋\"", 1);
    let file = read(&file, first_start()).expect("a right file");
    let cover = Cover::Picture { width: 299, height: 600 };
    let findings = file.findings(cover, Some("http://www.example.com"));
    let mut names: Vec<_> = findings.iter().map(|found| found.finding.rule.name).collect();
    names.sort_unstable();
    names.dedup();
    let expected = [
        "cover-is-small",
        "filing-is-placeholder",
        "hidden-star-named",
        "organiser-is-placeholder",
        "url-is-main-domain",
        "url-is-not-https",
    ];
    assert_eq!(names, expected, "{findings:#?}");
    assert!(findings.iter().all(|found| !found.is_refused()));
}

#[test]
fn a_beacon_needs_relays_and_a_relay_is_an_address_that_is_safe_to_ask() {
    let with = |section: &str| [DEMO, "\n[draw]\n", section].concat();
    let line = DEMO.lines().count() + 3;
    let right = read(
        &with("beacon = \"drand-quicknet\"\nrelays = [\"https://api.drand.sh\", \"http://127.0.0.1:8080\"]\n"),
        first_start(),
    );
    let draw = right.expect("a right file").campaign.draw;
    assert_eq!((draw.beacon.is_some(), draw.relays.len()), (true, 2));
    for (section, place, what) in [
        (
            "beacon = \"drand-quicknet\"\n",
            (line - 1, 1),
            "relays is missing: expected 1 to 8 addresses of drand relays",
        ),
        ("beacon = \"dice\"\nrelays = [\"https://api.drand.sh\"]\n", (line, 10), "expected \"drand-quicknet\""),
        (
            "beacon = \"drand-quicknet\"\nrelays = [\"https://api.drand.sh\", \"http://api.drand.sh\"]\n",
            (line + 1, 35),
            "expected an address",
        ),
        (
            "beacon = \"drand-quicknet\"\nrelays = [\"https://api.drand.sh/chain\"]\n",
            (line + 1, 11),
            "expected an address",
        ),
        ("beacon = \"drand-quicknet\"\nrelays = []\n", (line + 1, 10), "expected 1 to 8 addresses"),
        ("beacon = \"drand-quicknet\"\nrelay = [\"https://api.drand.sh\"]\n", (line + 1, 1), "did you mean relays"),
    ] {
        let told = mistakes(&with(section));
        let found =
            told.iter().any(|told| told.starts_with(&format!("{}:{}: ", place.0, place.1)) && told.contains(what));
        assert!(found, "{section}{told:?}");
    }
}

#[test]
fn a_budget_that_does_not_cover_everything_is_refused_with_what_it_comes_to() {
    // 4104 rounds of 299900 + 3 × 39900 + 6 × 5000 + 10 × 3900 fen; coupons of 309000 + 90000 + 600 + 1200 + 40000 + 37080
    // + 30000 + 10000 yuan; three times the fans' 5 × 99 + 20 × 199 yuan.
    let with = |budget: &str| {
        let told = mistakes(&changed("days = 18", &format!("budget = \"{budget}\"\ndays = 18")));
        told.first().cloned().unwrap_or_default()
    };
    let told = with("500000.00");
    assert!(told.contains(": campaign.budget: expected at least 20583449 yuan"), "{told}");
    assert!(
        told.contains("prizes 20052144 (4104 rounds, 4886 in each), those of fans 13425 (the first 3 stars)"),
        "{told}"
    );
    assert!(told.contains("coupons 517880, most of them for all-50,"), "{told}");
}

#[test]
fn a_budget_that_covers_everything_is_kept() {
    let source = changed("days = 18", "budget = \"99000000.00\"\ndays = 18");
    let file = read(&source, first_start()).expect("covered");
    let ceiling = Ceiling::of_campaign(&file.campaign).all_fen();
    assert_eq!(file.budget, Some(Fen(9_900_000_000)));
    let exactly = changed("days = 18", &format!("budget = \"{}.00\"\ndays = 18", ceiling.0 / 100));
    assert!(read(&exactly, first_start()).is_ok(), "a budget may be spent to the last fen");
}
