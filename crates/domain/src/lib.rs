//! The rules of the carnival.
//!
//! Everything in this crate is pure: no clock, no randomness, no input or output. `now`, seeds and ids
//! are arguments; answers are values. The page (with its mock API), the server and the checker run the
//! same functions, so a rule is changed in one place.
//!
//! # Glossary
//!
//! One word, one meaning; texts, URLs, tables and CSS classes use the same ones.
//!
//! | word | meaning |
//! | --- | --- |
//! | [`Campaign`](campaign::Campaign) | one promotion, with all its settings |
//! | Participant | a person in a campaign |
//! | [`Round`](round) | one countdown period: `Scheduled → Open → Sealed → Drawn`, or rolled over |
//! | [`Entry`](entry) | a participant's place in a round |
//! | [`PrizePool`](round::PrizePool) | what a round pays |
//! | [`Draw`](draw) | the act on a sealed round; it stays open over rounds that roll over |
//! | [`FansDraw`](fans::FansDraw) | what is drawn among those who voted for the first stars |
//! | [`Award`](award::Award) | a prize promised to an entry, and what became of the promise |
//! | [`Pause`](pause::Pause) | a time in which the rounds stand still |
//! | [`Star`](campaign::Star) | who is voted for; never a score or a rating |
//! | [`Vote`](vote) | one vote cast |
//! | [`Standing`](leaderboard::Standing) | one line of the leaderboard |
//! | [`CouponOffer`](coupon::CouponOffer) | what may be had |
//! | Coupon | what one has |
//! | [`Claim`](coupon::claim_coupon) | to take a coupon, or to say [where a prize goes](award::claim_prize); to *redeem* happens only at the shop's checkout |
//! | [`Reservation`](checkout::Reservation) | a coupon set aside for an order of a shop, until it is redeemed or rolled back |
//! | [`Item`](campaign::Item) | something to buy elsewhere, [ordered by reason](goods) |
//! | [`Pick`](pick) | an item that a participant has marked for themselves |
//! | [`ShareLink`](share_token) | a participant's signed link; a *visit* is somebody else opening it |
//! | [`Reach`](reach::Reach) | how many people came by a participant's links, by the links of those, and so on |
//! | [Canvassing](canvassing) | to bring others to a star by a link; a *canvasser* is whose link a vote counts for |
//! | [Friend](friends) | who came by somebody's link; where the campaign says so, each earns votes for the day |
//! | [*nobody*](erasure) | whose things are that have to stay when somebody erases themselves |

pub mod award;
pub mod base32;
pub mod budget;
pub mod campaign;
pub mod canvassing;
pub mod checkout;
pub mod codes;
pub mod coupon;
pub mod delivery;
pub mod draw;
pub mod entry;
pub mod erasure;
pub mod fans;
pub mod friends;
pub mod goods;
pub mod guide;
pub mod hex;
pub mod ids;
pub mod leaderboard;
pub mod local_text;
pub mod money;
pub mod number;
pub mod pause;
pub mod pick;
pub mod platforms;
pub mod policy;
pub mod privacy;
pub mod reach;
pub mod round;
pub mod schedule;
pub mod share_card;
pub mod share_token;
pub mod start;
pub mod time;
pub mod vote;
pub mod webhook;
