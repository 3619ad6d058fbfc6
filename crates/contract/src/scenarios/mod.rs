//! The talks that every back end must hold alike.
//!
//! Each scenario is one rule, told as a talk between participants and a back end. A back end that is to be
//! tested implements [`Stage`], and [`scenarios!`](crate::scenarios!) makes a test of each.

pub mod audits;
pub mod campaign;
pub mod canvassing;
pub mod claims;
pub mod consents;
pub mod coupons;
pub mod erasure;
pub mod export;
pub mod fans;
pub mod friends;
pub mod links;
pub mod participation;
pub mod pauses;
pub mod picks;
pub mod rounds;
pub mod shops;
pub mod starts;
pub mod votes;

use std::fmt::Debug;

use carnival_domain::campaign::Campaign;
use carnival_domain::ids::{EntryId, RoundId};

use crate::api::{CampaignApi, Reply};
use crate::error_code::ErrorCode;
use crate::idempotency::IdempotencyKey;
use crate::live::RoundView;
use crate::replies::{DeliveriesReply, Dispatched, PauseReply};
use crate::requests::PauseNote;
use crate::shop::ShopApi;

/// A back end that runs [`campaign::campaign`], empty but for [`campaign::codes`], with a clock that begins at [`campaign::noon`] and
/// moves only when told to.
#[expect(async_fn_in_trait, reason = "used with known types only, in tests")]
pub trait Stage {
    /// A connection to it.
    type Participant: CampaignApi;
    /// A shop's connection to it.
    type Shop: ShopApi;

    /// A participant nobody has seen before.
    async fn participant(&self) -> Self::Participant;
    /// A shop's server, with its key.
    async fn shop(&self) -> Self::Shop;
    /// Moves the clock.
    async fn advance_ms(&self, ms: i64);
    /// Waits until everybody sees what was answered to anybody.
    async fn published(&self);
    /// Another back end of the same kind, which runs another campaign.
    async fn playing(&self, campaign: Campaign) -> Self;

    /// The operator stops the rounds.
    async fn pause(&self, note: &PauseNote) -> Reply<PauseReply>;
    /// The operator lets them go on.
    async fn resume(&self, note: &PauseNote) -> Reply<PauseReply>;
    /// The operator looks what is to be sent.
    async fn deliveries(&self) -> Reply<DeliveriesReply>;
    /// The operator sent some of it.
    async fn dispatched(&self, entries: &[EntryId]) -> Reply<Dispatched>;
}

