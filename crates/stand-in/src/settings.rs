//! What happens next.

use serde::{Deserialize, Serialize};

/// Whether the platform answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// As it should.
    #[default]
    Well,
    /// With HTTP 502.
    Failing,
    /// Never: the connection stays open.
    Hanging,
}

/// Changes to make; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Who signs in from now on: any word, an `openid` is made of it.
    pub person: Option<String>,
    /// Their nickname.
    pub nickname: Option<String>,
    /// Whether they say no.
    pub refuses: Option<bool>,
    /// Whether WeChat shows pages as snapshots, with made-up identities.
    pub is_snapshot: Option<bool>,
    /// Whether it answers.
    pub health: Option<Health>,
    /// Whether callers' addresses are not on the list (error 40164).
    pub refuses_addresses: Option<bool>,
    /// How many tickets may be fetched from here on (error 45009 after that).
    pub tickets_left: Option<u32>,
    /// How many codes to call used before their time (error 40163), from here on.
    pub codes_spoilt: Option<u32>,
    /// Lets the tokens that were given out so far be stale (error 40001).
    pub revokes_tokens: Option<bool>,
    /// Moves its clock forward.
    pub advance_s: Option<u64>,
}
