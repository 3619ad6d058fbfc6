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

/// Keeps a text, if that is allowed.
pub(crate) fn write(name: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(name, text);
    }
}
