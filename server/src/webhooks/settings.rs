//! The secrets that messages are signed with: from the environment, for a campaign file is copied about.

use std::collections::HashMap;

use carnival_domain::ids::EndpointId;
use carnival_domain::webhook::Endpoint;

use super::guard::Reach;
use super::signature::WebhookSecret;

/// The environment variable with the secrets of all endpoints; with `_` and an endpoint's name behind, of that one.
pub const SECRET_VARIABLE: &str = "CARNIVAL_WEBHOOK_SECRET";

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct WebhookSettings {
    secrets: HashMap<EndpointId, Vec<WebhookSecret>>,
    /// Where messages may go.
    pub reach: Reach,
}

impl WebhookSettings {
    /// What the environment says of these endpoints.
    ///
    /// # Errors
    /// What can't be used, in a sentence: nobody should find out after the campaign that messages were never sent.
    pub fn from_environment(endpoints: &[Endpoint], reach: Reach) -> Result<Self, String> {
        Self::new(endpoints, reach, |name| std::env::var(name).ok())
    }

    /// The same, from whatever knows the variables.
    ///
    /// # Errors
    /// What can't be used, in a sentence.
    pub fn new(
        endpoints: &[Endpoint],
        reach: Reach,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let mut secrets = HashMap::new();
        for endpoint in endpoints {
            if let Some(why) = reach.refuses(&endpoint.url) {
                return Err(format!("The webhook {} can't be used: {} {why}.", endpoint.id, endpoint.url));
            }
            let own = format!("{SECRET_VARIABLE}_{}", endpoint.id.as_str().to_uppercase().replace('-', "_"));
            let said = variable(&own).or_else(|| variable(SECRET_VARIABLE)).unwrap_or_default();
            let read: Option<Vec<_>> =
                said.split([',', ' ']).filter(|secret| !secret.is_empty()).map(WebhookSecret::parse).collect();
            let read = read.filter(|secrets| !secrets.is_empty()).ok_or_else(|| {
                format!(
                    "The webhook {} has no secret to sign with: set {own} or {SECRET_VARIABLE} to whsec_ and what `openssl rand -base64 32` prints.",
                    endpoint.id
                )
            })?;
            secrets.insert(endpoint.id.clone(), read);
        }
        Ok(Self { secrets, reach })
    }

    pub(super) fn secrets(&self, endpoint: &EndpointId) -> &[WebhookSecret] {
        self.secrets.get(endpoint).map_or(&[], Vec::as_slice)
    }
}
