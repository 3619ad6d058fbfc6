//! A code is exchanged once, however often a web view asks for the page that it came with.

use std::collections::HashMap;
use std::sync::Mutex;

use carnival_domain::time::Timestamp;
use tokio::sync::watch;

use crate::clock::lock;

/// How long the end of an exchange is remembered; codes do not live longer.
const KEPT_MS: i64 = 600_000;

/// By state and code: what came of it, once it has.
type Known<T> = HashMap<(String, String), (Timestamp, watch::Receiver<Option<T>>)>;

/// Exchanges under way, and those that ended not long ago.
pub(crate) struct Flights<T> {
    known: Mutex<Known<T>>,
}

impl<T> Default for Flights<T> {
    fn default() -> Self {
        Self { known: Mutex::default() }
    }
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// What comes of a code: `exchange` runs for the first who asks, and goes on if they go away; everybody else gets the
    /// same. None if it broke off.
    pub(crate) async fn join(
        &self,
        state: &str,
        code: &str,
        now: Timestamp,
        exchange: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let mut outcome = {
            let mut known = lock(&self.known);
            known.retain(|_, (since, _)| now.ms_since(*since) < KEPT_MS);
            let flight = known.entry((state.to_owned(), code.to_owned())).or_insert_with(|| {
                let (tell, outcome) = watch::channel(None);
                tokio::spawn(async move { tell.send_replace(Some(exchange.await)) });
                (now, outcome)
            });
            flight.1.clone()
        };
        let outcome = outcome.wait_for(Option::is_some).await.ok()?;
        outcome.clone()
    }
}
