//! How the real program starts, and how it does not.

use std::path::Path;
use std::process::Output;

use crate::process::{Process, carnival, demo, serve};

/// Holds that a start fails with one sentence that says this.
fn fails(output: &Output, says: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(says), "{told}");
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
}

#[test]
fn a_campaign_with_mistakes_is_refused_with_all_of_them() {
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/campaigns/bad.toml");
    let bad = bad.to_str().expect("text");
    let golden = include_str!("../campaigns/bad.expected.txt");
    let data = tempfile::tempdir().expect("a directory");
    let data_dir = data.path().join("new");
    let serve = ["serve", "--port", "0", "--campaign", bad, "--data-dir", data_dir.to_str().expect("text")];
    for arguments in [&["check", bad][..], &serve] {
        let output = carnival(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        let (first, rest) = told.split_once('\n').expect("several lines");
        assert!(first.contains(&format!("{} mistakes", golden.lines().count())), "{first}");
        let expected: String = golden.lines().map(|line| format!("  {bad}:{line}\n")).collect();
        assert_eq!(rest, expected);
    }
    assert!(!data_dir.exists(), "nothing was touched");
    let right = carnival(&["check", demo().to_str().expect("text")]);
    assert!(right.status.success());
}

#[test]
fn a_server_that_cannot_start_says_why_in_one_sentence() {
    let data = tempfile::tempdir().expect("a directory");
    let fresh = |name: &str| data.path().join(name).to_str().expect("text").to_owned();
    let demo = demo().to_str().expect("text").to_owned();

    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = carnival(&["serve", "--port", &port, "--campaign", &demo, "--data-dir", &fresh("a")]);
    fails(&output, &format!("Port {port} is in use"));

    std::fs::write(data.path().join("file"), "").expect("a file");
    let output = carnival(&["serve", "--port", "0", "--campaign", &demo, "--data-dir", &fresh("file")]);
    fails(&output, "can't be written");

    let output = carnival(&["serve", "--port", "0", "--campaign", &fresh("none.toml"), "--data-dir", &fresh("a")]);
    fails(&output, "There is no campaign file");

    let output =
        carnival(&["serve", "--port", "0", "--campaign", &demo, "--data-dir", &fresh("a"), "--public-url", "example"]);
    fails(&output, "--public-url must be an address");

    let newer = data.path().join("newer");
    std::fs::create_dir(&newer).expect("a directory");
    let db = rusqlite::Connection::open(newer.join("carnival.db")).expect("a database");
    db.pragma_update(None, "user_version", 99).expect("a version");
    drop(db);
    let output = carnival(&["serve", "--port", "0", "--campaign", &demo, "--data-dir", &fresh("newer")]);
    fails(&output, "newer version");

    let foreign = data.path().join("foreign");
    std::fs::create_dir(&foreign).expect("a directory");
    std::fs::write(foreign.join("carnival.db"), "this is no database at all, but a long text in its place".repeat(100))
        .expect("a file");
    let output = carnival(&["serve", "--port", "0", "--campaign", &demo, "--data-dir", &fresh("foreign")]);
    fails(&output, "is not a database");
}

#[test]
fn a_data_directory_has_one_server_and_one_timetable() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Process::start(data.path(), &[]);
    fails(&serve(data.path(), &[]).output().expect("the program"), "Another server is running");
    server.kill();

    let other = data.path().join("other.toml");
    let text = std::fs::read_to_string(demo()).expect("the demo");
    std::fs::write(&other, text.replace("per_day = 228", "per_day = 200")).expect("a file");
    let output = serve(data.path(), &["--campaign", other.to_str().expect("text")]).output();
    fails(&output.expect("the program"), "timetable");
    std::fs::write(&other, text.replace("id = \"demo-618\"", "id = \"other\"")).expect("a file");
    let output = serve(data.path(), &["--campaign", other.to_str().expect("text")]).output();
    fails(&output.expect("the program"), "belongs to the campaign demo-618");
}
