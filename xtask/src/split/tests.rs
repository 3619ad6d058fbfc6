//! A small program, planned and cut.

mod program;

use anyhow::Result;
use wasm_encoder as out;
use wasmparser::{Parser, Payload};

use super::{Linked, Plan, cut};
use crate::gate;
use program::{
    ADDRESS, ADDRESS_TLS, ENTRY, ENTRY_SLOT, FUNCTION_INDEX, From, HELPER, LATE, LATE_SLOT, LATE_TEXT, LATE_TEXT_AT,
    LATE_WAYS, LATE_WAYS_AT, LISTENER, LISTENER_SLOT, MAIN, REFERENCES, SHARED, TABLE_INDEX, TEXT, TEXT_AT,
    TEXT_SYMBOL, WAYS_AT, program,
};

/// One file less than the page has.
const WAYS: [&str; 2] = ["WAYS_INTO_THE_REST", "WAYS_INTO_LATER"];

fn plan(program: &[u8]) -> Result<Plan> {
    Plan::of(&Linked::read(program)?, &WAYS, 0, "helper")
}

/// Main asks for the ways, and does what both parts do.
fn good_main() -> Vec<out::Instruction<'static>> {
    vec![out::Instruction::I32Const(WAYS_AT as i32), out::Instruction::Drop, out::Instruction::Call(SHARED)]
}

/// A part's imports and exports, as `from.name` and `name`.
fn borders(part: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(part) {
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
    let [rest, later] = plan.parts.as_slice() else { panic!("two parts after the first") };
    assert_eq!(rest.slots, [ENTRY_SLOT, LISTENER_SLOT].into());
    assert_eq!(rest.entries, [ENTRY_SLOT].into());
    // The ways into the third part are the second's.
    assert!(rest.data.iter().eq([&(LATE_WAYS_AT..TEXT_AT + TEXT.len() as u32)]), "{:?}", rest.data);
    assert_eq!(later.slots, [LATE_SLOT].into());
    assert_eq!(later.entries, [LATE_SLOT].into());
    assert!(later.data.iter().eq([&(LATE_TEXT_AT..LATE_TEXT_AT + LATE_TEXT.len() as u32)]), "{:?}", later.data);
}

#[test]
fn a_function_whose_address_the_first_part_takes_stays() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(MAIN), TABLE_INDEX, LISTENER));
    references.push((From::Function(SHARED), ADDRESS, TEXT_SYMBOL));
    let plan = plan(&program(&good_main(), &references)).expect("a good program");
    assert_eq!(plan.parts[0].slots, [ENTRY_SLOT].into());
    assert_eq!(plan.parts[0].data, []);
}

#[test]
fn what_the_second_part_takes_of_the_third_is_in_the_second() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(HELPER), TABLE_INDEX, LATE));
    let plan = plan(&program(&good_main(), &references)).expect("a good program");
    assert_eq!(plan.parts[0].slots, [ENTRY_SLOT, LISTENER_SLOT, LATE_SLOT].into());
    assert_eq!(plan.parts[1].slots, [].into());
}

#[test]
fn what_two_parts_beside_each_other_use_is_in_the_first() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(MAIN), ADDRESS, LATE_WAYS));
    let program = program(&good_main(), &references);
    let linked = Linked::read(&program).expect("a good program");
    let plan = Plan::of(&linked, &WAYS, 1, "late").expect("a good program");
    assert_eq!(plan.parts[0].slots, [ENTRY_SLOT, LISTENER_SLOT].into());
    assert_eq!(plan.parts[1].slots, [LATE_SLOT].into());
    let [first, rest, later] = cut(&program, &plan).expect("it can be cut").try_into().expect("three parts");
    let says = |part: &[u8], text: &[u8]| part.windows(text.len()).any(|bytes| bytes == text);
    assert_eq!([&first, &rest, &later].map(|part| says(part, TEXT)), [true, false, false], "the helper's");
    let (imports, _) = borders(&later);
    assert!(!imports.iter().any(|import| import.starts_with("c.")), "it does without the other: {imports:?}");
    Plan::of(&linked, &WAYS, 1, "entry").expect_err("the second is kept out of as the first is");
}

