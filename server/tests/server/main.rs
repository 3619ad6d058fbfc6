//! The server from outside: over HTTP, and as the real program.

mod bad_input;
mod browser;
mod caching;
mod card;
mod checking;
mod client;
mod html;
mod integrate;
mod limits;
mod live;
mod openapi;
mod openapi_routes;
mod policy;
mod process;
mod rehearsal;
mod scenarios;
mod shop_client;
mod shops;
mod sign_in;
mod sign_in_trip;
mod stage;
mod starting;
mod survival;
mod webhooks;
mod wechat;
mod writes;
