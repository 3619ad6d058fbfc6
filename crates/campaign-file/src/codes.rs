//! Files of codes that the operator brings along: one code a line, as a spreadsheet saves it.

use std::collections::HashMap;
use std::{fmt, io};

use carnival_domain::codes::{BroughtCode, BroughtCodes, CODE_MAX_LENGTH, CODE_MIN_LENGTH, CodeFault, check_code};
use carnival_domain::ids::OfferId;
use csv::{ReaderBuilder, StringRecord, Trim};

use super::CampaignFile;

/// The largest file: half a million of the longest codes.
pub const CODE_FILE_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// What a first line may say instead of a code.
const HEADING: &str = "code";

/// A file of codes that an offer names.
#[derive(Debug)]
pub(super) struct CodeFile {
    pub(super) offer_id: OfferId,
    pub(super) name: String,
    /// How many there should be, if that is said.
    pub(super) stock: Option<u32>,
}

/// What is wrong with a file of codes, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeMistake {
    /// The file, as the campaign names it.
    pub file: String,
    /// The line, from 1; none for what is wrong with the whole of it.
    pub line: Option<u32>,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for CodeMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.problem),
            None => write!(f, "{}: {}", self.file, self.problem),
        }
    }
}

/// Where a code stands: the file and the line.
type Seen<'f> = HashMap<String, (&'f str, u32)>;

impl CampaignFile {
    /// Reads the files of codes that the campaign names. An offer's stock is then the number of its codes.
    ///
    /// # Errors
    /// Every mistake in every file; nothing is taken then.
    pub fn load_codes(&mut self, read: impl Fn(&str) -> io::Result<Vec<u8>>) -> Result<(), Vec<CodeMistake>> {
        let (mut seen, mut all, mut mistakes) = (Seen::new(), Vec::new(), Vec::new());
        for file in &self.code_files {
            match read(&file.name) {
                Ok(bytes) => all.push(file.parse(&bytes, &mut seen, &mut mistakes)),
                Err(error) => mistakes.push(file.mistake(None, format!("it can't be read: {error}"))),
            }
        }
        drop(seen);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        for brought in &all {
            if let Some(offer) = self.campaign.offers.iter_mut().find(|offer| offer.id == brought.offer_id) {
                offer.stock = brought.codes.len() as u32;
            }
        }
        self.codes = all;
        Ok(())
    }
}

impl CodeFile {
    fn parse<'f>(&'f self, bytes: &[u8], seen: &mut Seen<'f>, mistakes: &mut Vec<CodeMistake>) -> BroughtCodes {
        let mut codes = Vec::new();
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(bytes);
        let (mut record, mut lines) = (StringRecord::new(), Lines::of(bytes));
        loop {
            let read = reader.read_record(&mut record);
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            match read {
                Ok(false) => break,
                Ok(true) => match code_of(&record, line == 1, seen) {
                    Ok(None) => {}
                    Ok(Some(code)) => {
                        seen.insert(code.clone(), (self.name.as_str(), line));
                        codes.push(BroughtCode { line, code });
                    }
                    Err(problem) => mistakes.push(self.mistake(Some(line), problem)),
                },
                Err(error) => {
                    let line = error.position().map(|position| lines.at(position.byte()));
                    mistakes.push(self.mistake(line, "this is not UTF-8 text; save the file as CSV UTF-8".to_owned()));
                    break;
                }
            }
        }
        let count = codes.len();
        if count == 0 && mistakes.iter().all(|mistake| mistake.file != self.name) {
            mistakes.push(self.mistake(None, "there is no code in it".to_owned()));
        }
        if let Some(stock) = self.stock.filter(|stock| *stock as usize != count) {
            let problem = format!("it has {count} codes, but the stock of {} is {stock}", self.offer_id);
            mistakes.push(self.mistake(None, problem));
        }
        BroughtCodes { offer_id: self.offer_id.clone(), file: self.name.clone(), codes }
    }

    fn mistake(&self, line: Option<u32>, problem: String) -> CodeMistake {
        CodeMistake { file: self.name.clone(), line, problem }
    }
}

/// The code of a line; none if it is the heading, or what is wrong with it.
fn code_of(record: &StringRecord, is_first: bool, seen: &Seen) -> Result<Option<String>, String> {
    let code = record.get(0).unwrap_or_default();
    let code = if is_first { code.trim_start_matches('\u{feff}') } else { code };
    if is_first && code.eq_ignore_ascii_case(HEADING) {
        return Ok(None);
    }
    if record.len() > 1 {
        return Err(format!("there are {} columns, where one was expected", record.len()));
    }
    if code.is_empty() {
        return Err("there is no code on this line".to_owned());
    }
    check_code(code).map_err(|fault| match fault {
        CodeFault::TooShort => format!("“{code}” is shorter than {CODE_MIN_LENGTH} characters: it could be guessed"),
        CodeFault::TooLong => format!("this code is longer than {CODE_MAX_LENGTH} characters"),
        CodeFault::BadCharacter(odd) => {
            format!("{odd:?} can't be in a code; letters, digits, -, _ and . can")
        }
    })?;
    match seen.get(code) {
        Some((file, line)) => Err(format!("“{code}” was there before: {file}:{line}")),
        None => Ok(Some(code.to_owned())),
    }
}

/// Counts lines. A record's own line is that of the break before it where the file ends its lines with CR and LF.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u32,
}

impl<'b> Lines<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line of the first byte from `byte` on that is no line break. Only ever asked forwards.
    fn at(&mut self, byte: u64) -> u32 {
        let rest = self.bytes.get(byte as usize..).unwrap_or_default();
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let to = (byte as usize + breaks).min(self.bytes.len()).max(self.at);
        self.line += self.bytes[self.at..to].iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at = to;
        self.line
    }
}

#[cfg(test)]
mod tests;
