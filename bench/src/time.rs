//! The machine's time, as the server sees it.

use carnival_server::clock::{Clock as _, SystemClock};

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    SystemClock::start().now().as_ms()
}
