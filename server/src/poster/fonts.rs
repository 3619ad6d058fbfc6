//! Which font posters are written in.

use std::path::Path;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Family, ID, Query, Weight};
use skrifa::{FontRef, MetadataProvider as _};

/// What a font must have: characters of every poster in Chinese.
const PROBE: &str = "长按识别二维码活动时间主办";
/// Fonts made for screens, those of mainland China's forms first. Whatever else has the characters comes after.
const FAMILIES: [&str; 10] = [
    "HarmonyOS Sans SC",
    "PingFang SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];
/// From this weight on a face is called bold.
const BOLD: u16 = 600;

/// The fonts of this machine, and the one that is written in.
pub(crate) struct Fonts {
    pub(crate) database: Arc<Database>,
    pub(crate) family: String,
    /// Whether the family has a bold face; else bold is drawn with a stroke around it.
    pub(crate) has_bold: bool,
}

impl Fonts {
    /// Looks through the system's fonts, and before them through a file or a directory of the operator's own. None if no
    /// font has Chinese characters.
    pub(crate) fn find(own: Option<&Path>) -> Option<Self> {
        let mut database = Database::new();
        match own {
            Some(own) if own.is_dir() => database.load_fonts_dir(own),
            Some(own) => {
                if let Err(error) = database.load_font_file(own) {
                    tracing::warn!(font = %own.display(), %error, "the font for posters can't be read");
                }
            }
            None => {}
        }
        let owned = database.len();
        database.load_system_fonts();
        let family = the_family(&database, owned)?;
        let bold = Query { families: &[Family::Name(&family)], weight: Weight::BOLD, ..Query::default() };
        let bold = database.query(&bold).and_then(|id| database.face(id));
        let has_bold = bold.is_some_and(|face| face.weight.0 >= BOLD);
        Some(Self { family, has_bold, database: Arc::new(database) })
    }
}

fn the_family(database: &Database, owned: usize) -> Option<String> {
    let name_of = |id: ID| database.face(id)?.families.first().map(|(name, _)| name.clone());
    let known = FAMILIES
        .iter()
        .filter_map(|name| database.query(&Query { families: &[Family::Name(name)], ..Query::default() }));
    let own = database.faces().take(owned).map(|face| face.id);
    let mut candidates = own.chain(known).chain(database.faces().map(|face| face.id));
    candidates.find(|id| speaks_chinese(database, *id)).and_then(name_of)
}

fn speaks_chinese(database: &Database, id: ID) -> bool {
    let has_all = |data: &[u8], index: u32| {
        let characters = FontRef::from_index(data, index).map(|font| font.charmap());
        characters.is_ok_and(|characters| PROBE.chars().all(|character| characters.map(character).is_some()))
    };
    database.with_face_data(id, has_all).unwrap_or_default()
}
