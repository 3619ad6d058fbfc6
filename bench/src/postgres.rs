//! A PostgreSQL of the benchmark's own: Debian's, on a directory that is deleted afterwards, with its defaults, which are
//! durable ones, and more memory than it needs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::stage::{Stage, free_port};

/// A database server, and the rival that uses it.
pub(crate) struct Rival {
    pub(crate) stage: Stage,
    database: Database,
}

struct Database {
    programs: PathBuf,
    directory: PathBuf,
}

impl Rival {
    pub(crate) fn start(directory: &Path) -> Result<Self> {
        let database_port = free_port()?;
        let database = Database::start(directory, database_port)?;
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("rival").arg("--port").arg(port.to_string());
        command.arg("--database").arg(format!("host=127.0.0.1 port={database_port} user=postgres dbname=postgres"));
        let own = directory.join("rival");
        fs::create_dir_all(&own)?;
        Ok(Self { stage: Stage::of(command, port, &own)?, database })
    }

    pub(crate) fn stop(self) -> Result<()> {
        self.stage.stop()?;
        drop(self.database);
        Ok(())
    }
}

impl Database {
    fn start(directory: &Path, port: u16) -> Result<Self> {
        fs::create_dir_all(directory)?;
        let database = Self { programs: programs()?, directory: directory.join("database") };
        run(database
            .program("initdb")
            .args(["--auth=trust", "--username=postgres", "--pgdata"])
            .arg(&database.directory))?;
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nmax_connections = 100\nshared_buffers = 512MB\nfsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"
        );
        let file = database.directory.join("postgresql.auto.conf");
        let text = fs::read_to_string(&file)?;
        fs::write(&file, text + &settings)?;
        run(database
            .program("pg_ctl")
            .args(["--wait", "--silent", "--log"])
            .arg(directory.join("database.log"))
            .arg("--pgdata")
            .arg(&database.directory)
            .arg("start"))?;
        Ok(database)
    }

    /// PostgreSQL refuses to run as root; root calls it in a namespace in which it is somebody else.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) != 0) {
            return Command::new(path);
        }
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-user=1000", "--map-group=1000"]).arg(path);
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _gone = run(self
            .program("pg_ctl")
            .args(["--silent", "--mode=immediate", "--pgdata"])
            .arg(&self.directory)
            .arg("stop"));
    }
}

fn programs() -> Result<PathBuf> {
    let version = PathBuf::from("/usr/lib/postgresql/15/bin");
    if !version.join("initdb").is_file() {
        bail!("PostgreSQL 15 isn't here (Debian 12: apt-get install postgresql-15)");
    }
    Ok(version)
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output();
    let output = output.with_context(|| format!("{name} can't be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
