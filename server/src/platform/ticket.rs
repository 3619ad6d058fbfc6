//! The `jsapi_ticket`: fetched once for everybody, kept in the database, renewed early.

use std::sync::{Arc, Mutex, PoisonError};

use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use carnival_domain::time::Timestamp;

use super::settings::PlatformSettings;
use super::wechat_api::{Ticket, fetch_ticket};
use crate::clock::Clock;
use crate::store::Place;
use crate::store::sqlite::kept;

/// Tickets last two hours; a new one is fetched that long before, while the old one still signs.
const EARLY_MS: i64 = 200_000;
/// A platform that did not answer is left alone that long.
const PAUSE_S: u32 = 30;
const KEY: &str = "wechat_ticket";

/// The ticket, and how to get another.
#[derive(Clone)]
pub(super) struct Tickets(Arc<Parts>);

struct Parts {
    http: reqwest::Client,
    api: String,
    app_id: String,
    secret: Option<String>,
    clock: Arc<dyn Clock>,
    place: Place,
    state: Mutex<State>,
    /// Whoever holds it fetches; everybody else waits for what comes of it.
    fetching: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    ticket: Option<Ticket>,
    asks_again_at: Option<Timestamp>,
}

impl Tickets {
    pub(super) fn new(
        app_id: String,
        settings: &PlatformSettings,
        clock: Arc<dyn Clock>,
        place: Place,
    ) -> Result<Self, String> {
        Ok(Self(Arc::new(Parts {
            http: settings.client()?,
            api: settings.wechat_api.clone(),
            app_id,
            secret: settings.wechat_secret.clone(),
            clock,
            place,
            state: Mutex::default(),
            fetching: Arc::default(),
        })))
    }

    /// A ticket that is good now.
    pub(super) async fn valid(&self) -> Result<String, Problem> {
        if let Some((word, is_fresh)) = self.kept() {
            if !is_fresh && let Ok(turn) = self.0.fetching.clone().try_lock_owned() {
                let tickets = self.clone();
                tokio::spawn(async move {
                    tickets.renew().await;
                    drop(turn);
                });
            }
            return Ok(word);
        }
        let _turn = self.0.fetching.lock().await;
        if self.kept().is_none() {
            self.renew().await;
        }
        let unavailable = || Problem::new(ErrorCode::PlatformUnavailable).retry_after_s(PAUSE_S);
        self.kept().map(|(word, _)| word).ok_or_else(unavailable)
    }

    /// The ticket that is good now, if there is one, and whether it is so for a while yet.
    fn kept(&self) -> Option<(String, bool)> {
        let now = self.0.clock.now();
        let state = self.state();
        let ticket = state.ticket.as_ref().filter(|ticket| ticket.until > now)?;
        Some((ticket.word.clone(), ticket.until.ms_since(now) > EARLY_MS))
    }

    async fn renew(&self) {
        let now = self.0.clock.now();
        if self.state().asks_again_at.is_some_and(|at| now < at) {
            return;
        }
        // Another server may have fetched one already.
        if let Some(ticket) = self.recall().await.filter(|ticket| ticket.until.ms_since(now) > EARLY_MS) {
            self.state().ticket = Some(ticket);
            return;
        }
        let Parts { http, api, app_id, secret, .. } = &*self.0;
        let Some(secret) = secret else {
            // Said at the start already.
            return;
        };
        match fetch_ticket(http, api, app_id, secret, now).await {
            Ok(ticket) => {
                self.keep(&ticket).await;
                *self.state() = State { ticket: Some(ticket), asks_again_at: None };
            }
            Err(failure) => {
                tracing::warn!(%failure, "no ticket for share cards; pages show the plain one");
                self.state().asks_again_at = Some(now.plus_ms(i64::from(PAUSE_S) * 1000));
            }
        }
    }

    async fn recall(&self) -> Option<Ticket> {
        let Place::File(path) = self.0.place.clone() else { return None };
        let text = tokio::task::spawn_blocking(move || kept::recall(&path, KEY)).await.ok()?.ok()??;
        let mut parts = text.split(' ');
        let (app_id, until, word) = (parts.next()?, parts.next()?, parts.next()?);
        let ticket = Ticket { word: word.to_owned(), until: until.parse().ok()? };
        (app_id == self.0.app_id).then_some(ticket)
    }

    async fn keep(&self, ticket: &Ticket) {
        let Place::File(path) = self.0.place.clone() else { return };
        let text = format!("{} {} {}", self.0.app_id, ticket.until, ticket.word);
        let kept = tokio::task::spawn_blocking(move || kept::keep(&path, KEY, &text)).await;
        if !matches!(kept, Ok(Ok(()))) {
            tracing::warn!("the ticket for share cards could not be kept; after a restart another one is fetched");
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
