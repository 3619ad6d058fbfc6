//! The button that has a draw checked in the shopper's own browser.

use carnival_domain::ids::DrawId;

use crate::state::State;
use crate::ui::{El, el};

/// The button, in a look of the place where it stands.
pub(crate) fn check_button(state: State, draw: &DrawId, class: &str) -> El {
    let draw = draw.clone();
    let button = el("button", class).attr("type", "button").testid("verify").text(state.text().check_draw());
    let itself = button.clone();
    button.on_click(move || state.check_draw(draw.clone(), itself.clone()))
}
