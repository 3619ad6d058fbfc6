//! A vote in 24 bytes.

use std::collections::HashMap;

use carnival_domain::campaign::Campaign;
use carnival_domain::ids::StarId;
use carnival_domain::time::Day;
use carnival_engine::ledger::{CastRow, KeyMark, ToldRow, VoteRow};

/// A vote that counts, with its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    key: KeyMark,
    /// Its place among all votes. It would take four thousand million for one not to fit; it is not remembered then.
    number: u32,
    /// The star's votes with it; 0 if that is not known here.
    vote_count: u32,
    /// When on its day; a day has 86,400,000 ms.
    cast_ms: u32,
    /// Which of the campaign's stars.
    star: u16,
    days_ago: u8,
}

impl Row {
    /// None of a vote whose repetition takes the ledger: one that was taken back, or has no key, or is for a star of before the
    /// campaign was changed.
    pub(super) fn pack(campaign: &Campaign, stars: &HashMap<StarId, u16>, today: Day, cast: &CastRow) -> Option<Self> {
        if cast.taken_back_at.is_some() {
            return None;
        }
        let VoteRow { number, day, star_id } = &cast.vote;
        let (vote_count, cast_ms) = match cast.told {
            Some(ToldRow { vote_count, cast_at }) => (vote_count, cast_at.ms_since(campaign.span_of(*day).start)),
            None => (0, 0),
        };
        Some(Self {
            key: cast.key?,
            number: u32::try_from(*number).ok()?,
            vote_count: u32::try_from(vote_count).ok()?,
            cast_ms: u32::try_from(cast_ms).ok()?,
            star: *stars.get(star_id)?,
            days_ago: u8::try_from(today.0.checked_sub(day.0)?).ok()?,
        })
    }

    pub(super) fn unpack(&self, campaign: &Campaign, today: Day) -> Option<CastRow> {
        let star_id = campaign.stars.get(usize::from(self.star))?.id.clone();
        let vote = VoteRow { number: self.number.into(), day: Day(today.0 - i32::from(self.days_ago)), star_id };
        let told = self.told(campaign, today, &vote);
        Some(CastRow { vote, taken_back_at: None, key: Some(self.key), told })
    }

    /// What was told of this vote, if this is it and that is known.
    pub(super) fn told(&self, campaign: &Campaign, today: Day, vote: &VoteRow) -> Option<ToldRow> {
        if self.vote_count == 0 || u64::from(self.number) != vote.number {
            return None;
        }
        let day = Day(today.0 - i32::from(self.days_ago));
        let cast_at = campaign.span_of(day).start.plus_ms(self.cast_ms.into());
        Some(ToldRow { vote_count: self.vote_count.into(), cast_at })
    }
}
