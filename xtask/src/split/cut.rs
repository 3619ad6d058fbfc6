//! Cuts a final module into its files, along a plan.
//!
//! A later module imports the first one's memory, table and functions, those of the ones between, and what the glue has
//! for it; in the first one's table and memory its places stay empty until it is there. Nothing here came after
//! WebAssembly's first release: so the stack pointer, which could not be shared as a global, is handed on by two small
//! functions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, bail};
use wasmparser::{Parser, Payload};

use super::module::Module;
use super::names::Names;
use super::parts;
use super::plan::Plan;
use super::renumber::Access;

/// Under these names a module imports what each of those before it exports.
pub(crate) const FROM: [&str; 4] = ["b", "c", "d", "e"];

/// Cuts. What came into the module after the plan was made stays in the first part.
pub(crate) fn cut(bytes: &[u8], plan: &Plan) -> Result<Vec<Vec<u8>>> {
    let module = Module::read(bytes)?;
    let homes = homes(&module, plan)?;
    for (slot, function) in module.slots() {
        let is_early = |(number, _): &(usize, _)| homes[function as usize] <= *number;
        if plan.parts.iter().enumerate().filter(is_early).any(|(_, part)| part.entries.contains(&slot)) {
            bail!("a way into a later part was found that does not ask whether that is there: see src/rest.rs");
        }
    }
    let borders = Borders::of(&module, &homes)?;
    let later = (1..=plan.parts.len()).map(|part| parts::later(&module, plan, &homes, &borders, part));
    std::iter::once(parts::first(&module, plan, &homes, &borders)).chain(later).collect()
}

/// What a module imports of those before it.
pub(crate) fn names_between(later: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(later) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if FROM.contains(&import.module) {
                    names.insert(import.name.to_owned());
                }
            }
        }
    }
    Ok(names)
}

/// In which part each function is: the first in which it can be called, or the very first if two can that stand beside each
/// other.
fn homes(module: &Module<'_>, plan: &Plan) -> Result<Vec<usize>> {
    let last = plan.parts.len();
    let mut homes = vec![last; module.function_count() as usize];
    for part in (0..last).rev() {
        let later = &plan.parts[part..];
        let mut open = module.roots();
        let is_there = |(slot, _): &(u32, u32)| !later.iter().any(|part| part.slots.contains(slot));
        open.extend(module.slots().filter(is_there).map(|(_, function)| function));
        while let Some(function) = open.pop() {
            if homes[function as usize] > part {
                homes[function as usize] = part;
                open.extend(module.calls(function)?);
            }
        }
    }
    if plan.beside > 0 {
        let own = called(module, plan, 0..1)?;
        let others = called(module, plan, 1..plan.beside + 1)?;
        for function in own.intersection(&others) {
            homes[*function as usize] = 0;
        }
    }
    Ok(homes)
}

/// What these parts call, over any number of steps.
fn called(module: &Module<'_>, plan: &Plan, parts: Range<usize>) -> Result<BTreeSet<u32>> {
    let is_theirs = |slot: &u32| plan.parts[parts.clone()].iter().any(|part| part.slots.contains(slot));
    let mut open: Vec<_> = module.slots().filter(|(slot, _)| is_theirs(slot)).map(|(_, function)| function).collect();
    let mut called = BTreeSet::new();
    while let Some(function) = open.pop() {
        if called.insert(function) {
            open.extend(module.calls(function)?);
        }
    }
    Ok(called)
}

/// What the parts hand each other.
pub(super) struct Borders {
    /// Which functions of the whole each part calls that are not its own: the glue's first.
    pub(super) calls: Vec<BTreeSet<u32>>,
    /// Which globals each part is at.
    globals: Vec<BTreeSet<u32>>,
    /// By what names functions are handed on to later parts.
    pub(super) names: BTreeMap<u32, String>,
    /// By what names the first part hands on its memory, its table, and the way to its globals.
    pub(super) memory: String,
    pub(super) table: String,
    accesses: Vec<(Access, String)>,
}

impl Borders {
    fn of(module: &Module<'_>, homes: &[usize]) -> Result<Self> {
        let parts = homes.iter().max().map_or(1, |last| last + 1);
        let (mut calls, mut globals) = (vec![BTreeSet::new(); parts], vec![BTreeSet::new(); parts]);
        for function in module.imported()..module.function_count() {
            let home = homes[function as usize];
            let foreign = |called: &u32| *called < module.imported() || homes[*called as usize] != home;
            calls[home].extend(module.calls(function)?.into_iter().filter(foreign));
            globals[home].extend(module.globals_of(function)?);
        }
        let mut given = Names::beside(module.exports.iter().map(|export| export.name));
        let (memory, table) = (given.next(), given.next());
        let handed: BTreeSet<_> =
            calls.iter().flatten().copied().filter(|function| *function >= module.imported()).collect();
        let names = handed.into_iter().map(|function| (function, given.next())).collect();
        let reached: BTreeSet<_> = globals[1..].iter().flatten().copied().collect();
        let accesses = Access::all(module, &reached).into_iter().map(|access| (access, given.next())).collect();
        Ok(Self { calls, globals, names, memory, table, accesses })
    }

    /// The ways to globals that the first part hands on.
    pub(super) fn accesses(&self) -> impl Iterator<Item = (Access, &str)> {
        self.accesses.iter().map(|(access, name)| (*access, name.as_str()))
    }

    /// Those that a later part takes.
    pub(super) fn accesses_of(&self, part: usize) -> impl Iterator<Item = (Access, &str)> {
        self.accesses().filter(move |(access, _)| self.globals[part].contains(&access.global()))
    }
}
