//! One program in two files: what the first screen needs, and the rest.
//!
//! `src/rest.rs` names the functions that lead into the rest. Everything that can only be reached through them goes into
//! a second module, which shares memory and table with the first. What can be reached is read off the linker's own
//! relocations, of code and of data, so it is exact; the cut itself is made once the module is final.

mod cut;
mod halves;
mod linked;
mod module;
mod names;
mod plan;
mod ranges;
mod raw;
mod renumber;
#[cfg(test)]
mod tests;

pub(crate) use cut::{FIRST, Halves, cut, names_between};
pub(crate) use linked::Linked;
pub(crate) use plan::Plan;
