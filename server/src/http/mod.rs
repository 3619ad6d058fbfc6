//! HTTP: what is at which path, and what stands around all of it.

pub mod encoding;

mod access_log;
mod auth;
mod auth_return;
mod auth_start;
mod cast_vote;
mod claim_coupon;
mod crawler;
mod enter_round;
mod error;
mod extract;
mod get_campaign;
mod get_draw_entries;
mod get_file;
mod get_health;
mod get_leaderboard;
mod get_live;
mod get_me;
mod get_openapi;
mod get_page;
mod get_problem;
mod get_proof;
mod get_receipt;
mod get_rounds;
mod get_time;
mod get_wechat_signature;
mod get_well_known;
mod give_consent;
mod guard;
mod limits;
mod make_link;
pub mod rate;
mod record_visit;
pub mod router;
pub mod serve;
mod withdraw_consent;
