//! `POST links`

use axum::Json;
use axum::extract::State;
use carnival_contract::replies::LinkMade;
use carnival_contract::requests::MakeLink;
use carnival_domain::entry::AwaitedAct;
use carnival_engine::{Engine, Failure, Ledger, Write};

use super::error::Answer;
use super::extract::{Beside, Body};
use crate::app::App;
use crate::random;
use crate::store::Command;

struct Make {
    link: MakeLink,
    link_id: [u8; 8],
}

impl Command for Make {
    type Reply = LinkMade;
    const IS_PUBLIC: bool = false;
    const MOVES_BELLS: bool = false;

    /// An entry may count because of it.
    fn is_public(&self, engine: &Engine) -> bool {
        engine.campaign().rounds.participation.awaits() == Some(AwaitedAct::Share)
    }

    fn run<L: Ledger>(&self, engine: &Engine, ledger: &mut L, write: &Write) -> Result<LinkMade, Failure<L::Error>> {
        engine.make_link(ledger, write, &self.link, self.link_id)
    }
}

/// Makes a share link.
pub(crate) async fn make_link(
    State(app): State<App>,
    Beside(write): Beside<Write>,
    Body(link): Body<MakeLink>,
) -> Answer<Json<LinkMade>> {
    let link_id = random::bytes();
    Ok(Json(app.store.write(write, Make { link, link_id }).await?))
}
