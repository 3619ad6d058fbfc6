//! What a platform makes of a code.

use std::fmt;

use serde_json::{Map, Value};

/// Longer names are cut: they stand in a line of a phone's page.
const NICKNAME_MAX: usize = 32;

/// Somebody, as a platform knows them. There is no `Debug`: an id of a platform's gets into no log.
pub(super) struct Person {
    pub(super) openid: String,
    pub(super) nickname: Option<String>,
}

/// Why there is nobody. Never with a secret, a code or an id in it: this is logged.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ExchangeFailure {
    /// A snapshot page's made-up identity.
    Snapshot,
    /// The code was used before, or is over; another one may be good.
    CodeSpent,
    /// Anything else.
    Failed(String),
}

impl fmt::Display for ExchangeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot => f.write_str("the page was a snapshot"),
            Self::CodeSpent => f.write_str("the code was used before"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

/// A JSON object that is asked for, whatever it is wrapped in: `callback( {…} );` and forms are how QQ answered in 2010,
/// and still does at times.
pub(super) async fn ask(request: reqwest::RequestBuilder) -> Result<Map<String, Value>, ExchangeFailure> {
    // The address has a secret in it: an error must not carry it into a log.
    let failed = |error: reqwest::Error| ExchangeFailure::Failed(error.without_url().to_string());
    let response = request.send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
    let text = response.text().await.map_err(failed)?;
    read(&text).ok_or_else(|| ExchangeFailure::Failed("an answer that can't be read".to_owned()))
}

fn read(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    let wrapped = text.strip_prefix("callback(").and_then(|rest| rest.trim_end_matches(';').trim().strip_suffix(')'));
    let text = wrapped.unwrap_or(text).trim();
    if text.starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    let form = reqwest::Url::parse(&format!("form:?{text}")).ok()?;
    let pairs: Map<_, _> =
        form.query_pairs().map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect();
    (pairs.len() > 1).then_some(pairs)
}

/// A number of an answer, which may be written as text; 0 if it is not there.
pub(super) fn number(answer: &Map<String, Value>, name: &str) -> i64 {
    let value = answer.get(name);
    let text = || value.and_then(Value::as_str)?.parse().ok();
    value.and_then(Value::as_i64).or_else(text).unwrap_or(0)
}

/// A text of an answer that is not empty.
pub(super) fn text<'a>(answer: &'a Map<String, Value>, name: &str) -> Result<&'a str, ExchangeFailure> {
    let found = answer.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    found.ok_or_else(|| ExchangeFailure::Failed(format!("an answer without {name}")))
}

/// A nickname that can be shown in a line.
pub(super) fn nickname(answer: &Map<String, Value>) -> Option<String> {
    let name: String =
        text(answer, "nickname").ok()?.chars().filter(|char| !char.is_control()).take(NICKNAME_MAX).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_in_all_of_its_dresses() {
        for answer in [
            r#"{"openid":"o","error":1}"#,
            "callback( {\"openid\":\"o\",\"error\":1} );\n",
            "callback({\"openid\":\"o\",\"error\":1})",
            "openid=o&error=1",
        ] {
            let read = read(answer).expect(answer);
            assert_eq!((text(&read, "openid"), number(&read, "error")), (Ok("o"), 1), "{answer}");
        }
        for answer in ["", "<html>busy</html>", "callback( );", "{"] {
            assert_eq!(read(answer), None, "{answer}");
        }
    }
}
