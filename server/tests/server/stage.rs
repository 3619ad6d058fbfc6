//! A server for a test: on a free port, on a clock that the test moves.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use carnival_contract::api::Reply;
use carnival_contract::paths;
use carnival_contract::replies::{DeliveriesReply, Dispatched, PauseReply};
use carnival_contract::requests::{MarkDispatched, PauseNote};
use carnival_contract::scenarios::Stage;
use carnival_contract::scenarios::campaign::{campaign, codes, noon};
use carnival_domain::campaign::Campaign;
use carnival_domain::codes::BroughtCodes;
use carnival_domain::ids::EntryId;
use carnival_domain::time::Timestamp;
use carnival_server::app::{Running, Setup};
use carnival_server::clock::SetClock;
use carnival_server::http::rate::{Rate, Rates};
use carnival_server::identity::delivery_key::DeliveryKey;
use carnival_server::identity::operator_key::OperatorKey;
use carnival_server::identity::origin::Origins;
use carnival_server::identity::secrets::Secrets;
use carnival_server::identity::shops::ShopKeys;
use carnival_server::platform::settings::PlatformSettings;
use carnival_server::store::Place;
use carnival_server::webhooks::WebhookSettings;
use reqwest::{Method, RequestBuilder};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::client::{Shopper, http, read};
use crate::shop_client::Shop;

/// The key that the test's shop has.
pub(crate) const SHOP_KEY: &str = "a-key-for-the-shop-of-the-tests-0001";

pub(crate) struct TestApp {
    pub(crate) running: Running,
    clock: Arc<SetClock>,
    directory: Option<TempDir>,
}

/// What a test may want to be otherwise.
pub(crate) struct Wish {
    pub(crate) in_memory: bool,
    pub(crate) campaign: Campaign,
    pub(crate) site: PathBuf,
    pub(crate) origins: Origins,
    pub(crate) platforms: PlatformSettings,
    pub(crate) shop_keys: String,
    pub(crate) codes: Vec<BroughtCodes>,
    pub(crate) webhooks: WebhookSettings,
    pub(crate) rates: Rates,
    pub(crate) delivery_key: [u8; 32],
    pub(crate) frame_interval: Duration,
    pub(crate) starts_at: Timestamp,
}

impl Default for Wish {
    fn default() -> Self {
        let plenty = Rate { per_second: 100_000, burst: 100_000 };
        Self {
            in_memory: false,
            campaign: campaign(),
            site: site(),
            origins: Origins::default(),
            platforms: PlatformSettings::default(),
            shop_keys: SHOP_KEY.to_owned(),
            codes: codes(),
            webhooks: WebhookSettings::default(),
            rates: Rates {
                requests_of_address: plenty,
                writes_of_participant: plenty,
                sweeps_of_participant: plenty,
                writes_of_address: plenty,
                guests_of_address: plenty,
                requests_of_shop: plenty,
                guesses: plenty,
                refusals_of_address: plenty,
                posters_of_address: plenty,
            },
            delivery_key: [9; 32],
            // Every look sees the last write.
            frame_interval: Duration::ZERO,
            starts_at: noon(),
        }
    }
}

impl TestApp {
    pub(crate) async fn on_sqlite() -> Self {
        Self::with(Wish::default()).await
    }

    pub(crate) async fn in_memory() -> Self {
        Self::with(Wish { in_memory: true, ..Wish::default() }).await
    }

    pub(crate) async fn with(wish: Wish) -> Self {
        let directory = (!wish.in_memory).then(|| tempfile::tempdir().expect("a directory"));
        let clock = Arc::new(SetClock::at(wish.starts_at));
        let running = run(wish, directory.as_ref().map(TempDir::path), clock.clone()).await.expect("a server");
        Self { running, clock, directory }
    }

    /// Ends it; what it kept is there.
    pub(crate) async fn stop(self) -> Stopped {
        self.running.stop().await;
        Stopped { clock: self.clock, directory: self.directory.expect("a server on SQLite") }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// Where it keeps its files.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.as_ref().expect("a server on SQLite").path()
    }

