//! The crowd's way to the API.

use std::net::SocketAddr;

use carnival_contract::idempotency::{IDEMPOTENCY_KEY, IdempotencyKey};
use carnival_contract::paths;
use carnival_contract::snapshot::CampaignSnapshot;
use reqwest::header::{COOKIE, SET_COOKIE};

use super::USER_AGENT;
use crate::random;

/// The connections that all shoppers share.
#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    server: String,
}

impl Client {
    pub(super) fn to(server: SocketAddr) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().user_agent(USER_AGENT).no_proxy().build()?;
        Ok(Self { http, server: format!("http://{server}") })
    }

    pub(super) async fn campaign(&self) -> reqwest::Result<CampaignSnapshot> {
        let url = format!("{}{}", self.server, paths::CAMPAIGN);
        self.http.get(url).send().await?.error_for_status()?.json().await
    }

    /// Becomes somebody: the cookie that says who.
    pub(super) async fn arrive(&self) -> Option<String> {
        let url = format!("{}{}", self.server, paths::ME);
        let response = self.http.get(url).send().await.ok()?;
        let cookie = response.headers().get(SET_COOKIE)?.to_str().ok()?;
        cookie.split(';').next().map(str::to_owned)
    }

    /// Asks for a write. Whatever the answer, the crowd goes on.
    pub(super) async fn post(&self, cookie: &str, path: &str) {
        let key = IdempotencyKey::from_random(random::bytes());
        let request = self.http.post(format!("{}{path}", self.server));
        let answer = request.header(COOKIE, cookie).header(IDEMPOTENCY_KEY, key.as_str()).send().await;
        if let Err(error) = answer {
            tracing::debug!(%error, "a simulated shopper got no answer");
        }
    }
}
