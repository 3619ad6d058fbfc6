//! Builds the server anew when the page that it embeds has changed.

fn main() {
    println!("cargo:rerun-if-changed=../target/site");
}
