//! Cuts a final module in two, along a plan.
//!
//! The second module imports the first one's memory, table and functions, and what the glue has for it; in the first
//! one's table and memory its places stay empty until it is there. Nothing here came after WebAssembly's first
//! release: so the stack pointer, which could not be shared as a global, is handed on by two small functions.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use wasmparser::{Parser, Payload};

use super::halves::{first, second};
use super::module::Module;
use super::plan::Plan;

/// Under this name the second module imports what the first one exports.
pub(crate) const FIRST: &str = "b";

/// The two modules.
pub(crate) struct Halves {
    pub(crate) first: Vec<u8>,
    pub(crate) second: Vec<u8>,
}

/// Cuts. What came into the module after the plan was made stays in the first half.
pub(crate) fn cut(bytes: &[u8], plan: &Plan) -> Result<Halves> {
    let module = Module::read(bytes)?;
    let stays = stays(&module, plan)?;
    for (slot, function) in module.slots() {
        if plan.entries.contains(&slot) && stays[function as usize] {
            bail!("a way into the second part was found that does not ask whether it is there: see src/rest.rs");
        }
    }
    let needs = Needs::of(&module, &stays)?;
    Ok(Halves { first: first(&module, plan, &stays, &needs)?, second: second(&module, plan, &stays, &needs)? })
}

/// What a second module imports of its first.
pub(crate) fn names_between(second: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(second) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if import.module == FIRST {
                    names.insert(import.name.to_owned());
                }
            }
        }
    }
    Ok(names)
}

/// Which functions can be called before the second module is there.
fn stays(module: &Module<'_>, plan: &Plan) -> Result<Vec<bool>> {
    let mut stays = vec![false; module.function_count() as usize];
    let mut open = module.roots();
    open.extend(module.slots().filter(|(slot, _)| !plan.slots.contains(slot)).map(|(_, function)| function));
    while let Some(function) = open.pop() {
        if !std::mem::replace(&mut stays[function as usize], true) {
            open.extend(module.calls(function)?);
        }
    }
    Ok(stays)
}

/// What the second module needs of the first, and of the glue.
pub(super) struct Needs {
    /// Functions of the glue.
    pub(super) imports: Vec<u32>,
    /// Functions of the first module.
    pub(super) shared: Vec<u32>,
    /// Globals.
    pub(super) globals: Vec<u32>,
}

impl Needs {
    fn of(module: &Module<'_>, stays: &[bool]) -> Result<Self> {
        let (mut called, mut globals) = (BTreeSet::new(), BTreeSet::new());
        for function in moved(module, stays) {
            called.extend(module.calls(function)?);
            globals.extend(module.globals_of(function)?);
        }
        let is_imported = |function: &u32| *function < module.imported();
        let (imports, others): (Vec<_>, Vec<_>) = called.into_iter().partition(is_imported);
        let shared = others.into_iter().filter(|function| stays[*function as usize]).collect();
        Ok(Self { imports, shared, globals: globals.into_iter().collect() })
    }
}

/// The module's own functions that go.
pub(super) fn moved<'a>(module: &'a Module<'_>, stays: &'a [bool]) -> impl Iterator<Item = u32> + use<'a> {
    (module.imported()..module.function_count()).filter(|function| !stays[*function as usize])
}
