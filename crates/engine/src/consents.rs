//! Agreeing to the privacy notice, and taking that back.

use carnival_contract::error_code::ErrorCode;
use carnival_contract::replies::{Consent, ConsentGiven, ConsentWithdrawn};
use carnival_contract::requests::GiveConsent;
use carnival_domain::ids::ParticipantId;

use crate::Engine;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::once::{Write, once};

impl Engine {
    /// Agrees to the privacy notice. Agreeing to the same version again changes nothing.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn give_consent<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
        asked: &GiveConsent,
    ) -> Result<ConsentGiven, Failure<L::Error>> {
        once(ledger, write, format!("consent {}", asked.version), |ledger, write| {
            if asked.version != self.campaign.privacy.version {
                return Err(Failure::refused(ErrorCode::ConsentOutdated));
            }
            if let Some(consent) = self.current_consent(ledger, write.who)? {
                return Ok(ConsentGiven { consent });
            }
            let consent = Consent { version: asked.version.clone(), given_at: write.now };
            ledger.add_consent(write.who, &consent)?;
            Ok(ConsentGiven { consent })
        })
    }

    /// Takes back what was agreed to: accounts are forgotten, and so is what the platforms said. Entries, votes, coupons
    /// and links stay the participant's, who is a guest again.
    ///
    /// # Errors
    /// A refusal, or the ledger's own.
    pub fn withdraw_consent<L: Ledger>(
        &self,
        ledger: &mut L,
        write: &Write,
    ) -> Result<ConsentWithdrawn, Failure<L::Error>> {
        once(ledger, write, "withdraw consent".to_owned(), |ledger, write| {
            let Some(consent) = ledger.consent(write.who)? else {
                return Ok(ConsentWithdrawn { withdrawn_at: None });
            };
            ledger.add_withdrawal(write.who, &consent.version, write.now)?;
            ledger.forget_accounts(write.who)?;
            Ok(ConsentWithdrawn { withdrawn_at: Some(write.now) })
        })
    }

    /// Whether a participant agreed to the notice as it is now.
    ///
    /// # Errors
    /// The ledger's own.
    pub fn agrees<L: Ledger>(&self, ledger: &L, who: ParticipantId) -> Result<bool, L::Error> {
        let who = ledger.acting(who)?;
        Ok(self.current_consent(ledger, who)?.is_some())
    }

    /// A participant's consent, if it is to the notice as it is now.
    pub(crate) fn current_consent<L: Ledger>(
        &self,
        ledger: &L,
        who: ParticipantId,
    ) -> Result<Option<Consent>, L::Error> {
        let consent = ledger.consent(who)?;
        Ok(consent.filter(|consent| consent.version == self.campaign.privacy.version))
    }
}
