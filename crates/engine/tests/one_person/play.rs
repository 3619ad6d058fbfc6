//! People who do something, on several telephones, and sign in now and then.

use std::collections::{BTreeMap, BTreeSet};

use carnival_contract::idempotency::IdempotencyKey;
use carnival_contract::replies::{ClaimReply, EntryReceipt, FanEntry, Picks};
use carnival_contract::requests::{GiveConsent, MakeLink, PickItem, ShowPicks};
use carnival_contract::scenarios::campaign::{self, ROUND_MS};
use carnival_domain::hex::Hash32;
use carnival_domain::ids::{DrawId, ParticipantId};
use carnival_domain::platforms::Provider;
use carnival_domain::share_token::{Channel, Landing};
use carnival_domain::time::Timestamp;
use carnival_engine::memory::MemoryLedger;
use carnival_engine::{Engine, Identity, Ledger, Write};
use proptest::prelude::*;

/// What a browser does. It goes on under its first cookie if it is `stale`: another tab, or a request on its way.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Enter,
    Vote(usize),
    Claim(usize),
    /// By the link of another browser.
    Visit(usize),
    /// The second time it is taken back.
    Pick(usize),
    Show(bool),
    SignIn(Provider, u8),
    Withdraw,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Browser { browser: usize, stale: bool, act: Act },
    Wait(i64),
}

pub(crate) const STARS: [&str; 4] = ["ann", "ben", "cai", "dai"];
pub(crate) const ITEMS: [&str; 2] = ["thing", "other"];
const OFFERS: [&str; 2] = ["few", "twice"];
const BROWSERS: usize = 5;

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let provider = prop_oneof![Just(Provider::WeChat), Just(Provider::Qq)];
    let act = prop_oneof![
        3 => Just(Act::Enter),
        6 => (0..STARS.len()).prop_map(Act::Vote),
        2 => (0..OFFERS.len()).prop_map(Act::Claim),
        3 => (0..BROWSERS).prop_map(Act::Visit),
        2 => (0..ITEMS.len()).prop_map(Act::Pick),
        2 => any::<bool>().prop_map(Act::Show),
        3 => (provider, 0..2u8).prop_map(|(provider, person)| Act::SignIn(provider, person)),
        1 => Just(Act::Withdraw),
    ];
    let browser = (0..BROWSERS, any::<bool>(), act);
    prop_oneof![
        12 => browser.prop_map(|(browser, stale, act)| Step::Browser { browser, stale, act }),
        1 => (0..2 * ROUND_MS).prop_map(Step::Wait),
        1 => Just(Step::Wait(8 * 3_600_000)),
    ]
}

pub(crate) struct Played {
    pub(crate) engine: Engine,
    pub(crate) ledger: MemoryLedger,
    pub(crate) now: Timestamp,
    /// First cookie and cookie of today of every browser.
    cookies: Vec<(ParticipantId, ParticipantId)>,
    pub(crate) everybody: BTreeSet<ParticipantId>,
    pub(crate) receipts: Vec<EntryReceipt>,
    pub(crate) fans: Vec<FanEntry>,
    pub(crate) codes: BTreeSet<String>,
    /// Whose links were opened by whom and when, counted or not.
    pub(crate) visits: Vec<(ParticipantId, ParticipantId, Timestamp)>,
    /// By the vote's number: for whom it was counted when it was cast.
    pub(crate) canvassed: BTreeMap<u64, ParticipantId>,
    pub(crate) votes_accepted: u64,
    pub(crate) merged_when_frozen: bool,
    fans_drawn: BTreeSet<DrawId>,
    next: u64,
}

fn id(n: u64) -> ParticipantId {
    ParticipantId(u128::from(n).to_be_bytes())
}

impl Played {
    fn begin() -> Self {
        let cookies: Vec<_> = (1..=BROWSERS as u64).map(|n| (id(n), id(n))).collect();
        Self {
            engine: Engine::new(campaign::friends(), b"key", None),
            ledger: MemoryLedger::default(),
            now: campaign::noon(),
            everybody: cookies.iter().map(|(first, _)| *first).collect(),
            cookies,
            receipts: Vec::new(),
            fans: Vec::new(),
            codes: BTreeSet::new(),
            visits: Vec::new(),
            canvassed: BTreeMap::new(),
            votes_accepted: 0,
            merged_when_frozen: false,
            fans_drawn: BTreeSet::new(),
            next: 1000,
        }
    }

