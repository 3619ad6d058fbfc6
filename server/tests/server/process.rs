//! The real program, as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::stage::site;

const CARNIVAL: &str = env!("CARGO_BIN_EXE_carnival");

/// A server in a process of its own; killed when the test ends, however it ends.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) url: String,
    _log: BufReader<ChildStdout>,
}

impl Process {
    pub(crate) fn start(data_dir: &Path, flags: &[&str]) -> Self {
        Self::start_with(data_dir, flags, &[])
    }

    /// With these variables in its environment.
    pub(crate) fn start_with(data_dir: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = serve(data_dir, flags);
        command.envs(variables.iter().copied());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
        let mut log = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("\"message\":\"listening\"") {
            line.clear();
            assert_ne!(log.read_line(&mut line).expect("text"), 0, "it ended before it listened");
        }
        let event: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let url = format!("http://{}", event["address"].as_str().expect("an address"));
        Self { child, url, _log: log }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a process");
        self.child.wait().expect("its end");
    }

    pub(crate) fn signal(&self, name: &str) {
        run("kill", &[&format!("-{name}"), &self.child.id().to_string()]);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

pub(crate) fn serve(data_dir: &Path, flags: &[&str]) -> Command {
    // A shell that ignores SIGXFSZ hands that on: see the test of the full disk.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", CARNIVAL, "serve", "--port", "0", "--log-json"]);
    command.arg("--data-dir").arg(data_dir);
    if !flags.contains(&"--site") {
        command.arg("--site").arg(site());
    }
    if !flags.contains(&"--campaign") {
        command.arg("--campaign").arg(demo());
    }
    command.args(flags);
    command
}

pub(crate) fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../campaign.toml")
}

pub(crate) fn run(program: &str, arguments: &[&str]) {
    let status = Command::new(program).args(arguments).status().expect("the program");
    assert!(status.success(), "{program} {arguments:?}");
}

pub(crate) fn carnival(arguments: &[&str]) -> Output {
    Command::new(CARNIVAL).args(arguments).output().expect("the program")
}
