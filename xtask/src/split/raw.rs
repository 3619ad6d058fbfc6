//! The sections of a module as the linker leaves it, each for itself.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{
    DataKind, DefinedDataSymbol, ElementItems, ElementKind, ExternalKind, KnownCustom, Linking, Operator, Parser,
    Payload, RelocationType, SymbolFlags, SymbolInfo, TypeRef,
};

use super::linked::{Function, Node, Piece};

/// In the names of exports that a finished module has no more: `wasm-bindgen` reads what some of them say, and `xtask/js/slim.cjs`
/// takes out the others.
const UNUSED: [&str; 2] = ["__wbindgen_describe", "intounderlying"];

/// What a relocation points at.
pub(super) enum Symbol {
    Function(usize),
    Address(u32),
    Other,
}

/// Data as it stands in the file.
pub(super) struct Segment {
    pub(super) address: u32,
    /// In the file.
    pub(super) range: Range<u64>,
}

/// The module's sections, each for itself.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) functions: Vec<Function>,
    pub(super) pieces: Vec<Piece>,
    pub(super) roots: Vec<Node>,
    /// The functions' code in the file, without the imported ones'.
    pub(super) bodies: Vec<Range<u64>>,
    pub(super) segments: Vec<Segment>,
    pub(super) symbols: Vec<Symbol>,
    /// Place in the file, kind, symbol.
    pub(super) relocations: Vec<(u64, RelocationType, usize)>,
}

impl Raw {
    pub(super) fn read(module: &[u8]) -> Result<Self> {
        let mut raw = Self::default();
        let mut section_starts = Vec::new();
        let mut slots = BTreeMap::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                section_starts.push(range.start);
            }
            match payload {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let TypeRef::Func(_) = import?.ty {
                            raw.functions.push(Function::default());
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == ExternalKind::Func && !UNUSED.iter().any(|it| export.name.contains(it)) {
                            raw.roots.push(Node::Function(export.index as usize));
                        }
                    }
                }
                Payload::StartSection { func, .. } => raw.roots.push(Node::Function(func as usize)),
                Payload::ElementSection(section) => {
                    for element in section {
                        let element = element?;
                        let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(items)) =
                            (element.kind, element.items)
                        else {
                            bail!("the table is filled in a way newer than the first release of WebAssembly")
                        };
                        for (slot, function) in (constant(&offset_expr)?..).zip(items) {
                            slots.insert(function? as usize, slot);
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    raw.functions.push(Function { length: range.end - range.start, ..Function::default() });
                    raw.bodies.push(range);
                }
                Payload::DataSection(section) => {
                    for data in section {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = data.kind else { bail!("data that is not active") };
                        let range = data.range.end - data.data.len() as u64..data.range.end;
                        raw.segments.push(Segment { address: constant(&offset_expr)?, range });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                for symbol in symbols {
                                    raw.symbol(symbol?);
                                }
                            }
                        }
                    }
                    KnownCustom::Reloc(section) => {
                        let start = section_starts.get(section.section_index() as usize);
                        let start = *start.context("relocations of a section that is not there")?;
                        for entry in section.entries() {
                            let entry = entry?;
                            raw.relocations.push((start + u64::from(entry.offset), entry.ty, entry.index as usize));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        for (function, slot) in slots {
            raw.functions.get_mut(function).context("the table has a function that is not there")?.slot = Some(slot);
        }
        raw.pieces = without_overlaps(std::mem::take(&mut raw.pieces));
        Ok(raw)
    }

    fn symbol(&mut self, symbol: SymbolInfo<'_>) {
        let symbol = match symbol {
            SymbolInfo::Func { index, name, .. } => {
                if let (Some(name), Some(function)) = (name, self.functions.get_mut(index as usize)) {
                    name.clone_into(&mut function.name);
                }
                Symbol::Function(index as usize)
            }
            SymbolInfo::Data { flags, name, symbol: Some(symbol) } if !flags.contains(SymbolFlags::ABSOLUTE) => {
                self.data_symbol(name, symbol)
            }
            _ => Symbol::Other,
        };
        self.symbols.push(symbol);
    }

    /// What starts as zeros stands in no segment, and refers to nothing.
    fn data_symbol(&mut self, name: &str, symbol: DefinedDataSymbol) -> Symbol {
        let Some(segment) = self.segments.get(symbol.index as usize) else { return Symbol::Other };
        let address = segment.address + symbol.offset;
        let addresses = address..address + symbol.size;
        self.pieces.push(Piece { name: name.to_owned(), addresses, uses: Vec::new() });
        Symbol::Address(address)
    }
}

/// The pieces by address; those that share bytes are one, and those without bytes are none.
fn without_overlaps(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.retain(|piece| !piece.addresses.is_empty());
    pieces.sort_by_key(|piece| (piece.addresses.start, piece.addresses.end));
    let mut apart: Vec<Piece> = Vec::new();
    for piece in pieces {
        match apart.last_mut() {
            Some(last) if piece.addresses.start < last.addresses.end => {
                last.addresses.end = last.addresses.end.max(piece.addresses.end);
                last.name = [&last.name, " ", &piece.name].concat();
            }
            _ => apart.push(piece),
        }
    }
    apart
}

/// The number that an initialising expression is.
pub(super) fn constant(expression: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("an initialising expression is {other:?} and no constant"),
    }
}