#[test]
fn the_parts_are_modules_of_2017_and_fit_each_other() {
    let program = program(&good_main(), &REFERENCES);
    let parts = cut(&program, &plan(&program).expect("a good program")).expect("it can be cut");
    let [first, rest, later] = parts.try_into().expect("three parts");
    for part in [&first, &rest, &later] {
        gate::is_mvp(part).expect("it is one of 2017");
    }
    let (first_imports, first_exports) = borders(&first);
    assert!(first_imports.is_empty(), "only later parts call the glue: {first_imports:?}");
    let (rest_imports, rest_exports) = borders(&rest);
    let (later_imports, later_exports) = borders(&later);
    assert_eq!(rest_exports.len(), 1, "the helper: {rest_exports:?}");
    assert!(later_exports.is_empty());
    // The glue, the shared function, the stack pointer's two, memory and table; then the same and the helper.
    assert_eq!(rest_imports.len(), 6, "{rest_imports:?}");
    assert_eq!(later_imports.len(), 7, "{later_imports:?}");
    for import in rest_imports.iter().chain(&later_imports) {
        let (from, name) = import.split_once('.').expect("a name of two parts");
        match from {
            "a" => assert_eq!(name, "a", "the glue"),
            "b" => assert!(first_exports.iter().any(|export| export == name), "{import} of {first_exports:?}"),
            _ => assert!(rest_exports.iter().any(|export| export == name), "{import} of {rest_exports:?}"),
        }
    }
    assert!(later_imports.iter().any(|import| import.starts_with("c.")), "the helper");
    let says = |part: &[u8], text: &[u8]| part.windows(text.len()).any(|bytes| bytes == text);
    assert_eq!([&first, &rest, &later].map(|part| says(part, TEXT)), [false, true, false]);
    assert_eq!([&first, &rest, &later].map(|part| says(part, LATE_TEXT)), [false, false, true]);
}

#[test]
fn a_way_in_that_asks_nobody_fails_the_build() {
    let with = |main: &[out::Instruction<'_>]| program(main, &REFERENCES);
    let plan = plan(&with(&good_main())).expect("a good program");
    // An optimiser that saw through the ways would write a call.
    let refusal = cut(&with(&[out::Instruction::Call(ENTRY)]), &plan).expect_err("main can reach the entry");
    assert!(refusal.to_string().contains("src/rest.rs"), "{refusal}");
}

#[test]
fn a_first_part_that_reaches_what_it_must_not_fails_the_build_and_is_told_by_which_way() {
    let mut references = REFERENCES.to_vec();
    references.push((From::Function(SHARED), FUNCTION_INDEX, HELPER));
    let refusal = plan(&program(&good_main(), &references)).expect_err("main calls shared, and that the helper");
    assert!(refusal.to_string().contains("main → shared → helper"), "{refusal}");
    let linked = Linked::read(&program(&good_main(), &REFERENCES)).expect("a good program");
    Plan::of(&linked, &WAYS, 0, "renamed").expect_err("a name that nothing has any more guards nothing");
}

#[test]
fn what_is_not_understood_fails_the_build() {
    let refusal = |references: &[(From, u8, u32)]| plan(&program(&good_main(), references)).expect_err("it is refused");
    assert!(refusal(&[]).to_string().contains("no relocations"));
    assert!(refusal(&REFERENCES[1..]).to_string().contains("nothing asks"));
    let without_later: Vec<_> = REFERENCES.into_iter().filter(|(_, _, symbol)| *symbol != LATE_WAYS).collect();
    assert!(refusal(&without_later).to_string().contains("WAYS_INTO_LATER"));
    let mut strange = REFERENCES.to_vec();
    strange.push((From::Function(MAIN), ADDRESS_TLS, TEXT_SYMBOL));
    assert!(refusal(&strange).to_string().contains("MemoryAddrTlsSleb"), "{}", refusal(&strange));
}
