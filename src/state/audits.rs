//! The daily public audit of votes: fetched each time it is shown.

use carnival_contract::audits::AuditDay;
use leptos::task::spawn_local;

use super::State;
use crate::var::Var;

impl State {
    /// Asks for the days. Without an answer nothing is shown, and the next look asks again.
    pub(crate) fn look_at_audits(self, days: Var<Vec<AuditDay>>) {
        spawn_local(async move {
            if let Ok(reply) = self.api().audits().await {
                days.set(reply.days);
            }
        });
    }
}
