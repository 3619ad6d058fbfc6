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
    /// The style of the first paint.
    pub(crate) style: &'a str,
    /// All other style.
    pub(crate) late: &'a str,
}

/// Puts scripts and style in their places and drops what only readers of the source need.
pub(crate) fn finish(source: &str, inline: &Inline<'_>) -> Result<String> {
    let mut page = tidy(source)?;
    for (place, part, element) in [
        ("first", inline.first, "script"),
        ("loader", inline.loader, "script"),
        ("style", inline.style, "style"),
        ("late", inline.late, "style"),
    ] {
        let part = part.trim();
        if part.to_ascii_lowercase().contains(&format!("</{element}")) {
            bail!("what stands at {place} contains </{element}, which would end it early in the page");
        }
        let whole = match place {
            // Not every page is sent this one by the server.
            "late" => format!("<!--carnival:late--><style id=\"late\">{part}</style><!--carnival:end-->"),
            _ => format!("<{element}>{part}</{element}>"),
        };
        page = fill(&page, place, &whole)?;
    }
    Ok(page)
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

/// Without comments and indentation. Line ends stay: between words they are the space that is seen.
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
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "<head>\n  <!-- why -->\n  <!--carnival:head-->\n  <!--carnival:first-->\n\n  \
                          <!--carnival:style-->\n  <!--carnival:late-->\n</head>\n<!--carnival:loader-->";
    const INLINE: Inline<'_> = Inline { first: "f()", loader: "g()", style: "a{}", late: "b{}" };

    #[test]
    fn style_and_scripts_take_their_places_and_the_servers_places_stay() {
        let page = finish(SOURCE, &INLINE).expect("all places are there");
        assert_eq!(
            page,
            "<head>\n<!--carnival:head-->\n<script>f()</script>\n<style>a{}</style>\n\
             <!--carnival:late--><style id=\"late\">b{}</style><!--carnival:end-->\n</head>\n<script>g()</script>"
        );
    }

    #[test]
    fn a_page_without_a_place_for_the_loader_is_refused() {
        assert!(finish(&SOURCE.replace("<!--carnival:loader-->", ""), &INLINE).is_err());
    }

    #[test]
    fn a_script_that_would_end_its_own_tag_is_refused() {
        assert!(finish(SOURCE, &Inline { loader: "'</SCRIPT>'", ..INLINE }).is_err());
    }

    #[test]
    fn only_scripts_without_attributes_are_inline_ones() {
        let page = "<script>one</script><script type=\"application/json\" id=\"boot\">{}</script>";
        let (inline, other) = scripts(page).expect("every script has its end");
        assert_eq!(inline, ["one"]);
        assert_eq!(other, ["<script type=\"application/json\" id=\"boot\""]);
    }
}
