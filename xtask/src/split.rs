//! One program in five files: what all need, the first screen of the first page, what keeps a page alive, the board of stars, and
//! what is asked for later.
//!
//! `src/rest.rs` and `src/later.rs` name the functions that lead from one into the next. Everything that can only be
//! reached through them goes into a module of its own, which shares memory and table with the first. What can be reached is read off the linker's own
//! relocations, of code and of data, so it is exact; the cut itself is made once the module is final.

mod contents;
mod cut;
mod linked;
mod module;
mod names;
mod parts;
mod plan;
mod ranges;
mod raw;
mod renumber;
#[cfg(test)]
mod tests;

pub(crate) use contents::contents;
pub(crate) use cut::{FROM, cut, names_between};
pub(crate) use linked::Linked;
pub(crate) use plan::{BESIDE, Plan, WAYS};
