//! Who asks: guests by a signed cookie, whom the platforms know, and the secrets that sign.

pub(crate) mod cookies;
pub mod delivery_key;
pub mod guest;
pub mod operator_key;
pub mod origin;
pub(crate) mod sealed;
pub mod secrets;
pub mod shops;
pub(crate) mod sign_in;
