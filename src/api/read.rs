//! From parsed JSON to the contract's types.
//!
//! The browser parses; this picks the parts. `serde` would do it too, with three times the code: derived
//! deserializers are written for speed and good messages, and weighed a quarter of the module. That both read alike
//! is tested on everything a back end says.

mod contract;
mod domain;
#[cfg(test)]
mod tests;

use std::mem::ManuallyDrop;

use wasm_bindgen::{JsCast, JsValue};

/// A piece of parsed JSON.
pub(crate) trait Node: Sized {
    /// The value under this name; none if there is none or it is `null`.
    fn field(&self, name: &str) -> Option<Self>;
    /// A text.
    fn text(&self) -> Option<String>;
    /// A number. Counts and amounts in a campaign stay far below 2⁵³.
    fn number(&self) -> Option<f64>;
    /// Yes or no.
    fn truth(&self) -> Option<bool>;
    /// An instant, ms since 1970.
    fn instant(&self) -> Option<f64>;
    /// A list.
    fn items(&self) -> Option<Vec<Self>>;
}

/// What can be read from JSON; none where it is not what was expected.
pub(crate) trait Read: Sized {
    /// Reads what stands in a place, or the lack of anything there.
    fn read<N: Node>(place: Option<N>) -> Option<Self>;
}

impl Node for JsValue {
    fn field(&self, name: &str) -> Option<Self> {
        let value = js_sys::Reflect::get(self, &name.into()).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    /// Every engine reads this form of a date, as the language's standard wants it; ours would be a kilobyte more.
    fn instant(&self) -> Option<f64> {
        Some(js_sys::Date::new(self).get_time()).filter(|ms| !ms.is_nan())
    }

    fn items(&self) -> Option<Vec<Self>> {
        self.dyn_ref::<js_sys::Array>().map(js_sys::Array::to_vec)
    }
}

impl Read for String {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        place?.text()
    }
}

impl Read for bool {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        place?.truth()
    }
}

impl<T: Read> Read for Option<T> {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        match place {
            Some(node) => T::read(Some(node)).map(Some),
            None => Some(None),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<N: Node>(place: Option<N>) -> Option<Self> {
        // Left to leak like a struct's fields.
        let mut read = ManuallyDrop::new(Self::new());
        for item in place?.items()? {
            read.push(T::read(Some(item))?);
        }
        Some(ManuallyDrop::into_inner(read))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Read for $number {
            fn read<N: Node>(place: Option<N>) -> Option<Self> {
                place?.number().map(|number| number as $number)
            }
        })*
    };
}

numbers! { u32 u64 i64 i32 }

/// Structs whose JSON has a name for each field. When a field can't be read, those before it are left to leak: code
/// that cleans up after each of them would be a third of all reading, and a back end that talks like that is broken.
macro_rules! structs {
    ($($name:ident { $($field:ident)* })*) => {
        $(impl $crate::api::read::Read for $name {
            fn read<N: $crate::api::read::Node>(place: Option<N>) -> Option<Self> {
                let node = place?;
                $(let $field = std::mem::ManuallyDrop::new($crate::api::read::Read::read(node.field(stringify!($field)))?);)*
                Some(Self { $($field: std::mem::ManuallyDrop::into_inner($field)),* })
            }
        })*
    };
}
use structs;

/// Words that stand for a case.
macro_rules! words {
    ($($name:ident { $($word:literal => $case:ident)* })*) => {
        $(impl $crate::api::read::Read for $name {
            fn read<N: $crate::api::read::Node>(place: Option<N>) -> Option<Self> {
                match place?.text()?.as_str() {
                    $($word => Some(Self::$case),)*
                    _ => None,
                }
            }
        })*
    };
}
use words;
