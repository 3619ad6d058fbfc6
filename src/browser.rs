//! The browser, one capability a file. With `host` and `api`, the only place that names `web_sys`.

pub(crate) mod boot;
pub(crate) mod clipboard;
pub(crate) mod dom;
pub(crate) mod events;
pub(crate) mod frame;
pub(crate) mod glide;
pub(crate) mod history;
pub(crate) mod language;
pub(crate) mod roll;
pub(crate) mod side;
pub(crate) mod stage;
pub(crate) mod storage;
pub(crate) mod timer;
pub(crate) mod trap;
pub(crate) mod turns;
pub(crate) mod view;
