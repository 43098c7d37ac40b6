//! The `tokencast` command.
fn main() {}
