//! One table of the file: takes its settings out one by one, and notes what is missing, wrong or unknown.

use std::cell::RefCell;

use carnival_domain::policy::Rule;
use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;
use super::suggestion::nearest;
use super::values::FromToml;
use super::{Reader, Value};

pub(super) struct Section<'t> {
    reader: &'t Reader<'t>,
    path: String,
    at: usize,
    table: &'t DeTable<'t>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'t> Section<'t> {
    pub(super) fn new(reader: &'t Reader, path: String, at: usize, table: &'t DeTable<'t>) -> Self {
        Self { reader, path, at, table, asked: RefCell::default() }
    }

    pub(super) fn reader(&self) -> &'t Reader<'t> {
        self.reader
    }

    /// A setting that must be there.
    pub(super) fn take<T: FromToml>(&self, key: &'static str) -> Option<T> {
        if self.value(key).is_none() {
            self.absent(&format!("{key} is missing: expected {}", T::expected()));
            return None;
        }
        self.maybe(key)
    }

    /// A setting that may be left out.
    pub(super) fn maybe<T: FromToml>(&self, key: &'static str) -> Option<T> {
        let (value, _) = self.value(key)?;
        let read = T::read(value, self.reader.first_start);
        if read.is_none() {
            self.wrong(key, &T::expected());
        }
        read
    }

    /// A table that must be there, such as `[rounds]`.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'t>> {
        match self.value(key) {
            None => self.absent(&format!("the section [{}] is missing", self.name(key))),
            Some((DeValue::Table(table), span)) => {
                return Some(Self::new(self.reader, self.name(key), span.start, table));
            }
            Some(_) => self.wrong(key, &format!("a [{}] section", self.name(key))),
        }
        None
    }

    /// A table that may be left out, such as `[wechat]`.
    pub(super) fn maybe_section(&self, key: &'static str) -> Option<Section<'t>> {
        self.value(key)?;
        self.section(key)
    }

    /// Notes a setting that must not be there.
    pub(super) fn refuse(&self, key: &'static str, problem: &str) {
        let place = self.table.keys().find(|name| name.get_ref().as_ref() == key);
        if let Some(place) = place {
            self.asked.borrow_mut().push(key);
            self.note(place.span().start, &self.name(key), problem);
        }
    }

    /// Tables of one kind, such as `[[stars]]`; none is fine.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'t>> {
        let expected = || format!("[[{}]] sections", self.name(key));
        let array = match self.value(key) {
            None => return Vec::new(),
            Some((DeValue::Array(array), _)) => array,
            Some(_) => {
                self.wrong(key, &expected());
                return Vec::new();
            }
        };
        let sections = array.iter().enumerate().filter_map(|(index, value)| {
            let path = format!("{}[{}]", self.name(key), index + 1);
            match value.get_ref() {
                DeValue::Table(table) => Some(Self::new(self.reader, path, value.span().start, table)),
                _ => {
                    self.note(value.span().start, &path, &format!("expected {}", expected()));
                    None
                }
            }
        });
        sections.collect()
    }

    /// Notes that a setting's value is not what was expected.
    pub(super) fn wrong(&self, key: &'static str, expected: &str) {
        if let Some((_, span)) = self.value(key) {
            let found = self.reader.places.excerpt(span.clone());
            let problem = format!("expected {expected}, found {found}");
            let mut mistake = Mistake::new(&self.reader.places, span.start, &self.name(key), &problem);
            mistake.is_absence = found.is_empty();
            self.reader.mistakes.borrow_mut().push(mistake);
        }
    }

    /// Notes that a setting's value is against a rule.
    pub(super) fn against(&self, key: &'static str, expected: &str, also: &str, rule: &'static Rule) {
        if let Some((_, span)) = self.value(key) {
            let found = self.reader.places.excerpt(span.clone());
            let problem = format!(
                "expected {expected}, found {found}, {also} [{}]: {}. Rule: {}. Remedy: {}.",
                rule.name,
                rule.why,
                rule.clause.line(),
                rule.remedy
            );
            let mut mistake = Mistake::new(&self.reader.places, span.start, &self.name(key), &problem);
            mistake.rule = Some(rule);
            self.reader.mistakes.borrow_mut().push(mistake);
        }
    }

    /// Notes what is wrong with one value of a list.
    pub(super) fn wrong_at(&self, key: &'static str, index: usize, problem: &str) {
        let element = self.table.get(key).and_then(|list| list.get_ref().as_array()?.get(index));
        if let Some(element) = element {
            let found = self.reader.places.excerpt(element.span());
            let setting = format!("{}[{}]", self.name(key), index + 1);
            self.note(element.span().start, &setting, &format!("{found}: {problem}"));
        }
    }

    /// Notes that something is not there.
    pub(super) fn absent(&self, problem: &str) {
        let mut mistake = Mistake::new(&self.reader.places, self.at, &self.path, problem);
        mistake.is_absence = true;
        self.reader.mistakes.borrow_mut().push(mistake);
    }

    /// Notes every setting that nobody asked for: a misspelt one would else be silently without effect.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if asked.contains(&name) {
                continue;
            }
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let problem = match nearest(name, known.iter().copied()) {
                Some(meant) => format!("there is no such setting; did you mean {meant}?"),
                None => format!("there is no such setting; expected one of {}", known.join(", ")),
            };
            self.note(key.span().start, &self.name(name), &problem);
        }
    }

    /// A text as it stands there, for looks across sections; what is wrong with it is noted elsewhere.
    pub(super) fn peek(&self, key: &'static str) -> Option<&'t str> {
        self.table.get(key)?.get_ref().as_str()
    }

    fn value(&self, key: &'static str) -> Option<Value<'t>> {
        self.asked.borrow_mut().push(key);
        let value = self.table.get(key)?;
        Some((value.get_ref(), value.span()))
    }

    pub(super) fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn note(&self, at: usize, setting: &str, problem: &str) {
        let mistake = Mistake::new(&self.reader.places, at, setting, problem);
        self.reader.mistakes.borrow_mut().push(mistake);
    }
}

/// Notes ids that stand twice among sections of one kind.
pub(super) fn refuse_duplicates<T: PartialEq>(sections: &[Section], ids: &[Option<T>]) {
    for (index, section) in sections.iter().enumerate() {
        let Some(Some(id)) = ids.get(index) else {
            continue;
        };
        if ids[..index].iter().flatten().any(|earlier| earlier == id) {
            section.wrong("id", "an id of its own, which none before it has");
        }
    }
}
