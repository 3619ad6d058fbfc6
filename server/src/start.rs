//! From a command line to a server that runs.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use carnival_campaign_file::CampaignFile;
use carnival_domain::award::PrizeKind;
use carnival_domain::campaign::Campaign;
use carnival_domain::platforms::Platforms;
use carnival_domain::share_card::QQ_LINK_BYTES;
use carnival_domain::share_token::TOKEN_MAX_LENGTH;
use carnival_domain::time::Timestamp;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::{Running, Setup};
use crate::check;
use crate::cli::ServeArgs;
use crate::clock::{Clock, RehearsalClock, SystemClock};
use crate::codes;
use crate::crowd;
use crate::failure::StartFailure;
use crate::http::rate::Rates;
use crate::identity::delivery_key::{DELIVERY_VARIABLE, DeliveryKey};
use crate::identity::operator_key::OperatorKey;
use crate::identity::origin::Origins;
use crate::identity::secrets::Secrets;
use crate::identity::shops::ShopKeys;
use crate::live::FRAME_INTERVAL;
use crate::platform::settings::PlatformSettings;
use crate::store::Place;
use crate::store::sqlite::season;
use crate::webhooks::{Reach, WebhookSettings};

pub(crate) const DATABASE: &str = "carnival.db";
const LOCK: &str = "carnival.lock";
/// Below the data directory: facts of a rehearsal must never be taken for real ones.
const REHEARSAL: &str = "rehearsal";
/// Real time between the start of a rehearsal and that of its campaign: to open the page.
const REHEARSAL_LEAD_S: i64 = 10;
/// As many make the demo's rounds reach their target more often than not.
const REHEARSAL_CROWD: u32 = 200;

/// Reads a campaign file and the files of codes that it names; relative moments count from `first_start`.
///
/// # Errors
/// All mistakes of the file, or why it can't be read.
pub fn read_campaign(path: &Path, first_start: Timestamp) -> Result<CampaignFile, StartFailure> {
    let file = path.display().to_string();
    let source = fs::read_to_string(path).map_err(|error| {
        StartFailure::because(match error.kind() {
            ErrorKind::NotFound => {
                format!("There is no campaign file {file}; name one with --campaign.")
            }
            ErrorKind::InvalidData => format!("The campaign file {file} is not UTF-8 text."),
            _ => format!("The campaign file {file} can't be read: {error}."),
        })
    })?;
    let read = carnival_campaign_file::read(&source, first_start);
    let mut read = read.map_err(|mistakes| StartFailure::BadCampaign { file, mistakes })?;
    codes::load(&mut read, path).map_err(StartFailure::BadCodes)?;
    Ok(read)
}

/// Runs a server until it is told to stop.
///
/// # Errors
/// Why it did not start.
pub async fn serve(args: ServeArgs) -> Result<(), StartFailure> {
    let system_clock = SystemClock::start();
    let started_at = system_clock.now();
    // Before anything is touched: a file with mistakes starts nothing.
    let read = read_campaign(&args.campaign, started_at)?;
    let public_url = args.public_url.as_deref().map(Origins::parse_public_url).transpose();
    let origins = Origins { public_url: public_url.map_err(StartFailure::Because)?, trust_proxy: args.trust_proxy };
    for advice in check::refuse(&read, &args.campaign, args.site.as_deref(), origins.public_url.as_deref())? {
        tracing::warn!("{}:{advice}", args.campaign.display());
    }
    if let Some(font) = args.poster_font.as_deref().filter(|font| !font.exists()) {
        return Err(StartFailure::because(format!("There is no font {}; see --poster-font.", font.display())));
    }
    let listener = listen(SocketAddr::new(args.host, args.port)).await?;
    let data_dir = args.rehearse.map_or(args.data_dir.clone(), |_| args.data_dir.join(REHEARSAL));
    let _lock = lock(&data_dir)?;
    let database = data_dir.join(DATABASE);
    if args.rehearse.is_some() {
        season::discard(&database).map_err(StartFailure::Because)?;
    }
    let mut campaign = season(&args.campaign, &database, started_at)?;
    if args.rehearse.is_some() && campaign.campaign.draw.beacon.take().is_some() {
        tracing::warn!(
            "a rehearsal runs ahead of the real time, where a beacon has no rounds yet: its draws wait for none"
        );
    }
    let clock: Arc<dyn Clock> = match args.rehearse {
        Some(pace) => {
            let from = campaign.campaign.starts_at.plus_ms(-REHEARSAL_LEAD_S * 1000 * i64::from(pace));
            Arc::new(RehearsalClock::start(from, pace))
        }
        None => Arc::new(system_clock),
    };
    let ends_at = campaign.campaign.ends_at;
    let reach = Reach { allows_loopback: args.allow_insecure_webhooks };
    if args.rehearse.is_some() {
        // What is only rehearsed is told to nobody outside.
        campaign.campaign.webhooks.clear();
    }
    let webhooks = WebhookSettings::from_environment(&campaign.campaign.webhooks, reach);
    let webhooks = webhooks.map_err(StartFailure::Because)?;
    let secrets = Secrets::load(&data_dir).map_err(StartFailure::Because)?;
    let setup = Setup {
        campaign: campaign.campaign.clone(),
        clock: clock.clone(),
        place: Place::File(database),
        delivery_key: DeliveryKey::load(&secrets).map_err(StartFailure::Because)?,
        operator_key: OperatorKey::load(&secrets).map_err(StartFailure::Because)?,
        secrets,
        site: args.site,
        own_files: Some(data_dir),
        origins,
        platforms: PlatformSettings::from_environment(),
        shops: ShopKeys::from_environment().map_err(StartFailure::Because)?,
        codes: campaign.codes,
        webhooks,
        poster_font: args.poster_font,
        rates: Rates::default(),
        frame_interval: FRAME_INTERVAL,
    };
    for sentence in shortcomings(&setup.campaign.platforms, &setup.platforms, setup.origins.public_url.as_deref()) {
        tracing::warn!("{sentence}");
    }
    if setup.delivery_key.is_beside_database && sends_things(&setup.campaign) && !campaign.is_relative {
        let told = "Winners' addresses are sealed with a key that follows from secrets.toml, beside the database";
        tracing::warn!(
            "{told}: set {DELIVERY_VARIABLE} before the first is given, and who steals the disk has neither."
        );
    }
    let title = setup.campaign.title.zh.clone();
    let running = Running::start(setup, listener).await.map_err(StartFailure::Because)?;
    running.find_fonts();
    tracing::info!(address = %running.address, campaign = title, "listening");
    let size = args.demo_crowd.unwrap_or(args.rehearse.map_or(0, |_| REHEARSAL_CROWD));
    let crowd = crowd::start(size, running.address, clock.pace(), running.stopping());
    if let Some(pace) = args.rehearse {
        tracing::info!(pace, from = %clock.now(), until = %ends_at, "a rehearsal: the time is a test clock's");
        tokio::spawn(tell_the_end(clock, ends_at, running.stopping()));
    }
    stop_requested().await?;
    tracing::info!("stopping");
    running.stop().await;
    let _ended = crowd.await;
    tracing::info!("stopped; everything that was accepted is on disk");
    Ok(())
}

