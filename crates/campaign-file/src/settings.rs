//! Where each setting of a file stands, for findings that come after the reading.

use std::collections::HashMap;

use toml::de::{DeTable, DeValue};

use super::mistake::Places;

/// Line and column of every setting, by names such as `stars[2].name.zh`.
#[derive(Debug, Default)]
pub struct SettingPlaces(HashMap<String, (usize, usize)>);

impl SettingPlaces {
    pub(super) fn of(root: &DeTable, places: &Places) -> Self {
        let mut found = Self::default();
        found.walk("", root, places);
        found
    }

    /// Where a setting stands; where it was left out, where the nearest section around it does.
    pub fn find(&self, setting: &str) -> (usize, usize) {
        let mut name = setting;
        loop {
            if let Some(place) = self.0.get(name) {
                return *place;
            }
            match name.rfind(['.', '[']) {
                Some(end) => name = &name[..end],
                None => return (1, 1),
            }
        }
    }

    fn walk(&mut self, path: &str, table: &DeTable, places: &Places) {
        for (key, value) in table {
            let key = key.get_ref();
            let name = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            self.note(name, value.get_ref(), value.span().start, places);
        }
    }

    fn note(&mut self, name: String, value: &DeValue, at: usize, places: &Places) {
        match value {
            DeValue::Table(table) => self.walk(&name, table, places),
            DeValue::Array(array) => {
                for (index, value) in array.iter().enumerate() {
                    self.note(format!("{name}[{}]", index + 1), value.get_ref(), value.span().start, places);
                }
            }
            _ => {}
        }
        self.0.insert(name, places.line_and_column(at));
    }
}
