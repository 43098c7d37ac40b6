//! The `tokencast` command.

fn main() -> tokencast::cli::Exit {
    tokencast::cli::main()
}
