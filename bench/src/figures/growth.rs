//! What a vote costs as votes pile up.

use anyhow::Result;

use super::load::{Mix, fill};
use super::rates::turn;
use super::{Scale, directory};
use crate::report::{Growth, Report};
use crate::stage::Stage;
use crate::wrk::Mode;
use crate::{guests, places};

const GUESTS: u32 = 100_000;

pub(crate) fn measure(scale: Scale, report: &mut Report) -> Result<()> {
    for power in 3..=scale.growth {
        let votes = 10_u64.pow(power);
        let data_dir = directory("growth")?;
        Stage::start(&data_dir, &places::campaign(), &places::site())?.stop()?;
        fill(&data_dir.join("carnival.db"), votes / 3, Mix::Votes)?;
        let stage = Stage::start(&data_dir, &places::campaign(), &places::site())?;
        stage.rest()?;
        let cookies = guests::mint(&data_dir, GUESTS)?;
        let turn = turn(&stage, Mode::Accept, scale.seconds, &cookies, 0)?;
        report.growth.push(Growth { votes, us: 1e6 / turn.outcome.per_second(), cpu_us: turn.cpu_us });
        stage.stop()?;
    }
    if let (Some(first), Some(last)) = (report.growth.first().copied(), report.growth.last().copied()) {
        let ratio = last.us / first.us;
        let value = format!(
            "{:.0} µs, then {:.0} µs: {ratio:.2} × (processor: {:.2} ×)",
            first.us,
            last.us,
            last.cpu_us / first.cpu_us
        );
        // "Flat" for a machine that has moods.
        let name = format!("time for a vote, from 10³ to 10^{} votes", scale.growth);
        report.at_most(&name, ratio, value, 1.3, " ×");
    }
    Ok(())
}
