//! The section `[fans_draw]`. Without it, votes are for the joy of it.

use carnival_domain::fans::FansDraw;

use super::prizes;
use super::section::Section;
use super::values::Whole;

/// `others` are the ids of the rounds' prizes.
pub(super) fn read(section: &Section, star_count: usize, others: &[&str]) -> Option<FansDraw> {
    let top = section.take::<Whole<1, 1000>>("top");
    let reserve_count = section.take::<Whole<0, 1000>>("reserve_count");
    let prizes = prizes::read(section, others);
    section.finish();
    if top.as_ref().is_some_and(|top| top.0 as usize > star_count) {
        section.wrong("top", &format!("at most the number of stars, which is {star_count}"));
    }
    Some(FansDraw { top: top?.0, reserve_count: reserve_count?.0, prizes: prizes? })
}
