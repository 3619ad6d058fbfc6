//! Picks: goods that a participant has marked for themselves. They are private until their owner shows them to friends who
//! come by the owner's links, and then a friend learns that it is a friend's pick, and never whose.

/// How many items one participant may pick: more than a campaign's shelf has, few enough to be looked through.
pub const PICKS_MAX: u32 = 50;
/// Of how many friends picks are looked up, those first whose links were opened last.
pub const FRIENDS_MAX: u32 = 50;

/// Why an item can't be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickRefused {
    /// There is no such item.
    UnknownItem,
    /// The participant has picked as many as they may.
    LimitReached {
        /// How many that is.
        limit: u32,
    },
}

/// Decides whether an item can be picked by somebody who has `pick_count` others. To take a pick back is never refused.
///
/// # Errors
/// Why it can't.
pub fn pick_item(is_known: bool, pick_count: u32) -> Result<(), PickRefused> {
    match (is_known, pick_count) {
        (false, _) => Err(PickRefused::UnknownItem),
        (true, PICKS_MAX..) => Err(PickRefused::LimitReached { limit: PICKS_MAX }),
        (true, _) => Ok(()),
    }
}

/// Picks of one of two participants who turn out to be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PicksBefore {
    /// Whether they have any.
    pub has_any: bool,
    /// Whether they show them.
    pub is_shown: bool,
}

/// Whether the one person shows their picks: only if nothing comes to be seen that was private. So one of the two shows
/// theirs, and the other does too or has none.
pub fn is_shown_as_one(one: PicksBefore, other: PicksBefore) -> bool {
    let stays = |picks: PicksBefore| picks.is_shown || !picks.has_any;
    (one.is_shown || other.is_shown) && stays(one) && stays(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_can_be_picked_as_there_is_room_for() {
        assert_eq!(pick_item(true, 0), Ok(()));
        assert_eq!(pick_item(true, PICKS_MAX - 1), Ok(()));
        assert_eq!(pick_item(true, PICKS_MAX), Err(PickRefused::LimitReached { limit: PICKS_MAX }));
        assert_eq!(pick_item(true, 2 * PICKS_MAX), Err(PickRefused::LimitReached { limit: PICKS_MAX }));
        assert_eq!(pick_item(false, 0), Err(PickRefused::UnknownItem));
    }

    #[test]
    fn becoming_one_person_shows_nothing_that_was_private() {
        let cases = [(false, false), (false, true), (true, false), (true, true)];
        let picks = cases.map(|(has_any, is_shown)| PicksBefore { has_any, is_shown });
        for one in picks {
            for other in picks {
                let is_shown = is_shown_as_one(one, other);
                assert_eq!(is_shown, is_shown_as_one(other, one));
                let was_private = [one, other].into_iter().any(|picks| picks.has_any && !picks.is_shown);
                assert!(!(is_shown && was_private), "{one:?} {other:?}");
            }
        }
        let (shows, nothing) =
            (PicksBefore { has_any: true, is_shown: true }, PicksBefore { has_any: false, is_shown: false });
        assert!(is_shown_as_one(shows, nothing), "who shows their picks and signs in anew shows them still");
    }
}
