//! The static frame as one page needs it, cut out of the frame for all of them.

use carnival_domain::campaign::Campaign;
use carnival_domain::schedule::CARNIVAL_ROUND_MS;

use super::escape::html;

/// Where something begins that the server cuts at; what it is follows.
const MARK: &str = "<!--carnival:";
const END: &str = "<!--carnival:end-->";
/// Around the skeleton of the board's rows.
const ROWS: (&str, &str) = ("<!--carnival:rows-->", "<!--carnival:rows-end-->");

/// A page, by what its frame is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    /// The first page.
    Rush,
    /// The board of stars.
    Stars,
    /// A star.
    Star,
    /// The coupons.
    Coupons,
    /// The goods.
    Goods,
    /// What the participant has.
    Mine,
    /// The rules.
    Rules,
}

impl PageKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Rush, Self::Stars, Self::Star, Self::Coupons, Self::Goods, Self::Mine, Self::Rules];

    /// The page at a path, as `src/first.js` finds it where no server says it.
    pub fn at(path: &str) -> Self {
        match path.split('/').nth(1).unwrap_or_default() {
            "stars" if path.len() > "/stars/".len() => Self::Star,
            "stars" => Self::Stars,
            "coupons" => Self::Coupons,
            "goods" => Self::Goods,
            "mine" => Self::Mine,
            "rules" => Self::Rules,
            _ => Self::Rush,
        }
    }

    /// Its name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rush => "rush",
            Self::Stars => "stars",
            Self::Star => "star",
            Self::Coupons => "coupons",
            Self::Goods => "goods",
            Self::Mine => "mine",
            Self::Rules => "rules",
        }
    }

    /// Whether it is sent this sheet of style. These two have one of their own, and the others with the last file of the
    /// module, with which all other pages begin.
    fn has_look(self, of: &str) -> bool {
        !matches!(self, Self::Rush | Self::Stars) || of == self.name()
    }
}

/// What is left of the document for one page, up to the place of the snapshot.
pub(super) struct Cut {
    /// The page.
    pub(super) page: PageKind,
    /// The document without the frames of other pages.
    pub(super) document: String,
    /// The frames of other pages, for their skeletons: behind everything, where they cost nothing.
    pub(super) packed: String,
}

/// Cuts a document for one page. What has no marks stays as it is.
pub(super) fn cut(document: &str, page: PageKind) -> Cut {
    let (mut kept, mut frames) = (String::with_capacity(document.len()), String::new());
    let mut rest = document;
    while let Some((before, marked)) = rest.split_once(MARK) {
        kept.push_str(before);
        let (name, after) = marked.split_once("-->").unwrap_or((marked, ""));
        let block = after.split_once(END);
        rest = match (name.split_once(' ').unwrap_or((name, "")), block) {
            (("look", of), Some((look, after))) => {
                if page.has_look(of) {
                    kept.push_str(look);
                }
                after
            }
            (("top" | "body", of), Some((frame, after))) if of == page.name() => {
                kept.push_str(frame);
                after
            }
            (("top", _), Some((_, after))) => after,
            (("body", _), Some((frame, after))) => {
                frames.push_str(&without_marks(frame));
                after
            }
            // A mark of somebody else's.
            _ => {
                kept.push_str(MARK);
                marked
            }
        };
    }
    kept.push_str(rest);
    // As text: nothing is made of it before somebody goes to another page.
    let packed = format!("<script type=\"text/html\" id=\"packed\"><main>{frames}</main></script>");
    Cut { page, document: kept, packed: if frames.is_empty() { String::new() } else { packed } }
}

/// The frame of another page: with skeletons for the board's rows, and without the forms that are filled here.
fn without_marks(frame: &str) -> String {
    let mut plain = String::with_capacity(frame.len());
    let mut rest = frame;
    while let Some((before, marked)) = rest.split_once(MARK) {
        plain.push_str(before);
        rest = marked.split_once("-->").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// The document around the place of the board's rows, and what stands there until there are any.
pub(super) fn around_rows(document: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = document.split_once(ROWS.0)?;
    let (skeleton, after) = rest.split_once(ROWS.1)?;
    Some((before, skeleton, after))
}

/// The campaign's own name where the frame has a name of its own.
pub(super) fn named(document: &str, campaign: &Campaign) -> String {
    let name = |place: &str, document: &str| {
        let named =
            format!("data-frame=\"{place}\" data-en=\"{}\">{}<", html(&campaign.title.en), html(&campaign.title.zh));
        let found = document.split_once(&format!("data-frame=\"{place}\""));
        let found = found.and_then(|(before, rest)| Some((before, rest.split_once('>')?.1.split_once('<')?.1)));
        found.map(|(before, after)| [before, &named, after].concat())
    };
    let document = name("name", document).unwrap_or_else(|| document.to_owned());
    // Its own name stands in the frame already.
    if campaign.rounds.schedule.length_ms == CARNIVAL_ROUND_MS {
        return document;
    }
    name("heading", &document).unwrap_or(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "<!--carnival:look rush--><style>r{}</style><!--carnival:end-->\
        <!--carnival:look rest--><style>b{}</style><!--carnival:end--><head>\
        <!--carnival:top rush-->R<!--carnival:end--><!--carnival:top stars-->S<!--carnival:end--><main>\
        <!--carnival:body rush--><p>r</p><!--carnival:end-->\
        <!--carnival:body stars--><!--carnival:form <li>{a}</li>--><!--carnival:rows-->-<!--carnival:rows-end--><!--carnival:end-->\
        <!--carnival:body mine--><p>m</p><!--carnival:end--></main>";

    #[test]
    fn a_page_has_its_own_frame_and_style_and_the_frames_of_others_are_packed() {
        let rush = cut(DOCUMENT, PageKind::Rush);
        assert_eq!(rush.document, "<style>r{}</style><head>R<main><p>r</p></main>");
        assert_eq!(rush.packed, "<script type=\"text/html\" id=\"packed\"><main>-<p>m</p></main></script>");
        assert_eq!(cut(DOCUMENT, PageKind::Stars).document.split_once("<main>").expect("a body").0, "<head>S");
        let mine = cut(DOCUMENT, PageKind::Mine);
        assert_eq!(mine.document, "<style>r{}</style><style>b{}</style><head><main><p>m</p></main>");
        assert_eq!(mine.packed, "<script type=\"text/html\" id=\"packed\"><main><p>r</p>-</main></script>");
    }

    #[test]
    fn the_board_has_a_place_for_its_rows() {
        let stars = cut(DOCUMENT, PageKind::Stars);
        let (_, skeleton, after) = around_rows(&stars.document).expect("there is one");
        assert_eq!((skeleton, after), ("-", "</main>"));
    }

    #[test]
    fn a_page_without_marks_stays_as_it_is() {
        let whole = cut("<p>a</p>", PageKind::Rush);
        assert_eq!((whole.document.as_str(), whole.packed.as_str()), ("<p>a</p>", ""));
    }

    #[test]
    fn each_path_has_its_page() {
        for (path, page) in [
            ("/", PageKind::Rush),
            ("/stars", PageKind::Stars),
            ("/stars/", PageKind::Stars),
            ("/stars/kemi", PageKind::Star),
            ("/coupons", PageKind::Coupons),
            ("/minerva", PageKind::Rush),
        ] {
            assert_eq!(PageKind::at(path), page, "{path}");
        }
    }
}
