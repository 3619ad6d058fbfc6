//! What is to be told, and what became of it.

use carnival_domain::ids::EndpointId;
use carnival_domain::time::Timestamp;

use crate::ledger::{EventRow, MessageRow};

#[derive(Clone, Debug, Default)]
pub(super) struct Outbox(Vec<MessageRow>);

impl Outbox {
    pub(super) fn add(&mut self, event: &EventRow, listeners: &[EndpointId]) {
        for endpoint_id in listeners {
            let known = self.find(endpoint_id, &event.webhook_id).is_some();
            if !known {
                self.0.push(MessageRow::fresh(event.clone(), endpoint_id.clone()));
            }
        }
    }

    pub(super) fn due(&self, endpoint: &EndpointId, now: Timestamp, limit: u32) -> Vec<MessageRow> {
        let is_due = |row: &&MessageRow| row.endpoint_id == *endpoint && row.next_at.is_some_and(|at| at <= now);
        let mut due: Vec<_> = self.0.iter().filter(is_due).cloned().collect();
        due.sort_by_key(|row| row.next_at);
        due.truncate(limit as usize);
        due
    }

    pub(super) fn put(&mut self, message: &MessageRow) {
        if let Some(place) = self.find(&message.endpoint_id, &message.event.webhook_id) {
            self.0[place] = message.clone();
        }
    }

    fn find(&self, endpoint: &EndpointId, webhook_id: &str) -> Option<usize> {
        self.0.iter().position(|row| row.endpoint_id == *endpoint && row.event.webhook_id == webhook_id)
    }
}
