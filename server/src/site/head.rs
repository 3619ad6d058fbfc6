//! What a chat or a search engine sees of a page: title, line and picture of the share card, as meta tags.

use carnival_domain::share_card::ShareCard;

use super::escape::html;

/// The tags that stand in the head. `base` is the address before every path: cards need whole addresses.
pub fn tags(card: &ShareCard, base: &str, path: &str) -> String {
    let (title, text) = (html(&card.title), html(&card.text));
    let picture = if card.image.starts_with('/') { format!("{base}{}", card.image) } else { card.image.clone() };
    let (picture, url) = (html(&picture), html(&format!("{base}{path}")));
    // `itemprop` is what QQ reads, `og:` nearly everybody else.
    format!(
        "<meta name=\"description\" itemprop=\"description\" content=\"{text}\">\
         <meta itemprop=\"name\" content=\"{title}\"><meta itemprop=\"image\" content=\"{picture}\">\
         <meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"{text}\"><meta property=\"og:image\" content=\"{picture}\">\
         <meta property=\"og:url\" content=\"{url}\">"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_the_operator_breaks_the_page() {
        let card =
            ShareCard { title: "\"><script>".to_owned(), text: "a & b".to_owned(), image: "/art/cover.png".to_owned() };
        let tags = tags(&card, "https://a.example", "/");
        assert!(!tags.contains("<script"));
        assert!(tags.contains("content=\"https://a.example/art/cover.png\""));
    }
}
