//! `api.weixin.qq.com`: what is asked there, and how it says no.

use carnival_domain::time::Timestamp;
use serde::Deserialize;
use serde_json::json;

/// Why there is no answer to work with. Never with a secret or a token in it: this is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiFailure {
    /// Nothing came back, or nothing readable.
    Unreachable(String),
    /// The platform's own word.
    Refused {
        /// Its `errcode`.
        code: i64,
        /// Its `errmsg`.
        message: String,
    },
}

impl std::fmt::Display for ApiFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "WeChat can't be reached: {why}"),
            Self::Refused { code: 40164, message } => {
                write!(f, "WeChat refused with 40164 ({message}): put this server's address on the account's IP list")
            }
            Self::Refused { code: code @ (40013 | 40125), message } => {
                write!(f, "WeChat refused with {code} ({message}): check app_id and CARNIVAL_WECHAT_SECRET")
            }
            Self::Refused { code, message } => write!(f, "WeChat refused with {code} ({message})"),
        }
    }
}

/// A word that is good for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    pub(super) word: String,
    pub(super) until: Timestamp,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    errcode: i64,
    #[serde(default)]
    errmsg: String,
    access_token: Option<String>,
    ticket: Option<String>,
    #[serde(default)]
    expires_in: i64,
}

/// Fetches a ticket. The token for it is asked for each time: `stable_token` gives the same one until it is about to
/// end, so none has to be kept, and none can be stale.
pub(super) async fn fetch_ticket(
    http: &reqwest::Client,
    api: &str,
    app_id: &str,
    secret: &str,
    now: Timestamp,
) -> Result<Ticket, ApiFailure> {
    let asked = json!({ "grant_type": "client_credential", "appid": app_id, "secret": secret });
    let token = read(http.post(format!("{api}/cgi-bin/stable_token")).json(&asked)).await?;
    let token = token.access_token.ok_or_else(|| ApiFailure::Unreachable("an answer without a token".to_owned()))?;
    let asked = http.get(format!("{api}/cgi-bin/ticket/getticket"));
    let reply = read(asked.query(&[("access_token", token.as_str()), ("type", "jsapi")])).await?;
    let word = reply.ticket.ok_or_else(|| ApiFailure::Unreachable("an answer without a ticket".to_owned()))?;
    Ok(Ticket { word, until: now.plus_ms(reply.expires_in * 1000) })
}

async fn read(request: reqwest::RequestBuilder) -> Result<Reply, ApiFailure> {
    // The address has a secret in it: an error must not carry it into a log.
    let failed = |error: reqwest::Error| ApiFailure::Unreachable(error.without_url().to_string());
    let response = request.send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
    let reply: Reply = response.json().await.map_err(failed)?;
    if reply.errcode != 0 {
        return Err(ApiFailure::Refused { code: reply.errcode, message: reply.errmsg });
    }
    Ok(reply)
}
