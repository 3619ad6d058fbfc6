//! What stands on a poster.

use carnival_domain::campaign::Campaign;
use carnival_domain::local_text::LocalText;
use carnival_domain::schedule::CARNIVAL_ROUND_MS;
use carnival_domain::share_card::page_name;
use carnival_domain::share_token::Landing;
use carnival_domain::time::{Timestamp, UtcOffset};

use crate::words::{self, Words};

/// See the module. Every text is in the one language that the poster speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Poster {
    /// What it is about.
    pub subject: Subject,
    /// The campaign's name.
    pub brand: String,
    /// The large words; none for those of the campaign's rounds.
    pub title: String,
    /// The line under them.
    pub line: String,
    /// Path or https address of the picture.
    pub picture: String,
    /// Who answers for the campaign.
    pub organiser: String,
    /// Midnight of its first day.
    pub starts_at: Timestamp,
    /// Midnight after its last day.
    pub ends_at: Timestamp,
    /// The zone of both.
    pub utc_offset: UtcOffset,
    /// How long a round is, ms.
    pub round_length_ms: i64,
    /// The entry of whoever made the poster, if they are in the round.
    pub entry: Option<Entry>,
    /// Where its code leads: a whole address.
    pub link: String,
    /// English, or else Chinese.
    pub in_english: bool,
}

/// What a poster is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The campaign, or one of its pages.
    Campaign,
    /// A star.
    Star {
        /// Its colour, `#rrggbb`.
        color: String,
    },
    /// An item of the goods.
    Item,
}

/// An entry, by what is public of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The round's number.
    pub round: u32,
    /// The entry's pseudonym in its draw.
    pub code: String,
}

impl Poster {
    /// The poster of what a share link leads to. What the campaign does not have makes the campaign's own; whether a star
    /// may be shown yet is asked before.
    pub fn of(campaign: &Campaign, landing: &Landing, link: String, in_english: bool) -> Self {
        let say = |text: &LocalText| if in_english { text.en.clone() } else { text.zh.clone() };
        let (mut subject, mut title) = (Subject::Campaign, String::new());
        let (mut line, mut picture) = (say(&campaign.tagline), campaign.cover.clone());
        match landing {
            Landing::Rush => {}
            Landing::Stars | Landing::Coupons | Landing::Goods => title = say(&page_name(landing)),
            Landing::Star { star_id } => {
                if let Some(star) = campaign.star(star_id) {
                    subject = Subject::Star { color: star.color.clone() };
                    (title, line, picture) = (say(&star.name), say(&star.epithet), star.portrait.clone());
                }
            }
            Landing::Item { item_id } => {
                if let Some(item) = campaign.items.iter().find(|item| item.id == *item_id) {
                    subject = Subject::Item;
                    (title, picture) = (say(&item.title), item.image.clone());
                }
            }
        }
        Self {
            subject,
            brand: say(&campaign.title),
            title,
            line,
            picture,
            organiser: say(&campaign.organiser),
            starts_at: campaign.starts_at,
            ends_at: campaign.ends_at,
            utc_offset: campaign.utc_offset,
            round_length_ms: campaign.rounds.schedule.length_ms,
            entry: None,
            link,
            in_english,
        }
    }

    pub(crate) fn words(&self) -> &'static Words {
        words::of(self.in_english)
    }

    /// The large words.
    pub(crate) fn headline(&self) -> &str {
        match self.title.as_str() {
            "" if self.round_length_ms == CARNIVAL_ROUND_MS => self.words().rush,
            "" => &self.brand,
            title => title,
        }
    }

    /// The first day, and the last one if that is another.
    pub(crate) fn days(&self) -> (String, Option<String>) {
        let last = self.ends_at.plus_ms(-1).max(self.starts_at);
        let [first, last] = [self.starts_at, last].map(|at| words::date(at, self.utc_offset, self.in_english));
        let last = (last != first).then_some(last);
        (first, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::poster;

    #[test]
    fn the_days_are_those_of_the_campaigns_zone_and_the_last_one_counts() {
        assert_eq!(poster(false).days(), ("6月1日".to_owned(), Some("6月18日".to_owned())));
        assert_eq!(poster(true).days(), ("1 June".to_owned(), Some("18 June".to_owned())));
        let one = Poster { ends_at: poster(false).starts_at.plus_ms(86_400_000), ..poster(false) };
        assert_eq!(one.days(), ("6月1日".to_owned(), None));
    }

    #[test]
    fn only_a_round_of_six_minutes_eighteen_bears_that_name() {
        let of = |round_length_ms| Poster { title: String::new(), round_length_ms, ..poster(false) };
        assert_eq!(of(378_000).headline(), "疯狂6分18秒");
        assert_eq!(of(60_000).headline(), poster(false).brand);
        assert_eq!(poster(true).headline(), "Kemi");
    }
}
