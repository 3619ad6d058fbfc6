//! All texts of the operator's, each with the name of its setting.

use crate::campaign::Campaign;
use crate::local_text::LocalText;

/// Setting and text, in the order of the file; both languages where they differ.
pub(super) fn of(campaign: &Campaign) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut add = |setting: String, text: &LocalText| {
        if text.zh == text.en {
            texts.push((setting, text.zh.clone()));
        } else {
            texts.push((format!("{setting}.zh"), text.zh.clone()));
            texts.push((format!("{setting}.en"), text.en.clone()));
        }
    };
    for (key, text) in [
        ("title", &campaign.title),
        ("tagline", &campaign.tagline),
        ("organiser", &campaign.organiser),
        ("share_title", &campaign.share_title),
        ("share_text", &campaign.share_text),
    ] {
        add(format!("campaign.{key}"), text);
    }
    for (index, text) in campaign.privacy.third_parties.iter().enumerate() {
        add(format!("privacy.third_parties[{}]", index + 1), text);
    }
    for (index, prize) in campaign.rounds.prizes.iter().enumerate() {
        add(format!("rounds.prizes[{}].title", index + 1), &prize.title);
    }
    for (index, prize) in campaign.fans_draw.iter().flat_map(|fans| &fans.prizes).enumerate() {
        add(format!("fans_draw.prizes[{}].title", index + 1), &prize.title);
    }
    for (index, star) in campaign.stars.iter().enumerate() {
        add(format!("stars[{}].name", index + 1), &star.name);
        add(format!("stars[{}].epithet", index + 1), &star.epithet);
    }
    for (index, offer) in campaign.offers.iter().enumerate() {
        add(format!("coupons[{}].title", index + 1), &offer.title);
        add(format!("coupons[{}].scope", index + 1), &offer.scope);
    }
    for (index, item) in campaign.items.iter().enumerate() {
        add(format!("items[{}].title", index + 1), &item.title);
        if let Some(tag) = &item.tag {
            add(format!("items[{}].tag", index + 1), tag);
        }
    }
    texts
}
