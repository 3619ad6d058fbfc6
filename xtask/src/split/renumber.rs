//! Function bodies as they are in one of the parts: the same, with the numbers that hold there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::Result;
use wasm_encoder as out;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasmparser::{GlobalType, Operator};

use super::module::Module;

/// What a part calls the functions of the whole, and how it gets at globals that are not its own.
pub(super) struct Renumber {
    functions: BTreeMap<u32, u32>,
    reads: BTreeMap<u32, u32>,
    writes: BTreeMap<u32, u32>,
}

impl Renumber {
    /// Numbers functions from 0 on.
    pub(super) fn new<'f>(functions: impl IntoIterator<Item = &'f u32>) -> Self {
        let functions = functions.into_iter().copied().zip(0..).collect();
        Self { functions, reads: BTreeMap::new(), writes: BTreeMap::new() }
    }

    /// Numbers more functions.
    pub(super) fn add(&mut self, functions: &[u32], from: u32) {
        self.functions.extend(functions.iter().copied().zip(from..));
    }

    /// From now on the global is got at by calling this function.
    pub(super) fn reach_by(&mut self, access: Access, function: u32) {
        let of = if access.writes { &mut self.writes } else { &mut self.reads };
        of.insert(access.global, function);
    }

    /// The function's number here.
    pub(super) fn function(&self, function: u32) -> Result<u32, NotHere> {
        self.functions.get(&function).copied().ok_or(NotHere(function))
    }
}

/// A part refers to a function that it has not.
#[derive(Debug)]
pub(super) struct NotHere(u32);

impl fmt::Display for NotHere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a part refers to function {}, which it has not", self.0)
    }
}

impl std::error::Error for NotHere {}

impl Reencode for Renumber {
    type Error = NotHere;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        self.function(function).map_err(Error::UserError)
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Result<out::Instruction<'a>, Error<Self::Error>> {
        let accessor = match operator {
            Operator::GlobalGet { global_index } => self.reads.get(&global_index),
            Operator::GlobalSet { global_index } => self.writes.get(&global_index),
            _ => None,
        };
        match accessor {
            Some(function) => Ok(out::Instruction::Call(*function)),
            None => utils::instruction(self, operator),
        }
    }
}

/// A function that reads or writes a global for somebody else.
#[derive(Clone, Copy)]
pub(super) struct Access {
    global: u32,
    kind: GlobalType,
    writes: bool,
}

impl Access {
    /// Two for each global that changes, one for each that does not.
    pub(super) fn all(module: &Module<'_>, globals: &BTreeSet<u32>) -> Vec<Self> {
        let mut all = Vec::new();
        for global in globals {
            let kind = module.globals[*global as usize].ty;
            all.push(Self { global: *global, kind, writes: false });
            if kind.mutable {
                all.push(Self { global: *global, kind, writes: true });
            }
        }
        all
    }

    /// Of which global.
    pub(super) fn global(self) -> u32 {
        self.global
    }

    pub(super) fn write_type(self, types: &mut out::TypeSection) -> Result<()> {
        let value = RoundtripReencoder.val_type(self.kind.content_type)?;
        let (parameters, results) = if self.writes { (vec![value], vec![]) } else { (vec![], vec![value]) };
        types.ty().function(parameters, results);
        Ok(())
    }

    pub(super) fn body(self) -> out::Function {
        let mut body = out::Function::new([]);
        if self.writes {
            body.instruction(&out::Instruction::LocalGet(0)).instruction(&out::Instruction::GlobalSet(self.global));
        } else {
            body.instruction(&out::Instruction::GlobalGet(self.global));
        }
        body.instruction(&out::Instruction::End);
        body
    }
}
