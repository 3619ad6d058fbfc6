//! Writes the parts of a module.

use anyhow::{Context, Result, bail};
use wasm_encoder as out;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasmparser::ExternalKind;

use super::cut::{Borders, FROM};
use super::module::Module;
use super::plan::Plan;
use super::ranges::{within, without};
use super::renumber::Renumber;

/// What can run by itself, with everything that the others take from it as exports.
pub(super) fn first(module: &Module<'_>, plan: &Plan, homes: &[usize], borders: &Borders) -> Result<Vec<u8>> {
    let kept: Vec<_> = (0..module.function_count()).filter(|function| homes[*function as usize] == 0).collect();
    let (kept_imports, kept_own): (Vec<u32>, Vec<u32>) = kept.iter().partition(|it| **it < module.imported());
    let mut numbers = Renumber::new(&kept);

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
    exports.export(&borders.memory, out::ExportKind::Memory, 0);
    exports.export(&borders.table, out::ExportKind::Table, 0);
    write_exports(&mut exports, &numbers, homes, borders, 0)?;
    for (number, (accessor, name)) in (kept.len() as u32..).zip(borders.accesses()) {
        functions.function(types.len());
        accessor.write_type(&mut types)?;
        code.function(&accessor.body());
        exports.export(name, out::ExportKind::Func, number);
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
    write_elements(module, &numbers, &mut elements, |function| homes[function as usize] == 0)?;
    let mut moved: Vec<_> = plan.parts.iter().flat_map(|part| &part.data).chain(&plan.dead).cloned().collect();
    moved.sort_by_key(|range| range.start);
    let mut data = out::DataSection::new();
    for (address, bytes) in module.data.iter().flat_map(|segment| without(*segment, &moved)) {
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

/// What goes into a later part, with everything that it takes from outside as imports, and what parts after it take from
/// it as exports.
pub(super) fn later(
    module: &Module<'_>,
    plan: &Plan,
    homes: &[usize],
    borders: &Borders,
    part: usize,
) -> Result<Vec<u8>> {
    let own: Vec<_> =
        (module.imported()..module.function_count()).filter(|function| homes[*function as usize] == part).collect();
    let taken = &borders.calls[part];
    let accessors: Vec<_> = borders.accesses_of(part).collect();
    let mut numbers = Renumber::new(taken);
    numbers.add(&own, (taken.len() + accessors.len()) as u32);

    let mut types = out::TypeSection::new();
    write_types(module, &mut types)?;
    let mut imports = out::ImportSection::new();
    let memory = module.memory.context("the module has no memory")?;
    let memory = out::MemoryType { maximum: None, ..RoundtripReencoder.memory_type(memory)? };
    let table = module.table.context("the module has no table")?;
    let table = out::TableType { maximum: None, ..RoundtripReencoder.table_type(table)? };
    for function in taken {
        let kind = out::EntityType::Function(module.kind(*function));
        match (module.imports.get(*function as usize), FROM.get(homes[*function as usize])) {
            (Some(import), _) => imports.import(import.from, import.name, kind),
            (None, Some(from)) => {
                let name = borders.names.get(function).context("a function was handed on without a name")?;
                imports.import(from, name, kind)
            }
            (None, None) => bail!("a part calls function {function}, which is in a later one"),
        };
    }
    for (number, (accessor, name)) in (taken.len() as u32..).zip(accessors) {
        imports.import(FROM[0], name, out::EntityType::Function(types.len()));
        accessor.write_type(&mut types)?;
        numbers.reach_by(accessor, number);
    }
    imports.import(FROM[0], &borders.memory, memory);
    imports.import(FROM[0], &borders.table, table);
    let (mut functions, mut code) = (out::FunctionSection::new(), out::CodeSection::new());
    for function in &own {
        functions.function(module.kind(*function));
        numbers.parse_function_body(&mut code, module.body(*function).clone())?;
    }
    let mut exports = out::ExportSection::new();
    write_exports(&mut exports, &numbers, homes, borders, part)?;
    let mut elements = out::ElementSection::new();
    write_elements(module, &numbers, &mut elements, |function| homes[function as usize] == part)?;
    let mut data = out::DataSection::new();
    for (address, bytes) in module.data.iter().flat_map(|segment| within(*segment, &plan.parts[part - 1].data)) {
        data.active(0, &out::ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }

    let mut later = out::Module::new();
    later.section(&types).section(&imports).section(&functions);
    if !exports.is_empty() {
        later.section(&exports);
    }
    later.section(&elements).section(&code).section(&data);
    Ok(later.finish())
}

/// Hands on what later parts call of this one.
fn write_exports(
    exports: &mut out::ExportSection,
    numbers: &Renumber,
    homes: &[usize],
    borders: &Borders,
    part: usize,
) -> Result<()> {
    for (function, name) in borders.names.iter().filter(|(function, _)| homes[**function as usize] == part) {
        exports.export(name, out::ExportKind::Func, numbers.function(*function)?);
    }
    Ok(())
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
