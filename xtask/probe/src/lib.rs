//! Built exactly as the page is, and run by `xtask/src/casts.rs` in each form that ships.

use wasm_bindgen::prelude::wasm_bindgen;

/// What a number becomes as each integer, directly and by way of 32 bits; and 64-bit arithmetic on one of them.
/// `xtask/src/casts.rs` says the same in a program for this machine.
#[wasm_bindgen]
pub fn casts(number: f64) -> String {
    let narrow = number as f32;
    let wide = format!("{} {} {} {}", number as i32, number as u32, number as i64, number as u64);
    let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) % 1_000_000_007;
    format!("{wide} {} {} {} {} {mixed}", narrow as i32, narrow as u32, narrow as i64, narrow as u64)
}
