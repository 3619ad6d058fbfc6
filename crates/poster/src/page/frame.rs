//! The place that the page has made for a poster, and what is put there.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlImageElement};

use super::words;
use crate::Poster;

/// What a download is called.
const FILE: &str = "carnival.jpg";

/// The frame of the picture and the foot under it. They stay those of one poster: what comes late fills what nobody sees.
#[derive(Clone)]
pub(super) struct Frame {
    document: Document,
    frame: Element,
    foot: Element,
}

impl Frame {
    pub(super) fn find() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let (frame, foot) = (document.get_element_by_id("poster-frame")?, document.get_element_by_id("poster-foot")?);
        Some(Self { document, frame, foot })
    }

    /// Shows what was drawn, or else the spare, or else that there is none.
    pub(super) fn show(&self, poster: &Poster, drawn: Option<String>, spare: Option<String>, has_downloads: bool) {
        let words = words::of(poster.in_english);
        let (first, then) = if drawn.is_some() { (drawn, spare) } else { (spare, None) };
        let (Some(first), Ok(image)) = (first, HtmlImageElement::new()) else {
            return self.fill(&self.frame, &[self.element("p", "poster__wait", words.failed)]);
        };
        let alt = [words.shows.0, poster.headline(), words.shows.1].concat();
        image.set_alt(&alt);
        image.set_class_name("poster__picture");
        let _set = image.set_attribute("data-testid", "poster");
        self.foot_of(&first, poster, has_downloads);
        let then = Rc::new(Cell::new(then));
        let broken = {
            let (this, poster, image) = (self.clone(), poster.clone(), image.clone());
            Closure::<dyn FnMut()>::new(move || match then.take() {
                Some(spare) => {
                    image.set_src(&spare);
                    this.foot_of(&spare, &poster, has_downloads);
                }
                None => {
                    this.fill(&this.frame, &[this.element("p", "poster__wait", words.failed)]);
                    this.fill(&this.foot, &[]);
                }
            })
        };
        image.set_onerror(Some(broken.into_js_value().unchecked_ref()));
        image.set_src(&first);
        self.fill(&self.frame, &[image.into()]);
    }

    /// How it is kept.
    fn foot_of(&self, address: &str, poster: &Poster, has_downloads: bool) {
        let words = words::of(poster.in_english);
        let hint = self.element("p", "", words.hold);
        if !has_downloads {
            return self.fill(&self.foot, &[hint]);
        }
        let link = self.element("a", "button button--gold button--wide", words.download);
        for (name, value) in [("href", address), ("download", FILE)] {
            let _set = link.set_attribute(name, value);
        }
        self.fill(&self.foot, &[hint, link]);
    }

    fn element(&self, name: &str, class: &str, text: &str) -> Element {
        #[expect(clippy::expect_used, reason = "the names are ours")]
        let element = self.document.create_element(name).expect("a known name");
        element.set_class_name(class);
        element.set_text_content(Some(text));
        element
    }

    fn fill(&self, place: &Element, with: &[Element]) {
        place.set_text_content(None);
        for element in with {
            let _put = place.append_child(element);
        }
    }
}
