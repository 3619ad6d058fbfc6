//! `/rules`: what the law wants shown, and how a draw is proven.

use carnival_contract::snapshot::CampaignView;
use carnival_domain::award::PrizeKind;
use carnival_domain::campaign::Prize;
use carnival_domain::entry::AwaitedAct;
use carnival_domain::platforms::Provider;

use super::{Page, plain_page};
use crate::features::{audit, fans_how, friends_rule, worth};
use crate::state::State;
use crate::text::{date_of, fill, grouped, minutes_and_seconds};
use crate::ui::{El, el};
use crate::var::Var;

const HOUR_MS: i64 = 3_600_000;

pub(super) fn page(state: State) -> Page {
    let text = state.text();
    let page = |fact, body| plain_page(state, text.rules(), Some(("/mine", text.back())), fact, body);
    let Some(campaign) = state.session.whole_campaign() else { return page(Vec::new(), Vec::new()) };
    let zone = campaign.utc_offset;
    // The last day is the one before the midnight at which the campaign ends.
    let last_day = campaign.ends_at.plus_ms(-1);
    let dates = [&date_of(text, campaign.starts_at, zone), " – ", &date_of(text, last_day, zone)].concat();
    let target = grouped(u64::from(campaign.target));
    let prize_count = campaign.prizes.iter().map(|prize| prize.count).sum::<u32>().to_string();
    state.need_fans();
    let days = Var::new(Vec::new());
    state.look_at_audits(days);
    let prizes: Vec<_> = campaign.prizes.iter().map(|prize| prize_line(state, prize)).collect();
    let counts = [campaign.voting.votes_per_day.to_string(), campaign.voting.per_star_per_day.to_string()];
    let awaited = match campaign.participation.awaits() {
        Some(AwaitedAct::Share) => text.rules_how_share(),
        Some(AwaitedAct::Visit) => text.rules_how_visit(),
        None => "",
    };
    let claim = claim_within_ms(state)
        .map_or_else(String::new, |ms| fill(text.rules_claim(), &[&(ms / HOUR_MS).max(1).to_string()]));
    let how = [
        fill(text.rules_how_1(), &[&minutes_and_seconds(campaign.round_length_ms)]),
        awaited.to_owned(),
        fill(text.rules_how_2(), &[&target]),
        fill(text.rules_how_3(), &[&counts[0], &counts[1]]),
        friends_rule(state).unwrap_or_default(),
        claim,
    ];
    let how: Vec<_> = how.iter().filter(|line| !line.is_empty()).map(|line| el("li", "").text(line)).collect();
    let title = |title: &str| el("h2", "").text(title);
    let fact = |term: &str, fact: &str| vec![el("dt", "").text(term), el("dd", "").text(fact)];
    let facts = el("dl", "")
        .child(fact(text.rules_dates(), &dates))
        .child(fact(text.rules_organiser(), &state.local(&campaign.organiser)))
        .child(fact(text.rules_contact(), &campaign.contact))
        .child(fact(text.rules_filing(), &campaign.filing_number));
    let article = el("article", "card prose")
        .child(title(text.rules_how()))
        .child(el("ul", "").child(how))
        .child(title(text.rules_prizes()))
        .child(el("ul", "").child(prizes))
        .child(title(text.rules_odds()))
        .child(el("p", "").text(&fill(text.rules_odds_text(), &[&prize_count, &target])))
        .child(el("div", "").child_with(move || fans(state)))
        .child(title(text.rules_proof()))
        .child(el("p", "").text(text.rules_proof_text()))
        .child(title(text.rules_privacy()))
        .child(privacy(state, &campaign))
        .child(title(text.rules_organiser()))
        .child(facts);
    let audit = el("div", "section").child_with(move || audit(state, days));
    let fact = el("span", "").text(&dates);
    page(vec![fact], vec![article, audit])
}

fn prize_line(state: State, prize: &Prize) -> El {
    el("li", "").text(&state.local(&prize.title)).text(&worth(prize))
}

/// The fans' draws, where there are any: how one is in them, what each gives, and the odds.
fn fans(state: State) -> Vec<El> {
    let text = state.text();
    let Some(fans) = state.fans.shown() else { return Vec::new() };
    let prizes: Vec<_> = fans.prizes.iter().map(|prize| prize_line(state, prize)).collect();
    let count = fans.prizes.iter().map(|prize| prize.count).sum::<u32>().to_string();
    vec![
        el("h2", "").text(text.fans_title()),
        el("p", "").text(&fans_how(state, &fans)),
        el("p", "").text(&fill(text.fans_odds(), &[&count])),
        el("ul", "").child(prizes),
    ]
}

/// The shortest time in which any thing is to be claimed, ms; none where nothing is sent.
fn claim_within_ms(state: State) -> Option<i64> {
    let campaign = state.session.whole_campaign()?;
    let things = campaign.prizes.iter().filter_map(|prize| match prize.kind {
        PrizeKind::Thing { claim_within_ms } => Some(claim_within_ms),
        PrizeKind::Coupon { .. } => None,
    });
    things.min()
}

/// What is kept of a participant, and who else gets to see any of it.
fn privacy(state: State, campaign: &CampaignView) -> Vec<El> {
    let text = state.text();
    let notice = &campaign.privacy;
    let kept = fill(text.rules_privacy_text(), &[&notice.keep_days.to_string(), &notice.contact]);
    let mut lines = vec![el("p", "").text(&kept)];
    if claim_within_ms(state).is_some() {
        let deleted = fill(text.rules_delivery(), &[&notice.delivery_keep_days.to_string()]);
        lines.push(el("p", "").text(&deleted));
    }
    if campaign.platforms.wechat.as_ref().is_some_and(|account| account.share_card) {
        lines.push(el("p", "").text(text.rules_privacy_sdk()));
    }
    if [Provider::WeChat, Provider::Qq].into_iter().any(|provider| campaign.platforms.can_sign_in(provider)) {
        lines.push(el("p", "").text(text.rules_privacy_sign_in()));
    }
    lines.extend(notice.third_parties.iter().map(|line| el("p", "").text(&state.local(line))));
    if let Some(url) = &notice.url {
        lines.push(el("a", "").attr("href", url).attr("rel", "noopener").text(text.rules_privacy_full()));
    }
    lines
}
