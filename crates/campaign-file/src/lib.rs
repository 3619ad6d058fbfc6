//! `campaign.toml`: from the operator's text to a [`Campaign`], or to the list of all its mistakes.

mod budget;
mod codes;
mod coupons;
mod draw;
mod fans;
mod findings;
mod head;
mod items;
mod mechanics;
mod mistake;
mod moments;
mod platforms;
mod prizes;
mod rounds;
mod section;
mod settings;
mod stars;
mod suggestion;
mod values;
mod webhooks;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::ops::Range;

use carnival_domain::campaign::{Campaign, PolicyProfile};
use carnival_domain::codes::{BroughtCodes, CodeSettings};
use carnival_domain::ids::StarId;
use carnival_domain::money::Fen;
use carnival_domain::platforms::{Platforms, Provider};
use carnival_domain::time::Timestamp;
use carnival_domain::vote::VoteQuota;
use toml::de::{DeTable, DeValue};

use codes::CodeFile;
pub use codes::{CODE_FILE_MAX_BYTES, CodeMistake};
pub use findings::Placed;
use head::Head;
pub use mistake::Mistake;
use mistake::Places;
use section::Section;
pub use settings::SettingPlaces;
use values::Whole;

/// A campaign as it was read.
#[derive(Debug)]
pub struct CampaignFile {
    /// What it says.
    pub campaign: Campaign,
    /// Whether its season counts from the first start: a demo, which begins anew once it is over.
    pub is_relative: bool,
    /// The instant that its relative moments were counted from.
    pub first_start: Timestamp,
    /// The findings that the operator knows of, by name.
    pub acknowledged: Vec<String>,
    /// What the campaign may cost at the very most, if the file says so. It is covered.
    pub budget: Option<Fen>,
    /// Where each setting stands.
    pub places: SettingPlaces,
    /// The codes that were brought along, once [`load_codes`](Self::load_codes) has read their files.
    pub codes: Vec<BroughtCodes>,
    code_files: Vec<CodeFile>,
}

/// Reads a campaign. `first_start` is the instant that relative moments count from.
///
/// # Errors
/// Every mistake of the file, in its order.
pub fn read(source: &str, first_start: Timestamp) -> Result<CampaignFile, Vec<Mistake>> {
    let (root, faults) = DeTable::parse_recoverable(source);
    let reader = Reader { places: Places::of(source), mistakes: RefCell::default(), first_start };
    let campaign = campaign(&reader, root.get_ref());
    let mut mistakes = reader.mistakes.into_inner();
    if !faults.is_empty() {
        let of_fault = |fault: toml::de::Error| {
            let at = fault.span().map_or(0, |span| span.start);
            Mistake::new(&reader.places, at, "", fault.message())
        };
        let mut faults: Vec<_> = faults.into_iter().map(of_fault).collect();
        faults.sort_by_key(|fault| (fault.line, fault.column));
        // What follows on the same line follows from it, and behind a broken line nothing can be said to be missing.
        faults.dedup_by_key(|fault| fault.line);
        mistakes.retain(|mistake| !mistake.is_absence && faults.iter().all(|fault| fault.line != mistake.line));
        mistakes.append(&mut faults);
    }
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes.dedup();
    match campaign {
        Some(campaign) if mistakes.is_empty() => Ok(campaign),
        _ => Err(mistakes),
    }
}

/// What all sections share while a file is read.
struct Reader<'s> {
    places: Places<'s>,
    mistakes: RefCell<Vec<Mistake>>,
    first_start: Timestamp,
}

/// What later sections need to know of earlier ones.
struct Season {
    starts_at: Timestamp,
    days: u32,
}

/// What a campaign may ask for, and what of it the operator has acknowledged.
struct Stance {
    profile: PolicyProfile,
    acknowledged: Vec<String>,
}

