//! A program of seven functions in three parts, as the linker would leave it.

use std::borrow::Cow;

use wasm_encoder as out;
use wasmparser::{Parser, Payload};

pub(super) const GLUE: u32 = 0;
pub(super) const MAIN: u32 = 1;
pub(super) const ENTRY: u32 = 2;
pub(super) const HELPER: u32 = 3;
pub(super) const SHARED: u32 = 4;
pub(super) const LISTENER: u32 = 5;
pub(super) const LATE: u32 = 6;

/// Four pieces of data: the ways into the second part and into the third, and a text of each. They begin at these
/// addresses.
pub(super) const WAYS_AT: u32 = 1024;
pub(super) const LATE_WAYS_AT: u32 = 1028;
pub(super) const TEXT_AT: u32 = 1032;
pub(super) const TEXT: &[u8] = b"only the second part says this";
pub(super) const LATE_TEXT_AT: u32 = TEXT_AT + TEXT.len() as u32;
pub(super) const LATE_TEXT: &[u8] = b"and this the third";

pub(super) const FUNCTION_INDEX: u8 = 0;
pub(super) const TABLE_INDEX: u8 = 1;
pub(super) const TABLE_INDEX_IN_DATA: u8 = 2;
pub(super) const ADDRESS: u8 = 4;
/// A relocation that nobody has thought through.
pub(super) const ADDRESS_TLS: u8 = 21;

/// Where something is referred to.
#[derive(Clone, Copy)]
pub(super) enum From {
    Function(u32),
    Data(u32),
}

/// Symbols: each function by its index, and then the pieces.
const WAYS: u32 = 7;
pub(super) const LATE_WAYS: u32 = 8;
pub(super) const TEXT_SYMBOL: u32 = 9;
const LATE_TEXT_SYMBOL: u32 = 10;

pub(super) const REFERENCES: [(From, u8, u32); 14] = [
    (From::Function(MAIN), ADDRESS, WAYS),
    (From::Function(MAIN), FUNCTION_INDEX, SHARED),
    (From::Data(WAYS_AT), TABLE_INDEX_IN_DATA, ENTRY),
    (From::Function(ENTRY), FUNCTION_INDEX, HELPER),
    (From::Function(ENTRY), FUNCTION_INDEX, SHARED),
    (From::Function(ENTRY), TABLE_INDEX, LISTENER),
    (From::Function(HELPER), ADDRESS, TEXT_SYMBOL),
    (From::Function(HELPER), FUNCTION_INDEX, GLUE),
    (From::Function(LISTENER), ADDRESS, LATE_WAYS),
    (From::Data(LATE_WAYS_AT), TABLE_INDEX_IN_DATA, LATE),
    (From::Function(LATE), FUNCTION_INDEX, HELPER),
    (From::Function(LATE), FUNCTION_INDEX, SHARED),
    (From::Function(LATE), FUNCTION_INDEX, GLUE),
    (From::Function(LATE), ADDRESS, LATE_TEXT_SYMBOL),
];

/// The places of the entries and of the listener in the table.
pub(super) const ENTRY_SLOT: u32 = 1;
pub(super) const LISTENER_SLOT: u32 = 2;
pub(super) const LATE_SLOT: u32 = 3;

