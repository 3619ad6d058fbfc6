//! Agreeing to the privacy notice, and taking that back.

use super::campaign::campaign;
use super::{Stage, accepted, key, refused};
use crate::api::CampaignApi;
use crate::error_code::ErrorCode;
use crate::requests::GiveConsent;

fn current() -> GiveConsent {
    GiveConsent { version: campaign().privacy.version }
}

/// Nobody has agreed before they did; then it says to what and when.
pub async fn consent_is_written_down_with_version_and_time<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    assert_eq!(accepted(ann.me().await).consent, None);
    let now = accepted(ann.time().await).server_time;
    let given = accepted(ann.give_consent(&current(), &key(1)).await).consent;
    assert_eq!((given.version.as_str(), given.given_at), (current().version.as_str(), now));
    assert_eq!(accepted(ann.me().await).consent, Some(given.clone()));
    stage.advance_ms(1000).await;
    let again = accepted(ann.give_consent(&current(), &key(2)).await);
    assert_eq!(again.consent, given, "who has agreed has agreed");
    assert_eq!(accepted(stage.participant().await.me().await).consent, None, "nobody agrees for others");
}

/// What nobody is shown any more cannot be agreed to.
pub async fn only_the_current_notice_can_be_agreed_to<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    for (n, version) in ["2025-12-31", "", "2026-01-01 "].into_iter().enumerate() {
        let asked = GiveConsent { version: version.to_owned() };
        refused(ann.give_consent(&asked, &key(n as u8)).await, ErrorCode::ConsentOutdated);
    }
    assert_eq!(accepted(ann.me().await).consent, None);
}

/// Taking back is as easy as giving, and nothing that was won, voted or claimed goes with it.
pub async fn consent_can_be_taken_back_and_given_again<S: Stage>(stage: &S) {
    let ann = stage.participant().await;
    assert_eq!(accepted(ann.withdraw_consent(&key(1)).await).withdrawn_at, None, "there was nothing to take back");
    accepted(ann.cast_vote(&super::campaign::slug("ben"), &key(2)).await);
    accepted(ann.give_consent(&current(), &key(3)).await);
    stage.advance_ms(1000).await;
    let withdrawn = accepted(ann.withdraw_consent(&key(4)).await);
    assert_eq!(withdrawn.withdrawn_at, Some(accepted(ann.time().await).server_time));
    assert_eq!(accepted(ann.withdraw_consent(&key(4)).await), withdrawn, "a retry is answered alike");
    let me = accepted(ann.me().await);
    assert_eq!((me.consent, me.votes.by_star.len()), (None, 1));
    stage.advance_ms(1000).await;
    let again = accepted(ann.give_consent(&current(), &key(5)).await).consent;
    assert!(Some(again.given_at) > withdrawn.withdrawn_at);
    assert_eq!(accepted(ann.me().await).consent, Some(again));
}
