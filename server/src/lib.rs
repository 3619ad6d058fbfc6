//! The server: HTTP, identity, the durable store, the live stream.
//!
//! It holds no rule of the game. A request goes through `http` and `identity` to `store`, which runs
//! `carnival-engine` over the database; `live` shows everybody what came of it.

pub mod app;
mod beacon;
pub mod card;
pub mod check;
pub mod cli;
pub mod clock;
mod codes;
pub mod crowd;
pub mod failure;
pub mod http;
pub mod identity;
pub mod live;
pub mod operator;
pub mod platform;
mod poster;
mod random;
pub mod simulate;
pub mod site;
pub mod start;
pub mod store;
pub mod verify;
pub mod webhooks;
