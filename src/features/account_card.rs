//! Who this participant is, on their own page.

use crate::state::State;
use crate::state::account::Sheet;
use crate::text::{fill, moment_of, platform};
use crate::ui::{El, el, icon};

/// A guest and what signing in is good for, or who is signed in. Nothing at all where nobody can sign in.
pub(crate) fn account_card(state: State) -> Option<El> {
    let text = state.text();
    let (account, consent) = state.session.me(|me| (me.account.clone(), me.consent.clone()));
    let provider = state.provider().filter(|_| account.is_none());
    if account.is_none() && provider.is_none() && consent.is_none() {
        return None;
    }
    let zone = state.session.campaign().utc_offset;
    let (name, line) = match account {
        Some(account) => {
            let platform = platform(text, account.provider);
            let since = fill(text.account_since(), &[platform, &moment_of(text, account.since, zone)]);
            (account.nickname.unwrap_or_else(|| platform.to_owned()), since)
        }
        None => (text.account_guest().to_owned(), text.account_guest_text().to_owned()),
    };
    let words = el("span", "list__text").text(&name).child(el("span", "list__sub").text(&line));
    let mark = el("span", "sheet__mark").child(icon("mine"));
    let mut card = el("div", "card list section account").testid("account");
    card = card.child(el("div", "list__row").child(mark).child(words));
    if let Some(provider) = provider {
        let hint = move || state.account.outcome().map(|outcome| state.outcome_sentence(outcome)).unwrap_or_default();
        let button = el("button", "button button--quiet button--wide")
            .attr("type", "button")
            // The sheet gives the focus back to it.
            .attr("id", "sign-in")
            .testid("sign-in")
            .attr_with("data-state", move || state.account.is_opening().then_some("sending"))
            .on_click(move || state.open_sheet(Sheet::Consent(provider)))
            .text(&fill(text.sign_in_with(), &[platform(text, provider)]));
        card = card.child(el("div", "account__way").child(el("p", "hint").text_with(hint)).child(button));
    }
    if let Some(consent) = consent {
        let given = fill(text.consent_given(), &[&moment_of(text, consent.given_at, zone)]);
        let withdraw = el("button", "list__row").attr("type", "button").attr("id", "withdraw").testid("withdraw");
        let words = el("span", "list__text").text(text.withdraw()).child(el("span", "list__sub").text(&given));
        let open = move || state.open_sheet(Sheet::Withdrawal);
        card = card.child(withdraw.on_click(open).child(words).child(icon("next")));
    }
    Some(card)
}
