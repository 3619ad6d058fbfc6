//! The sections `[[stars]]`.

use carnival_domain::campaign::Star;
use carnival_domain::ids::StarId;
use carnival_domain::time::DAY_MS;

use super::Season;
use super::section::{Section, refuse_duplicates};
use super::suggestion::nearest;
use super::values::{Color, Image, Slug, Whole};

pub(super) fn read(sections: &[Section], season: Option<&Season>) -> Option<Vec<Star>> {
    let stars: Vec<_> = sections.iter().map(|section| star(section, season)).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(sections, &ids);
    stars.into_iter().collect()
}

/// The ids of all stars whose id is well formed, whatever else is wrong with them.
pub(super) fn ids(sections: &[Section]) -> Vec<StarId> {
    let ids = sections.iter().filter_map(|section| section.peek("id")?.parse().ok());
    ids.collect()
}

/// The star that another section names; it must be one of the file's.
pub(super) fn named(section: &Section, known: &[StarId]) -> Option<Option<StarId>> {
    let Some(Slug(star_id)) = section.maybe::<Slug<StarId>>("star") else {
        return Some(None);
    };
    if known.contains(&star_id) {
        return Some(Some(star_id));
    }
    let meant = nearest(star_id.as_str(), known.iter().map(StarId::as_str));
    let expected = match meant {
        Some(meant) => format!("the id of a star of this file (did you mean \"{meant}\"?)"),
        None => "the id of a star of this file".to_owned(),
    };
    section.wrong("star", &expected);
    None
}

fn star(section: &Section, season: Option<&Season>) -> Option<Star> {
    let id = section.take::<Slug<_>>("id");
    let name = section.take("name");
    let epithet = section.take("epithet");
    let day = section.take::<Whole<1, 366>>("reveals_on_day");
    let portrait = section.take::<Image>("portrait");
    let color = section.take::<Color>("color");
    section.finish();
    let season = season?;
    if day.as_ref().is_some_and(|day| day.0 > season.days) {
        section.wrong("reveals_on_day", &format!("a day of the campaign, which has {}", season.days));
    }
    Some(Star {
        id: id?.0,
        name: name?,
        epithet: epithet?,
        reveals_at: season.starts_at.plus_ms(i64::from(day?.0 - 1) * DAY_MS),
        portrait: portrait?.0,
        color: color?.0,
    })
}