    fn write(&mut self, who: ParticipantId) -> Write {
        self.next += 1;
        Write { who, key: IdempotencyKey::from_random(u128::from(self.next).to_be_bytes()), now: self.now }
    }

    fn settle(&mut self) {
        let Ok(ended) = self.engine.settle(&mut self.ledger, self.now, &mut || [7; 32]);
        for round in ended {
            let Ok(Some(row)) = self.ledger.round(round) else { panic!("an ended round is known") };
            self.check_draw(&row.draw_id);
        }
        let Ok(draws) = self.ledger.fans_draws();
        for draw in draws.into_iter().filter(|draw| draw.is_done) {
            if self.fans_drawn.insert(draw.draw_id.clone()) {
                self.check_draw(&draw.draw_id);
            }
        }
    }

    /// Holds, as long as everybody is who they were when it was drawn, that a draw took people for people.
    fn check_draw(&self, draw_id: &DrawId) {
        let Ok(proof) = self.engine.proof(&self.ledger, draw_id) else { return };
        let Ok(entries) = self.ledger.entries_of_draw(draw_id);
        let owners: BTreeMap<_, _> = entries.iter().map(|entry| (entry.entry_id, entry.participant_id)).collect();
        let came_in = proof.winners.iter().map(|winner| winner.entry_id).chain(proof.reserves.iter().copied());
        let came_in: Vec<_> = came_in.map(|entry| owners[&entry]).collect();
        let distinct: BTreeSet<_> = came_in.iter().collect();
        assert_eq!(distinct.len(), came_in.len(), "one person comes in once, with however many entries");
        let people: BTreeSet<_> = owners.values().collect();
        let places: u32 = proof.prizes.iter().map(|prize| prize.count).sum();
        assert_eq!(proof.winners.len(), people.len().min(places as usize), "nor is a prize lost by it");
        for passed in &proof.passed_over {
            assert_eq!(owners[&passed.entry_id], owners[&passed.same_person_as]);
        }
    }

    fn act(&mut self, browser: usize, stale: bool, act: &Act) {
        let (first, latest) = self.cookies[browser];
        let who = if stale { first } else { latest };
        let write = self.write(who);
        let random = self.next;
        let Self { engine, ledger, .. } = self;
        match act {
            Act::Enter => {
                let round = engine.campaign().rounds.schedule.current_or_next(write.now);
                let Some(round) = round else { return };
                let entry = engine.enter_round(ledger, &write, round.id, u128::from(random).to_be_bytes());
                self.receipts.extend(entry.ok().map(|entry| entry.receipt));
            }
            Act::Vote(star) => {
                let before: Vec<_> = self.everybody.iter().map(|who| brought(ledger, *who)).collect();
                let vote = engine
                    .cast_vote(ledger, &write, &campaign::slug(STARS[*star]), || u128::from(random).to_be_bytes());
                self.votes_accepted += u64::from(vote.is_ok());
                if let Ok(vote) = vote {
                    let counts = |(who, before): (&ParticipantId, _)| (brought(ledger, *who) > before).then_some(*who);
                    let owner = self.everybody.iter().zip(before).find_map(counts);
                    self.canvassed.extend(owner.map(|owner| (vote.tally.reached, owner)));
                    self.fans.extend(vote.fan);
                }
            }
            Act::Claim(offer) => {
                let offer = campaign::slug(OFFERS[*offer]);
                let claimed = engine.claim_coupon(ledger, &write, &offer, (u128::from(random) << 104).to_be_bytes());
                if let Ok(ClaimReply::Coupon(claimed)) = claimed {
                    self.codes.insert(claimed.coupon.code);
                }
            }
            Act::Visit(of) => {
                let owner = self.cookies[*of].1;
                let channel = Channel::ALL[*of % Channel::ALL.len()];
                let landing = match random % 3 {
                    0 => Landing::Stars,
                    n => Landing::Star { star_id: campaign::slug(STARS[n as usize - 1]) },
                };
                let asked = MakeLink { landing, channel };
                let by_owner = self.write(owner);
                let link = self.engine.make_link(&mut self.ledger, &by_owner, &asked, random.to_be_bytes());
                let Ok(link) = link else { panic!("a link") };
                let Ok(_) = self.engine.record_visit(&mut self.ledger, &write, &link.token) else { panic!("a visit") };
                let (Ok(owner), Ok(visitor)) = (self.ledger.acting(owner), self.ledger.acting(who));
                self.visits.push((owner, visitor, write.now));
            }
            Act::Pick(item) => {
                let item = campaign::slug(ITEMS[*item]);
                let Ok(before) = engine.picks(ledger, who);
                let asked = PickItem { is_picked: !before.mine.contains(&item) };
                let Ok(_) = engine.pick_item(ledger, &write, &item, asked) else { panic!("there is room for two") };
            }
            Act::Show(is_shown) => {
                let Ok(_) = engine.show_picks(ledger, &write, ShowPicks { is_shown: *is_shown }) else {
                    panic!("no reason to refuse")
                };
            }
            Act::SignIn(provider, person) => self.sign_in(browser, &write, *provider, *person),
            Act::Withdraw => {
                let Ok(_) = engine.withdraw_consent(ledger, &write) else { panic!("no reason to refuse") };
                let Ok(me) = engine.me(ledger, who, write.now);
                assert_eq!((me.consent, me.account), (None, None));
            }
        }
    }

