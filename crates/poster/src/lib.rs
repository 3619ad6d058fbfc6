//! The poster: a picture to keep, with the way into the campaign as a QR code.
//!
//! What stands on it is a [`Poster`], where it stands is a list of [`Step`]s in plain numbers. Two painters follow that
//! list: the page's, on a canvas (`page`, the side module), and the server's, as a JPEG for those who can't paint. So
//! both make the same poster, and what must hold of it is held without a browser.
//!
//! Nobody but the campaign, its stars and its goods is on a poster: no participant's name or picture.

mod code;
mod fit;
mod layout;
#[cfg(target_arch = "wasm32")]
pub mod page;
mod poster;
mod step;
mod words;

pub use code::{QUIET_MODULES, TooLong};
pub use layout::{HEIGHT, SCALE, WIDTH, steps};
pub use poster::{Entry, Poster, Subject};
pub use step::{Anchor, Area, Ink, Line, Paint, Shape, Step};

/// What a poster's JPEG may weigh, bytes. Larger data URLs are slow to hold on old phones, and have crashed menus of
/// pictures.
pub const BYTES_MAX: usize = 500_000;
