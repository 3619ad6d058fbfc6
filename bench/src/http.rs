//! Single requests to a server under test.

use std::time::Duration;

use anyhow::{Context as _, Result};
use reqwest::blocking::{Client, Response};

/// A client that waits at most so long, and takes bodies as they are.
pub(crate) fn client() -> Result<Client> {
    Ok(Client::builder().timeout(Duration::from_secs(30)).build()?)
}

/// Asks, with brotli allowed.
pub(crate) fn get(client: &Client, port: u16, path: &str) -> Result<Response> {
    let request = client.get(format!("http://127.0.0.1:{port}{path}")).header("accept-encoding", "br");
    request.send().with_context(|| format!("{path} does not answer"))
}

/// Asks for JSON.
pub(crate) fn json(client: &Client, port: u16, path: &str) -> Result<serde_json::Value> {
    let response = client.get(format!("http://127.0.0.1:{port}{path}")).send()?.error_for_status()?;
    Ok(response.json()?)
}
