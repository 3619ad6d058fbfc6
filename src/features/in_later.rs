//! Buttons whose doing is in the page's last file.

use crate::state::State;
use crate::state::rest::Arrival;
use crate::ui::El;
use crate::var::Var;

/// From its tap until that file is there the button shows that it waits; the tap is kept meanwhile.
pub(super) fn in_later(state: State, button: El, then: impl Fn() + 'static) -> El {
    let is_tapped = Var::new(false);
    let waits = move || is_tapped.get() && state.rest.later().arrival() != Arrival::Here;
    button.attr_with("data-state", move || waits().then_some("sending")).on_click(move || {
        is_tapped.set(true);
        then();
    })
}
