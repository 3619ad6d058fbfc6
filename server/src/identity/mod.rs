//! Who asks: guests by a signed cookie, and the secrets that sign.

pub mod guest;
pub mod origin;
pub mod secrets;
