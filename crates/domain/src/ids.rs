//! Typed ids. Two kinds: *slugs*, chosen by the operator in `campaign.toml`, and *pseudonyms*, 16 random
//! bytes written as 26 characters of Crockford base 32.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base32;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed id")
    }
}

impl std::error::Error for MalformedId {}

/// The longest slug: a share link that carries one must stay within QQ's 120 bytes for a whole URL.
pub const SLUG_MAX_LENGTH: usize = 24;

fn is_slug(text: &str) -> bool {
    (1..=SLUG_MAX_LENGTH).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it stands in `campaign.toml` and in URLs.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                is_slug(text).then(|| Self(text.into())).ok_or(MalformedId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;

            fn try_from(text: String) -> Result<Self, MalformedId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

slug_id! {
    /// Which campaign.
    CampaignId
}
slug_id! {
    /// Which star.
    StarId
}
slug_id! {
    /// Which coupon offer.
    OfferId
}
slug_id! {
    /// Which prize.
    PrizeId
}
slug_id! {
    /// Which item of the goods.
    ItemId
}
slug_id! {
    /// Whom webhooks tell.
    EndpointId
}

impl PrizeId {
    /// What a coupon that was won is found under among all coupons. No offer of a campaign has the id of one of its prizes.
    pub fn as_offer(&self) -> OfferId {
        OfferId(self.0.clone())
    }
}

macro_rules! pseudonym {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&base32::encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(text: &str) -> Result<Self, MalformedId> {
                base32::decode(text).map(Self).ok_or(MalformedId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;

            fn try_from(text: String) -> Result<Self, MalformedId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

pseudonym! {
    /// Which participant. Secret towards other participants: it stands in nobody else's answers.
    ParticipantId
}
pseudonym! {
    /// An entry in a draw: a pseudonym, different in every draw, and therefore fit for a public list.
    EntryId
}

/// What a draw of an offer's coupons gives has the offer's own name.
impl From<OfferId> for PrizeId {
    fn from(offer: OfferId) -> Self {
        Self(offer.0)
    }
}

pseudonym! {
    /// A coupon set aside for an order.
    ReservationId
}

impl EntryId {
    /// How long its text is.
    pub const TEXT_LENGTH: usize = 26;

    /// Its text, as a draw hashes it.
    pub fn text(self) -> [u8; Self::TEXT_LENGTH] {
        base32::encode_fixed(&self.0)
    }
}

/// Which round: counted from 1 over the whole campaign, in the order of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundId(pub u32);

impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for RoundId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        text.parse().map(Self).map_err(|_| MalformedId)
    }
}

/// Which draw: the campaign's id and the first round whose entries are in it, such as `demo-618-r137`.
/// Rounds that roll over share the draw they roll into, so an entry's receipt names its draw once and for all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct DrawId(Arc<str>);

impl DrawId {
    /// The draw that opens with this round.
    pub fn of_round(campaign: &CampaignId, first_round: RoundId) -> Self {
        Self(format!("{campaign}-r{first_round}").into())
    }

    /// The draw of an offer's first moments.
    pub fn of_offer(campaign: &CampaignId, offer: &OfferId) -> Self {
        Self(format!("{campaign}-c-{offer}").into())
    }

    /// The draw of a star's fans.
    pub fn of_star(campaign: &CampaignId, star: &StarId) -> Self {
        Self(format!("{campaign}-s-{star}").into())
    }

    /// The id as it stands in proofs and URLs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DrawId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for DrawId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<DrawId> for String {
    fn from(id: DrawId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for DrawId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_short_and_plain() {
        assert!("xuan-01".parse::<StarId>().is_ok());
        for bad in ["", "Xuan", "a b", "../x", "星", &"a".repeat(25)] {
            assert_eq!(bad.parse::<StarId>(), Err(MalformedId), "{bad}");
        }
    }

    #[test]
    fn a_pseudonym_survives_json() {
        let id = EntryId([7; 16]);
        let json = serde_json::to_string(&id).expect("plain text");
        assert_eq!(serde_json::from_str::<EntryId>(&json).expect("what was written"), id);
    }
}
