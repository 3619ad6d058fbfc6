//! What the platforms remember.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::settings::{Health, Settings};

/// How long tokens and tickets are good.
pub(crate) const TOKEN_S: u64 = 7200;
/// A new token is given out that long before the old one ends; both are good until then.
const OVERLAP_S: u64 = 300;
/// How long a code is good.
const CODE_S: u64 = 300;

/// A word that is good until some second.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) word: String,
    pub(crate) until_s: u64,
}

/// A code that the authorisation page gave out.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) person: String,
    pub(crate) scope: String,
    until_s: u64,
    is_used: bool,
}

/// What was wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeRefused {
    Unknown,
    Used,
}

#[derive(Debug)]
pub(crate) struct World {
    started: Instant,
    advanced_s: u64,
    pub(crate) person: String,
    pub(crate) nickname: String,
    pub(crate) refuses: bool,
    pub(crate) is_snapshot: bool,
    pub(crate) health: Health,
    pub(crate) refuses_addresses: bool,
    tickets_left: u32,
    codes_spoilt: u32,
    tokens: Vec<Pass>,
    forced_at_s: Vec<u64>,
    ticket: Option<Pass>,
    codes: BTreeMap<String, Code>,
    /// Tokens of persons, for their own data.
    pub(crate) persons: BTreeMap<String, Code>,
    pub(crate) calls: BTreeMap<String, u32>,
}

/// The world, for every request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for World {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            advanced_s: 0,
            person: "ada".to_owned(),
            nickname: "小艾".to_owned(),
            refuses: false,
            is_snapshot: false,
            health: Health::Well,
            refuses_addresses: false,
            tickets_left: 10_000,
            codes_spoilt: 0,
            tokens: Vec::new(),
            forced_at_s: Vec::new(),
            ticket: None,
            codes: BTreeMap::new(),
            persons: BTreeMap::new(),
            calls: BTreeMap::new(),
        }
    }
}

impl World {
    pub(crate) fn set(&mut self, settings: Settings) {
        fn put<T>(place: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *place = value;
            }
        }
        put(&mut self.person, settings.person);
        put(&mut self.nickname, settings.nickname);
        put(&mut self.refuses, settings.refuses);
        put(&mut self.is_snapshot, settings.is_snapshot);
        put(&mut self.health, settings.health);
        put(&mut self.refuses_addresses, settings.refuses_addresses);
        put(&mut self.tickets_left, settings.tickets_left);
        put(&mut self.codes_spoilt, settings.codes_spoilt);
        if settings.revokes_tokens == Some(true) {
            self.tokens.clear();
        }
        self.advanced_s += settings.advance_s.unwrap_or_default();
    }

    pub(crate) fn now_s(&self) -> u64 {
        self.started.elapsed().as_secs() + self.advanced_s
    }

    /// The account's token: the same one until shortly before its end. None if a new one was forced too often.
    pub(crate) fn token(&mut self, forced: bool) -> Option<Pass> {
        let now = self.now_s();
        self.tokens.retain(|token| token.until_s > now);
        if forced {
            self.forced_at_s.retain(|at| now - at < 86_400);
            let too_soon = self.forced_at_s.last().is_some_and(|at| now - at < 30);
            if too_soon || self.forced_at_s.len() >= 20 {
                return None;
            }
            self.forced_at_s.push(now);
            self.tokens.clear();
        }
        let newest = self.tokens.last().filter(|token| token.until_s > now + OVERLAP_S);
        Some(newest.cloned().unwrap_or_else(|| {
            let token = Pass { word: random_word(136), until_s: now + TOKEN_S };
            self.tokens.push(token.clone());
            token
        }))
    }

    pub(crate) fn knows_token(&self, word: &str) -> bool {
        let now = self.now_s();
        self.tokens.iter().any(|token| token.word == word && token.until_s > now)
    }

    /// The ticket that signatures are made with; none if too many were fetched.
    pub(crate) fn fetch_ticket(&mut self) -> Option<Pass> {
        self.tickets_left = self.tickets_left.checked_sub(1)?;
        let now = self.now_s();
        if self.ticket.as_ref().is_none_or(|ticket| ticket.until_s <= now) {
            self.ticket = Some(Pass { word: random_word(86), until_s: now + TOKEN_S });
        }
        self.ticket.clone()
    }

    /// The ticket that is good now.
    pub(crate) fn ticket(&self) -> Option<&str> {
        let now = self.now_s();
        self.ticket.as_ref().filter(|ticket| ticket.until_s > now).map(|ticket| ticket.word.as_str())
    }

    pub(crate) fn new_code(&mut self, scope: &str) -> String {
        let word = random_word(32);
        let is_used = self.codes_spoilt > 0;
        self.codes_spoilt = self.codes_spoilt.saturating_sub(1);
        let until_s = self.now_s() + CODE_S;
        self.codes
            .insert(word.clone(), Code { person: self.person.clone(), scope: scope.to_owned(), until_s, is_used });
        word
    }

    pub(crate) fn use_code(&mut self, word: &str) -> Result<Code, CodeRefused> {
        let now = self.now_s();
        let code = self.codes.get_mut(word).filter(|code| code.until_s > now).ok_or(CodeRefused::Unknown)?;
        if code.is_used {
            return Err(CodeRefused::Used);
        }
        code.is_used = true;
        Ok(code.clone())
    }

    /// A token for a person's own data.
    pub(crate) fn personal_token(&mut self, code: Code) -> String {
        let word = random_word(64);
        self.persons.insert(word.clone(), code);
        word
    }

    pub(crate) fn openid(&self, person: &str) -> String {
        // A snapshot's identity is another one each time.
        let made_up = if self.is_snapshot { random_word(8) } else { String::new() };
        format!("o-{person}{made_up}")
    }
}

pub(crate) fn random_word(length: usize) -> String {
    (0..length).map(|_| fastrand::alphanumeric()).collect()
}
