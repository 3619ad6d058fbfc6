//! The page's HTML, cut at the places that are filled for each visitor.

use carnival_domain::campaign::Campaign;

use super::csp::Policy;
use super::escape::html;
use crate::http::encoding::Tail;
use crate::platform::settings::PlatformSettings;

const HEAD: &str = "<!--carnival:head-->";
const BOOT: &str = "<!--carnival:boot-->";

/// `index.html`, ready to be filled.
#[derive(Debug)]
pub struct Template {
    before_title: String,
    before_head: String,
    before_boot: String,
    after_boot: Tail,
    policy: Policy,
}

impl Template {
    /// Cuts the page. A page without our places is sent as it is: it asks the API for everything.
    pub fn new(index: &str, campaign: &Campaign, platforms: &PlatformSettings) -> Self {
        let (before_boot, after_boot) = index.split_once(BOOT).unwrap_or((index, ""));
        let (before_head, before_boot) = before_boot.split_once(HEAD).unwrap_or(("", before_boot));
        let titled = before_head.split_once("<title>");
        let titled = titled.and_then(|(before, rest)| Some((before, rest.split_once("</title>")?.1)));
        let (before_title, before_head) = titled.unwrap_or((before_head, ""));
        Self {
            before_title: before_title.to_owned(),
            before_head: before_head.to_owned(),
            before_boot: before_boot.to_owned(),
            after_boot: Tail::of(after_boot),
            policy: Policy::of(index, campaign, platforms),
        }
    }

    /// The page's policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The page. `boot` is JSON that is fit for HTML.
    pub fn fill(&self, title: &str, head: &str, boot: &str) -> String {
        self.beginning(title, head, boot) + &self.after_boot.plain
    }

    /// The same with brotli; none if that can't be done.
    pub fn fill_packed(&self, title: &str, head: &str, boot: &str) -> Option<Vec<u8>> {
        self.after_boot.behind(&self.beginning(title, head, boot))
    }

    fn beginning(&self, title: &str, head: &str, boot: &str) -> String {
        let title = html(title);
        format!(
            "{}<title>{title}</title>{}{head}{}<script type=\"application/json\" id=\"boot\">{boot}</script>",
            self.before_title, self.before_head, self.before_boot
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::scenarios::campaign::campaign;

    #[test]
    fn each_place_is_filled_once_and_the_title_is_the_pages() {
        let index = "<head><title>old</title>\n<!--carnival:head-->\n<!--carnival:boot--></head><body></body>";
        let page = Template::new(index, &campaign(), &PlatformSettings::default()).fill("A & B", "<meta>", "{}");
        assert_eq!(
            page,
            "<head><title>A &amp; B</title>\n<meta>\n<script type=\"application/json\" id=\"boot\">{}</script></head><body></body>"
        );
    }
}
