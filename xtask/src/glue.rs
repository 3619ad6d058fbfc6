//! One mend to wasm-bindgen's glue that old engines need.

use anyhow::{Result, bail};

/// The glue keeps views of the module's memory and makes new ones after that has grown. It notices by the old view's
/// length, which is zero once its buffer is detached. Chromium 64 does not detach it: every string that lies in grown
/// memory came out empty there. Comparing the buffers themselves is right everywhere.
const GROWN_BY_LENGTH: &str = "Memory0.byteLength === 0";
const GROWN_BY_BUFFER: &str = "Memory0.buffer !== wasm.memory.buffer";

/// The glue with views that follow the memory.
pub(crate) fn follow_growing_memory(glue: &str) -> Result<String> {
    if !glue.contains(GROWN_BY_LENGTH) {
        bail!(
            "wasm-bindgen's glue has no `{GROWN_BY_LENGTH}` any more: see how it notices that memory has grown, \
             and whether Chromium 64 still needs the mend in xtask/src/glue.rs"
        );
    }
    Ok(glue.replace(GROWN_BY_LENGTH, GROWN_BY_BUFFER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_compares_buffers_and_other_lengths_stay() {
        let glue = "if (cachedUint8ArrayMemory0.byteLength === 0 || cachedFloat64ArrayMemory0.byteLength === 0) \
                    return getObject(arg0).byteLength;";
        let mended = follow_growing_memory(glue).expect("there is something to mend");
        assert_eq!(
            mended,
            "if (cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer || \
             cachedFloat64ArrayMemory0.buffer !== wasm.memory.buffer) return getObject(arg0).byteLength;"
        );
    }

    #[test]
    fn a_glue_that_notices_in_another_way_is_looked_at_by_a_person() {
        assert!(follow_growing_memory("let wasm_bindgen = {};").is_err());
    }
}
