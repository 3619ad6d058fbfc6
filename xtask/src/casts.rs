//! Whether floating-point numbers become integers as Rust promises it, in what is shipped.
//!
//! Before 2020's saturating instructions a cast is a check and a truncation that traps; lowering passes that get the
//! check wrong break it silently, and so may a translation to JavaScript. So a probe is built exactly as the page is,
//! run in both of its forms, and held against what this program itself makes of the same numbers.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::module::Effort;
use crate::process;
use crate::tools::npm;
use crate::{places, side};

const NUMBERS: [f64; 18] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.9,
    -1.0,
    1e300,
    -1e300,
    2_147_483_647.0,
    2_147_483_648.0,
    -2_147_483_649.0,
    4_294_967_295.0,
    4_294_967_296.0,
    9_007_199_254_740_993.0,
    9_223_372_036_854_775_808.0,
    -9_223_372_036_854_775_808.0,
    18_446_744_073_709_549_568.0,
    18_446_744_073_709_551_616.0,
];

/// Builds the probe and runs it.
pub(crate) fn check() -> Result<()> {
    let site = places::page_target().join("side/probe/site");
    // Files of earlier builds have other names.
    fs::remove_dir_all(&site).ok();
    fs::create_dir_all(&site)?;
    let hash = side::build("probe", Effort::Full)?.finish(&site, Effort::Full)?;
    let stem = site.join(format!("carnival-probe-{hash}"));
    let expected: Vec<_> = NUMBERS.iter().map(|number| expected(*number)).collect();
    for form in ["wasm", "nowasm.js"] {
        let mut run = npm::node("casts.cjs")?;
        run.arg(&stem).arg(form).args(NUMBERS.iter().map(|number| number.to_bits().to_string()));
        let printed = String::from_utf8(process::output(&mut run, "running the probe of casts")?)?;
        let found: Vec<_> = printed.lines().collect();
        same(&found, &expected).with_context(|| format!("casts go wrong in the module's form .{form}"))?;
    }
    Ok(())
}

fn same(found: &[&str], expected: &[String]) -> Result<()> {
    ensure!(found.len() == expected.len(), "{} answers to {} numbers", found.len(), expected.len());
    for ((found, expected), number) in found.iter().zip(expected).zip(NUMBERS) {
        ensure!(found == expected, "{number:e} became {found} instead of {expected}");
    }
    Ok(())
}

/// In the words of `xtask/probe`.
fn expected(number: f64) -> String {
    let narrow = number as f32;
    let wide = format!("{} {} {} {}", number as i32, number as u32, number as i64, number as u64);
    let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) % 1_000_000_007;
    format!("{wide} {} {} {} {} {mixed}", narrow as i32, narrow as u32, narrow as i64, narrow as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cast_that_wraps_where_it_should_saturate_is_caught() {
        let right: Vec<_> = NUMBERS.iter().map(|number| expected(*number)).collect();
        let mut found: Vec<_> = right.iter().map(String::as_str).collect();
        same(&found, &right).expect("equal is right");
        let wrapped = expected(4_294_967_295.0).replacen("2147483647", "-1", 1);
        found[11] = &wrapped;
        let refusal = same(&found, &right).expect_err("4294967295.0 as i32 is not -1").to_string();
        assert!(refusal.contains("4.294967295e9"), "{refusal}");
    }
}
