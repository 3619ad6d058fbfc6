//! Every change that can be made to one field of a document.

use carnival_proof::whole::Failed;
use serde_json::Value;

/// A document with one change.
pub(crate) struct Change {
    /// The field, such as `winners[0].entry_id`.
    pub(crate) field: String,
    /// What was done to it.
    pub(crate) what: String,
    pub(crate) document: Vec<u8>,
    /// Whether a value was changed, or else the document's shape.
    is_value: bool,
}

impl Change {
    /// Whether the changed field is among those that the fault names, or is part of one, or has one as a part.
    pub(crate) fn is_named_by(&self, failed: &Failed) -> bool {
        let within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        let last = self.field.rsplit('.').next().unwrap_or_default();
        failed.fields.iter().any(|named| within(&self.field, named) || within(named, &self.field))
            // A field that is missing, or has another name, is named in the sentence.
            || (!self.is_value && (failed.because.contains(last) || failed.because.contains("entries_url")))
    }

    /// Whether the verdict said that nothing covers this field.
    pub(crate) fn may_go_unseen(&self, uncovered: &[&str]) -> bool {
        let mut plain = String::new();
        let mut is_index = false;
        for letter in self.field.chars() {
            is_index = (is_index || letter == '[') && letter != ']';
            if !is_index || letter == '[' {
                plain.push(letter);
            }
        }
        let is_said = uncovered.iter().any(|field| {
            // What stands behind a blank says how far.
            let field = field.split(' ').next().unwrap_or_default();
            plain == field || (field == "prizes" && plain.starts_with("prizes"))
        });
        // No beacon is no beacon, said or unsaid.
        is_said || self.what == "without beacon"
    }
}

/// All changes of a document.
pub(crate) fn changes_of(document: &[u8]) -> Vec<Change> {
    let whole: Value = serde_json::from_slice(document).expect("JSON");
    let mut changes = Vec::new();
    walk(&whole, "", &whole, &mut Vec::new(), &mut changes);
    changes
}

#[derive(Clone)]
enum Turn {
    Name(String),
    Place(usize),
}

fn walk(value: &Value, field: &str, whole: &Value, path: &mut Vec<Turn>, changes: &mut Vec<Change>) {
    let mut add = |what: String, field: &str, path: &[Turn], is_value: bool, new: Value| {
        let mut changed = whole.clone();
        *at(&mut changed, path) = new;
        let document = serde_json::to_vec(&changed).expect("JSON");
        changes.push(Change { field: field.to_owned(), what: format!("{what} {field}"), document, is_value });
    };
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => {
            let number = number.as_u64().expect("counts are whole and not negative");
            let others = [Some(number + 1), number.checked_sub(1), Some(u64::from(u32::MAX)), Some(1 << 32)];
            for other in others.into_iter().flatten().filter(|other| *other != number) {
                add(format!("{other} as"), field, path, true, other.into());
            }
        }
        Value::String(text) => {
            for (place, letter) in text.char_indices() {
                // One bit of a byte, where that is a letter still.
                let flipped = if letter.is_ascii() { char::from(letter as u8 ^ 1) } else { '星' };
                let other = format!("{}{flipped}{}", &text[..place], &text[place + letter.len_utf8()..]);
                add(format!("byte {place} of"), field, path, true, other.into());
            }
            add("longer".to_owned(), field, path, true, format!("{text}0").into());
        }
        Value::Array(values) => {
            if let Some(last) = values.last() {
                let shorter = values[..values.len() - 1].to_vec();
                add("shorter".to_owned(), field, path, true, shorter.into());
                let longer: Vec<_> = values.iter().chain([last]).cloned().collect();
                add("last twice".to_owned(), field, path, true, longer.into());
            }
            if let [first, second, ..] = &values[..]
                && first != second
            {
                let mut swapped = values.clone();
                swapped.swap(0, 1);
                add("first two swapped in".to_owned(), field, path, true, swapped.into());
            }
            for (place, value) in values.iter().enumerate() {
                path.push(Turn::Place(place));
                walk(value, &format!("{field}[{place}]"), whole, path, changes);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let dot = if field.is_empty() { "" } else { "." };
                let inner = format!("{field}{dot}{name}");
                let mut fewer = members.clone();
                fewer.remove(name);
                let mut renamed = fewer.clone();
                renamed.insert(format!("{name}_"), value.clone());
                let mut add = |what: &str, new: Value| {
                    let mut changed = whole.clone();
                    *at(&mut changed, path) = new;
                    let document = serde_json::to_vec(&changed).expect("JSON");
                    let what = format!("{what} {inner}");
                    changes.push(Change { field: inner.clone(), what, document, is_value: false });
                };
                add("without", fewer.into());
                add("another name for", renamed.into());
                path.push(Turn::Name(name.clone()));
                walk(value, &inner, whole, path, changes);
                path.pop();
            }
        }
    }
}

fn at<'a>(whole: &'a mut Value, path: &[Turn]) -> &'a mut Value {
    path.iter().fold(whole, |value, turn| match turn {
        Turn::Name(name) => &mut value[name.as_str()],
        Turn::Place(place) => &mut value[*place],
    })
}
