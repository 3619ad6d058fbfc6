//! `carnival check`: everything that can be said of a campaign file before it runs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use carnival_campaign_file::{CampaignFile, CodeMistake, Mistake, Placed};
use carnival_domain::budget::Ceiling;
use carnival_domain::policy::{Cover, Rule};
use carnival_domain::time::Timestamp;
use imagesize::ImageType;
use serde_json::{Value, json};

use crate::cli::CheckArgs;
use crate::failure::StartFailure;
use crate::identity::origin::Origins;
use crate::site::files::embedded_file;
use crate::start::read_campaign;

/// What a command has to say, and whether all is right.
#[derive(Debug)]
pub struct Told {
    /// The text for the terminal.
    pub text: String,
    /// Whether the command succeeds.
    pub is_right: bool,
}

/// Checks a file as it stands at `now`.
///
/// # Errors
/// All that is wrong, in words; with `--json` only that the file can't be read.
pub fn run(args: &CheckArgs, now: Timestamp) -> Result<Told, StartFailure> {
    let public_url = args.public_url.as_deref().map(Origins::parse_public_url).transpose();
    let public_url = public_url.map_err(StartFailure::Because)?;
    let name = args.campaign.display();
    let file = match read_campaign(&args.campaign, now) {
        Err(StartFailure::BadCampaign { file, mistakes }) if args.json => {
            let mistakes: Vec<_> = mistakes.iter().map(of_mistake).collect();
            return Ok(in_json(
                &json!({ "file": file, "is_right": false, "mistakes": mistakes, "findings": [] }),
                false,
            ));
        }
        Err(StartFailure::BadCodes(mistakes)) if args.json => {
            let mistakes: Vec<_> = mistakes.iter().map(of_code).collect();
            return Ok(in_json(
                &json!({ "file": name.to_string(), "is_right": false, "mistakes": mistakes, "findings": [] }),
                false,
            ));
        }
        file => file?,
    };
    if args.json {
        let findings = findings(&file, &args.campaign, args.site.as_deref(), public_url.as_deref());
        let is_right = !findings.iter().any(Placed::is_refused);
        let findings: Vec<_> = findings.iter().map(of_finding).collect();
        let told = json!({ "file": name.to_string(), "is_right": is_right, "mistakes": [], "findings": findings });
        return Ok(in_json(&told, is_right));
    }
    let told = refuse(&file, &args.campaign, args.site.as_deref(), public_url.as_deref())?;
    let campaign = &file.campaign;
    let mut text = format!(
        "{name} is right: {}, {} rounds from {} to {}, {} stars, {} coupon offers, {} items.",
        campaign.id,
        campaign.rounds.schedule.round_count(),
        campaign.starts_at,
        campaign.ends_at,
        campaign.stars.len(),
        campaign.offers.len(),
        campaign.items.len(),
    );
    if let Some(budget) = file.budget {
        let ceiling = Ceiling::of_campaign(campaign).all_fen();
        let _infallible = write!(text, " At the very most it costs ¥{ceiling}, of a budget of ¥{budget}.");
    }
    if !told.is_empty() {
        text.push_str(" It would be better yet without:");
    }
    for advice in told {
        let _infallible = write!(text, "\n  {name}:{advice}");
    }
    for known in file.findings(Cover::Unknown, public_url.as_deref()).iter().filter(|known| known.is_acknowledged) {
        let _infallible = write!(text, "\n  Acknowledged: {name}:{known}");
    }
    Ok(Told { text, is_right: true })
}

fn in_json(told: &Value, is_right: bool) -> Told {
    Told { text: format!("{told:#}"), is_right }
}

/// The findings that a campaign may start with and that nobody has acknowledged.
///
/// # Errors
/// Those that it may not start with.
pub fn refuse(
    file: &CampaignFile,
    path: &Path,
    site: Option<&Path>,
    public_url: Option<&str>,
) -> Result<Vec<Placed>, StartFailure> {
    let findings = findings(file, path, site, public_url);
    let (refused, told): (Vec<_>, Vec<_>) = findings.into_iter().partition(Placed::is_refused);
    if !refused.is_empty() {
        return Err(StartFailure::AgainstPolicy { file: path.display().to_string(), findings: refused });
    }
    Ok(told.into_iter().filter(|finding| !finding.is_acknowledged).collect())
}

fn findings(file: &CampaignFile, path: &Path, site: Option<&Path>, public_url: Option<&str>) -> Vec<Placed> {
    file.findings(cover(&file.campaign.cover, path, site), public_url)
}

/// Looks the card's picture up: among the page's files, and where it comes from when the page is built.
fn cover(cover: &str, campaign_file: &Path, site: Option<&Path>) -> Cover {
    let Some(name) = cover.strip_prefix('/') else {
        return Cover::Unknown;
    };
    let source = campaign_file.parent().unwrap_or(Path::new("")).join("public");
    let in_site = match site {
        Some(site) => Ok(fs::read(site.join(name)).ok()),
        None => embedded_file(name),
    };
    let nowhere_to_look = in_site.is_err() && !source.is_dir();
    let bytes = in_site.ok().flatten().or_else(|| fs::read(source.join(name)).ok());
    match bytes {
        Some(bytes) => picture(&bytes),
        None if nowhere_to_look => Cover::Unknown,
        None => Cover::Missing,
    }
}

/// What chats would make of a picture.
pub(crate) fn picture(bytes: &[u8]) -> Cover {
    let is_drawn = matches!(imagesize::image_type(bytes), Ok(ImageType::Png | ImageType::Jpeg));
    match imagesize::blob_size(bytes) {
        Ok(size) if is_drawn => Cover::Picture { width: size.width, height: size.height },
        _ => Cover::NoPicture,
    }
}

fn of_rule(rule: &Rule) -> Value {
    json!({
        "name": rule.name, "severity": rule.severity.as_str(), "clause": rule.clause.text,
        "source": rule.clause.source, "standing": rule.clause.standing.as_str(),
        "why": rule.why, "remedy": rule.remedy,
    })
}

fn of_code(mistake: &CodeMistake) -> Value {
    json!({ "file": mistake.file, "line": mistake.line, "problem": mistake.problem })
}

fn of_mistake(mistake: &Mistake) -> Value {
    json!({
        "line": mistake.line, "column": mistake.column, "setting": mistake.setting, "problem": mistake.problem,
        "rule": mistake.rule.map(of_rule),
    })
}

fn of_finding(placed: &Placed) -> Value {
    json!({
        "line": placed.place.map(|place| place.0), "column": placed.place.map(|place| place.1),
        "setting": placed.finding.setting, "found": placed.finding.found,
        "is_acknowledged": placed.is_acknowledged, "rule": of_rule(placed.finding.rule),
    })
}
