//! A module's functions in an order that packs well: those that are alike stand side by side.
//!
//! What brotli finds once more it finds cheaper the nearer it stands, and it takes up with what it read last when it guesses what
//! comes next. The linker's order is by crate, so that the same few instructions around another number stand far apart.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder as out;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// Shorter ones are alike anyway, and would part those that are.
const SHORT: usize = 100;

/// The same module, with its functions by length, type and code.
pub(crate) fn alike(module: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut kinds, mut bodies) = (0, Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(section) => kinds = section.into_iter().collect::<Result<Vec<_>, _>>()?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut order: Vec<_> = (0..bodies.len()).collect();
    order.sort_by_key(|own| (bodies[*own].len() > SHORT, kinds[*own], bodies[*own]));
    let mut numbers: Vec<_> = (0..imported + bodies.len() as u32).collect();
    for (number, own) in (imported..).zip(&order) {
        numbers[imported as usize + own] = number;
    }
    let mut sorted = out::Module::new();
    Sorted { order, numbers }.parse_core_module(&mut sorted, Parser::new(0), module)?;
    Ok(sorted.finish())
}

struct Sorted {
    /// The module's own functions, as they come now.
    order: Vec<usize>,
    /// What each function is called now.
    numbers: Vec<u32>,
}

impl Reencode for Sorted {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.numbers[function as usize])
    }

    fn parse_function_section(
        &mut self,
        functions: &mut out::FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let kinds = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for own in &self.order {
            functions.function(kinds[*own]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut out::CodeSection, section: CodeSectionReader<'_>) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for own in self.order.clone() {
            self.parse_function_body(code, bodies[own].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::Operator;

    /// A module that imports a function of the first type, and has one for each of these: its type, and what it calls.
    fn module(functions: &[(u32, &[u32])], exported: u32) -> Vec<u8> {
        let mut types = out::TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], []);
        let mut imports = out::ImportSection::new();
        imports.import("a", "b", out::EntityType::Function(0));
        let (mut kinds, mut code) = (out::FunctionSection::new(), out::CodeSection::new());
        for (kind, calls) in functions {
            kinds.function(*kind);
            let mut body = out::Function::new([]);
            for call in *calls {
                body.instruction(&out::Instruction::Call(*call));
            }
            body.instruction(&out::Instruction::End);
            code.function(&body);
        }
        let mut exports = out::ExportSection::new();
        exports.export("c", out::ExportKind::Func, exported);
        let mut module = out::Module::new();
        module.section(&types).section(&imports).section(&kinds).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn functions_of_a_type_stand_together_and_keep_whom_they_call() {
        // The last one is exported and calls the first, which calls what is imported.
        let sorted = alike(&module(&[(1, &[0]), (0, &[]), (1, &[1, 2])], 3)).expect("a good module");
        let (mut kinds, mut calls, mut exported) = (Vec::new(), Vec::new(), None);
        for payload in Parser::new(0).parse_all(&sorted) {
            match payload.expect("a good module") {
                Payload::FunctionSection(section) => kinds.extend(section.into_iter().map(Result::unwrap_or_default)),
                Payload::ExportSection(section) => {
                    exported = section.into_iter().next().and_then(Result::ok).map(|export| export.index);
                }
                Payload::CodeSectionEntry(body) => {
                    let operators = body.get_operators_reader().expect("code").into_iter().filter_map(Result::ok);
                    calls.push(
                        operators
                            .filter_map(|operator| match operator {
                                Operator::Call { function_index } => Some(function_index),
                                _ => None,
                            })
                            .collect::<Vec<_>>(),
                    );
                }
                _ => {}
            }
        }
        assert_eq!(kinds, [0, 1, 1]);
        // Now the second of its own is the one that was first, and the third is the same.
        assert_eq!(calls, [vec![], vec![0], vec![2, 1]]);
        assert_eq!(exported, Some(3));
    }
}
