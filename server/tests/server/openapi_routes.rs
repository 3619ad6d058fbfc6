//! The description of the API is complete.

use std::collections::BTreeSet;

use carnival_contract::error_code::ErrorCode;
use carnival_contract::paths;
use serde_json::json;

use crate::openapi::Document;
use crate::stage::TestApp;

#[tokio::test]
async fn the_document_has_every_route_and_no_other() {
    let app = TestApp::in_memory().await;
    let document = Document::of(&app).await;
    let described: BTreeSet<_> = document.0["paths"].as_object().expect("paths").keys().cloned().collect();
    let routed = include_str!("../../src/http/router.rs");
    let constants = [
        paths::CAMPAIGN,
        paths::ME,
        paths::ME_EXPORT,
        paths::ME_REACH,
        paths::ME_ERASURE,
        paths::TIME,
        paths::ROUNDS,
        paths::FANS,
        paths::AUDITS,
        paths::LINKS,
        paths::VISITS,
        paths::PICKS,
        paths::PICKS_SHOWN,
        paths::CONSENTS,
        paths::CONSENT_WITHDRAWAL,
        paths::OPERATOR_PAUSE,
        paths::OPERATOR_RESUME,
        paths::OPERATOR_DELIVERIES,
        paths::OPERATOR_DISPATCHES,
        paths::LIVE,
        paths::WECHAT_SIGNATURE,
    ];
    let names = [
        "CAMPAIGN",
        "ME",
        "ME_EXPORT",
        "ME_REACH",
        "ME_ERASURE",
        "TIME",
        "ROUNDS",
        "FANS",
        "AUDITS",
        "LINKS",
        "VISITS",
        "PICKS",
        "PICKS_SHOWN",
        "CONSENTS",
        "CONSENT_WITHDRAWAL",
        "OPERATOR_PAUSE",
        "OPERATOR_RESUME",
        "OPERATOR_DELIVERIES",
        "OPERATOR_DISPATCHES",
        "LIVE",
        "WECHAT_SIGNATURE",
    ];
    let mut routes = BTreeSet::new();
    for route in routed.split(".route(").skip(1) {
        let argument = route.split(',').next().expect("a path").trim();
        let constant = names.iter().position(|name| argument == format!("paths::{name}"));
        match constant {
            Some(index) => routes.insert(constants[index].to_owned()),
            None if argument == "path" => continue,
            None => routes.insert(argument.trim_matches('"').to_owned()),
        };
    }
    assert_eq!(routes, described);
}

#[tokio::test]
async fn the_document_knows_every_code() {
    let app = TestApp::in_memory().await;
    let document = Document::of(&app).await;
    let described = document.0["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].clone();
    let known: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(described, json!(known));
}
