//! The talks that every back end must hold alike: over HTTP, in memory and on SQLite.

mod over_http_in_memory {
    use crate::stage::TestApp;

    carnival_contract::scenarios! { #[tokio::test] => TestApp::in_memory() }
}

mod over_http_on_sqlite {
    use crate::stage::TestApp;

    carnival_contract::scenarios! { #[tokio::test] => TestApp::on_sqlite() }
}