/// Says when a rehearsal's campaign is over; its page stays, to be looked at.
async fn tell_the_end(clock: Arc<dyn Clock>, ends_at: Timestamp, stop: CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(clock.until(ends_at)) => {
            tracing::info!("the rehearsed campaign is over; the page shows its end until you stop the server");
        }
        () = stop.cancelled() => {}
    }
}

fn sends_things(campaign: &Campaign) -> bool {
    campaign.prizes().any(|prize| matches!(prize.kind, PrizeKind::Thing { .. }))
}

/// What will not work in a chat as the campaign wants it. The server starts all the same, for the page works without.
fn shortcomings(platforms: &Platforms, settings: &PlatformSettings, public_url: Option<&str>) -> Vec<String> {
    let mut told = Vec::new();
    let account = platforms.wechat.as_ref();
    if account.is_some_and(|account| account.share_card) && settings.wechat_secret.is_none() {
        let lost = "those in WeChat get the plain share card";
        told.push(format!("The campaign names a WeChat account, but CARNIVAL_WECHAT_SECRET is not set: {lost}."));
    }
    let link = public_url.unwrap_or_default().len() + "/s/".len() + TOKEN_MAX_LENGTH;
    if link > QQ_LINK_BYTES {
        told.push(format!(
            "Share links can be {link} bytes long at this --public-url; QQ ignores those over {QQ_LINK_BYTES}."
        ));
    }
    told
}

/// The campaign as it counts from this database's first start. A demo whose season is over begins anew, on a
/// new database; the old one is put aside.
fn season(path: &Path, database: &Path, now: Timestamp) -> Result<CampaignFile, StartFailure> {
    let first_start = season::first_start(database, now).map_err(StartFailure::Because)?;
    let mut file = read_campaign(path, first_start)?;
    if file.is_relative && file.campaign.ends_at <= now {
        let day = file.campaign.day_at(now);
        let aside = season::retire(database, day).map_err(StartFailure::Because)?;
        tracing::warn!(aside = %aside.display(), "the demo's season was over; a new one begins on a new database");
        let first_start = season::first_start(database, now).map_err(StartFailure::Because)?;
        file = read_campaign(path, first_start)?;
    }
    season::bind(database, &file.campaign).map_err(StartFailure::Because)?;
    Ok(file)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartFailure> {
    TcpListener::bind(address).await.map_err(|error| {
        let port = address.port();
        StartFailure::because(match error.kind() {
            ErrorKind::AddrInUse => {
                format!("Port {port} is in use by another program; stop that, or name another with --port.")
            }
            ErrorKind::PermissionDenied => {
                format!("Port {port} may not be used by this account; name one above 1023 with --port.")
            }
            ErrorKind::AddrNotAvailable => {
                format!("This machine has no address {}; name one of its own with --host.", address.ip())
            }
            _ => format!("{address} can't be listened on: {error}."),
        })
    })
}

/// Makes the data directory this server's own. The lock ends with the process, however that ends.
fn lock(data_dir: &Path) -> Result<File, StartFailure> {
    let shown = data_dir.display();
    let cannot = |error: std::io::Error| {
        StartFailure::because(format!(
            "The data directory {shown} can't be written: {error}. Name another with --data-dir."
        ))
    };
    fs::create_dir_all(data_dir).map_err(cannot)?;
    let file = File::options().create(true).append(true).open(data_dir.join(LOCK)).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartFailure::because(format!(
            "Another server is running on {shown}; stop that, or name another --data-dir."
        ))),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

async fn stop_requested() -> Result<(), StartFailure> {
    let cannot = |error: std::io::Error| StartFailure::because(format!("The signals to stop can't be heard: {error}."));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(cannot)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(cannot)?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        Ok(())
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(cannot)
}
