//! The two bodies that the page sends. They hold nothing but words that need no escaping: slugs and share tokens.

use carnival_domain::share_token::{Channel, Landing};

/// An object of fields that are JSON already.
pub(super) fn object(fields: &[(&str, String)]) -> String {
    let mut json = String::new();
    for (name, value) in fields {
        json.push(if json.is_empty() { '{' } else { ',' });
        json.push_str(&quoted(name));
        json.push(':');
        json.push_str(value);
    }
    json.push('}');
    json
}

/// A word as JSON. What is no part of a word is left out: a made-up token is refused either way.
pub(super) fn quoted(word: &str) -> String {
    let plain = word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    ["\"", &plain.collect::<String>(), "\""].concat()
}

/// Where a link leads.
pub(super) fn landing(landing: &Landing) -> String {
    let page = |page: &str| ("page", quoted(page));
    match landing {
        Landing::Rush => object(&[page("rush")]),
        Landing::Stars => object(&[page("stars")]),
        Landing::Star { star_id } => object(&[page("star"), ("star_id", quoted(star_id.as_str()))]),
        Landing::Coupons => object(&[page("coupons")]),
        Landing::Goods => object(&[page("goods")]),
        Landing::Item { item_id } => object(&[page("item"), ("item_id", quoted(item_id.as_str()))]),
    }
}

/// How a link was meant to travel.
pub(super) fn word(channel: Channel) -> String {
    quoted(match channel {
        Channel::Friend => "friend",
        Channel::Group => "group",
        Channel::Moments => "moments",
        Channel::Qq => "qq",
        Channel::Qzone => "qzone",
        Channel::Official => "official",
        Channel::Offline => "offline",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::requests::{MakeLink, RecordVisit};

    #[test]
    fn bodies_are_what_the_contract_reads() {
        let star_id = "kemi".parse().expect("a slug");
        let link = MakeLink { landing: Landing::Star { star_id }, channel: Channel::Friend };
        let body = object(&[("landing", landing(&link.landing)), ("channel", word(link.channel))]);
        assert_eq!(serde_json::from_str::<MakeLink>(&body).expect("its own words"), link);
        let body = object(&[("token", quoted("AbC-_9"))]);
        assert_eq!(serde_json::from_str::<RecordVisit>(&body).expect("its own words").token, "AbC-_9");
    }

    #[test]
    fn every_channel_has_the_contracts_word() {
        use Channel::{Friend, Group, Moments, Official, Offline, Qq, Qzone};
        for channel in [Friend, Group, Moments, Qq, Qzone, Official, Offline] {
            assert_eq!(serde_json::to_string(&channel).expect("a word"), word(channel));
        }
    }

    #[test]
    fn a_token_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"},{\"b"), "\"ab\"");
    }
}
