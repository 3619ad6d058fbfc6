//! Writes the two halves of a module.

use anyhow::{Context, Result, bail};
use wasm_encoder as out;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasmparser::ExternalKind;

use super::cut::{FIRST, Needs, moved};
use super::module::Module;
use super::names::Names;
use super::plan::Plan;
use super::ranges::{within, without};
use super::renumber::{Access, Renumber};

/// What can run by itself, with everything that the other half takes from it as exports.
pub(super) fn first(module: &Module<'_>, plan: &Plan, stays: &[bool], needs: &Needs) -> Result<Vec<u8>> {
    let kept: Vec<_> = (0..module.function_count()).filter(|function| stays[*function as usize]).collect();
    let (kept_imports, kept_own): (Vec<u32>, Vec<u32>) = kept.iter().partition(|it| **it < module.imported());
    let mut numbers = Renumber::new(&kept);
    let mut names = Names::beside(module.exports.iter().map(|export| export.name));

    let mut types = out::TypeSection::new();
    write_types(module, &mut types)?;
    let mut imports = out::ImportSection::new();
    for import in kept_imports.iter().map(|it| &module.imports[*it as usize]) {
        imports.import(import.from, import.name, out::EntityType::Function(import.kind));
    }
    let (mut functions, mut code) = (out::FunctionSection::new(), out::CodeSection::new());
    for function in &kept_own {
        functions.function(module.kind(*function));
        numbers.parse_function_body(&mut code, module.body(*function).clone())?;
    }
    let mut exports = out::ExportSection::new();
    for export in &module.exports {
        let (kind, index) = match export.kind {
            ExternalKind::Func => (out::ExportKind::Func, numbers.function(export.index)?),
            ExternalKind::Memory => (out::ExportKind::Memory, export.index),
            ExternalKind::Table => (out::ExportKind::Table, export.index),
            other => bail!("{} is exported, a {other:?}", export.name),
        };
        exports.export(export.name, kind, index);
    }
    exports.export(&names.next(), out::ExportKind::Memory, 0);
    exports.export(&names.next(), out::ExportKind::Table, 0);
    for function in &needs.shared {
        exports.export(&names.next(), out::ExportKind::Func, numbers.function(*function)?);
    }
    for (number, accessor) in (kept.len() as u32..).zip(Access::all(module, &needs.globals)) {
        functions.function(types.len());
        accessor.write_type(&mut types)?;
        code.function(&accessor.body());
        exports.export(&names.next(), out::ExportKind::Func, number);
    }
    let mut tables = out::TableSection::new();
    RoundtripReencoder.table_type(module.table.context("the module has no table")?).map(|it| tables.table(it))?;
    let mut memories = out::MemorySection::new();
    RoundtripReencoder.memory_type(module.memory.context("the module has no memory")?).map(|it| memories.memory(it))?;
    let mut globals = out::GlobalSection::new();
    for global in &module.globals {
        RoundtripReencoder.parse_global(&mut globals, global.clone())?;
    }
    let mut elements = out::ElementSection::new();
    write_elements(module, &numbers, &mut elements, |function| stays[function as usize])?;
    let mut data = out::DataSection::new();
    for (address, bytes) in module.data.iter().flat_map(|segment| without(*segment, &plan.data)) {
        data.active(0, &out::ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }

    let mut first = out::Module::new();
    first.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    first.section(&globals).section(&exports);
    if let Some(start) = module.start {
        first.section(&out::StartSection { function_index: numbers.function(start)? });
    }
    first.section(&elements).section(&code).section(&data);
    Ok(first.finish())
}

/// What goes, with everything that it takes from outside as imports.
pub(super) fn second(module: &Module<'_>, plan: &Plan, stays: &[bool], needs: &Needs) -> Result<Vec<u8>> {
    let moved: Vec<_> = moved(module, stays).collect();
    let accessors = Access::all(module, &needs.globals);
    let first_own = needs.imports.len() + needs.shared.len() + accessors.len();
    let mut numbers = Renumber::new(needs.imports.iter().chain(&needs.shared));
    numbers.add(&moved, first_own as u32);
    let mut names = Names::beside(module.exports.iter().map(|export| export.name));

    let mut types = out::TypeSection::new();
    write_types(module, &mut types)?;
    let mut imports = out::ImportSection::new();
    let memory = module.memory.context("the module has no memory")?;
    let memory = out::MemoryType { maximum: None, ..RoundtripReencoder.memory_type(memory)? };
    let table = module.table.context("the module has no table")?;
    let table = out::TableType { maximum: None, ..RoundtripReencoder.table_type(table)? };
    let (memory_name, table_name) = (names.next(), names.next());
    for import in needs.imports.iter().map(|it| &module.imports[*it as usize]) {
        imports.import(import.from, import.name, out::EntityType::Function(import.kind));
    }
    for function in &needs.shared {
        imports.import(FIRST, &names.next(), out::EntityType::Function(module.kind(*function)));
    }
    let first_accessor = needs.imports.len() + needs.shared.len();
    for (number, accessor) in (first_accessor as u32..).zip(accessors) {
        imports.import(FIRST, &names.next(), out::EntityType::Function(types.len()));
        accessor.write_type(&mut types)?;
        numbers.reach_by(accessor, number);
    }
    imports.import(FIRST, &memory_name, memory);
    imports.import(FIRST, &table_name, table);
    let (mut functions, mut code) = (out::FunctionSection::new(), out::CodeSection::new());
    for function in &moved {
        functions.function(module.kind(*function));
        numbers.parse_function_body(&mut code, module.body(*function).clone())?;
    }
    let mut elements = out::ElementSection::new();
    write_elements(module, &numbers, &mut elements, |function| !stays[function as usize])?;
    let mut data = out::DataSection::new();
    for (address, bytes) in module.data.iter().flat_map(|segment| within(*segment, &plan.data)) {
        data.active(0, &out::ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }

    let mut second = out::Module::new();
    second.section(&types).section(&imports).section(&functions).section(&elements).section(&code).section(&data);
    Ok(second.finish())
}

fn write_types(module: &Module<'_>, types: &mut out::TypeSection) -> Result<()> {
    for kind in &module.types {
        types.ty().func_type(&RoundtripReencoder.func_type(kind.clone())?);
    }
    Ok(())
}

/// Fills the table with those functions that are here, a run of places at a time.
fn write_elements(
    module: &Module<'_>,
    numbers: &Renumber,
    elements: &mut out::ElementSection,
    is_here: impl Fn(u32) -> bool,
) -> Result<()> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in module.slots().filter(|(_, function)| is_here(*function)) {
        let function = numbers.function(function)?;
        match runs.last_mut() {
            Some((start, functions)) if *start + functions.len() as u32 == slot => functions.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    for (slot, functions) in runs {
        let offset = out::ConstExpr::i32_const(slot.cast_signed());
        elements.active(None, &offset, out::Elements::Functions(functions.into()));
    }
    Ok(())
}
