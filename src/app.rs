//! From the static frame to the living page.

use carnival_contract::api::Reply;
use carnival_contract::replies::ServerTime;
use carnival_domain::share_token::Landing;
use leptos::prelude::{Owner, mount_to, untrack};
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, Api};
use crate::browser::{boot, dom, events, frame, language, stage, timer, turns};
use crate::features::tab_bar;
use crate::later::later;
use crate::pages::waiting_page;
use crate::rest::{board, rest, rush};
use crate::routes::Route;
use crate::state::clock::Clock;
use crate::state::first_sight::{FirstSight, MyEntries};
use crate::state::referral::Overlay;
use crate::state::rest::{Arrival, Rest};
use crate::state::told::{self, Topic};
use crate::state::{Beginning, State, begin_state};
use crate::text::{self, Language, fill, moment_of, plain};
use crate::ui::{El, el, toast_stack};
use crate::var::Var;

/// Where the static frame stands, and the page after it.
const ROOT: &str = "app";
/// Between the tries of a page that came without its data, ms. The loader says meanwhile that it takes long.
const TRY_AGAIN_MS: i32 = 1500;

/// What is known when the page begins.
type Known = (Clock, FirstSight);

/// A page before there is a campaign to show.
pub(crate) struct Unbegun {
    api: Api,
    in_trouble: Var<bool>,
    rest: Rest,
}

/// Mounts the page as soon as there is what it shows: the first one at once, where the server wrote the campaign into
/// the document, and the others with the rest. Until then the static frame stands, and keeps the taps.
pub(crate) fn start() {
    #[cfg(feature = "mock-api")]
    crate::bench::open_board();
    #[cfg(feature = "count-allocations")]
    crate::counting::expose();
    let in_trouble = Var::new(false);
    let api = api::connect(in_trouble);
    let unbegun = Unbegun { api, in_trouble, rest: Rest::new() };
    spawn_local(unbegun.begin());
}

impl Unbegun {
    async fn begin(self) {
        // A page in English waits for its words: nobody is shown one language and then another.
        let lacks_language = language::is_english() && !text::fetch(Language::English).await;
        if lacks_language {
            language::mark(Language::Chinese.tag());
        }
        if boot::begins_with_first_page() {
            self.rest.load_rush().await;
        } else {
            self.rest.load().await;
            turns::end().await;
            self.rest.board().load().await;
        }
        if boot::begins_with_later_page() {
            turns::end().await;
            self.rest.later().load().await;
        }
        turns::end().await;
        let known = inlined();
        turns::end().await;
        match known {
            Some(known) => mount(self.beginning(known, lacks_language)).await,
            None => {
                self.rest.arrive().await;
                if let Some(ways) = rest(self.rest.part().arrival()) {
                    (ways.fetch)(self, lacks_language);
                }
            }
        }
    }

    fn beginning(self, (clock, first): Known, lacks_language: bool) -> Beginning {
        let Self { api, in_trouble, rest } = self;
        Beginning { api, clock, in_trouble, first, lacks_language, rest }
    }
}

/// Mounts the page with what the back end says, as soon as it says it.
pub(crate) fn fetch(unbegun: Unbegun, lacks_language: bool) {
    spawn_local(async move {
        let known = fetched(&unbegun.api).await;
        mount(unbegun.beginning(known, lacks_language)).await;
    });
}

/// What the server wrote into the document. It read its clock while the document was on its way.
fn inlined() -> Option<Known> {
    let time = ServerTime { server_time: api::inlined("server_time")?, pace: api::inlined("pace") };
    let said = boot::part("snapshot");
    told::keep(Topic::Campaign, said.clone());
    let mut first: FirstSight = api::decode(said).ok()?;
    first.entries = api::inlined::<MyEntries>("me").map(|me| me.entries).unwrap_or_default();
    let (sent, received) = timer::document_round_trip()?;
    Some((Clock::new(time, sent, received), first))
}

/// The same from the API, however long that takes.
async fn fetched(api: &Api) -> Known {
    loop {
        if let Ok(known) = try_to_fetch(api).await {
            return known;
        }
        timer::sleep_or_online(TRY_AGAIN_MS).await;
    }
}

async fn try_to_fetch(api: &Api) -> Reply<Known> {
    let sent = timer::monotonic_ms();
    let time = api.time().await?;
    let clock = Clock::new(time, sent, timer::monotonic_ms());
    let said = api.campaign().await?;
    told::keep(Topic::Campaign, said.clone());
    Ok((clock, api::decode(said)?))
}

