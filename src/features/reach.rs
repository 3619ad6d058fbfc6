//! Which ways people came by.

use carnival_domain::share_token::Channel;

use crate::state::State;
use crate::text::Text;
use crate::ui::{El, Section, el, progress, section};

/// How many people opened a link of theirs, by the way it went; nothing as long as nobody did.
pub(crate) fn reach(state: State) -> Option<El> {
    let text = state.text();
    let (visits, whole) = state.session.me(|me| (me.visits_by_channel.clone(), me.visit_count));
    let lines: Vec<_> = visits
        .iter()
        .map(|visits| {
            let count = visits.visit_count;
            el("li", "list__row reach")
                .child(el("span", "reach__way").text(way(text, visits.channel)))
                .child(progress(move || (count, whole)))
                .child(el("strong", "reach__count").text(&count.to_string()))
        })
        .collect();
    let over = Section { title: text.reach, ..Section::default() };
    (!lines.is_empty()).then(|| section(&over, el("ul", "card list").testid("reach").child(lines)))
}

fn way(text: &Text, channel: Channel) -> &'static str {
    match channel {
        Channel::Friend => text.way_friend,
        Channel::Group => text.way_group,
        Channel::Moments => text.way_moments,
        Channel::Qq => "QQ",
        Channel::Qzone => text.way_qzone,
        Channel::Official => text.way_official,
        Channel::Offline => text.way_offline,
    }
}
