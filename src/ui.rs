//! Looks without meaning: no word of the campaign is known here, and no state.

mod digits;
mod icon;
mod masthead;
mod progress;
mod section;
mod toast_stack;

pub(crate) use crate::browser::view::{El, IntoEls, each_tick, effect, el, svg, together};
pub(crate) use digits::{digits, rolling_digits};
pub(crate) use icon::icon;
pub(crate) use masthead::masthead;
pub(crate) use progress::{progress, ratio};
pub(crate) use section::{Section, section};
pub(crate) use toast_stack::toast_stack;
