//! `carnival operator`: asks a server that runs, with the operator's key.

mod csv;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use carnival_contract::paths;
use carnival_contract::problem::Problem;
use carnival_contract::replies::{DELIVERIES_SHOWN, DeliveriesReply, Dispatched, PauseReply};
use carnival_contract::requests::{MarkDispatched, PauseNote};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::check::Told;
use crate::cli::{OperatorTask, ServerArgs};
use crate::failure::StartFailure;
use crate::identity::operator_key::{OPERATOR_VARIABLE, OperatorKey};
use crate::identity::secrets::{SECRET_VARIABLE, Secrets};

/// A server that has not answered by then is busy or gone.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Does what the operator wants done.
///
/// # Errors
/// Why it was not done, in a sentence.
pub async fn run(task: &OperatorTask) -> Result<Told, StartFailure> {
    match task {
        OperatorTask::Pause { note, server } => {
            let note = PauseNote { note: Some(note.clone()) };
            let reply: PauseReply = ask(server, |http, url| http.post(url(paths::OPERATOR_PAUSE)).json(&note)).await?;
            Ok(told(format!("The rounds stand still since {}: {}", reply.pause.from, reply.pause.note)))
        }
        OperatorTask::Resume { note, server } => {
            let note = PauseNote { note: note.clone() };
            let reply: PauseReply = ask(server, |http, url| http.post(url(paths::OPERATOR_RESUME)).json(&note)).await?;
            let pause = reply.pause;
            let seconds = pause.until.map_or(0, |until| until.ms_since(pause.from)) / 1000;
            Ok(told(format!("The rounds go on, {seconds} s later than they would have: {}", pause.note)))
        }
        OperatorTask::Deliveries { csv, server } => {
            let reply: DeliveriesReply = ask(server, |http, url| http.get(url(paths::OPERATOR_DELIVERIES))).await?;
            Ok(told(if *csv { csv::table(&reply.deliveries) } else { list(&reply) }))
        }
        OperatorTask::Dispatched { entries, server } => {
            let sent = MarkDispatched { entry_ids: entries.clone() };
            let reply: Dispatched =
                ask(server, |http, url| http.post(url(paths::OPERATOR_DISPATCHES)).json(&sent)).await?;
            let mut text = format!("{} on their way.", reply.entry_ids.len());
            for entry in &reply.unknown {
                let _infallible = write!(text, "\n{entry}: nothing was claimed for it, or it is no winner's.");
            }
            Ok(Told { text, is_right: reply.unknown.is_empty() })
        }
    }
}

fn told(text: String) -> Told {
    Told { text, is_right: true }
}

fn list(reply: &DeliveriesReply) -> String {
    let count = reply.deliveries.len();
    let mut text = format!("{count} to send");
    if count >= DELIVERIES_SHOWN as usize {
        text.push_str(", and perhaps more: mark these as dispatched, and ask again");
    }
    for delivery in &reply.deliveries {
        let to = &delivery.to;
        let _infallible = write!(
            text,
            "\n{}  {}  {}, {}, {}  (claimed {}, {})",
            delivery.entry_id, delivery.prize_id, to.name, to.phone, to.address, delivery.claimed_at, delivery.draw_id
        );
    }
    text
}

/// Asks the server, and gives its answer or its reason.
async fn ask<T: DeserializeOwned>(
    server: &ServerArgs,
    request: impl FnOnce(&Client, &dyn Fn(&str) -> String) -> RequestBuilder,
) -> Result<T, StartFailure> {
    let key = key(&server.data_dir)?;
    let base = server.url.trim_end_matches('/');
    let url = |path: &str| format!("{base}{path}");
    let unheard = |error: reqwest::Error| {
        StartFailure::because(format!("The server at {base} can't be asked: {}.", error.without_url()))
    };
    // An operator's key must not follow a redirect to somebody else.
    let http = Client::builder().timeout(TIMEOUT).redirect(Policy::none()).build().map_err(unheard)?;
    let answer = request(&http, &url).bearer_auth(key.as_str()).send().await.map_err(unheard)?;
    if answer.status().is_success() {
        return answer.json().await.map_err(unheard);
    }
    let status = answer.status();
    let problem: Option<Problem> = answer.json().await.ok();
    let title = problem.map_or_else(|| format!("HTTP {status}"), |problem| problem.title);
    Err(StartFailure::because(format!("The server at {base} says no: {title}")))
}

fn key(data_dir: &Path) -> Result<OperatorKey, StartFailure> {
    let is_set = |variable| std::env::var_os(variable).is_some();
    // Loading a secret makes one where there is none, which no server would know of.
    if !is_set(OPERATOR_VARIABLE) && !is_set(SECRET_VARIABLE) && !data_dir.join("secrets.toml").exists() {
        return Err(StartFailure::because(format!(
            "There is no secrets.toml in {}; name the server's --data-dir, or set {OPERATOR_VARIABLE}.",
            data_dir.display()
        )));
    }
    if is_set(OPERATOR_VARIABLE) {
        return OperatorKey::load(&Secrets::from_root([0; 32])).map_err(StartFailure::Because);
    }
    let secrets = Secrets::load(data_dir).map_err(StartFailure::Because)?;
    OperatorKey::load(&secrets).map_err(StartFailure::Because)
}
