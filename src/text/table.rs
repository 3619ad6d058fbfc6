//! The table's columns. One struct of plain texts: a language is a constant, and a missing sentence does not compile.
//!
//! The build reads this file too: it writes the texts of other languages than Chinese into files of their own.

use super::zh;

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The sentences of one language, as they are written down.
        pub(crate) struct Sentences {
            /// The months' names.
            pub(crate) months: [&'static str; 12],
            $($(#[$doc])* pub(crate) $name: &'static str,)*
        }

        // The page calls none of these, the build one, the tests all.
        #[allow(dead_code, reason = "not everybody who reads this file calls all of it")]
        impl Sentences {
            /// Every sentence with its name.
            pub(crate) fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }

            /// Everything in the order of this table, as it stands in a file: the months first.
            pub(crate) fn words(&self) -> Vec<&'static str> {
                let mut words = self.months.to_vec();
                words.extend([$(self.$name),*]);
                words
            }
        }

        /// Where each stands in a file.
        #[allow(non_camel_case_types, reason = "they are called as the sentences are")]
        enum Place {
            $($name,)*
            /// Behind them all.
            End,
        }

        #[allow(dead_code, reason = "not everybody who reads this file calls all of it")]
        impl Text {
            $(
                $(#[$doc])*
                #[inline]
                pub(crate) fn $name(&self) -> &'static str {
                    const CHINESE: &str = zh::TEXT.$name;
                    self.word(MONTHS + Place::$name as usize, CHINESE)
                }
            )*
        }
    };
}

/// How many months come before the sentences.
const MONTHS: usize = zh::TEXT.months.len();

