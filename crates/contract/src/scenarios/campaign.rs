//! The campaign that the scenarios are played in.

use carnival_domain::award::PrizeKind;
use carnival_domain::campaign::{
    Campaign, DrawAt, DrawSettings, Item, Participation, PolicyProfile, Prize, RoundSettings, Star,
};
use carnival_domain::codes::{BroughtCode, BroughtCodes, CodeSettings};
use carnival_domain::coupon::CouponOffer;
use carnival_domain::fans::FansDraw;
use carnival_domain::friends::VotesByFriends;
use carnival_domain::local_text::LocalText;
use carnival_domain::money::Fen;
use carnival_domain::platforms::Platforms;
use carnival_domain::privacy::PrivacyNotice;
use carnival_domain::schedule::RoundSchedule;
use carnival_domain::time::{DAY_MS, Timestamp, UtcOffset};
use carnival_domain::vote::VoteQuota;

/// Midnight of its first day, 2026-06-18 in China.
pub const STARTS_AT: Timestamp = Timestamp::from_ms(1_781_712_000_000);
/// How long its rounds are.
pub const ROUND_MS: i64 = 60_000;
/// How long after noon the offer with a fair start opens.
pub const FAIR_AFTER_MS: i64 = 600_000;
/// For how long its taps are drawn.
pub const FAIR_START_MS: i64 = 120_000;
/// How many new participants a round needs.
pub const TARGET: u32 = 3;
/// How long the winner of a thing has to claim it.
pub const CLAIM_WITHIN_MS: i64 = 3_600_000;
/// How many stars' fans' draws are held.
pub const FANS_TOP: u32 = 2;
/// How many votes a friend earns, where friends do.
pub const PER_FRIEND: u32 = 2;
/// How many votes friends earn a day, where they do: the second one less than the first.
pub const FRIENDS_CAP: u32 = 3;
/// Both.
pub const BY_FRIENDS: VotesByFriends = VotesByFriends { votes_per_friend: PER_FRIEND, per_day: FRIENDS_CAP };
const HOUR_MS: i64 = 3_600_000;

/// When the scenarios begin: noon of the first day, at the start of a round.
pub fn noon() -> Timestamp {
    STARTS_AT.plus_ms(12 * HOUR_MS)
}

/// Two days of rounds of a minute back to back, four stars of which one is hidden for an hour, six offers.
pub fn campaign() -> Campaign {
    let text = LocalText::same;
    Campaign {
        id: slug("scenarios"),
        title: text("Scenarios"),
        tagline: text("Every back end alike"),
        organiser: text("The test"),
        contact: "test@example.com".to_owned(),
        filing_number: String::new(),
        share_title: text("Scenarios"),
        share_text: text("Every back end alike"),
        cover: "/art/cover.png".to_owned(),
        starts_at: STARTS_AT,
        ends_at: STARTS_AT.plus_ms(2 * DAY_MS),
        utc_offset: UtcOffset(480),
        rounds: RoundSettings {
            schedule: RoundSchedule {
                starts_at: STARTS_AT,
                first_at_ms: 0,
                length_ms: ROUND_MS,
                gap_ms: 0,
                per_day: 1440,
                on_days: vec![1, 2],
            },
            target: TARGET,
            participation: Participation::Join,
            draw_at: DrawAt::Bell,
            reserve_count: 1,
            prizes: vec![
                prize("first", 1, PrizeKind::Thing { claim_within_ms: CLAIM_WITHIN_MS }),
                prize("second", 1, PrizeKind::Coupon { valid_for_ms: 30 * DAY_MS }),
            ],
        },
        draw: DrawSettings::default(),
        voting: VoteQuota { votes_per_day: 3, per_star_per_day: 1 },
        canvassing_counter: false,
        votes_by_friends: None,
        stars: vec![star("ann", 0), star("ben", 0), star("cai", 0), star("dai", 0), star("hidden", 13 * HOUR_MS)],
        fans_draw: Some(FansDraw {
            top: FANS_TOP,
            reserve_count: 1,
            prizes: vec![
                prize("signed", 1, PrizeKind::Thing { claim_within_ms: CLAIM_WITHIN_MS }),
                prize("fan-coupon", 1, PrizeKind::Coupon { valid_for_ms: 30 * DAY_MS }),
            ],
        }),
        offers: vec![
            offer("few", 2, 1, 0, 24 * HOUR_MS),
            offer("twice", 10, 2, 0, 24 * HOUR_MS),
            offer("later", 10, 1, 13 * HOUR_MS, 24 * HOUR_MS),
            offer("gone", 10, 1, 0, HOUR_MS),
            offer("brought", 3, 3, 0, 24 * HOUR_MS),
            CouponOffer {
                fair_start_ms: Some(FAIR_START_MS),
                ..offer("fair", 2, 1, 12 * HOUR_MS + FAIR_AFTER_MS, 24 * HOUR_MS)
            },
        ],
        codes: CodeSettings { prefix: None, imported: vec![slug("brought")] },
        items: vec![item("thing", Some("hidden")), item("other", None)],
        policy: PolicyProfile::Strict,
        privacy: PrivacyNotice {
            version: "2026-01-01".to_owned(),
            contact: "privacy@example.com".to_owned(),
            keep_days: 90,
            delivery_keep_days: 30,
            third_parties: Vec::new(),
            url: None,
        },
        platforms: Platforms::default(),
        webhooks: Vec::new(),
    }
}

