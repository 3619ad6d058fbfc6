//! A local stand-in for the WeChat and QQ platforms. It behaves as their documentation says: tokens that rotate,
//! tickets with quotas, codes that are good once and for five minutes, people who refuse.
//!
//! It is for tests, and for trying sign-in and share cards on a machine that no platform knows:
//!
//! ```text
//! carnival-stand-in --port 8619
//! CARNIVAL_WECHAT_API=http://127.0.0.1:8619 CARNIVAL_WECHAT_OPEN=http://127.0.0.1:8619 \
//! CARNIVAL_QQ_API=http://127.0.0.1:8619 CARNIVAL_WECHAT_SECRET=stand-in-wechat-secret \
//! CARNIVAL_QQ_SECRET=stand-in-qq-secret carnival serve --campaign …
//! ```
//!
//! It knows one WeChat account, [`WECHAT_APP_ID`], and one QQ application, [`QQ_CLIENT_ID`]. What happens next is set by
//! [`StandIn::set`] or `POST /stand-in/settings` with a [`Settings`] as JSON; how often each address was called is at
//! `GET /stand-in/calls`, the valid ticket at `GET /stand-in/ticket`.

mod authorize;
mod calls;
mod control;
mod qq;
mod settings;
mod wechat;
mod world;

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use settings::{Health, Settings};
use world::Shared;

/// The account it knows.
pub const WECHAT_APP_ID: &str = "wx0123456789abcdef";
/// That account's secret.
pub const WECHAT_SECRET: &str = "stand-in-wechat-secret";
/// The application it knows.
pub const QQ_CLIENT_ID: &str = "101234567";
/// That application's secret.
pub const QQ_SECRET: &str = "stand-in-qq-secret";

/// A stand-in that runs, until it is dropped.
#[derive(Debug)]
pub struct StandIn {
    /// Where it listens.
    pub address: SocketAddr,
    world: Shared,
    serving: JoinHandle<()>,
}

impl StandIn {
    /// Starts one; port 0 takes a free one.
    ///
    /// # Errors
    /// Where it can't listen.
    pub async fn start(host: IpAddr, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((host, port)).await?;
        let address = listener.local_addr()?;
        let world = Shared::default();
        let router = router(world.clone());
        let serving = tokio::spawn(async move {
            // It ends with its task; there is nobody to tell.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { address, world, serving })
    }

    /// The address before every path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets what happens next.
    pub fn set(&self, settings: Settings) {
        self.world.lock().set(settings);
    }

    /// How often a path was called.
    pub fn calls(&self, path: &str) -> u32 {
        self.world.lock().calls.get(path).copied().unwrap_or_default()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn router(world: Shared) -> Router {
    let platforms = Router::new()
        .route("/cgi-bin/stable_token", post(wechat::stable_token))
        .route("/cgi-bin/ticket/getticket", get(wechat::get_ticket))
        .route("/sns/oauth2/access_token", get(wechat::exchange_code))
        .route("/sns/userinfo", get(wechat::user_info))
        .route("/connect/oauth2/authorize", get(authorize::wechat))
        .route("/oauth2.0/authorize", get(authorize::qq))
        .route("/oauth2.0/token", get(qq::token))
        .route("/oauth2.0/me", get(qq::me))
        .route("/user/get_user_info", get(qq::user_info))
        .route_layer(from_fn_with_state(world.clone(), calls::count));
    Router::new()
        .merge(platforms)
        .route("/stand-in/settings", post(control::set))
        .route("/stand-in/calls", get(control::calls))
        .route("/stand-in/ticket", get(control::ticket))
        .with_state(world)
}