/// The sentences of the language that is spoken. A Chinese one is in the file of the page that says it, and nowhere else: so
/// each has a function, and no table holds them together. Those of another language come in one list.
pub(crate) struct Text(Option<Vec<&'static str>>);

#[allow(dead_code, reason = "not everybody who reads this file calls all of it")]
impl Text {
    /// Chinese.
    pub(crate) const CHINESE: Self = Self(None);

    /// Another language, by its words in the order of the table; none if they are too few or too many.
    pub(crate) fn of_words(words: Vec<&'static str>) -> Option<Self> {
        (words.len() == MONTHS + Place::End as usize).then_some(Self(Some(words)))
    }

    /// The name of a month, from 0.
    pub(crate) fn month(&self, number: usize) -> Option<&'static str> {
        const CHINESE: [&str; MONTHS] = zh::TEXT.months;
        Some(self.word(number, CHINESE.get(number).copied()?))
    }

    #[inline(never)]
    fn word(&self, place: usize, chinese: &'static str) -> &'static str {
        self.0.as_ref().and_then(|words| words.get(place).copied()).unwrap_or(chinese)
    }
}

table! {
    /// A date: month, day.
    date,
    /// When asking again makes sense, appended to a refusal.
    available_at,
    /// A tab.
    tab_rush,
    /// A tab.
    tab_stars,
    /// A tab.
    tab_coupons,
    /// A tab.
    tab_goods,
    /// A tab.
    tab_mine,
    /// What the tab bar is.
    tabs_label,
    /// The share button.
    share,
    /// The wide share button.
    share_with_friends,
    /// The way back to the list.
    back,
    /// Closes what lies over the page.
    close,
    /// Leads to the whole list.
    see_all,
    /// The page's title where a round is 6:18 long.
    rush_title,
    /// A round.
    round,
    /// A round that has not begun.
    phase_scheduled,
    /// A round that can be entered.
    phase_open,
    /// A round after the bell.
    phase_sealed,
    /// No round is left.
    phase_over,
    /// Under the countdown.
    caption_scheduled,
    /// Under the countdown.
    caption_open,
    /// Under the countdown.
    caption_sealed,
    /// Under the countdown.
    phase_paused,
    /// Under the countdown.
    caption_drawn,
    /// Under the countdown.
    caption_over,
    /// What the countdown says aloud.
    remaining,
    /// Before the participants.
    participants,
    /// After the participants: the target.
    of_target,
    /// The one thing to do.
    join,
    /// Under it.
    join_paused,
    /// What is said while the rounds are paused.
    join_paused_sub,
    /// Of an entry that waits.
    join_waits_share,
    /// Of an entry that waits.
    join_waits_visit,
    /// On the button.
    join_free,
    /// Under it, on its way.
    join_sending,
    /// Instead of it.
    joined,
    /// Under it: the entry's short number.
    receipt_short,
    /// Instead of it, before the round.
    join_scheduled,
    /// Instead of it, after the bell.
    join_sealed,
    /// Under it.
    join_next,
    /// Under the button.
    odds,
    /// The pool.
    pool,
    /// What it is worth.
    pool_worth,
    /// What was carried in.
    pool_carried,
    /// A section.
    last_round,
    /// Over a result.
    result_at,
    /// A result.
    result_won,
    /// Under it.
    result_won_text,
    /// The button of a prize that is to be claimed.
    win_fill_in,
    /// Until when: a moment.
    win_claim_by,
    /// Where a prize goes: masked name, number and address.
    win_claimed,
    /// The button beside that.
    win_change,
    /// How a prize stands.
    win_dispatched,
    /// How a prize stands.
    win_lapsed,
    /// Which reserve.
    win_reserve,
    /// A result.
    result_lost,
    /// Under it.
    result_lost_text,
    /// A result.
    result_drawn,
    /// Under it.
    result_drawn_text,
    /// A result.
    result_rolled,
    /// Under it.
    result_rolled_mine,
    /// Under it.
    result_rolled_text,
    /// A result.
    result_awaited,
    /// Under it.
    result_awaited_text,
    /// A section.
    top_stars,
    /// A section.
    open_coupons,
    /// A section.
    ledger,
    /// How a round ended.
    ledger_drawn,
    /// How a round ended.
    ledger_rolled,
    /// How a round ended.
    ledger_awaited,
    /// A fact of a round.
    ledger_pool,
    /// A fact of a round.
    ledger_count,
    /// Who won.
    ledger_winners,
    /// Who else won.
    ledger_paused,
    /// Appended: how many winners.
    ledger_more,
    /// Has a draw checked.
    check_draw,
    /// A page.
    stars_title,
    /// Over a countdown.
    next_reveal,
    /// Instead of it.
    all_revealed,
    /// A section.
    leaderboard,
    /// A board.
    board_overall,
    /// A board.
    board_day,
    /// What the choice is.
    boards_label,
    /// Of the participant.
    votes_left,
    /// Under the board.
    votes_rule,
    /// The button.
    vote,
    /// The same, said aloud.
    vote_for,
    /// Instead of it.
    voted,
    /// Instead of it.
    vote_spent,
    /// Instead of it.
    vote_closed,
    /// Instead of it.
    vote_over,
    /// Instead of the votes left.
    board_final,
    /// A section.
    fans_title,
    /// The rule; when voting ends, how many draws are held.
    fans_how,
    /// Over prizes.
    fans_prizes,
    /// In the rules; how many prizes.
    fans_odds,
    /// On a star's page, before one has voted; how many draws are held.
    fans_hint,
    /// On a star's page, over one's place.
    fans_in,
    /// A section.
    fans_mine,
    /// How a place stands.
    fans_undrawn,
    /// How a draw ended; how many draws are held.
    fans_undrawn_why,
    /// How a draw ended; among how many.
    fans_drawn,
    /// How a draw stands.
    fans_awaited,
    /// Over a number.
    votes,
    /// Over a number.
    place,
    /// Over a number.
    lead,
    /// Over a number.
    behind,
    /// Under the two at the top.
    pk_leads,
    /// Under the two at the top.
    pk_tied,
    /// A movement, said aloud.
    up,
    /// A movement, said aloud.
    down,
    /// Who is not revealed.
    mystery,
    /// Under it.
    mystery_text,
    /// When they will be.
    reveals,
    /// A page.
    star_title,
    /// A star's place.
    star_fact,
    /// The big button.
    vote_big,
    /// The button under it.
    star_share,
    /// A star that the campaign has not.
    star_missing,
    /// Under it.
    star_missing_text,
    /// The way on.
    to_stars,
    /// A page.
    coupons_title,
    /// Under the title.
    coupons_fact,
    /// A section.
    my_coupons,
    /// A section.
    all_coupons,
    /// From which sum on.
    threshold,
    /// From any sum on.
    no_threshold,
    /// What is left.
    stock_left,
    /// What is left, when it is little.
    stock_few,
    /// The button.
    claim,
    /// Instead of it.
    claiming,
    /// Instead of it.
    claim_soon,
    /// Instead of it.
    claim_sold_out,
    /// Instead of it.
    claim_over,
    /// Over a countdown.
    opens_in,
    /// When it opens.
    opens_at,
    /// Instead of the stock.
    sold_out,
    /// Instead of the stock.
    over,
    /// The stamp.
    claimed,
    /// Of an offer whose first taps are drawn; `{0}` is how many seconds long.
    fair_start,
    /// Instead of the stock, with the time until the result.
    in_draw,
    /// On the button meanwhile.
    drawing,
    /// Of a draw without luck.
    not_drawn,
    /// The stamp of a coupon that an order used.
    used,
    /// Instead of the stock.
    have_it,
    /// Of a coupon.
    valid_until,
    /// Of an offer.
    valid_days,
    /// The button.
    copy,
    /// A page.
    goods_title,
    /// Under the title.
    goods_fact,
    /// The way to the shop.
    buy,
    /// A page.
    mine_title,
    /// Under the title.
    mine_fact,
    /// Under the title, for those who signed in.
    mine_fact_account,
    /// A number.
    tally_rounds,
    /// A number.
    tally_coupons,
    /// A number.
    tally_votes,
    /// A number.
    tally_visits,
    /// A section: visits by the ways of links.
    reach,
    /// How far one's word went: people, hops.
    reach_said,
    /// A number that may be more.
    reach_least,
    /// A generation.
    reach_hop,
    /// What it is.
    reach_fact,
    /// Instead of the picture.
    reach_none,
    /// A section: votes that one's links brought.
    canvassed,
    /// Beside a star: how many.
    canvassed_line,
    /// A way of a link.
    way_friend,
    /// A way of a link.
    way_group,
    /// A way of a link.
    way_moments,
    /// A way of a link.
    way_qzone,
    /// A way of a link.
    way_official,
    /// A way of a link.
    way_offline,
    /// Who one is.
    account_guest,
    /// What signing in is good for.
    account_guest_text,
    /// Who one is: platform, since when.
    account_since,
    /// A platform.
    wechat,
    /// The button: which platform.
    sign_in_with,
    /// Under the button that takes it back.
    consent_given,
    /// The line that leads to the sheet.
    withdraw,
    /// How it ended.
    signed_in,
    /// How it ended.
    sign_in_refused,
    /// How it ended.
    sign_in_snapshot,
    /// How it ended.
    sign_in_consent,
    /// How it ended.
    sign_in_failed,
    /// A section.
    my_wins,
    /// Under a prize.
    win_sub,
    /// Under a prize.
    win_sub_fans,
    /// A section.
    my_entries,
    /// Under an entry.
    entry_at,
    /// How an entry stands.
    entry_waiting,
    /// How an entry stands.
    entry_won,
    /// How an entry stands.
    entry_lost,
    /// How an entry stands.
    entry_void,
    /// How an entry stands.
    entry_carried,
    /// Instead of a list.
    no_entries,
    /// The way on.
    to_rush,
    /// A section.
    my_votes,
    /// Beside a star.
    votes_line,
    /// Beside a star.
    votes_line_today,
    /// Instead of a list.
    no_votes,
    /// Instead of a list.
    no_coupons,
    /// A section.
    my_data,
    /// A line that leads to a sheet.
    export,
    /// Under it.
    export_sub,
    /// A line that leads to a sheet.
    erase,
    /// Under it.
    erase_sub,
    /// A section.
    settings,
    /// A setting.
    language,
    /// A page.
    rules,
    /// A rule.
    rules_dates,
    /// A rule.
    rules_how,
    /// A rule.
    rules_how_1,
    /// A rule.
    rules_how_2,
    /// A rule.
    rules_how_3,
    /// A rule.
    rules_how_share,
    /// Where a visit is asked for.
    rules_how_visit,
    /// How prizes are claimed: hours.
    rules_claim,
    /// A heading.
    rules_odds,
    /// A rule.
    rules_odds_text,
    /// A rule.
    rules_prizes,
    /// A rule.
    rules_proof,
    /// A rule.
    rules_proof_text,
    /// What is kept of a participant.
    rules_privacy,
    /// The notice: days, contact.
    rules_privacy_text,
    /// What signing in means for it.
    rules_privacy_sign_in,
    /// What the JS-SDK tells WeChat.
    rules_delivery,
    /// What the SDK says of the page.
    rules_privacy_sdk,
    /// Leads to the organiser's own notice.
    rules_privacy_full,
    /// A rule.
    rules_organiser,
    /// A rule.
    rules_contact,
    /// A rule.
    rules_filing,
    /// A path that is not ours.
    missing_title,
    /// Under it.
    missing_text,
    /// The arrow to the menu.
    share_guide,
    /// Under it.
    tap_to_close,
    /// The sheet.
    share_sheet,
    /// In it.
    share_sheet_text,
    /// In it, said aloud.
    share_link,
    /// A toast.
    share_failed,
    /// The way to a poster.
    poster_make,
    /// A toast.
    copy_failed,
    /// A toast.
    toast_link_copied,
    /// A toast.
    toast_copied,
    /// A toast.
    toast_claimed,
    /// A toast.
    toast_withdrawn,
    /// A toast.
    toast_won,
    /// A toast.
    toast_lost,
    /// A toast.
    toast_rolled_over,
    /// A toast: the words of another language can't be had. Those who wait for them read it in theirs.
    words_missing,
    /// The one calm line.
    offline,
    /// Over the page of a rehearsal.
    rehearsal,
    /// A step.
    guide_enter,
    /// A step.
    guide_wait_draw,
    /// A step.
    guide_wait_round,
    /// So many minutes are left.
    in_minutes,
    /// So many seconds are left, in tens.
    in_seconds,
    /// A refusal.
    refused_round_not_open,
    /// A refusal.
    refused_round_closed,
    /// A refusal.
    refused_star_not_revealed,
    /// A refusal.
    refused_voting_not_begun,
    /// A refusal.
    refused_voting_over,
    /// A refusal.
    refused_vote_quota,
    /// A refusal.
    refused_star_quota,
    /// A refusal.
    refused_offer_not_open,
    /// A refusal.
    refused_offer_over,
    /// A refusal.
    refused_sold_out,
    /// A refusal.
    refused_limit,
    /// A refusal.
    refused_paused,
    /// A refusal.
    refused_lapsed,
    /// A refusal.
    refused_dispatched,
    /// A refusal.
    refused_busy,
    /// A refusal.
    refused_gone,
    /// A refusal.
    refused_broken,
    /// A refusal.
    refused_network,
}
