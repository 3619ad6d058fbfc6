//! The section `[draw]`. Without it, draws wait for nothing.

use carnival_domain::campaign::DrawSettings;
use carnival_domain::draw::beacon::Beacon;
use carnival_domain::time::Timestamp;
use toml::de::DeValue;

use super::section::Section;
use super::values::FromToml;

/// As many as anybody runs; each is asked in turn.
const RELAYS_MAX: usize = 8;
/// Two that are run by different people.
const EXAMPLE: &str = r#"["https://api.drand.sh", "https://drand.cloudflare.com"]"#;

/// Addresses of relays.
struct Relays(Vec<String>);

impl FromToml for Beacon {
    fn expected() -> String {
        format!("\"{}\"", Self::DrandQuicknet.as_str())
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        Self::from_word(value.as_str()?)
    }
}

impl FromToml for Relays {
    fn expected() -> String {
        format!("1 to {RELAYS_MAX} addresses of drand relays, such as {EXAMPLE}")
    }

    fn read(value: &DeValue, _first_start: Timestamp) -> Option<Self> {
        let relays: Vec<_> =
            value.as_array()?.iter().map(|relay| relay.get_ref().as_str().map(str::to_owned)).collect::<Option<_>>()?;
        (1..=RELAYS_MAX).contains(&relays.len()).then_some(Self(relays))
    }
}

/// The settings; none where something in the section is wrong.
pub(super) fn read(section: Option<&Section>) -> Option<DrawSettings> {
    let Some(section) = section else {
        return Some(DrawSettings::default());
    };
    let beacon = section.take::<Beacon>("beacon");
    let relays = section.take::<Relays>("relays");
    section.finish();
    let relays = relays?.0;
    let mut all_right = true;
    for (index, relay) in relays.iter().enumerate() {
        if !is_relay(relay) {
            all_right = false;
            section.wrong_at("relays", index, "expected an address such as \"https://api.drand.sh\", without a path");
        }
    }
    Some(DrawSettings { beacon: Some(beacon?), relays: all_right.then_some(relays)? })
}

/// Rounds are signed, so a relay can't forge one; but what goes over the network in the open may be held back unseen. On
/// one's own machine there is nothing between.
fn is_relay(text: &str) -> bool {
    let is_host = |host: &str| {
        !host.is_empty()
            && host.len() <= 200
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    match text.strip_prefix("https://") {
        Some(host) => is_host(host),
        None => text.strip_prefix("http://").is_some_and(|host| {
            is_host(host)
                && ["127.0.0.1", "localhost", "[::1]"]
                    .iter()
                    .any(|own| host.strip_prefix(own).is_some_and(|port| port.is_empty() || port.starts_with(':')))
        }),
    }
}
