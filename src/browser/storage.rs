//! Small things kept in this browser. Chat apps may forbid storage or throw it away: nothing depends on it.

use web_sys::Storage;

use super::dom;

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}

/// What was kept under this name.
pub(crate) fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// How the names of all that this page keeps begin; the shop may keep things of its own under the same address.
const OURS: &str = "carnival.";

/// Forgets what this page kept, but for the names in `except`.
pub(crate) fn forget(except: &[&str]) {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let names: Vec<_> = (0..count).filter_map(|place| storage.key(place).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(OURS) && !except.contains(&name.as_str())) {
        let _ = storage.remove_item(name);
    }
}

/// Keeps a text, if that is allowed.
pub(crate) fn write(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}
