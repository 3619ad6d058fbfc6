//! The board's first rows in the document: who looks sees the stars with the first paint, and can vote.

use carnival_contract::replies::VotesCast;
use carnival_domain::campaign::Campaign;
use carnival_domain::leaderboard::places;
use carnival_domain::number::grouped;
use carnival_domain::time::Timestamp;
use carnival_domain::vote::{VoteState, VotesToday};

use super::escape::html;
use crate::live::Board;

/// As many as a tall phone shows.
const MOST_ROWS: usize = 8;
/// So many places have a medal, as in `src/features/star_row.rs`.
const MEDALS: u32 = 3;

/// How a row and its button look, from comments in `index.html`.
#[derive(Debug, Default)]
pub(super) struct Forms {
    row: String,
    buttons: Vec<(String, String)>,
}

impl Forms {
    /// Takes them out of the document.
    pub(super) fn take(document: &str) -> (Self, String) {
        let (mut forms, mut plain) = (Self::default(), String::with_capacity(document.len()));
        let mut rest = document;
        while let Some((before, form)) = rest.split_once("<!--carnival:form") {
            plain.push_str(before);
            let (form, after) = form.split_once("-->").unwrap_or((form, ""));
            let (name, form) = form.split_once('\n').unwrap_or(("", form));
            match name.trim() {
                "" => forms.row = form.trim().to_owned(),
                state => forms.buttons.push((state.to_owned(), form.trim().to_owned())),
            }
            rest = after;
        }
        plain.push_str(rest);
        (forms, plain)
    }

    /// The first rows of the board, for somebody who cast these votes; nothing if the document has no form for them.
    pub(super) fn rows(&self, campaign: &Campaign, board: &Board, votes: Option<&VotesCast>, now: Timestamp) -> String {
        let mut rows = String::new();
        if self.row.is_empty() {
            return rows;
        }
        let today = campaign.day_at(now);
        let tallies = &board.tallies;
        for place in places(tallies).into_iter().take(MOST_ROWS) {
            let star_id = &tallies[place.index as usize].star_id;
            let Some(star) = board.stars.iter().find(|star| star.id == *star_id) else { continue };
            let used = votes.map_or_else(VotesToday::default, |votes| VotesToday {
                all: votes.all_on(today),
                for_star: votes.for_star_on(star_id, today),
                by_friends: votes.earned_on(today),
            });
            let state = VoteState::of(campaign.voting, campaign.starts_at..campaign.ends_at, used, now);
            let button = self.buttons.iter().find(|(name, _)| name == state.as_str()).map_or("", |(_, form)| form);
            let medal = if place.rank <= MEDALS { format!(" data-rank=\"{}\"", place.rank) } else { String::new() };
            let values = [
                ("button", button.to_owned()),
                ("medal", medal),
                ("rank", place.rank.to_string()),
                ("votes", grouped(place.vote_count)),
                ("id", html(star_id.as_str())),
                ("portrait", html(&star.portrait)),
                ("name_en", html(&star.name.en)),
                ("name", html(&star.name.zh)),
                ("epithet_en", html(&star.epithet.en)),
                ("epithet", html(&star.epithet.zh)),
            ];
            rows.push_str(&filled(&filled(&self.row, &values[..1]), &values[1..]));
        }
        rows
    }
}

