//! How far one's word went, and which ways people came by: facts, and nothing to win by them.

use carnival_domain::reach::Reach;
use carnival_domain::share_token::Channel;

use super::friends::reach_fact;
use crate::state::State;
use crate::text::{Text, fill, grouped};
use crate::ui::{El, Section, el, progress, section, svg};
use crate::var::Var;

/// The picture's width, and half of it: where everything begins.
const WIDTH: u32 = 360;
/// How far apart rings are where there are so many: few rings are wide, and six still fit.
const STEPS: [u32; 7] = [0, 52, 48, 42, 34, 29, 25];
/// The first ring is so much nearer or farther than its step.
const FIRST: u32 = 6;
/// Half of the arc on which people stand, degrees.
const HALF_ARC: i32 = 76;

/// The picture and the ways; what is meant to be there, as long as nobody came.
pub(crate) fn reach(state: State, counted: Var<Option<Reach>>) -> El {
    let text = state.text();
    let (visits, whole) = state.session.me(|me| (me.visits_by_channel.clone(), me.visit_count));
    let over = Section { title: text.reach(), ..Section::default() };
    if visits.is_empty() {
        let nobody = el("div", "card empty").testid("no-reach").child(el("p", "").text(text.reach_none()));
        return section(&over, nobody);
    }
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
    let picture = el("div", "card ripples").testid("ripples");
    let picture = picture.child_with(move || counted.with(|reach| reach.as_ref().map(|reach| ripples(state, reach))));
    section(&over, vec![picture, el("ul", "card list reach-ways").testid("reach").child(lines)])
}

/// Rings around the one whose word it is, people on them, and the same in words.
fn ripples(state: State, reach: &Reach) -> El {
    let text = state.text();
    let hops = reach.generations.len() as u32;
    let total = grouped(u64::from(reach.total()));
    let total = if reach.is_whole { total } else { fill(text.reach_least(), &[&total]) };
    let said = fill(text.reach_said(), &[&total, &hops.to_string()]);
    let legend: Vec<_> = (1..)
        .zip(&reach.generations)
        .map(|(hop, count): (u32, _)| {
            let hop = hop.to_string();
            el("li", "ripples__hop")
                .attr("data-hop", &hop)
                .child(el("span", "").text(&fill(text.reach_hop(), &[&hop])))
                .child(el("strong", "").text(&grouped(u64::from(*count))))
        })
        .collect();
    el("div", "")
        .child(el("p", "ripples__said").text(&said))
        .child(rings(&reach.generations))
        .child(el("ul", "ripples__legend").child(legend))
        .child(el("p", "hint").text(reach_fact(state)))
}

fn rings(generations: &[u32]) -> El {
    let step = STEPS.get(generations.len()).copied().unwrap_or(25);
    let radius = |hop: u32| FIRST + hop * step;
    let outermost = radius(generations.len() as u32);
    let height = outermost + 26;
    let number = |number: u32| number.to_string();
    let picture = svg("svg", "ripples__picture")
        .attr("viewBox", &["0 0 ", &number(WIDTH), " ", &number(height)].concat())
        // The words beside it say the same.
        .attr("aria-hidden", "true");
    let center = ["translate(", &number(WIDTH / 2), " ", &number(outermost + 12), ")"].concat();
    let mut middle = svg("g", "").attr("transform", &center);
    for (hop, count) in (1_u32..).zip(generations) {
        let ring = svg("circle", "ripples__ring").attr("r", &number(radius(hop)));
        middle = middle.child(ring).child(people(hop, radius(hop), *count));
    }
    picture.child(middle.child(svg("circle", "ripples__me").attr("r", "9")))
}

/// As many as there is room for on a ring, evenly to both sides of its top.
fn people(hop: u32, radius: u32, count: u32) -> El {
    // At 14 units apart; a degree of the ring is radius / 57 long.
    let apart = (14 * 57 / radius.max(1)).max(2) as i32 / 2 * 2;
    let room = (2 * HALF_ARC / apart + 1) as u32;
    let shown = count.min(room) as i32;
    let mut ring = svg("g", "ripples__people").attr("data-hop", &hop.to_string());
    for place in 0..shown {
        let degrees = (2 * place - (shown - 1)) * apart / 2;
        let turned = ["rotate(", &degrees.to_string(), ")"].concat();
        let up = ["-", &radius.to_string()].concat();
        ring = ring.child(svg("circle", "").attr("r", "4.5").attr("cy", &up).attr("transform", &turned));
    }
    ring
}

fn way(text: &Text, channel: Channel) -> &'static str {
    match channel {
        Channel::Friend => text.way_friend(),
        Channel::Group => text.way_group(),
        Channel::Moments => text.way_moments(),
        Channel::Qq => "QQ",
        Channel::Qzone => text.way_qzone(),
        Channel::Official => text.way_official(),
        Channel::Offline => text.way_offline(),
    }
}