fn campaign(reader: &Reader, root: &DeTable) -> Option<CampaignFile> {
    let file = Section::new(reader, String::new(), 0, root);
    let head = file.section("campaign");
    let settings = head.as_ref().map(Head::read);
    let season = settings.as_ref().and_then(|head| head.season.as_ref());
    let strict = Stance { profile: PolicyProfile::Strict, acknowledged: Vec::new() };
    let stance = settings.as_ref().map_or(&strict, |head| &head.stance);
    let of_rounds = file.section("rounds");
    let of_round_prizes = of_rounds.as_ref().map(prizes::ids).unwrap_or_default();
    let rounds = of_rounds.as_ref().and_then(|section| rounds::read(section, season, stance));
    let of_draw = file.maybe_section("draw");
    let draw = draw::read(of_draw.as_ref());
    let of_votes = file.section("voting");
    let canvassing_counter = of_votes.as_ref().is_some_and(|section| mechanics::canvassing_counter(section, stance));
    let votes_by_friends = of_votes.as_ref().and_then(|section| mechanics::votes_by_friends(section, stance));
    let quota = of_votes.as_ref().and_then(voting);
    let of_stars = file.sections("stars");
    if of_stars.is_empty() {
        file.absent("there must be at least one [[stars]] section");
    }
    let stars = stars::read(&of_stars, season);
    let known: Vec<StarId> = stars::ids(&of_stars);
    let of_fans = file.maybe_section("fans_draw");
    let fans_draw = of_fans.as_ref().map(|section| fans::read(section, of_stars.len(), &of_round_prizes));
    let of_fan_prizes = of_fans.as_ref().map(prizes::ids).unwrap_or_default();
    let offers = coupons::read(&file.sections("coupons"), &known, &[of_round_prizes, of_fan_prizes].concat());
    let items = items::read(&file.sections("items"), &known);
    let (wechat, qq) = (file.maybe_section("wechat"), file.maybe_section("qq"));
    let platforms = platforms::read(wechat.as_ref(), qq.as_ref());
    let contact = settings.as_ref().and_then(|head| head.contact.as_ref());
    let notice = file.maybe_section("privacy");
    let can_sign_in = |platforms: &Platforms| {
        [Provider::WeChat, Provider::Qq].into_iter().any(|provider| platforms.can_sign_in(provider))
    };
    if notice.is_none() && platforms.as_ref().is_some_and(can_sign_in) {
        file.absent("the section [privacy] is missing: whoever signs in agrees to a version of it first");
    }
    let privacy = platforms::privacy(notice.as_ref(), contact);
    let webhooks = webhooks::read(&file.sections("webhooks"));
    file.finish();

    let (settings, season) = (settings.as_ref()?, season?);
    let (offers, code_files): (Vec<_>, Vec<_>) = offers?.into_iter().unzip();
    if let (Some(head), Some(budget), Some(rounds)) = (&head, settings.budget, &rounds) {
        let fans = fans_draw.as_ref().and_then(Option::as_ref);
        budget::hold(head, budget, rounds, fans, &offers);
    }
    let code_files: Vec<CodeFile> = code_files.into_iter().flatten().collect();
    let imported = code_files.iter().map(|file| file.offer_id.clone()).collect();
    Some(CampaignFile {
        is_relative: settings.is_relative,
        first_start: reader.first_start,
        acknowledged: settings.stance.acknowledged.clone(),
        budget: settings.budget,
        places: SettingPlaces::of(root, &reader.places),
        codes: Vec::new(),
        code_files,
        campaign: Campaign {
            id: settings.id.clone()?,
            title: settings.title.clone()?,
            tagline: settings.tagline.clone()?,
            organiser: settings.organiser.clone()?,
            contact: settings.contact.clone()?,
            filing_number: settings.filing_number.clone()?,
            share_title: settings.share_title.clone()?,
            share_text: settings.share_text.clone()?,
            cover: settings.cover.clone()?,
            starts_at: season.starts_at,
            ends_at: season.starts_at.plus_ms(i64::from(season.days) * carnival_domain::time::DAY_MS),
            utc_offset: settings.utc_offset?,
            rounds: rounds?,
            draw: draw?,
            voting: quota?,
            canvassing_counter,
            votes_by_friends,
            stars: stars?,
            fans_draw: fans_draw.map_or(Some(None), |fans| fans.map(Some))?,
            offers,
            codes: CodeSettings { prefix: settings.code_prefix.clone(), imported },
            items: items?,
            policy: settings.stance.profile,
            privacy: privacy?,
            platforms: platforms?,
            webhooks: webhooks?,
        },
    })
}

fn voting(section: &Section) -> Option<VoteQuota> {
    let votes_per_day = section.take::<Whole<1, 1000>>("votes_per_day");
    let per_star_per_day = section.take::<Whole<1, 1000>>("per_star_per_day");
    if let (Some(all), Some(one)) = (&votes_per_day, &per_star_per_day)
        && one.0 > all.0
    {
        section.wrong("per_star_per_day", &format!("at most votes_per_day, which is {}", all.0));
    }
    section.finish();
    Some(VoteQuota { votes_per_day: votes_per_day?.0, per_star_per_day: per_star_per_day?.0 })
}

/// A value and where it stands.
type Value<'t> = (&'t DeValue<'t>, Range<usize>);
