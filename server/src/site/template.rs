//! The page's HTML: for each page its own, cut at the places that are filled for each visitor.

use std::collections::BTreeMap;

use carnival_contract::replies::VotesCast;
use carnival_domain::campaign::Campaign;
use carnival_domain::time::Timestamp;

use super::csp::Policy;
use super::escape::html;
use super::frame::{Cut, PageKind, around_rows, cut, named};
use super::rows::Forms;
use crate::http::encoding::{Tail, joined};
use crate::live::Board;
use crate::platform::settings::PlatformSettings;

const HEAD: &str = "<!--carnival:head-->";
const BOOT: &str = "<!--carnival:boot-->";

/// `index.html`, ready to be filled.
#[derive(Debug)]
pub struct Template {
    pages: BTreeMap<PageKind, Layout>,
    forms: Forms,
}

/// One page's document, in the order in which it is sent. What is the same for everybody is packed once.
#[derive(Debug)]
struct Layout {
    policy: Policy,
    before_title: String,
    before_head: String,
    frame: Tail,
    skeleton: String,
    after_rows: Tail,
    after_boot: Tail,
}

/// What is filled in.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The document's title.
    pub title: &'a str,
    /// Meta tags.
    pub head: &'a str,
    /// The board's first rows; where there are none, their skeletons stand.
    pub rows: &'a str,
    /// JSON that is fit for HTML.
    pub boot: &'a str,
    /// Whether nobody has seen this browser before.
    pub is_new: bool,
}

impl Template {
    /// Cuts the page. A page without our places is sent as it is: it asks the API for everything.
    pub fn new(index: &str, campaign: &Campaign, platforms: &PlatformSettings) -> Self {
        let (forms, document) = Forms::take(index);
        let document = named(&document, campaign);
        let layout = |page: PageKind| (page, Layout::new(cut(&document, page), campaign, platforms));
        Self { pages: PageKind::ALL.into_iter().map(layout).collect(), forms }
    }

    /// The page's policy.
    pub fn policy(&self, page: PageKind) -> &Policy {
        &self.pages[&page].policy
    }

    /// The board's first rows, for somebody who cast these votes.
    pub fn rows(&self, campaign: &Campaign, board: &Board, votes: Option<&VotesCast>, now: Timestamp) -> String {
        self.forms.rows(campaign, board, votes, now)
    }

    /// The page.
    pub fn fill(&self, page: PageKind, filling: Filling<'_>) -> String {
        let layout = &self.pages[&page];
        let [beginning, rows, boot] = layout.parts(filling);
        [&beginning, &layout.frame.plain, &rows, &layout.after_rows.plain, &boot, &layout.after_boot.plain]
            .map(String::as_str)
            .concat()
    }

    /// The same with brotli; none if that can't be done.
    pub fn fill_packed(&self, page: PageKind, filling: Filling<'_>) -> Option<Vec<u8>> {
        let layout = &self.pages[&page];
        let [beginning, rows, boot] = layout.parts(filling);
        joined(&beginning, &[(&layout.frame, &rows), (&layout.after_rows, &boot), (&layout.after_boot, "")])
    }
}

impl Layout {
    fn new(cut: Cut, campaign: &Campaign, platforms: &PlatformSettings) -> Self {
        let policy = Policy::of(&cut.document, campaign, platforms);
        let (before_boot, after_boot) = cut.document.split_once(BOOT).unwrap_or((&cut.document, ""));
        let (before_head, after_head) = before_boot.split_once(HEAD).unwrap_or(("", before_boot));
        let titled = before_head.split_once("<title>");
        let titled = titled.and_then(|(before, rest)| Some((before, rest.split_once("</title>")?.1)));
        let (before_title, before_head) = titled.unwrap_or((before_head, ""));
        let root = format!("<html data-page=\"{}\" ", cut.page.name());
        let (frame, skeleton, after_rows) = around_rows(after_head).unwrap_or((after_head, "", ""));
        Self {
            policy,
            before_title: before_title.replacen("<html ", &root, 1),
            before_head: before_head.to_owned(),
            frame: Tail::of(frame),
            skeleton: skeleton.to_owned(),
            after_rows: Tail::of(after_rows),
            after_boot: Tail::of(&[&cut.packed, after_boot].concat()),
        }
    }

    fn parts(&self, filling: Filling<'_>) -> [String; 3] {
        let title = html(filling.title);
        let opening = if filling.is_new { "<html data-new " } else { "<html " };
        let before_title = self.before_title.replacen("<html ", opening, 1);
        let rows = if filling.rows.is_empty() { &self.skeleton } else { filling.rows };
        [
            format!("{before_title}<title>{title}</title>{}{}", self.before_head, filling.head),
            rows.to_owned(),
            format!("<script type=\"application/json\" id=\"boot\">{}</script>", filling.boot),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnival_contract::scenarios::campaign::campaign;

    const INDEX: &str = "<html lang=\"zh-CN\"><head><title>old</title>\n<!--carnival:head--></head><body>\
        <!--carnival:rows-->-<!--carnival:rows-end--><!--carnival:boot--></body>";
    const FILLING: Filling<'_> = Filling { title: "A & B", head: "<meta>", rows: "", boot: "{}", is_new: true };

    fn template() -> Template {
        Template::new(INDEX, &campaign(), &PlatformSettings::default())
    }

    #[test]
    fn each_place_is_filled_once_and_the_title_is_the_pages() {
        let boot = "<script type=\"application/json\" id=\"boot\">{}</script>";
        assert_eq!(
            template().fill(PageKind::Rush, FILLING),
            format!(
                "<html data-new data-page=\"rush\" lang=\"zh-CN\"><head><title>A &amp; B</title>\n<meta></head><body>-{boot}</body>"
            )
        );
        let rows = Filling { rows: "<li>", ..FILLING };
        let stars = template().fill(PageKind::Stars, rows);
        assert!(stars.contains(&format!("<body><li>{boot}")), "{stars}");
    }

    #[test]
    fn what_is_packed_is_the_same_text() {
        use std::io::Read as _;
        for rows in ["", "<li>一</li>"] {
            let filling = Filling { rows, ..FILLING };
            let packed = template().fill_packed(PageKind::Stars, filling).expect("it can be joined");
            let mut text = String::new();
            brotli::Decompressor::new(packed.as_slice(), 4096).read_to_string(&mut text).expect("brotli");
            assert_eq!(text, template().fill(PageKind::Stars, filling));
        }
    }
}
