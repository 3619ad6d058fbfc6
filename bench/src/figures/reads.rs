//! The snapshot, which everybody fetches, beside a static file of the same size from the same server.

use std::fs;

use anyhow::{Context as _, Result, bail};
use carnival_server::simulate::grouped;

use super::rates::turn;
use super::{Scale, directory};
use crate::report::{Report, median};
use crate::stage::Stage;
use crate::wrk::Mode;
use crate::{guests, http, places};

const SNAPSHOT: &str = "/api/v1/campaign";
const FILE: &str = "bench-snapshot-sized.png";

pub(crate) fn measure(scale: Scale, report: &mut Report) -> Result<()> {
    let data_dir = directory("reads")?;
    let site = data_dir.join("site");
    copy(&places::site(), &site)?;
    let size = {
        let stage = Stage::start(&data_dir, &places::campaign(), &site)?;
        http::get(&http::client()?, stage.port, SNAPSHOT)?.bytes()?.len()
    };
    // Random bytes in the name of a picture: nothing is compressed, so as many are sent.
    fs::write(site.join(FILE), (0..size).map(|_| fastrand::u8(..)).collect::<Vec<_>>())?;
    let stage = Stage::start(&data_dir, &places::campaign(), &site)?;
    let cookies = guests::mint(&data_dir, 1)?;
    let answer = http::get(&http::client()?, stage.port, SNAPSHOT)?;
    let tag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).context("the snapshot has no ETag")?;
    let file = format!("/{FILE}");
    if http::get(&http::client()?, stage.port, &file)?.bytes()?.len() != size {
        bail!("the static file is not as large as the snapshot");
    }
    let if_none_match = format!("Accept-Encoding: br\r\nIf-None-Match: {tag}");
    let (mut fresh, mut known, mut fixed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut fresh_ratio, mut known_ratio) = (Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        let rate = |path, header| -> Result<f64> {
            Ok(turn(&stage, Mode::Get(path, header), scale.seconds, &cookies, 0)?.outcome.per_second())
        };
        let base = rate(&file, "Accept-Encoding: br")?;
        fixed.push(base);
        fresh.push(rate(SNAPSHOT, "Accept-Encoding: br")?);
        known.push(rate(SNAPSHOT, &if_none_match)?);
        fresh_ratio.push(fresh.last().copied().unwrap_or_default() / base);
        known_ratio.push(known.last().copied().unwrap_or_default() / base);
    }
    let about = format!("{size} bytes");
    report.note("static file, GET/s", median(&fixed), format!("{}, {about}", grouped(median(&fixed))));
    let ratio = median(&fresh_ratio);
    let value = format!("{}, {ratio:.2} × static", grouped(median(&fresh)));
    report.at_least("snapshot, GET/s, 200", ratio, value, 0.9, " × static");
    let ratio = median(&known_ratio);
    let value = format!("{}, {ratio:.2} × static", grouped(median(&known)));
    report.at_least("snapshot, GET/s, 304", ratio, value, 0.9, " × static");
    stage.stop()
}

fn copy(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let aim = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &aim)?;
        } else {
            fs::copy(entry.path(), aim)?;
        }
    }
    Ok(())
}