/// In many tasks, so that a finger that comes down meanwhile is felt: first what is known, if the rest is there to take it,
/// then what is in sight, piece by piece and out of sight. The frame and the page change places once that is whole.
async fn mount(beginning: Beginning) {
    let owner = owner();
    let state = owner.with(|| begin(beginning));
    turns::end().await;
    let is_rest_here = state.rest.part().is_loaded();
    if is_rest_here {
        state.await_rest().await;
        turns::end().await;
    }
    if let Some(root) = dom::by_id(ROOT) {
        frame::keep(&root);
        let page = turns::collect(|| owner.with(|| draw(state)));
        stage::put_behind(&page, &root);
        turns::take_all().await;
        stage::show(&page);
    }
    boot::ready();
    state.go_on_when_seen();
    if !is_rest_here {
        state.await_rest().await;
    }
}

/// What everything of the page hangs on, as long as it stands.
fn owner() -> Owner {
    if let Some(root) = dom::by_id(ROOT) {
        // Leptos' mounting gives the page its executor; the page draws itself.
        mount_to(root, || ()).forget();
    }
    let owner = Owner::new();
    std::mem::forget(owner.clone());
    owner
}

fn begin(beginning: Beginning) -> State {
    let state = begin_state(beginning);
    state.land(api::inlined::<Landing>("landing"));
    #[cfg(feature = "mock-api")]
    crate::bench::expose(state);
    events::mark_input();
    state
}

fn draw(state: State) -> El {
    // A language is a page of its own: its texts are written once and need not listen.
    el("div", "").child_with(move || {
        state.session.language();
        app(state)
    })
}

fn app(state: State) -> El {
    let toasts = move || {
        let shown = state.toasts.shown();
        shown.into_iter().map(|toast| (toast.text, toast.tone.as_str())).collect()
    };
    let offline = move || {
        let line = || el("p", "offline").attr("role", "status").text(state.text().offline());
        (state.session.is_offline() || is_late(state)).then(line)
    };
    el("div", "app")
        .child(rehearsal(state))
        .child_with(move || page(state))
        .child(tab_bar(state))
        .child_with(offline)
        .child(toast_stack(toasts))
        .child_with(move || match state.referral.overlay() {
            Overlay::None => None,
            _ => later(state.rest.later().arrival()).and_then(|ways| (ways.overlay)(state)),
        })
}

/// Nobody may take a rehearsal for the campaign.
fn rehearsal(state: State) -> Option<El> {
    let pace = plain(state.clock.rehearsal_pace()?.unsigned_abs());
    let zone = state.session.campaign_untracked().utc_offset;
    let words = move || fill(state.text().rehearsal(), &[&pace, &moment_of(state.text(), state.clock.second(), zone)]);
    Some(el("p", "rehearsal").testid("rehearsal").text_with(words))
}

/// Whether what was asked for could not be had yet.
fn is_late(state: State) -> bool {
    [state.rest.part(), state.rest.rush(), state.rest.board(), state.rest.later()]
        .iter()
        .any(|part| part.arrival() == Arrival::Late)
}

/// The page that the address names.
fn page(state: State) -> Vec<El> {
    let route = state.navigation.route();
    // What a page reads while it is put together it reads once; what changes hangs on closures of its own.
    let page = match &route {
        Route::Rush | Route::Share(_) => {
            state.want_rush();
            let rush = rush(state.rest.rush().arrival());
            untrack(|| rush.map_or_else(|| waiting_page(state, &route), |rush| rush(state)))
        }
        Route::Stars => {
            state.want_board();
            let board = board(state.rest.board().arrival());
            untrack(|| board.map_or_else(|| waiting_page(state, &route), |board| board(state)))
        }
        other => {
            state.want_later();
            let ways = later(state.rest.later().arrival());
            untrack(|| ways.map_or_else(|| waiting_page(state, other), |ways| (ways.page)(state, other)))
        }
    };
    let name = state.local(&state.session.campaign_untracked().title);
    let title = if page.title.is_empty() { name } else { [&page.title, " · ", &name].concat() };
    dom::document().set_title(&title);
    vec![page.head, el("main", "page").attr("id", "main").attr("tabindex", "-1").child(page.body)]
}