    fn sign_in(&mut self, browser: usize, write: &Write, provider: Provider, person: u8) {
        let identity = Identity { provider, subject: Hash32([person; 32]), nickname: None };
        let asked = GiveConsent { version: self.engine.campaign().privacy.version.clone() };
        let Ok(before) = self.ledger.acting(write.who);
        let Ok(_) = self.engine.give_consent(&mut self.ledger, write, &asked) else { panic!("agreed") };
        let newcomer = id(self.next + 1_000_000);
        let Ok(known) = self.ledger.account(provider, identity.subject);
        let account = known.map_or(before, |account| account.participant_id);
        let picks_before = [before, account].map(|who| picks(&self.engine, &self.ledger, who));
        let signed_in = self.engine.sign_in(&mut self.ledger, write, &identity, newcomer);
        let Ok(signed_in) = signed_in else { panic!("signed in") };
        let Ok(after) = self.ledger.acting(before);
        if after != before {
            let now = picks(&self.engine, &self.ledger, after);
            let items = |picks: &Picks| picks.mine.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(items(&now), &items(&picks_before[0]) | &items(&picks_before[1]), "no pick is lost");
            let was_private = picks_before.iter().any(|picks| !picks.mine.is_empty() && !picks.is_shown);
            assert!(!(now.is_shown && was_private), "signing in shows nothing that was private");
        }
        self.merged_when_frozen |= after != before && self.now >= self.engine.campaign().ends_at;
        self.cookies[browser].1 = signed_in.who;
        self.everybody.insert(signed_in.who);
        let Ok(me) = self.engine.me(&self.ledger, signed_in.who, self.now);
        assert!(me.account.is_some() && me.consent.is_some());
        let Ok(Some(account)) = self.ledger.account(provider, identity.subject) else { panic!("an account") };
        assert_eq!(account.participant_id, signed_in.who, "who signs in is who the platform says");
        let Ok(accounts) = self.ledger.accounts_of(signed_in.who);
        assert_eq!(accounts.len(), 1, "two accounts are two people");
    }
}

/// How many votes somebody's links brought.
fn brought(ledger: &MemoryLedger, who: ParticipantId) -> u32 {
    let Ok(stars) = ledger.canvassed_by(who);
    stars.iter().map(|star| star.vote_count).sum()
}

fn picks(engine: &Engine, ledger: &MemoryLedger, who: ParticipantId) -> Picks {
    let Ok(picks) = engine.picks(ledger, who);
    picks
}

pub(crate) fn play(steps: &[Step]) -> Played {
    let mut played = Played::begin();
    for step in steps {
        played.settle();
        match step {
            Step::Wait(ms) => played.now = played.now.plus_ms(*ms),
            Step::Browser { browser, stale, act } => played.act(*browser, *stale, act),
        }
    }
    played.settle();
    played
}
