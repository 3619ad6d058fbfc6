//! A QR code in the terminal: two modules a character, so that it is square and small.

use std::io::IsTerminal;

use anyhow::{Result, anyhow};
use fast_qr::{ECL, QRBuilder};

/// The margin that readers need to tell the code from what is around it; two do for phones, the standard says four.
const QUIET: usize = 2;

/// The code, ready to print.
pub(crate) fn code(text: &str) -> Result<String> {
    let dark = dark_modules(text)?;
    // White on black, said explicitly: a terminal with a light ground would else show the code inverted.
    let (start, end) = if std::io::stdout().is_terminal() { ("\x1b[97;40m", "\x1b[0m") } else { ("", "") };
    let size = dark.len() + 2 * QUIET;
    let light = |row: usize, column: usize| {
        let inside = row.checked_sub(QUIET).zip(column.checked_sub(QUIET));
        inside.is_none_or(|(row, column)| dark.get(row).and_then(|row| row.get(column)) != Some(&true))
    };
    let lines = (0..size).step_by(2).map(|row| {
        let blocks: String = (0..size)
            .map(|column| match (light(row, column), row + 1 < size && light(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect();
        format!("  {start}{blocks}{end}\n")
    });
    Ok(lines.collect())
}

fn dark_modules(text: &str) -> Result<Vec<Vec<bool>>> {
    // The lowest correction: a screen is not torn or stained, and fewer modules are read from further away.
    let code = QRBuilder::new(text).ecl(ECL::L).build().map_err(|error| anyhow!("no QR code for {text}: {error}"))?;
    Ok((0..code.size).map(|row| (0..code.size).map(|column| code[row][column].value()).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lan_address_fits_a_code_of_25_modules_with_a_quiet_margin() {
        let text = code("http://192.168.1.7:8618/").expect("a short address fits");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 15, "29 rows, two a line");
        assert!(lines.iter().all(|line| line.chars().count() == 2 + 29));
        assert_eq!(lines[0], format!("  {}", "█".repeat(29)), "the margin is light");
    }

    #[test]
    fn the_three_corners_hold_finder_patterns() {
        let dark = dark_modules("http://192.168.1.7:8618/").expect("a short address fits");
        let far = dark.len() - 7;
        for (row, column) in [(0, 0), (0, far), (far, 0)] {
            assert!((0..7).all(|step| dark[row][column + step] && dark[row + 6][column + step]));
            assert!((1..6).all(|step| !dark[row + 1][column + step]));
        }
    }
}
