//! The sections `[[webhooks]]`.

use carnival_domain::ids::EndpointId;
use carnival_domain::webhook::Endpoint;

use super::section::{Section, refuse_duplicates};
use super::values::{EventKinds, Hook, Slug};

pub(super) fn read(sections: &[Section]) -> Option<Vec<Endpoint>> {
    let endpoints: Vec<_> = sections.iter().map(endpoint).collect();
    let ids: Vec<_> = sections.iter().map(|section| section.peek("id")).collect();
    refuse_duplicates(sections, &ids);
    endpoints.into_iter().collect()
}

fn endpoint(section: &Section) -> Option<Endpoint> {
    let id = section.take::<Slug<EndpointId>>("id");
    let url = section.take::<Hook>("url");
    let events = section.take::<EventKinds>("events");
    let place = "no secrets in this file: put it into the environment as CARNIVAL_WEBHOOK_SECRET";
    section.refuse("secret", place);
    section.finish();
    Some(Endpoint { id: id?.0, url: url?.0, events: events?.0 })
}