/// A form with its names in curly brackets replaced, each once looked at: what a value contains is no name.
fn filled(form: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(form.len() * 2);
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        rest = match value {
            Some((value, after)) => {
                text.push_str(value);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::replies::StarVotes;
    use carnival_contract::scenarios::campaign::campaign;
    use carnival_contract::snapshot::StarView;
    use carnival_domain::campaign::Star;
    use carnival_domain::leaderboard::Tally;
    use carnival_domain::vote::cast_vote;

    /// The first rows for somebody with these votes today: rank, votes, state of the button.
    fn seen(counts: &[u64], cast: &[usize], now_from_start_ms: i64) -> Vec<String> {
        let mut campaign = campaign();
        campaign.stars.iter_mut().for_each(|star| star.reveals_at = campaign.starts_at);
        let now = campaign.starts_at.plus_ms(now_from_start_ms);
        let view = |star: &Star| StarView {
            id: star.id.clone(),
            name: star.name.clone(),
            epithet: star.epithet.clone(),
            portrait: star.portrait.clone(),
            color: star.color.clone(),
        };
        let stars: Vec<_> = campaign.stars.iter().take(counts.len()).map(view).collect();
        let tally =
            |(star, count): (&StarView, &u64)| Tally { star_id: star.id.clone(), vote_count: *count, reached: *count };
        let tallies = stars.iter().zip(counts).map(tally).collect();
        let by_star = cast.iter().map(|star| StarVotes { star_id: stars[*star].id.clone(), vote_count: 1 }).collect();
        let votes = VotesCast { day: Some(campaign.day_at(now)), by_star, ..VotesCast::default() };
        let states = ["ready", "voted", "spent", "closed", "over"].map(|state| (state.to_owned(), state.to_owned()));
        let forms = Forms { row: "{rank} {votes} {button};".to_owned(), buttons: states.to_vec() };
        let rows = forms.rows(&campaign, &Board { stars, tallies }, Some(&votes), now);
        rows.split_terminator(';').map(str::to_owned).collect()
    }

    #[test]
    fn the_best_stand_first_and_each_button_says_what_the_rule_would() {
        assert_eq!(seen(&[5, 7], &[], 0), ["1 7 ready", "2 5 ready"]);
        assert_eq!(seen(&[5, 7], &[0], 0), ["1 7 ready", "2 5 voted"]);
        assert_eq!(seen(&[4, 3, 2, 1], &[0, 1, 2], 0), ["1 4 voted", "2 3 voted", "3 2 voted", "4 1 spent"]);
        assert_eq!(seen(&[5, 7], &[], -1), ["1 7 closed", "2 5 closed"]);
        assert_eq!(seen(&[5, 7], &[0], 400 * 86_400_000), ["1 7 over", "2 5 over"]);
    }

    #[test]
    fn a_button_is_ready_when_the_rule_takes_a_vote_and_only_then() {
        let mut campaign = campaign();
        campaign.stars.iter_mut().for_each(|star| star.reveals_at = campaign.starts_at);
        let open = campaign.starts_at..campaign.ends_at;
        let times = [open.start.plus_ms(-1), open.start, open.end.plus_ms(-1), open.end];
        let uses =
            (0..6).flat_map(|all| (0..4).flat_map(move |for_star| (0..3).map(move |more| (all, for_star, more))));
        for (now, (all, for_star, by_friends)) in
            times.into_iter().flat_map(|now| uses.clone().map(move |used| (now, used)))
        {
            let used = VotesToday { all, for_star, by_friends };
            let is_ready = VoteState::of(campaign.voting, open.clone(), used, now) == VoteState::Ready;
            let is_taken = cast_vote(&campaign, campaign.stars.first(), used, now).is_ok();
            assert_eq!(is_ready, is_taken, "{used:?} at {now:?}");
        }
    }

    #[test]
    fn forms_leave_the_document() {
        let (forms, plain) =
            Forms::take("a<!--carnival:form\n<li>{name}{button}</li>\n-->b<!--carnival:form ready\n<b>\n-->c");
        assert_eq!((plain.as_str(), forms.row.as_str()), ("abc", "<li>{name}{button}</li>"));
        assert_eq!(forms.buttons, [("ready".to_owned(), "<b>".to_owned())]);
    }

    #[test]
    fn what_a_name_contains_is_no_place_to_fill() {
        let values = [("name", "{votes} <".to_owned()), ("votes", "7".to_owned())];
        assert_eq!(filled("{name}|{votes}|{other}", &values), "{votes} <|7|{other}");
    }
}
