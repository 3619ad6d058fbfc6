//! The sections `[[items]]`.

use carnival_domain::campaign::Item;
use carnival_domain::ids::StarId;
use carnival_domain::money::Fen;

use super::platforms;
use super::section::{Section, refuse_duplicates};
use super::stars;
use super::values::{Image, Link, Slug};

pub(super) fn read(sections: &[Section], known: &[StarId]) -> Option<Vec<Item>> {
    let items: Vec<_> = sections.iter().map(|section| item(section, known)).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(sections, &ids);
    items.into_iter().collect()
}

fn item(section: &Section, known: &[StarId]) -> Option<Item> {
    let id = section.take::<Slug<_>>("id");
    let title = section.take("title");
    let price = section.take::<Fen>("price");
    let was = section.maybe::<Fen>("was");
    let star_id = stars::named(section, known);
    let image = section.take::<Image>("image");
    let url = section.take::<Link>("url");
    let tag = section.maybe("tag");
    let mini_program = section.maybe_section("mini_program").map(|page| platforms::mini_program(&page));
    let native_app = section.maybe_section("native_app").map(|page| platforms::native_app(&page));
    section.finish();
    if let (Some(price), Some(was)) = (price, was)
        && was <= price
    {
        section.wrong("was", &format!("more than the price, which is {price} yuan"));
    }
    Some(Item {
        id: id?.0,
        title: title?,
        price_fen: price?,
        was_fen: was,
        star_id: star_id?,
        image: image?.0,
        url: url?.0,
        tag,
        mini_program: mini_program.flatten(),
        native_app: native_app.flatten(),
    })
}