/// Makes a test of every scenario: `scenarios! { #[tokio::test] => stage() }`. `$stage` is an expression that makes a [`Stage`], awaited for each;
/// the attributes go on every test.
#[macro_export]
macro_rules! scenarios {
    ($(#[$attribute:meta])* => $stage:expr) => {
        $crate::scenarios! { @modules [$(#[$attribute])*] $stage;
            rounds {
                a_participant_is_in_a_round_once
                a_round_is_closed_from_the_bell_on
                a_round_below_its_target_rolls_over_with_pool_and_entries
                a_round_that_meets_its_target_is_drawn_and_anyone_can_check_it
                winners_find_their_prizes_among_their_things
                a_draw_keeps_its_secret_until_it_is_done
                rounds_that_nobody_watched_end_all_the_same
            }
            votes {
                a_vote_counts_and_is_seen_by_others
                a_repeated_vote_with_the_same_key_is_one_vote
                a_key_does_not_serve_for_two_requests
                a_days_votes_are_limited_and_come_back_at_midnight
                votes_of_days_gone_by_are_told_with_todays
                a_star_is_unknown_until_it_is_revealed
                equal_votes_share_a_place_and_the_first_to_reach_them_stands_above
                parts_of_a_board_join_up_in_both_directions
                the_board_freezes_at_the_end
            }
            audits {
                every_vote_of_a_day_is_in_its_audit
                a_day_that_is_over_keeps_its_audit
            }
            coupons {
                a_claimed_coupon_is_there_with_its_code
                codes_that_were_brought_along_are_given_once_each
                an_offer_never_gives_more_than_its_stock
                an_offer_never_gives_a_participant_more_than_the_limit
                an_offer_keeps_its_window
            }
            starts {
                a_tap_in_the_first_moments_is_in_a_draw_once
                the_draw_gives_the_stock_and_anyone_can_check_it
                what_the_draw_leaves_goes_to_whoever_comes_first
            }
            fans {
                a_first_vote_for_a_star_is_an_entry_in_its_fans_draw
                a_hidden_stars_draw_is_committed_to_without_its_name
                the_first_stars_draws_are_held_at_the_end_and_anyone_can_check_them
                the_other_stars_draws_end_undrawn_in_the_open
                a_fans_prize_is_claimed_as_any_other
            }
            shops {
                a_coupon_goes_through_a_checkout_and_its_owner_sees_it
                a_coupon_is_one_orders_until_it_lets_go
                a_reservation_ends_by_the_back_ends_clock
                everything_a_shop_does_can_be_repeated
                what_is_rolled_back_can_be_used_again
                a_coupon_has_its_last_day
                a_shop_is_told_what_is_wrong
            }
            links {
                a_link_is_the_same_each_time_and_short
                a_visit_counts_once_for_each_visitor_and_never_ones_own
                visits_are_told_by_channel
                a_forged_token_is_a_plain_visit
                a_link_to_what_is_not_there_is_not_made
            }
            canvassing {
                a_vote_counts_for_whose_link_brought_the_voter_to_that_star_last
                nobody_canvasses_for_themselves_nor_by_a_link_elsewhere_nor_after_the_vote
                nothing_is_counted_where_the_campaign_does_not_say_so
                what_a_canvasser_had_is_erased_with_them_and_a_voter_leaves_the_count_alone
            }
            friends {
                a_friend_who_comes_by_my_link_earns_me_votes_for_the_day
                nobody_earns_votes_by_themselves_nor_twice_by_one_friend
                friends_earn_nothing_where_the_campaign_does_not_say_so
                a_friend_who_is_erased_leaves_the_votes_and_whoever_earned_them_takes_them_along
            }
            picks {
                a_pick_is_ones_own_until_it_is_shown_to_friends
                a_pick_that_is_taken_back_is_gone_at_once
                friends_see_picks_only_of_whose_link_they_came_by
                what_many_picked_is_popular_and_nothing_tells_who
                only_what_is_for_sale_can_be_picked
            }
            export {
                everything_that_is_kept_is_in_the_export
                the_guide_names_every_field
                a_reach_is_counted_by_generation
            }
            erasure {
                whoever_is_erased_is_a_stranger_and_what_they_did_still_counts
                what_was_on_its_way_is_refused
                prizes_go_to_the_next_reserve_at_once
                an_entry_of_nobody_stays_in_its_draw_and_wins_for_the_next
                coupons_end_and_the_shops_books_stay
                links_lead_on_and_nobody_is_counted_twice
            }
            claims {
                a_thing_goes_where_its_winner_says_and_nobody_else_sees_where
                a_coupon_that_was_won_is_there_with_its_code
                a_coupon_that_was_won_goes_through_a_checkout
                an_unclaimed_prize_goes_to_the_next_reserve_and_everybody_sees_it
                a_prize_without_a_reserve_left_lapses_in_the_open
                a_form_that_cannot_be_right_is_refused_by_its_field
                what_was_sent_is_not_sent_elsewhere_and_its_address_is_forgotten
            }
            pauses {
                a_pause_stops_the_clock_and_nothing_is_lost
                nobody_enters_while_the_rounds_are_paused
                pauses_are_on_the_public_record
            }
            participation {
                where_a_share_is_asked_for_an_entry_waits_for_the_link
                where_a_visit_is_asked_for_an_entry_waits_for_a_friend
                an_entry_that_waits_at_the_bell_never_was_one
                a_draw_at_its_target_does_not_wait_for_the_bell
            }
            consents {
                consent_is_written_down_with_version_and_time
                only_the_current_notice_can_be_agreed_to
                consent_can_be_taken_back_and_given_again
            }
        }
    };
    (@modules $attributes:tt $stage:expr; $($module:ident { $($name:ident)+ })+) => {
        $($crate::scenarios! { @module $attributes $stage; $module { $($name)+ } })+
    };
    (@module $attributes:tt $stage:expr; $module:ident { $($name:ident)+ }) => {
        $($crate::scenarios! { @test $attributes $stage; $module $name })+
    };
    (@test [$(#[$attribute:meta])*] $stage:expr; $module:ident $name:ident) => {
        $(#[$attribute])*
        async fn $name() {
            $crate::scenarios::$module::$name(&$stage.await).await;
        }
    };
}

/// The key of a test's `n`-th write.
fn key(n: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([n; 16])
}

/// The reply, or a test that fails with the refusal.
fn accepted<T>(reply: Reply<T>) -> T {
    match reply {
        Ok(reply) => reply,
        Err(problem) => panic!("refused: {problem:?}"),
    }
}

/// Holds that a request was refused for this reason.
fn refused<T: Debug>(reply: Reply<T>, code: ErrorCode) {
    match reply {
        Err(problem) if problem.code == code => {}
        other => panic!("expected {code:?}, got {other:?}"),
    }
}

/// The round that is open.
async fn open_round<S: Stage>(stage: &S) -> RoundView {
    stage.published().await;
    let snapshot = accepted(stage.participant().await.campaign().await);
    snapshot.live.round.unwrap_or_else(|| panic!("there should be a round"))
}

/// The id of the round that is open.
async fn open_round_id<S: Stage>(stage: &S) -> RoundId {
    open_round(stage).await.round_id
}
