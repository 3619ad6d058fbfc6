//! `carnival webhooks`: what was told and what not, and telling it again. It works on the database beside a running server,
//! which finds what is due within a second.

use std::fmt::Write as _;

use carnival_domain::time::Timestamp;

use crate::check::Told;
use crate::cli::{WebhooksArgs, WebhooksTask};
use crate::failure::StartFailure;
use crate::start::DATABASE;
use crate::store::sqlite::{connect, outbox};

/// How many messages are listed: whoever has more has one reason for all of them.
const LISTED: u32 = 50;

/// Does what was asked.
///
/// # Errors
/// Why the database can't be read or written, in a sentence.
pub fn run(args: &WebhooksArgs, now: Timestamp) -> Result<Told, StartFailure> {
    let path = args.data_dir.join(DATABASE);
    if !path.exists() {
        let shown = path.display();
        return Err(StartFailure::because(format!(
            "There is no database {shown}; name its directory with --data-dir."
        )));
    }
    let db = connect(&path).map_err(StartFailure::Because)?;
    let cannot = |error: rusqlite::Error| StartFailure::because(format!("The messages can't be read: {error}."));
    let text = match &args.task {
        WebhooksTask::List => {
            let mut text = String::new();
            for counts in outbox::counts(&db).map_err(cannot)? {
                let outbox::MessageCounts { endpoint, waiting, delivered, dead } = counts;
                let _infallible =
                    writeln!(text, "{endpoint}: {delivered} told this week, {waiting} to be told, {dead} given up");
            }
            for failed in outbox::failed(&db, LISTED).map_err(cannot)? {
                let next = failed.next_at.map_or_else(|| "given up".to_owned(), |at| format!("again at {at}"));
                let _infallible = writeln!(
                    text,
                    "{} {} {}: {} tries failed, {next}: {}",
                    failed.event.happened_at,
                    failed.event.webhook_id,
                    failed.endpoint_id,
                    failed.failed_count,
                    failed.failure.unwrap_or_default()
                );
            }
            if text.is_empty() { "No webhook has had anything to tell.".to_owned() } else { text.trim_end().to_owned() }
        }
        WebhooksTask::Replay { message } => match outbox::replay(&db, message.as_deref(), now).map_err(cannot)? {
            0 => return Ok(Told { text: "There is no such message.".to_owned(), is_right: message.is_none() }),
            count => format!("{count} will be told again, under the same ids."),
        },
    };
    Ok(Told { text, is_right: true })
}
