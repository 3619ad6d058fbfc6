//! Everything that requests share, and a server that runs.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use carnival_contract::error_code::ErrorCode;
use carnival_domain::campaign::Campaign;
use carnival_domain::codes::BroughtCodes;
use carnival_engine::{Engine, SignReceipt};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::beacon;
use crate::clock::Clock;
use crate::codes;
use crate::http::rate::{RateLimits, Rates};
use crate::http::{router::router, serve::serve};
use crate::identity::delivery_key::DeliveryKey;
use crate::identity::guest::Guests;
use crate::identity::operator_key::OperatorKey;
use crate::identity::origin::Origins;
use crate::identity::secrets::Secrets;
use crate::identity::shops::ShopKeys;
use crate::identity::sign_in::SignIn;
use crate::live::Live;
use crate::platform::PlatformClients;
use crate::platform::settings::PlatformSettings;
use crate::poster::Posters;
use crate::site::Site;
use crate::store::sqlite::delivery_key;
use crate::store::{Place, Store};
use crate::webhooks::{self, WebhookSettings};

/// How many requests may be under way at once, streams aside. At a few milliseconds each that is far more
/// than the machine can do; whoever comes on top is told to come back.
const REQUEST_COUNT: usize = 8192;
/// How often idle rate limits are forgotten.
const FORGET_INTERVAL: Duration = Duration::from_secs(60);

/// What a server is made of.
pub struct Setup {
    /// The campaign.
    pub campaign: Campaign,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where facts are kept.
    pub place: Place,
    /// What signs.
    pub secrets: Secrets,
    /// What winners' addresses are sealed with.
    pub delivery_key: DeliveryKey,
    /// What the operator asks with.
    pub operator_key: OperatorKey,
    /// The page, if not the embedded one.
    pub site: Option<PathBuf>,
    /// The directory for files of the server's own: those of earlier builds, those a platform wants to see.
    pub own_files: Option<PathBuf>,
    /// Where visitors find us.
    pub origins: Origins,
    /// Where the chat platforms are, and their secrets.
    pub platforms: PlatformSettings,
    /// The keys that shops come with.
    pub shops: ShopKeys,
    /// The codes that were brought along.
    pub codes: Vec<BroughtCodes>,
    /// What webhooks are signed with, and where they may go.
    pub webhooks: WebhookSettings,
    /// A font file, or a directory of them, for posters; the system's come after it.
    pub poster_font: Option<PathBuf>,
    /// How often one may ask.
    pub rates: Rates,
    /// The least time between two live frames.
    pub frame_interval: Duration,
}

/// What every request needs.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The parts of an [`App`].
pub struct Parts {
    pub(crate) store: Store,
    pub(crate) live: Arc<Live>,
    pub(crate) guests: Guests,
    pub(crate) origins: Origins,
    pub(crate) platform: PlatformClients,
    pub(crate) sign_in: SignIn,
    pub(crate) shops: ShopKeys,
    pub(crate) posters: Posters,
    pub(crate) rates: RateLimits,
    pub(crate) site: Site,
    pub(crate) verification: Option<PathBuf>,
    pub(crate) places: Semaphore,
    pub(crate) receipt_key: String,
    pub(crate) operator_key: OperatorKey,
    pub(crate) stop: CancellationToken,
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    app: App,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

impl Running {
    /// Starts a server.
    ///
    /// # Errors
    /// Why it can't run, in a sentence.
    pub async fn start(setup: Setup, listener: TcpListener) -> Result<Self, String> {
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let kept = setup.own_files.as_ref().map(|own| own.join("assets"));
        let site =
            Site::load(setup.site.as_deref(), kept.as_deref(), &setup.campaign, &setup.platforms, setup.clock.now())?;
        let guests = Guests::new(setup.secrets.guest_key(), setup.campaign.ends_at);
        let receipt_key = setup.secrets.receipt_key();
        let public_key = receipt_key.public();
        let sign: SignReceipt = Arc::new(move |message| receipt_key.sign(message));
        let sign_in = SignIn::new(&setup.campaign, &setup.platforms, &setup.secrets)?;
        let platform =
            PlatformClients::new(&setup.campaign.platforms, setup.platforms, setup.clock.clone(), &setup.place)?;
        let relays = setup.campaign.draw.relays.clone();
        if let Place::File(path) = &setup.place {
            delivery_key::bind(path, &setup.delivery_key.mark())?;
        }
        let engine = Engine::new(setup.campaign, &setup.secrets.share_key(), Some(sign));
        let engine = engine.with_deliveries(Arc::new(setup.delivery_key));
        let store = Store::open(engine, setup.clock, &setup.place)?;
        codes::bring(&store, setup.codes).await?;
        let live = Live::start(store.clone(), setup.frame_interval).await;
        let live = live.map_err(|problem| match problem.code {
            ErrorCode::StoreFailed => "The database can't be read.".to_owned(),
            _ => problem.title,
        })?;
        let stop = CancellationToken::new();
        webhooks::start(&store, &setup.webhooks, &stop)?;
        if !relays.is_empty() {
            tokio::spawn(beacon::tend(store.clone(), relays, stop.clone()));
        }
        let app = App(Arc::new(Parts {
            store,
            live: live.clone(),
            guests,
            origins: setup.origins,
            platform,
            sign_in,
            shops: setup.shops,
            posters: Posters::new(setup.poster_font),
            rates: RateLimits::new(setup.rates),
            site,
            verification: setup.own_files.map(|own| own.join("verification")),
            places: Semaphore::new(REQUEST_COUNT),
            receipt_key: public_key,
            operator_key: setup.operator_key,
            stop: stop.clone(),
        }));
        tokio::spawn(live.run(stop.clone()));
        tokio::spawn(forget_idle(app.clone(), stop.clone()));
        let serving = tokio::spawn(serve(listener, app.clone(), router(app.clone()), stop.clone()));
        Ok(Self { address, app, stop, serving })
    }

    /// Ends when the server is told to stop.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Settles what is due and makes everybody see it. The server does both by itself in time; a test that
    /// moves the clock can't wait.
    pub async fn refresh(&self) {
        self.app.store.settle().await;
        self.app.live.current().await;
    }

    /// Looks for the fonts that posters need, and says in the log if there is none.
    pub fn find_fonts(&self) {
        self.app.posters.find_fonts();
    }

    /// Takes no more requests, lets those under way finish, and closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ended = self.serving.await;
        self.app.store.close().await;
    }
}

async fn forget_idle(app: App, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(FORGET_INTERVAL) => app.rates.forget_idle(),
            () = stop.cancelled() => return,
        }
    }
}
