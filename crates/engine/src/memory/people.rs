//! What is known of people in memory: what they agreed to, their accounts, who acts for whom.

use std::collections::BTreeMap;

use carnival_contract::export::ExportedConsent;
use carnival_contract::replies::Consent;
use carnival_domain::erasure::mark;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::ParticipantId;
use carnival_domain::platforms::Provider;
use carnival_domain::time::Timestamp;

use crate::ledger::AccountRow;

/// A line of the record: to which version, when, and whether it was a yes.
#[derive(Clone, Debug)]
struct Said {
    who: ParticipantId,
    what: Consent,
    is_yes: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct People {
    said: Vec<Said>,
    accounts: BTreeMap<(Provider, Hash32), AccountRow>,
    acting: BTreeMap<ParticipantId, ParticipantId>,
    /// By their marks: when.
    erased: BTreeMap<[u8; 16], Timestamp>,
}

impl People {
    pub(super) fn consent(&self, who: ParticipantId) -> Option<Consent> {
        let last = self.said.iter().rev().find(|said| said.who == who);
        last.filter(|said| said.is_yes).map(|said| said.what.clone())
    }

    pub(super) fn agree(&mut self, who: ParticipantId, consent: &Consent) {
        self.said.push(Said { who, what: consent.clone(), is_yes: true });
    }

    pub(super) fn withdraw(&mut self, who: ParticipantId, version: &str, at: Timestamp) {
        let what = Consent { version: version.to_owned(), given_at: at };
        self.said.push(Said { who, what, is_yes: false });
    }

    pub(super) fn account(&self, provider: Provider, subject: Hash32) -> Option<AccountRow> {
        self.accounts.get(&(provider, subject)).cloned()
    }

    pub(super) fn accounts_of(&self, who: ParticipantId) -> Vec<AccountRow> {
        let mut accounts: Vec<_> =
            self.accounts.values().filter(|account| account.participant_id == who).cloned().collect();
        accounts.sort_by(|a, b| b.since.cmp(&a.since).then(a.provider.cmp(&b.provider)));
        accounts
    }

    pub(super) fn put_account(&mut self, account: &AccountRow) {
        self.accounts.insert((account.provider, account.subject), account.clone());
    }

    pub(super) fn forget_accounts(&mut self, who: ParticipantId) {
        self.accounts.retain(|_, account| account.participant_id != who);
    }

    pub(super) fn acting(&self, who: ParticipantId) -> ParticipantId {
        self.acting.get(&who).copied().unwrap_or(who)
    }

    /// Every yes and no, in their order.
    pub(super) fn all_said(&self, who: ParticipantId) -> Vec<ExportedConsent> {
        let said = self.said.iter().filter(|said| said.who == who);
        said.map(|said| ExportedConsent {
            version: said.what.version.clone(),
            is_given: said.is_yes,
            said_at: said.what.given_at,
        })
        .collect()
    }

    /// How many ids became this one's.
    pub(super) fn other_id_count(&self, who: ParticipantId) -> u32 {
        self.acting.values().filter(|to| **to == who).count() as u32
    }

    pub(super) fn erased_at(&self, who: ParticipantId) -> Option<Timestamp> {
        self.erased.get(&mark(who)).copied()
    }

    pub(super) fn erase(&mut self, who: ParticipantId, at: Timestamp) {
        self.said.retain(|said| said.who != who);
        self.forget_accounts(who);
        let others = self.acting.iter().filter(|(_, to)| **to == who).map(|(from, _)| *from);
        for id in others.chain([who]).collect::<Vec<_>>() {
            self.acting.remove(&id);
            self.erased.insert(mark(id), at);
        }
    }

    pub(super) fn move_all(&mut self, from: ParticipantId, to: ParticipantId) {
        self.said.iter_mut().filter(|said| said.who == from).for_each(|said| said.who = to);
        let accounts = self.accounts.values_mut().filter(|account| account.participant_id == from);
        accounts.for_each(|account| account.participant_id = to);
        self.acting.values_mut().filter(|who| **who == from).for_each(|who| *who = to);
        self.acting.insert(from, to);
    }
}
