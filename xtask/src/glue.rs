//! Mends to wasm-bindgen's glue: one that old engines need, one that lets several live on a page, and one for a module
//! in two files.

use anyhow::{Result, bail};

/// The glue keeps views of the module's memory and makes new ones after that has grown. It notices by the old view's
/// length, which is zero once its buffer is detached, or by the buffer's own word. But Chromium 64 detaches nothing, and
/// neither does a module that was translated to JavaScript: every string that lay in grown memory came out empty.
/// Comparing the buffers themselves is right everywhere.
const GROWN_BY_LENGTH: &str = "Memory0.byteLength === 0";
const GROWN_BY_WORD: &str = "cachedDataViewMemory0.buffer.detached === true || \
    (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)";
const GROWN_BY_BUFFER: &str = "Memory0.buffer !== wasm.memory.buffer";

/// The glue with views that follow the memory.
pub(crate) fn follow_growing_memory(glue: &str) -> Result<String> {
    if !glue.contains(GROWN_BY_LENGTH) {
        bail!(
            "wasm-bindgen's glue has no `{GROWN_BY_LENGTH}` any more: see how it notices that memory has grown, \
             and whether Chromium 64 still needs the mend in xtask/src/glue.rs"
        );
    }
    let mended = glue
        .replace(GROWN_BY_WORD, "cachedDataViewMemory0.buffer !== wasm.memory.buffer")
        .replace(GROWN_BY_LENGTH, GROWN_BY_BUFFER);
    if mended.contains(".detached") {
        bail!("wasm-bindgen's glue asks in a new way whether memory is detached: see the mend in xtask/src/glue.rs");
    }
    Ok(mended)
}

/// The glue declares its variable with `let`: such a one is no property of anything, so the loader could not reach it by
/// name, and a second try at the same script would break over the first one's declaration. It is handed to the loader
/// instead.
pub(crate) fn hand_over(glue: &str, global: &str, name: &str) -> Result<String> {
    let declared = format!("let {global} = (");
    if glue.matches(&declared).count() != 1 {
        bail!("wasm-bindgen's glue has no single `{declared}` any more: see how it names itself (xtask/src/glue.rs)");
    }
    Ok(glue.replace(&declared, &format!("__carnival.glue.{name} = (")))
}

/// Leaves what the glue has for the module where the loader finds it: a second file of the module needs some of it.
pub(crate) fn share_imports(glue: &str) -> Result<String> {
    let made = "const imports = __wbg_get_imports();";
    if !glue.contains(made) {
        bail!("wasm-bindgen's glue has no `{made}` any more: see where it makes its imports (xtask/src/glue.rs)");
    }
    Ok(glue.replace(made, "const imports = __wbg_init.imports = __wbg_get_imports();"))
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
    fn a_view_that_asks_its_buffer_compares_buffers_instead() {
        let glue = format!("if (cachedDataViewMemory0 === null || {GROWN_BY_WORD}) x(); a{GROWN_BY_LENGTH};");
        let mended = follow_growing_memory(&glue).expect("there is something to mend");
        assert!(mended.starts_with(
            "if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer !== wasm.memory.buffer) x();"
        ));
        assert!(follow_growing_memory(&format!("b{GROWN_BY_LENGTH} || view.buffer.detached")).is_err());
    }

    #[test]
    fn a_glue_that_notices_in_another_way_is_looked_at_by_a_person() {
        assert!(follow_growing_memory("let wasm_bindgen = {};").is_err());
    }

    #[test]
    fn a_glue_hands_itself_to_the_loader_under_the_modules_name() {
        let glue = hand_over("let carnival_chat = (function(exports) {})({});", "carnival_chat", "chat");
        assert_eq!(glue.expect("it declares itself"), "__carnival.glue.chat = (function(exports) {})({});");
        assert!(hand_over("var carnival_chat = 1;", "carnival_chat", "chat").is_err());
    }
}
