//! A final module, read as far as a cut needs it.

use anyhow::{Result, bail};
use wasmparser::{
    DataKind, ElementItems, ElementKind, Export, ExternalKind, FuncType, FunctionBody, Global, MemoryType, Operator,
    Parser, Payload, TableType, TypeRef,
};

use super::raw::constant;

/// A function that comes from outside.
pub(super) struct Import<'a> {
    pub(super) from: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: u32,
}

/// The module's sections. Functions are counted as everywhere: the imported ones first.
#[derive(Default)]
pub(super) struct Module<'a> {
    pub(super) types: Vec<FuncType>,
    pub(super) imports: Vec<Import<'a>>,
    /// The types of its own functions.
    pub(super) kinds: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) table: Option<TableType>,
    pub(super) memory: Option<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) start: Option<u32>,
    /// First place in the table, and the functions from there on.
    pub(super) elements: Vec<(u32, Vec<u32>)>,
    /// First address, and the bytes from there on.
    pub(super) data: Vec<(u32, &'a [u8])>,
}

impl<'a> Module<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                self.types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else { bail!("{} is imported and no function", import.name) };
                    self.imports.push(Import { from: import.module, name: import.name, kind });
                }
            }
            Payload::FunctionSection(section) => self.kinds = section.into_iter().collect::<Result<_, _>>()?,
            Payload::TableSection(section) => {
                for table in section {
                    if self.table.replace(table?.ty).is_some() {
                        bail!("the module has more than one table");
                    }
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memory = Some(memory?);
                }
            }
            Payload::GlobalSection(section) => self.globals = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ExportSection(section) => self.exports = section.into_iter().collect::<Result<_, _>>()?,
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(items)) =
                        (element.kind, element.items)
                    else {
                        bail!("the table is filled in a way newer than the first release of WebAssembly")
                    };
                    self.elements.push((constant(&offset_expr)?, items.into_iter().collect::<Result<_, _>>()?));
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    let data = data?;
                    let DataKind::Active { offset_expr, .. } = data.kind else { bail!("data that is not active") };
                    self.data.push((constant(&offset_expr)?, data.data));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The place of the first function that is its own.
    pub(super) fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    /// How many functions there are, imported ones among them.
    pub(super) fn function_count(&self) -> u32 {
        self.imported() + self.bodies.len() as u32
    }

    /// The type of a function.
    pub(super) fn kind(&self, function: u32) -> u32 {
        match function.checked_sub(self.imported()) {
            Some(own) => self.kinds[own as usize],
            None => self.imports[function as usize].kind,
        }
    }

    /// What a function calls by name.
    pub(super) fn calls(&self, function: u32) -> Result<Vec<u32>> {
        let Some(own) = function.checked_sub(self.imported()) else { return Ok(Vec::new()) };
        let mut calls = Vec::new();
        for operator in self.bodies[own as usize].get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => calls.push(function_index),
                Operator::RefFunc { .. } | Operator::TableSet { .. } => bail!("a function is handed on as a value"),
                _ => {}
            }
        }
        Ok(calls)
    }

    /// The code of one of its own functions.
    pub(super) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported()) as usize]
    }

    /// The globals that a function reads or writes.
    pub(super) fn globals_of(&self, function: u32) -> Result<Vec<u32>> {
        let mut globals = Vec::new();
        for operator in self.body(function).get_operators_reader()? {
            if let Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } = operator? {
                globals.push(global_index);
            }
        }
        Ok(globals)
    }

    /// Functions that are called from outside.
    pub(super) fn roots(&self) -> Vec<u32> {
        let exported =
            self.exports.iter().filter(|export| export.kind == ExternalKind::Func).map(|export| export.index);
        exported.chain(self.start).collect()
    }

    /// Every place of the table and its function.
    pub(super) fn slots(&self) -> impl Iterator<Item = (u32, u32)> {
        self.elements.iter().flat_map(|(start, functions)| (*start..).zip(functions.iter().copied()))
    }
}
