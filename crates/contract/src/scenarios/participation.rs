//! What it takes for an entry to count, and when a draw happens.

use carnival_domain::campaign::{Campaign, DrawAt, Participation};
use carnival_domain::entry::AwaitedAct;
use carnival_domain::round::RoundEnding;
use carnival_domain::share_token::{Channel, Landing};

use super::campaign::{ROUND_MS, TARGET, campaign};
use super::{Stage, accepted, key, open_round};
use crate::api::CampaignApi;
use crate::requests::MakeLink;

fn campaign_of(participation: Participation) -> Campaign {
    let mut campaign = campaign();
    campaign.rounds.participation = participation;
    campaign
}

fn link() -> MakeLink {
    MakeLink { landing: Landing::Rush, channel: Channel::Friend }
}

/// What cannot be seen is not asked for: a link that was shared cannot be told from one that was made.
pub async fn where_a_share_is_asked_for_an_entry_waits_for_the_link<S: Stage>(stage: &S) {
    let stage = &stage.playing(campaign_of(Participation::JoinAndShare)).await;
    let round = open_round(stage).await;
    let ann = stage.participant().await;
    accepted(ann.make_link(&link(), &key(1)).await);
    let waiting = accepted(ann.enter_round(round.round_id, &key(2)).await);
    assert_eq!((waiting.receipt.waits_for, waiting.participant_count), (Some(AwaitedAct::Share), 0));
    assert_eq!(waiting.receipt.signature, None, "only what is in the draw is signed for");
    assert_eq!(open_round(stage).await.participant_count, 0);
    stage.advance_ms(1000).await;
    let made = accepted(ann.make_link(&link(), &key(3)).await);
    let counted = made.counted.unwrap_or_else(|| panic!("it waited for this"));
    assert_eq!((counted.entry_id, counted.waits_for), (waiting.receipt.entry_id, None));
    assert_eq!(counted.accepted_at, round.opens_at.plus_ms(1000));
    assert_eq!(open_round(stage).await.participant_count, 1);
    assert_eq!(accepted(ann.me().await).entries, [counted]);
    let again = accepted(ann.make_link(&link(), &key(4)).await);
    assert_eq!((again.counted, open_round(stage).await.participant_count), (None, 1), "once");
}

/// Anybody but oneself; also who came before.
pub async fn where_a_visit_is_asked_for_an_entry_waits_for_a_friend<S: Stage>(stage: &S) {
    let stage = &stage.playing(campaign_of(Participation::JoinAndVisit)).await;
    let (ann, ben) = (stage.participant().await, stage.participant().await);
    let token = accepted(ann.make_link(&link(), &key(1)).await).token;
    assert!(accepted(ben.record_visit(&token, &key(1)).await).counted);
    let round = open_round(stage).await;
    let waiting = accepted(ann.enter_round(round.round_id, &key(2)).await);
    assert_eq!(waiting.receipt.waits_for, Some(AwaitedAct::Visit));
    accepted(ann.record_visit(&token, &key(3)).await);
    assert_eq!(open_round(stage).await.participant_count, 0, "one's own visit is none");
    assert!(!accepted(ben.record_visit(&token, &key(2)).await).counted, "the friend was counted before");
    assert_eq!(open_round(stage).await.participant_count, 1, "but came in this round");
    assert_eq!(accepted(ann.me().await).entries[0].waits_for, None);
}

/// It is carried nowhere, and in no draw.
pub async fn an_entry_that_waits_at_the_bell_never_was_one<S: Stage>(stage: &S) {
    let stage = &stage.playing(campaign_of(Participation::JoinAndShare)).await;
    let round = open_round(stage).await;
    let idle = stage.participant().await;
    accepted(idle.enter_round(round.round_id, &key(1)).await);
    for _ in 0..TARGET {
        let participant = stage.participant().await;
        accepted(participant.enter_round(round.round_id, &key(1)).await);
        accepted(participant.make_link(&link(), &key(2)).await);
    }
    stage.advance_ms(ROUND_MS).await;
    stage.published().await;
    assert_eq!(accepted(idle.make_link(&link(), &key(2)).await).counted, None, "too late");
    let proof = accepted(idle.proof(&round.draw_id).await);
    assert_eq!(proof.entries.as_ref().map(Vec::len), Some(TARGET as usize));
    let mine = accepted(idle.me().await).entries.remove(0);
    assert!(!proof.entries.unwrap_or_default().contains(&mine.entry_id));
    assert_eq!(mine.waits_for, Some(AwaitedAct::Share));
}

/// The moment the target is met; and the next round waits for its own time.
pub async fn a_draw_at_its_target_does_not_wait_for_the_bell<S: Stage>(stage: &S) {
    let mut campaign = campaign();
    campaign.rounds.draw_at = DrawAt::Target;
    let stage = &stage.playing(campaign).await;
    let round = open_round(stage).await;
    for n in 0..TARGET {
        let ledger = accepted(stage.participant().await.rounds(None).await).rounds;
        assert!(ledger.is_empty(), "after {n} entries");
        accepted(stage.participant().await.enter_round(round.round_id, &key(1)).await);
    }
    stage.published().await;
    let ledger = accepted(stage.participant().await.rounds(None).await).rounds;
    assert_eq!((ledger[0].round_id, ledger[0].ending), (round.round_id, RoundEnding::Drawn));
    assert_eq!(ledger[0].ended_at, round.opens_at, "it was quick");
    let now = open_round(stage).await;
    assert_eq!((now.round_id, now.ending), (round.round_id, Some(RoundEnding::Drawn)));
    stage.advance_ms(ROUND_MS).await;
    let next = open_round(stage).await;
    assert_eq!((next.round_id.0, next.ending), (round.round_id.0 + 1, None));
}