/// The program. What main does is left to the test.
pub(super) fn program(main: &[out::Instruction<'_>], references: &[(From, u8, u32)]) -> Vec<u8> {
    let plain = module(main);
    let mut bytes = plain.clone();
    append(&mut bytes, &linking());
    for (name, section, entries) in relocations(&plain, references) {
        let data = encoded(section, &entries);
        append(&mut bytes, &out::CustomSection { name: name.into(), data: data.into() });
    }
    bytes
}

fn module(main: &[out::Instruction<'_>]) -> Vec<u8> {
    use out::Instruction as I;
    let mut types = out::TypeSection::new();
    types.ty().function([], []);
    let mut imports = out::ImportSection::new();
    imports.import("a", "a", out::EntityType::Function(0));
    let mut functions = out::FunctionSection::new();
    let mut code = out::CodeSection::new();
    let bodies = [
        main.to_vec(),
        vec![
            I::Call(HELPER),
            I::Call(SHARED),
            I::I32Const(LISTENER_SLOT as i32),
            I::CallIndirect { type_index: 0, table_index: 0 },
        ],
        vec![I::I32Const(TEXT_AT as i32), I::Drop, I::Call(GLUE), I::GlobalGet(0), I::GlobalSet(0)],
        vec![I::Nop],
        vec![I::I32Const(LATE_WAYS_AT as i32), I::Drop],
        vec![I::Call(HELPER), I::Call(SHARED), I::Call(GLUE), I::I32Const(LATE_TEXT_AT as i32), I::GlobalSet(0)],
    ];
    for body in bodies {
        functions.function(0);
        let mut function = out::Function::new([]);
        for instruction in &body {
            function.instruction(instruction);
        }
        function.instruction(&I::End);
        code.function(&function);
    }
    let mut tables = out::TableSection::new();
    let table_type = out::TableType {
        element_type: out::RefType::FUNCREF,
        minimum: 4,
        maximum: Some(4),
        table64: false,
        shared: false,
    };
    tables.table(table_type);
    let mut memories = out::MemorySection::new();
    memories.memory(out::MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = out::GlobalSection::new();
    let stack_pointer = out::GlobalType { val_type: out::ValType::I32, mutable: true, shared: false };
    globals.global(stack_pointer, &out::ConstExpr::i32_const(1024));
    let mut exports = out::ExportSection::new();
    exports.export("a", out::ExportKind::Func, MAIN);
    let mut elements = out::ElementSection::new();
    let listed = out::Elements::Functions(Cow::Borrowed(&[ENTRY, LISTENER, LATE]));
    elements.active(None, &out::ConstExpr::i32_const(ENTRY_SLOT as i32), listed);
    let mut data = out::DataSection::new();
    let bytes = [&[1, 0, 0, 0, 3, 0, 0, 0], TEXT, LATE_TEXT].concat();
    data.active(0, &out::ConstExpr::i32_const(WAYS_AT as i32), bytes);
    let mut module = out::Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
    module.finish()
}

fn linking() -> out::LinkingSection {
    let mut table = out::SymbolTable::new();
    table.function(out::SymbolTable::WASM_SYM_UNDEFINED, GLUE, None);
    for (function, name) in (MAIN..).zip(["main", "entry", "helper", "shared", "listener", "late"]) {
        table.function(0, function, Some(name));
    }
    let data = |offset, size| out::DataSymbolDefinition { index: 0, offset, size };
    table.data(0, "rest::WAYS_INTO_THE_REST", Some(data(0, 4)));
    table.data(0, "later::WAYS_INTO_LATER", Some(data(LATE_WAYS_AT - WAYS_AT, 4)));
    table.data(0, "text", Some(data(TEXT_AT - WAYS_AT, TEXT.len() as u32)));
    table.data(0, "late text", Some(data(LATE_TEXT_AT - WAYS_AT, LATE_TEXT.len() as u32)));
    let mut linking = out::LinkingSection::new();
    linking.symbol_table(&table);
    linking
}

type Entries = Vec<(u8, u32, u32)>;

/// For code and for data: the section's number, and its relocations as kind, offset and symbol.
fn relocations(module: &[u8], references: &[(From, u8, u32)]) -> [(&'static str, u32, Entries); 2] {
    let (mut bodies, mut code, mut data, mut first_byte) = (Vec::new(), (0, 0), (0, 0), 0);
    let mut sections = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.expect("a good module");
        let number = sections;
        sections += u32::from(payload.as_section().is_some());
        match payload {
            Payload::CodeSectionStart { unchecked_range, .. } => code = (number, unchecked_range.start),
            Payload::CodeSectionEntry(body) => bodies.push(body.range().start),
            Payload::DataSection(section) => {
                data = (number, section.range().start);
                let segment = section.into_iter().next().expect("a segment").expect("a good one");
                first_byte = segment.range.end - segment.data.len() as u64;
            }
            _ => {}
        }
    }
    let (mut in_code, mut in_data) = (Vec::new(), Vec::new());
    for (from, kind, symbol) in references {
        match from {
            From::Function(function) => {
                in_code.push((*kind, (bodies[*function as usize - 1] + 1 - code.1) as u32, *symbol));
            }
            From::Data(address) => {
                in_data.push((*kind, (first_byte - data.1) as u32 + address - WAYS_AT, *symbol));
            }
        }
    }
    [("reloc.CODE", code.0, in_code), ("reloc.DATA", data.0, in_data)]
}

fn encoded(section: u32, entries: &[(u8, u32, u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    out::Encode::encode(&section, &mut bytes);
    out::Encode::encode(&(entries.len() as u32), &mut bytes);
    for (kind, offset, symbol) in entries {
        bytes.push(*kind);
        out::Encode::encode(offset, &mut bytes);
        out::Encode::encode(symbol, &mut bytes);
        if [ADDRESS, ADDRESS_TLS].contains(kind) {
            bytes.push(0); // nothing is added to the address
        }
    }
    bytes
}

fn append(module: &mut Vec<u8>, section: &impl out::Section) {
    module.push(section.id());
    section.encode(module);
}
