//! Signing in: a platform says who somebody is, and what they did as a guest becomes the account's.

use carnival_contract::error_code::ErrorCode;
use carnival_domain::hex::Hash32;
use carnival_domain::ids::ParticipantId;
use carnival_domain::platforms::Provider;
use carnival_domain::time::{Day, Timestamp};
use carnival_domain::vote::surplus_votes;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::{AccountRow, Ledger};
use crate::once::{Write, acting};
use crate::picks::move_picks;

/// Whom a platform says somebody to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which platform.
    pub provider: Provider,
    /// What was made of the platform's own id.
    pub subject: Hash32,
    /// Their nickname, if they gave it.
    pub nickname: Option<String>,
}

/// What signing in comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who the browser is from now on.
    pub who: ParticipantId,
}

impl Engine {
    /// Signs a participant in. There is no key to repeat it by: doing it again changes nothing.
    ///
    /// An account that is new is this guest's own from now on. An account that is somebody's already, as after signing in
    /// elsewhere, gets what this guest did: they are one person. Whoever is signed in is no guest, though: somebody else may
    /// sign in on their telephone, by the same platform or by another. They go on as themselves (as `newcomer`, if they are
    /// new), and nothing is moved.
    ///
    /// # Errors
    /// A refusal for want of consent to the current notice, or the ledger's own.
    pub fn sign_in<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        identity: &Identity,
        newcomer: ParticipantId,
    ) -> Result<SignedIn, Failure<L::Error>> {
        let write = acting(ledger, write)?;
        let outdated = || Failure::refused(ErrorCode::ConsentOutdated);
        let consent = self.current_consent(ledger, write.who)?.ok_or_else(outdated)?;
        let is_guest = ledger.accounts_of(write.who)?.is_empty();
        let known = ledger.account(identity.provider, identity.subject)?;
        let who = match &known {
            Some(account) if account.participant_id == write.who => write.who,
            Some(account) => {
                if is_guest {
                    self.merge(ledger, write.who, account.participant_id, write.now)?;
                }
                account.participant_id
            }
            None if is_guest => write.who,
            None => newcomer,
        };
        // It was this person who agreed, whoever the browser was then.
        if self.current_consent(ledger, who)?.is_none() {
            ledger.add_consent(who, &consent)?;
        }
        let (since, called) = known.map_or((write.now, None), |account| (account.since, account.nickname));
        ledger.put_account(&AccountRow {
            provider: identity.provider,
            subject: identity.subject,
            participant_id: who,
            since,
            nickname: identity.nickname.clone().or(called),
        })?;
        Ok(SignedIn { who })
    }

    /// Makes two participants one. Votes that one person could not have cast are taken back, until the leaderboard is
    /// frozen. Entries and coupons stay, every one of them: a receipt that was signed must stay true.
    fn merge<L: Ledger>(
        &self,
        ledger: &mut L,
        from: ParticipantId,
        to: ParticipantId,
        now: Timestamp,
    ) -> Result<(), L::Error> {
        move_picks(ledger, from, to, now)?;
        ledger.move_things(from, to)?;
        if now >= self.campaign.ends_at {
            return Ok(());
        }
        let votes = ledger.all_votes_of(to)?;
        // By what friends earned the one person: who came to both counts once.
        let by_friends = self.earned_by_day(ledger, to, &votes)?;
        let cast: Vec<(Day, _)> = votes.iter().map(|vote| (vote.day, vote.star_id.clone())).collect();
        for place in surplus_votes(self.campaign.voting, &by_friends, &cast) {
            ledger.take_back_vote(to, &votes[place], now)?;
        }
        Ok(())
    }
}
