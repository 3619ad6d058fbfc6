//! A small program, planned and cut.

mod program;

use anyhow::Result;
use wasm_encoder as out;
use wasmparser::{Parser, Payload};

use super::{Halves, Linked, Plan, cut};
use crate::gate;
use program::{
    ADDRESS, ADDRESS_TLS, ENTRY, ENTRY_SLOT, FUNCTION_INDEX, From, HELPER, LISTENER, LISTENER_SLOT, MAIN, REFERENCES,
    SHARED, TABLE_INDEX, TEXT, TEXT_AT, TEXT_SYMBOL, WAYS_AT, program,
};

fn plan(program: &[u8]) -> Result<Plan> {
    Plan::of(&Linked::read(program)?, "helper")
}

/// Main asks for the ways, and does what both parts do.
fn good_main() -> Vec<out::Instruction<'static>> {
    vec![out::Instruction::I32Const(WAYS_AT as i32), out::Instruction::Drop, out::Instruction::Call(SHARED)]
}

/// A half's imports and exports, as `from.name` and `name`.
fn borders(half: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(half) {
        match payload.expect("a good module") {
            Payload::ImportSection(section) => {
                let all = section.into_imports().map(|import| import.expect("a good import"));
                imports.extend(all.map(|import| [import.module, ".", import.name].concat()));
            }
            Payload::ExportSection(section) => {
                exports.extend(section.into_iter().map(|export| export.expect("a good export").name.to_owned()));
            }
            _ => {}
        }
    }
    (imports, exports)
}

#[test]
fn what_only_the_ways_lead_to_goes_with_its_data_and_what_both_use_stays() {
    let plan = plan(&program(&good_main(), &REFERENCES)).expect("a good program");
    assert_eq!(plan.slots, [ENTRY_SLOT, LISTENER_SLOT].into());
    assert_eq!(plan.entries, [ENTRY_SLOT].into());
    let text = TEXT_AT..TEXT_AT + TEXT.len() as u32;
    assert!(plan.data.iter().eq([&text]), "{:?}", plan.data);
}

#[test]
fn a_function_whose_address_the_first_part_takes_stays() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(MAIN), TABLE_INDEX, LISTENER));
    references.push((From::Function(SHARED), ADDRESS, TEXT_SYMBOL));
    let plan = plan(&program(&good_main(), &references)).expect("a good program");
    assert_eq!(plan.slots, [ENTRY_SLOT].into());
    assert_eq!(plan.data, []);
}

#[test]
fn the_halves_are_modules_of_2017_and_fit_each_other() {
    let program = program(&good_main(), &REFERENCES);
    let Halves { first, second } = cut(&program, &plan(&program).expect("a good program")).expect("it can be cut");
    gate::is_mvp(&first).expect("the first half is one of 2017");
    gate::is_mvp(&second).expect("the second half is one of 2017");
    let (first_imports, first_exports) = borders(&first);
    assert!(first_imports.is_empty(), "only the second half calls the glue: {first_imports:?}");
    let (second_imports, second_exports) = borders(&second);
    assert!(second_exports.is_empty());
    // The glue, the shared function, the stack pointer's two, memory and table.
    assert_eq!(second_imports.len(), 6, "{second_imports:?}");
    assert_eq!(second_imports[0], "a.a");
    for import in &second_imports[1..] {
        let name = import.strip_prefix("b.").expect("the first half has it");
        assert!(first_exports.iter().any(|export| export == name), "{import} of {first_exports:?}");
    }
    let says = |half: &[u8]| half.windows(TEXT.len()).any(|bytes| bytes == TEXT);
    assert!(says(&second) && !says(&first));
}

#[test]
fn a_way_in_that_asks_nobody_fails_the_build() {
    let with = |main: &[out::Instruction<'_>]| program(main, &REFERENCES);
    let plan = plan(&with(&good_main())).expect("a good program");
    // An optimiser that saw through the ways would write a call.
    let refusal = cut(&with(&[out::Instruction::Call(ENTRY)]), &plan).err().expect("main can reach the entry");
    assert!(refusal.to_string().contains("src/rest.rs"), "{refusal}");
}

#[test]
fn a_first_part_that_reaches_what_it_must_not_fails_the_build_and_is_told_by_which_way() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(SHARED), FUNCTION_INDEX, HELPER));
    let refusal = plan(&program(&good_main(), &references)).expect_err("main calls shared, and that the helper");
    assert!(refusal.to_string().contains("main → shared → helper"), "{refusal}");
    let linked = Linked::read(&program(&good_main(), &REFERENCES)).expect("a good program");
    Plan::of(&linked, "renamed").expect_err("a name that nothing has any more guards nothing");
}

#[test]
fn what_is_not_understood_fails_the_build() {
    let refusal = |references: &[(From, u8, u32)]| plan(&program(&good_main(), references)).expect_err("it is refused");
    assert!(refusal(&[]).to_string().contains("no relocations"));
    assert!(refusal(&REFERENCES[1..]).to_string().contains("nothing asks"));
    let mut strange = REFERENCES.to_vec();
    strange.push((From::Function(MAIN), ADDRESS_TLS, TEXT_SYMBOL));
    assert!(refusal(&strange).to_string().contains("MemoryAddrTlsSleb"), "{}", refusal(&strange));
}
