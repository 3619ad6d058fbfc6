//! Signing in by a platform: out with a state, back with a code, and of the platform's id only a keyed hash is kept.

mod exchange;
mod flights;
mod qq;
mod trip;
mod wechat;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use carnival_contract::replies::SignInOutcome;
use carnival_domain::campaign::Campaign;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{CampaignId, ParticipantId};
use carnival_domain::platforms::{Platforms, Provider};
use carnival_domain::time::Timestamp;
use carnival_engine::Identity;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::cookies;
use super::sealed::Seal;
use super::secrets::Secrets;
use crate::platform::settings::PlatformSettings;
use exchange::ExchangeFailure;
use flights::Flights;
pub(crate) use trip::Trip;

/// Somebody looks at an empty page meanwhile, and the request itself may not take longer.
const EXCHANGE_LIMIT: Duration = Duration::from_secs(8);
const OUTCOME: &str = "carnival_sign_in";
/// The page that it is for is fetched at once.
const OUTCOME_S: i64 = 120;

/// How a trip ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The browser is this participant's from now on.
    SignedIn(ParticipantId),
    /// It is who it was.
    Not(SignInOutcome),
    /// The code was of no use; another one may be.
    Again,
}

/// What signing in needs.
pub(crate) struct SignIn {
    http: reqwest::Client,
    settings: PlatformSettings,
    platforms: Platforms,
    campaign_id: CampaignId,
    subject_key: [u8; 32],
    pub(crate) seal: Seal,
    pub(crate) flights: Flights<Ending>,
}

impl SignIn {
    /// # Errors
    /// Why there can be none, in a sentence.
    pub(crate) fn new(campaign: &Campaign, settings: &PlatformSettings, secrets: &Secrets) -> Result<Self, String> {
        Ok(Self {
            http: settings.client()?,
            settings: settings.clone(),
            platforms: campaign.platforms.clone(),
            campaign_id: campaign.id.clone(),
            subject_key: secrets.subject_key(),
            seal: Seal::new(secrets.sign_in_key()),
            flights: Flights::default(),
        })
    }

    /// Where a browser goes to sign in; none if there is no account on that platform, or no secret for it. `base_url` is
    /// the campaign's own.
    pub(crate) fn authorize_url(&self, trip: &Trip, base_url: &str) -> Option<String> {
        if base_url.is_empty() || !self.platforms.can_sign_in(trip.provider) {
            return None;
        }
        let back = return_url(trip.provider, base_url);
        match trip.provider {
            Provider::WeChat => {
                let account = self.platforms.wechat.as_ref().filter(|_| self.settings.wechat_secret.is_some())?;
                wechat::authorize_url(&self.settings, account, &back, trip.with_profile, &trip.state)
            }
            Provider::Qq => {
                let application = self.platforms.qq.as_ref().filter(|_| self.settings.qq_secret.is_some())?;
                qq::authorize_url(&self.settings, application, &back, trip.with_profile, &trip.state)
            }
        }
    }

    /// Who came back with a code; else how the trip ends.
    pub(crate) async fn exchange(&self, trip: &Trip, code: &str, base_url: &str) -> Result<Identity, Ending> {
        let back = return_url(trip.provider, base_url);
        let exchanged = async {
            match (trip.provider, &self.platforms.wechat, &self.platforms.qq) {
                (Provider::WeChat, Some(account), _) => {
                    wechat::exchange(&self.http, &self.settings, account, code, trip.with_profile).await
                }
                (Provider::Qq, _, Some(application)) => {
                    qq::exchange(&self.http, &self.settings, application, &back, code, trip.with_profile).await
                }
                _ => Err(ExchangeFailure::Failed("the campaign has no account there".to_owned())),
            }
        };
        let exchanged = tokio::time::timeout(EXCHANGE_LIMIT, exchanged).await;
        let too_long = |_| ExchangeFailure::Failed("it took too long".to_owned());
        match exchanged.map_err(too_long).flatten() {
            Ok(person) => {
                let subject = self.subject(trip.provider, &person.openid);
                Ok(Identity { provider: trip.provider, subject, nickname: person.nickname })
            }
            Err(ExchangeFailure::Snapshot) => Err(Ending::Not(SignInOutcome::Snapshot)),
            Err(ExchangeFailure::CodeSpent) if !trip.is_second => Err(Ending::Again),
            Err(failure) => {
                tracing::warn!(%failure, provider = trip.provider.as_str(), "nobody was signed in");
                Err(Ending::Not(SignInOutcome::Failed))
            }
        }
    }

    /// What is kept of a platform's id: without our key it says nothing, not even to who has the list of all ids. It is
    /// another one in every campaign, so that nobody can be followed from one to the next.
    fn subject(&self, provider: Provider, openid: &str) -> Hash32 {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.subject_key).expect("HMAC takes keys of any length");
        for part in [self.campaign_id.as_str(), provider.as_str(), openid] {
            mac.update(part.as_bytes());
            mac.update(b"\x1f");
        }
        Hash32(mac.finalize().into_bytes().into())
    }

    /// The header that tells the next page how it ended.
    pub(crate) fn outcome_cookie(
        &self,
        outcome: SignInOutcome,
        now: Timestamp,
        is_secure: bool,
    ) -> Option<HeaderValue> {
        let until = now.plus_ms(OUTCOME_S * 1000);
        let word = serde_json::to_string(&(outcome, until)).ok()?;
        cookies::set(OUTCOME, &self.seal.close(OUTCOME, &word), "/", OUTCOME_S, is_secure)
    }

    /// How it ended, if this is the page that is to tell it, and the header that lets no other page do so.
    pub(crate) fn outcome(
        &self,
        headers: &HeaderMap,
        now: Timestamp,
        is_secure: bool,
    ) -> Option<(SignInOutcome, HeaderValue)> {
        let words = cookies::values(headers, OUTCOME).filter_map(|value| self.seal.open(OUTCOME, value));
        let mut outcomes = words.filter_map(|word| serde_json::from_str::<(SignInOutcome, Timestamp)>(&word).ok());
        let (outcome, _) = outcomes.find(|(_, until)| now < *until)?;
        Some((outcome, cookies::set(OUTCOME, "", "/", 0, is_secure)?))
    }
}

/// Where a platform sends the browser back to.
fn return_url(provider: Provider, base_url: &str) -> String {
    format!("{base_url}/auth/{}/return", provider.as_str())
}
