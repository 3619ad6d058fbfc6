//! The page's linker writes down what refers to what: the build cuts the module in two by it (xtask/src/split.rs).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Only the page that ships is cut; its profile is the one that is small before all else.
    if std::env::var("OPT_LEVEL").is_ok_and(|level| level == "z") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
