//! From a poster to its JPEG.

use std::sync::Arc;

use carnival_poster::{BYTES_MAX, HEIGHT, Poster, SCALE, Step, WIDTH, steps};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree};

use super::fonts::Fonts;
use super::svg::drawing;
use crate::site::Site;

/// The first is as good as the eye can tell; the next ones are for pictures that will not fit into their bytes.
const QUALITIES: [u8; 3] = [90, 80, 65];

/// Paints a poster; the fault is a sentence for the log.
pub(super) fn jpeg(poster: &Poster, fonts: &Fonts, site: &Site) -> Result<Vec<u8>, String> {
    let steps = steps(poster).map_err(|_| format!("the link {} is too long for a code", poster.link))?;
    compressed(&bitmap(&steps, fonts, site)?)
}

pub(super) fn tree(steps: &[Step], fonts: &Fonts, site: &Site) -> Result<Tree, String> {
    let mut options = closed(fonts);
    options.image_href_resolver.resolve_string = Box::new(|address, _options| {
        // Pictures of other hosts are left out: a server that fetched what it is told to would be everybody's.
        let picture = site.asset(address.strip_prefix('/')?)?;
        let bytes = || Arc::new(picture.body.plain.to_vec());
        match picture.media_type.split(';').next()? {
            "image/svg+xml" => Tree::from_data(&picture.body.plain, &closed(fonts)).ok().map(ImageKind::SVG),
            "image/png" => Some(ImageKind::PNG(bytes())),
            "image/jpeg" => Some(ImageKind::JPEG(bytes())),
            "image/webp" => Some(ImageKind::WEBP(bytes())),
            _ => None,
        }
    });
    let drawing = drawing(steps, &fonts.family, fonts.has_bold);
    Tree::from_str(&drawing, &options).map_err(|error| error.to_string())
}

fn bitmap(steps: &[Step], fonts: &Fonts, site: &Site) -> Result<Pixmap, String> {
    let tree = tree(steps, fonts, site)?;
    let pixels = |units: f64| (units * f64::from(SCALE)) as u32;
    let mut pixmap = Pixmap::new(pixels(WIDTH), pixels(HEIGHT)).ok_or("a poster has no size")?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// Options with our fonts, that read no file.
fn closed(fonts: &Fonts) -> Options<'_> {
    let image_href_resolver =
        ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
    Options { fontdb: fonts.database.clone(), image_href_resolver, ..Options::default() }
}

fn compressed(pixmap: &Pixmap) -> Result<Vec<u8>, String> {
    let (width, height) = (pixmap.width() as u16, pixmap.height() as u16);
    for quality in QUALITIES {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        // Nothing on a poster is transparent.
        encoder.encode(pixmap.data(), width, height, ColorType::Rgba).map_err(|error| error.to_string())?;
        if jpeg.len() <= BYTES_MAX {
            return Ok(jpeg);
        }
    }
    Err(format!("the poster is larger than {BYTES_MAX} bytes at any quality"))
}
