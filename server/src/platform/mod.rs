//! The chat platforms, as this server talks to them.

pub mod settings;
mod signature;
mod ticket;
mod wechat_api;

use std::sync::Arc;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_contract::replies::WeChatSignature;
use carnival_domain::platforms::Platforms;

use crate::clock::Clock;
use crate::random;
use crate::store::Place;
use settings::PlatformSettings;
use ticket::Tickets;

/// What the server needs of the platforms.
pub struct PlatformClients {
    clock: Arc<dyn Clock>,
    settings: PlatformSettings,
    /// None if the campaign sets no share card.
    tickets: Option<(String, Tickets)>,
}

impl PlatformClients {
    /// Clients for a campaign's accounts.
    ///
    /// # Errors
    /// Why there can be none, in a sentence.
    pub fn new(
        platforms: &Platforms,
        settings: PlatformSettings,
        clock: Arc<dyn Clock>,
        place: &Place,
    ) -> Result<Self, String> {
        let account = platforms.wechat.as_ref().filter(|account| account.share_card);
        let tickets = match account {
            None => None,
            Some(account) => {
                let tickets = Tickets::new(account.app_id.clone(), &settings, clock.clone(), place.clone())?;
                Some((account.app_id.clone(), tickets))
            }
        };
        Ok(Self { clock, settings, tickets })
    }

    /// What was said of the platforms.
    pub fn settings(&self) -> &PlatformSettings {
        &self.settings
    }

    /// Signs the address of one of the campaign's pages for the WeChat JS-SDK. `base_url` is the campaign's own.
    ///
    /// # Errors
    /// No account, a foreign address, or no ticket to sign with.
    pub async fn sign(&self, url: &str, base_url: &str) -> Result<WeChatSignature, Problem> {
        let (app_id, tickets) = self.tickets.as_ref().ok_or(ErrorCode::PlatformNotConfigured)?;
        let url = signature::own_url(url, base_url).ok_or(ErrorCode::ForeignUrl)?;
        let ticket = tickets.valid().await?;
        let nonce_str = carnival_domain::hex::encode(&random::bytes::<16>());
        let timestamp = u64::try_from(self.clock.now().as_ms() / 1000).unwrap_or_default();
        Ok(WeChatSignature {
            app_id: app_id.clone(),
            timestamp,
            signature: signature::sign(&ticket, &nonce_str, timestamp, &url),
            nonce_str,
            url,
            sdk_urls: self.settings.wechat_sdk.clone(),
        })
    }
}
