//! Parts of pages that mean something in a campaign. They read the state and ask it to act, and decide nothing.

mod check_button;
mod countdown;
mod coupon_card;
mod draw_result;
mod entry_button;
mod guide_line;
mod item_card;
mod ledger;
mod overlay;
mod pk_bar;
mod poster;
mod prize_pool;
mod share_button;
mod standings;
mod star_row;
mod tab_bar;
mod vote_button;
mod win;

pub(crate) use check_button::check_button;
pub(crate) use countdown::{countdown, countdown_to};
pub(crate) use coupon_card::{coupon_card, my_coupon};
pub(crate) use draw_result::{draw_result, draw_said};
pub(crate) use entry_button::{entry_button, entry_hint};
pub(crate) use guide_line::guide_line;
pub(crate) use item_card::item_card;
pub(crate) use ledger::ledger;
pub(crate) use overlay::overlay_layer;
pub(crate) use pk_bar::pk_bar;
pub(crate) use poster::poster_button;
pub(crate) use prize_pool::prize_pool;
pub(crate) use share_button::{ShareLook, share_button};
pub(crate) use standings::standings;
pub(crate) use star_row::star_row;
pub(crate) use tab_bar::tab_bar;
pub(crate) use vote_button::vote_button;
pub(crate) use win::win_stands;
