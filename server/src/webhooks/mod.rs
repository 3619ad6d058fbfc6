//! Webhooks: what the engine wrote down to be told is sent, signed, until it is heard or given up.
//!
//! A message may arrive twice: if the server ends between the answer and writing that down. It is the same message then, by
//! its id.

mod guard;
pub mod replay;
mod settings;
mod signature;

use std::time::Duration;

use carnival_contract::idempotency::IdempotencyKey;
use carnival_domain::ids::EndpointId;
use carnival_domain::time::Timestamp;
use carnival_domain::webhook::{Endpoint, retry_at};
use carnival_engine::ledger::{EventRow, MessageRow};
use carnival_engine::{Engine, Failure, Ledger, SHOP, Write};
use futures_util::future::join_all;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, StatusCode, redirect};
use tokio_util::sync::CancellationToken;

pub use guard::Reach;
pub use settings::{SECRET_VARIABLE, WebhookSettings};

use crate::random;
use crate::store::{Command, Query, Store};

/// How long an endpoint may take: the shorter of what the specification recommends.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How often is looked whether there is something to tell.
const LOOK_INTERVAL: Duration = Duration::from_millis(500);
/// How many messages are under way to one endpoint at once.
const AT_ONCE: u32 = 16;
/// How long a reason is that is kept, bytes.
const REASON_LENGTH: usize = 200;

struct Due(EndpointId);

impl Query for Due {
    type Reply = Vec<MessageRow>;

    fn run<L: Ledger>(self, _: &Engine, ledger: &L, now: Timestamp) -> Result<Vec<MessageRow>, Failure<L::Error>> {
        Ok(ledger.due_messages(&self.0, now, AT_ONCE)?)
    }
}

struct Keep(Vec<MessageRow>);

impl Command for Keep {
    type Reply = ();
    const IS_PUBLIC: bool = false;

    fn run<L: Ledger>(&self, _: &Engine, ledger: &mut L, _: &Write) -> Result<(), Failure<L::Error>> {
        for message in &self.0 {
            ledger.put_message(message)?;
        }
        Ok(())
    }
}

/// Sends messages to one endpoint. Each has a sender of its own, so that one which hangs keeps nobody waiting but itself.
struct Sender {
    store: Store,
    settings: WebhookSettings,
    endpoint: Endpoint,
    http: Client,
}

/// Starts to send, if there is anybody to send to.
///
/// # Errors
/// Why nothing can be sent, in a sentence.
pub(crate) fn start(store: &Store, settings: &WebhookSettings, stop: &CancellationToken) -> Result<(), String> {
    for endpoint in &store.engine().campaign().webhooks {
        let http = Client::builder()
            .timeout(TIMEOUT)
            // An endpoint that leads on could lead inside; it has to be named where it is.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(settings.reach)
            .user_agent(concat!("carnival/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("No webhooks can be sent: {error}."))?;
        let sender = Sender { store: store.clone(), settings: settings.clone(), endpoint: endpoint.clone(), http };
        tokio::spawn(sender.run(stop.clone()));
    }
    Ok(())
}

impl Sender {
    async fn run(self, stop: CancellationToken) {
        loop {
            let sent = tokio::select! {
                sent = self.send_due() => sent,
                () = stop.cancelled() => return,
            };
            if sent == 0 {
                tokio::select! {
                    () = tokio::time::sleep(LOOK_INTERVAL) => {}
                    () = stop.cancelled() => return,
                }
            }
        }
    }

    /// Tries what is due, and writes down what came of it. Returns how much was.
    async fn send_due(&self) -> usize {
        let due = self.store.read(Due(self.endpoint.id.clone())).await.unwrap_or_default();
        if due.is_empty() {
            return 0;
        }
        let tried = join_all(due.into_iter().map(|message| self.try_once(message))).await;
        let count = tried.len();
        let key = IdempotencyKey::from_random(random::bytes());
        let write = Write { who: SHOP, key, now: self.store.now() };
        match self.store.write(write, Keep(tried)).await {
            Ok(()) => count,
            // They will be sent again, under the same ids. Not at once, for the store has enough to do.
            Err(_) => 0,
        }
    }

    async fn try_once(&self, message: MessageRow) -> MessageRow {
        let outcome = self.send(&message.event).await;
        let now = self.store.now();
        match outcome {
            Ok(()) => MessageRow { next_at: None, delivered_at: Some(now), failure: None, ..message },
            Err((why, is_final)) => {
                let failed_count = message.failed_count + 1;
                let [luck] = random::bytes();
                let next_at = if is_final { None } else { retry_at(failed_count, now, luck) };
                let (endpoint, id) = (&self.endpoint.id, &message.event.webhook_id);
                if next_at.is_none() {
                    tracing::error!(%endpoint, id, failed_count, why, "a webhook was given up");
                } else {
                    tracing::warn!(%endpoint, id, failed_count, why, "a webhook was not heard");
                }
                MessageRow { failed_count, next_at, failure: Some(why), ..message }
            }
        }
    }

    /// Sends a message; or why it was not heard, and whether it is no use to try again.
    async fn send(&self, message: &EventRow) -> Result<(), (String, bool)> {
        // A literal address needs no look-up, so it is looked at here.
        if let Some(why) = self.settings.reach.refuses(&self.endpoint.url) {
            return Err((why.to_owned(), false));
        }
        let sent_at_s = self.store.now().as_ms() / 1000;
        let secrets = self.settings.secrets(&self.endpoint.id);
        let signed = signature::signatures(secrets, &message.webhook_id, sent_at_s, &message.body);
        let request = self
            .http
            .post(&self.endpoint.url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &message.webhook_id)
            .header("webhook-timestamp", sent_at_s)
            .header("webhook-signature", signed)
            .body(message.body.clone());
        // The address may have a secret path: it is in no log. What was answered beside the status is not read at all.
        let response = request.send().await.map_err(|error| (reason(&error.without_url()), false))?;
        match response.status() {
            status if status.is_success() => Ok(()),
            StatusCode::GONE => Err(("the endpoint is gone (410)".to_owned(), true)),
            status => Err((format!("it answered {status}"), false)),
        }
    }
}

/// The innermost reason: the outer ones only say that a request failed.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", TIMEOUT.as_secs());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let mut text = cause.to_string();
    text.truncate(text.floor_char_boundary(REASON_LENGTH));
    text
}
