//! The little that is done to HTML: fill its places, drop comments and indentation, find inline scripts.

use anyhow::{Context, Result, bail};

/// Comments that begin so are places which the server fills or cuts at; they must reach it.
const KEPT_COMMENT: &str = "<!--carnival:";

/// What goes inline.
pub(crate) struct Inline<'a> {
    /// The script of the head.
    pub(crate) first: &'a str,
    /// The loader.
    pub(crate) loader: &'a str,
    /// The style of every page.
    pub(crate) style: &'a str,
    /// All other style.
    pub(crate) sheets: &'a Sheets,
}

/// Style that not every page is sent by the server.
pub(crate) struct Sheets {
    /// The first page's.
    pub(crate) rush: String,
    /// The board's.
    pub(crate) stars: String,
    /// All other pages'.
    pub(crate) rest: String,
}

impl Sheets {
    /// All of it, for those who began with one page and go on to others.
    pub(crate) fn joined(&self) -> String {
        [&self.rush, &self.stars, &self.rest].map(|sheet| sheet.trim()).concat()
    }

    /// Each in its element, between the marks at which the server cuts; the last one is looked for by the loader.
    fn elements(&self) -> String {
        [("rush", "", &self.rush), ("stars", "", &self.stars), ("rest", " id=\"late\"", &self.rest)]
            .map(|(of, id, sheet)| {
                format!("<!--carnival:look {of}--><style{id}>{}</style><!--carnival:end-->", sheet.trim())
            })
            .concat()
    }
}

/// Puts scripts and style in their places and drops what only readers of the source need.
pub(crate) fn finish(source: &str, inline: &Inline<'_>) -> Result<String> {
    let mut page = tidy(source)?;
    for (place, part, element) in
        [("first", inline.first, "script"), ("loader", inline.loader, "script"), ("style", inline.style, "style")]
    {
        let part = part.trim();
        if part.to_ascii_lowercase().contains(&format!("</{element}")) {
            bail!("what stands at {place} contains </{element}, which would end it early in the page");
        }
        page = fill(&page, place, &format!("<{element}>{part}</{element}>"))?;
    }
    let late = inline.sheets.joined();
    if late.to_ascii_lowercase().contains("</style") {
        bail!("a sheet of style contains </style, which would end it early in the page");
    }
    fill(&page, "late", &inline.sheets.elements())
}

/// The text of each inline script that the browser would run, and the opening tags of all others.
pub(crate) fn scripts(page: &str) -> Result<(Vec<&str>, Vec<&str>)> {
    let (mut inline, mut other) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find("<script") {
        let (tag, after) = rest[at..].split_once('>').context("a script tag is not closed")?;
        let (body, after) = after.split_once("</script>").context("a script has no end")?;
        if tag == "<script" {
            inline.push(body)
        } else {
            other.push(tag)
        }
        rest = after;
    }
    Ok((inline, other))
}

/// The text of each inline style sheet.
pub(crate) fn styles(page: &str) -> Result<Vec<&str>> {
    let parts = page.split("<style").skip(1).filter_map(|part| Some(part.split_once('>')?.1));
    parts.map(|part| Ok(part.split_once("</style>").context("a style sheet has no end")?.0)).collect()
}

fn fill(page: &str, place: &str, with: &str) -> Result<String> {
    let place = format!("{KEPT_COMMENT}{place}-->");
    match page.matches(&place).count() {
        1 => Ok(page.replace(&place, with)),
        count => bail!("index.html must have {place} exactly once, it has it {count} times"),
    }
}

/// Without comments and indentation. Line ends stay between words, where they are the space that is seen. Between tags each would be
/// a node of text to make, and none is seen: what stands side by side there is laid out by flex.
fn tidy(source: &str) -> Result<String> {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("<!--") {
        let end = rest[at..].find("-->").context("a comment in index.html is not closed")? + at + "-->".len();
        text.push_str(&rest[..at]);
        if rest[at..].starts_with(KEPT_COMMENT) {
            text.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    text.push_str(rest);
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n").replace(">\n<", "><"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "<head>\n  <!-- why -->\n  <!--carnival:head-->\n  <!--carnival:first-->\n\n  \
                          <!--carnival:style-->\n  <!--carnival:late-->\n</head>\n<!--carnival:loader-->";

    fn sheets() -> Sheets {
        Sheets { rush: "b{}".to_owned(), stars: "c{}\n".to_owned(), rest: "d{}".to_owned() }
    }

    fn inline(sheets: &Sheets) -> Inline<'_> {
        Inline { first: "f()", loader: "g()", style: "a{}", sheets }
    }

    #[test]
    fn style_and_scripts_take_their_places_and_the_servers_places_stay() {
        let page = finish(SOURCE, &inline(&sheets())).expect("all places are there");
        assert_eq!(
            page,
            "<head><!--carnival:head--><script>f()</script><style>a{}</style>\
             <!--carnival:look rush--><style>b{}</style><!--carnival:end-->\
             <!--carnival:look stars--><style>c{}</style><!--carnival:end-->\
             <!--carnival:look rest--><style id=\"late\">d{}</style><!--carnival:end--></head><script>g()</script>"
        );
    }

    #[test]
    fn a_page_without_a_place_for_the_loader_is_refused() {
        assert!(finish(&SOURCE.replace("<!--carnival:loader-->", ""), &inline(&sheets())).is_err());
    }

    #[test]
    fn a_script_that_would_end_its_own_tag_is_refused() {
        assert!(finish(SOURCE, &Inline { loader: "'</SCRIPT>'", ..inline(&sheets()) }).is_err());
    }

    #[test]
    fn only_scripts_without_attributes_are_inline_ones() {
        let page = "<script>one</script><script type=\"application/json\" id=\"boot\">{}</script>";
        let (inline, other) = scripts(page).expect("every script has its end");
        assert_eq!(inline, ["one"]);
        assert_eq!(other, ["<script type=\"application/json\" id=\"boot\""]);
    }
}