    /// A request of the operator's.
    pub(crate) fn operator(&self, method: Method, path: &str) -> RequestBuilder {
        let key = OperatorKey::of(&Secrets::from_root([7; 32]));
        http().request(method, self.url(path)).bearer_auth(key.as_str())
    }

    /// Somebody with a cookie.
    pub(crate) async fn shopper(&self) -> Shopper {
        Shopper::new(self.url("")).await
    }
}

/// What is left of a server that was stopped.
pub(crate) struct Stopped {
    clock: Arc<SetClock>,
    directory: TempDir,
}

impl Stopped {
    /// Where its files are.
    pub(crate) fn files(&self) -> &Path {
        self.directory.path()
    }

    /// Another server on the same files, or why there is none. The files stay for the next.
    pub(crate) async fn start_again(&self, wish: Wish) -> Result<Again<'_>, String> {
        let running = run(wish, Some(self.directory.path()), self.clock.clone()).await?;
        Ok(Again { running, _files: self })
    }
}

/// A server on files that another one left.
pub(crate) struct Again<'f> {
    running: Running,
    _files: &'f Stopped,
}

impl Again<'_> {
    /// Somebody with a cookie.
    pub(crate) async fn shopper(&self) -> Shopper {
        Shopper::new(format!("http://{}", self.running.address)).await
    }
}

async fn run(wish: Wish, directory: Option<&Path>, clock: Arc<SetClock>) -> Result<Running, String> {
    let place = directory.map_or(Place::Memory, |directory| Place::File(directory.join("carnival.db")));
    let secrets = Secrets::from_root([7; 32]);
    let setup = Setup {
        campaign: wish.campaign,
        clock,
        place,
        delivery_key: DeliveryKey::from_bytes(wish.delivery_key),
        operator_key: OperatorKey::of(&secrets),
        secrets,
        site: Some(wish.site),
        own_files: directory.map(Path::to_owned),
        origins: wish.origins,
        platforms: wish.platforms,
        shops: ShopKeys::parse(&wish.shop_keys).expect("keys"),
        codes: wish.codes,
        webhooks: wish.webhooks,
        poster_font: None,
        rates: wish.rates,
        frame_interval: wish.frame_interval,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    Running::start(setup, listener).await
}

impl Stage for TestApp {
    type Participant = Shopper;
    type Shop = Shop;

    async fn participant(&self) -> Shopper {
        self.shopper().await
    }

    async fn shop(&self) -> Shop {
        Shop::new(self.url(""), SHOP_KEY)
    }

    async fn advance_ms(&self, ms: i64) {
        self.clock.advance_ms(ms);
        self.running.refresh().await;
    }

    async fn published(&self) {
        self.running.refresh().await;
    }

    async fn playing(&self, campaign: Campaign) -> Self {
        Self::with(Wish { in_memory: self.directory.is_none(), campaign, ..Wish::default() }).await
    }

    async fn pause(&self, note: &PauseNote) -> Reply<PauseReply> {
        read(self.operator(Method::POST, paths::OPERATOR_PAUSE).json(note).send().await.expect("an answer")).await
    }

    async fn resume(&self, note: &PauseNote) -> Reply<PauseReply> {
        read(self.operator(Method::POST, paths::OPERATOR_RESUME).json(note).send().await.expect("an answer")).await
    }

    async fn deliveries(&self) -> Reply<DeliveriesReply> {
        read(self.operator(Method::GET, paths::OPERATOR_DELIVERIES).send().await.expect("an answer")).await
    }

    async fn dispatched(&self, entries: &[EntryId]) -> Reply<Dispatched> {
        let sent = MarkDispatched { entry_ids: entries.to_vec() };
        read(self.operator(Method::POST, paths::OPERATOR_DISPATCHES).json(&sent).send().await.expect("an answer")).await
    }
}

/// A small page, in place of the built one.
pub(crate) fn site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site")
}
