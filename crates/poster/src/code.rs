//! The QR code: modules on whole pixels, in a white field that is its quiet zone.

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

use crate::SCALE;
use crate::step::{Area, Paint, Shape, Step};

/// The light margin that readers need, modules: as the standard has it.
pub const QUIET_MODULES: usize = 4;
/// What fits into version 7 at medium correction, bytes: all links of an origin of 60 characters. Pictures are compressed
/// again on their way through chats, so less correction is for longer ones only.
const MEDIUM_MAX: usize = 122;
/// The code with the most modules, 49 a side: it carries 192 bytes at low correction. More modules would be under 6
/// pixels wide, and under 3 in a picture of half the size.
const LARGEST: Version = Version::new(8);

/// The modules' colour: nearly black, with the campaign's red in it.
const DARK: &str = "#1a0406";

/// The link has more characters than a code of this size can carry legibly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// A link's modules: dark ones by row and column.
pub(crate) struct Code {
    rows: Vec<Vec<bool>>,
}

impl Code {
    pub(crate) fn of(link: &str) -> Result<Self, TooLong> {
        if link.is_empty() {
            return Err(TooLong);
        }
        let correction = if link.len() > MEDIUM_MAX { QrCodeEcc::Low } else { QrCodeEcc::Medium };
        let mut data = [0; LARGEST.buffer_len()];
        let mut room = [0; LARGEST.buffer_len()];
        data.get_mut(..link.len()).ok_or(TooLong)?.copy_from_slice(link.as_bytes());
        // More correction is taken where it costs no module.
        let code =
            QrCode::encode_binary(&mut data, link.len(), &mut room, correction, Version::MIN, LARGEST, None, true);
        let code = code.map_err(|_| TooLong)?;
        let dark = |row| (0..code.size()).map(|column| code.get_module(column, row)).collect();
        Ok(Self { rows: (0..code.size()).map(dark).collect() })
    }

    /// The code in the middle of a square field.
    pub(crate) fn steps(&self, field: Area, radius: f64) -> [Step; 2] {
        // Whole pixels, or else the edges of modules are grey.
        let pixels = field.width * f64::from(SCALE);
        let module = (pixels / (self.rows.len() + 2 * QUIET_MODULES) as f64).floor() / f64::from(SCALE);
        let margin = ((field.width - module * self.rows.len() as f64) / 2.0 * f64::from(SCALE)).floor();
        let margin = margin / f64::from(SCALE);
        let (left, top) = (field.x + margin, field.y + margin);
        let mut cells = Vec::new();
        for (row, dark) in self.rows.iter().enumerate() {
            let y = top + row as f64 * module;
            let mut column = 0;
            // Neighbours are one cell: fewer to paint, and no hairline between them.
            for run in dark.chunk_by(|one, next| one == next) {
                if run[0] {
                    let x = left + column as f64 * module;
                    cells.push(Area { x, y, width: module * run.len() as f64, height: module });
                }
                column += run.len();
            }
        }
        [Step::block(field, radius, "#fff"), Step::Fill(Shape::Cells(cells), Paint::Plain(DARK.into()))]
    }
}