/// The same where votes are counted for whose link brought them.
pub fn canvassing() -> Campaign {
    Campaign { policy: PolicyProfile::Open, canvassing_counter: true, ..campaign() }
}

/// The same where friends earn votes as well.
pub fn friends() -> Campaign {
    Campaign { votes_by_friends: Some(BY_FRIENDS), ..canvassing() }
}

/// The codes of its offer whose codes are brought along.
pub fn codes() -> Vec<BroughtCodes> {
    let codes = ["BROUGHT-1", "BROUGHT-2", "BROUGHT-3"].into_iter().zip(1..);
    let codes = codes.map(|(code, line)| BroughtCode { line, code: code.to_owned() });
    vec![BroughtCodes { offer_id: slug("brought"), file: "codes.csv".to_owned(), codes: codes.collect() }]
}

/// An id that is known to be well formed.
pub fn slug<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is no slug"))
}

fn prize(id: &str, count: u32, kind: PrizeKind) -> Prize {
    Prize {
        id: slug(id),
        title: LocalText::same(id),
        count,
        value_fen: Fen(10_000),
        image: format!("/art/prizes/{id}.svg"),
        kind,
    }
}

fn star(id: &str, revealed_after_ms: i64) -> Star {
    Star {
        id: slug(id),
        name: LocalText::same(id),
        epithet: LocalText::same(id),
        reveals_at: STARTS_AT.plus_ms(revealed_after_ms),
        portrait: format!("/art/stars/{id}.svg"),
        color: "#c2410c".to_owned(),
    }
}

fn item(id: &str, star: Option<&str>) -> Item {
    Item {
        id: slug(id),
        title: LocalText::same(id),
        price_fen: Fen(9900),
        was_fen: None,
        star_id: star.map(slug),
        image: format!("/art/goods/{id}.svg"),
        url: format!("https://example.com/{id}"),
        tag: None,
        mini_program: None,
        native_app: None,
    }
}

fn offer(id: &str, stock: u32, per_participant: u32, opens_ms: i64, closes_ms: i64) -> CouponOffer {
    CouponOffer {
        id: slug(id),
        title: LocalText::same(id),
        scope: LocalText::same(id),
        amount_fen: Fen(5000),
        threshold_fen: Fen(29_900),
        stock,
        per_participant,
        opens_at: STARTS_AT.plus_ms(opens_ms),
        closes_at: STARTS_AT.plus_ms(closes_ms),
        fair_start_ms: None,
        valid_for_ms: 7 * DAY_MS,
        star_id: None,
    }
}
