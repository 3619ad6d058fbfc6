//! Which address a signature is for.

/// The addresses to sign, the likelier first. Android's WeChat checks the address that stands in its bar, which changes
/// with `pushState`; that of iOS the one that the page was opened with. Which builds do which has changed before, so
/// the other one is the second try.
pub fn to_sign(is_ios: bool, landing: &str, current: &str) -> Vec<String> {
    let (landing, current) = (without_fragment(landing), without_fragment(current));
    let mut addresses = if is_ios { vec![landing, current] } else { vec![current, landing] };
    addresses.dedup();
    addresses.into_iter().map(str::to_owned).collect()
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ios_signs_what_was_opened_and_android_what_is_shown() {
        let (landing, current) = ("https://a.example/s/x?from=singlemessage#y", "https://a.example/stars/kemi");
        assert_eq!(to_sign(true, landing, current), ["https://a.example/s/x?from=singlemessage", current]);
        assert_eq!(to_sign(false, landing, current), [current, "https://a.example/s/x?from=singlemessage"]);
    }

    #[test]
    fn one_address_is_tried_once() {
        assert_eq!(to_sign(true, "https://a.example/#a", "https://a.example/#b").len(), 1);
    }
}
