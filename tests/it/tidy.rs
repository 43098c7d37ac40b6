//! The house: sizes, layers, and what only the shell may touch. Text scanning, no parser.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module may use those of the lines above its own.
const LAYERS: [&[&str]; 13] = [
    &["units", "codes"],
    &["rng", "agenda", "histogram", "document"],
    &["bedrock", "client"],
    &["scenario", "pricing", "trace"],
    &["plan", "upkeep", "intake", "profile"],
    &["traffic"],
    &["sim"],
    &["ledger"],
    &["budget", "forecast", "advise", "breakeven", "why", "statement", "draft"],
    &["reprice", "reconcile"],
    &["report"],
    &["pipeline"],
    &["cli"],
];

const LONGEST_FILE: usize = 400;

/// Functions of floats whose last bits differ between machines.
const INEXACT: &str = "ln log log2 log10 ln_1p exp exp2 exp_m1 powf powi cbrt hypot \
    sin cos tan asin acos atan atan2 sin_cos sinh cosh tanh asinh acosh atanh";

/// May hash: it can be looked up in, and not be gone through.
const TABLE: &str = "src/bedrock/cache/table.rs";

struct Source {
    /// Relative to the repository: `src/sim/engine.rs`.
    path: String,
    /// Without comments and without the test module at its end.
    code: String,
    /// Where the modules are that it declares for tests only: `src/report/sample`.
    test_modules: Vec<String>,
    lines: usize,
}

impl Source {
    /// The module of the crate's root that it belongs to; `lib` and `main` are roots themselves.
    fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap_or_default()
    }

    /// How many modules it lies below the crate's root.
    fn depth(&self) -> usize {
        let folders = self.path.matches('/').count() - 1;
        folders + usize::from(!self.path.ends_with("/mod.rs"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    paths.sort();
    let files = paths.into_iter().flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn sources(folder: &str) -> Vec<Source> {
    let source = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source is text");
        let path = path.strip_prefix(root()).expect("a path below the root").to_str().expect("a UTF-8 path");
        let path = path.replace('\\', "/");
        let folder = path.trim_end_matches("mod.rs").trim_end_matches("lib.rs").trim_end_matches(".rs");
        let declared =
            text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| rest.lines().next()?.strip_suffix(';'));
        let test_modules = declared.map(|name| format!("{}/{name}", folder.trim_end_matches('/'))).collect();
        Source { code: code(&text), test_modules, lines: text.lines().count(), path }
    };
    rust_files(&root().join(folder)).iter().map(source).collect()
}

/// The files of the library and the program that are not tests.
fn program() -> Vec<Source> {
    let sources = sources("src");
    assert!(sources.len() > 30, "only {} sources were found", sources.len());
    let test_modules: Vec<String> = sources.iter().flat_map(|source| source.test_modules.clone()).collect();
    let is_test = |path: &str| {
        let inside = |module: &String| path.strip_prefix(module).is_some_and(|rest| rest.starts_with(['.', '/']));
        test_modules.iter().any(inside)
    };
    sources.into_iter().filter(|source| !is_test(&source.path)).collect()
}

fn code(text: &str) -> String {
    let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    program.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// The names that follow a path's beginning: `a` and `b` for `crate::` in `crate::a::x` and `crate::{b::y}`.
fn names_after<'a>(code: &'a str, path: &str) -> Vec<&'a str> {
    let word = |text: &'a str| text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
    let mut names = Vec::new();
    for (at, _) in code.match_indices(path).filter(|(at, _)| !code[..*at].ends_with([':', '_'])) {
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let (mut depth, mut item) = (0_usize, 0);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.push(word(group[item..at].trim_start()));
                    item = at + 1;
                }
                _ => {}
            }
            if c == '}' && item == at + 1 {
                break;
            }
        }
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

fn layer(module: &str) -> usize {
    let layer = LAYERS.iter().position(|modules| modules.contains(&module));
    layer.unwrap_or_else(|| panic!("the module `{module}` has no layer: add it to LAYERS and ARCHITECTURE.md"))
}

fn fail_with(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn the_scan_sees_every_way_to_write_a_path() {
    let code = code(
        "use crate::{a::{x, y}, b, c::z};\n// crate::no\nlet d = crate::d::f();\n#[cfg(test)]\nmod tests { crate::t }",
    );
    assert_eq!(names_after(&code, "crate::"), ["a", "b", "c", "d"]);
    assert_eq!(names_after("use std::{fs, io};\nstd::env::args()", "std::"), ["fs", "io", "env"]);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let all = ["src", "tests", "benches", "examples"].into_iter().flat_map(sources);
    let long = all.filter(|source| source.lines > LONGEST_FILE);
    fail_with(
        "split these",
        &long.map(|source| format!("{}: {} lines", source.path, source.lines)).collect::<Vec<_>>(),
    );
}

#[test]
fn a_module_uses_only_those_below_it() {
    let mut found = Vec::new();
    for source in program().iter().filter(|source| !["lib", "main"].contains(&source.module())) {
        let own = source.module();
        for used in names_after(&source.code, "crate::").into_iter().filter(|used| *used != own) {
            if layer(used) >= layer(own) {
                found.push(format!("{}: `{own}` may not use `{used}`", source.path));
            }
        }
        let up = "super::".repeat(source.depth());
        if source.code.contains(&up) {
            found.push(format!("{}: write `crate::` for `{up}`", source.path));
        }
    }
    fail_with("the layers are broken", &found);
}

#[test]
fn only_the_shell_touches_files_arguments_clocks_and_the_terminal() {
    let mut found = Vec::new();
    for source in program().iter().filter(|source| !["cli", "main"].contains(&source.module())) {
        let names = names_after(&source.code, "std::").into_iter().filter(|name| ["fs", "env", "time"].contains(name));
        found.extend(names.map(|name| format!("{}: std::{name}", source.path)));
        let macros = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];
        let printed = macros.iter().filter(|name| source.code.contains(*name));
        found.extend(printed.map(|name| format!("{}: {name}", source.path)));
    }
    fail_with("leave these to `cli`", &found);
}

#[test]
fn nothing_depends_on_hash_order_or_on_the_machines_mathematics() {
    let mut found = Vec::new();
    for source in program() {
        let hashed = ["HashMap", "HashSet"].into_iter().filter(|_| source.path != TABLE).map(str::to_owned);
        let inexact = INEXACT.split_whitespace().flat_map(|name| [format!(".{name}("), format!("f64::{name}")]);
        let uses = |what: &String| {
            source.code.match_indices(what).any(|(at, _)| ends_word(&source.code[at + what.len()..], what))
        };
        found.extend(hashed.chain(inexact).filter(uses).map(|what| format!("{}: {what}", source.path)));
    }
    fail_with("use BTreeMap and the pinned libm", &found);
}

/// What was found is a whole name: a call, or not followed by more of it.
fn ends_word(rest: &str, found: &str) -> bool {
    found.ends_with('(') || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

#[test]
fn the_map_shows_every_module_and_no_file_that_is_not_there() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map is there");
    let rows: Vec<&str> = map.lines().filter(|line| line.starts_with('|')).collect();
    let program = program();
    let modules = program.iter().map(Source::module).filter(|module| !["lib", "main"].contains(module));
    let named = |module: &str| {
        rows.iter().any(|row| row.contains(&format!("`{module}`")) || row.contains(&format!("`{module}::")))
    };
    let mut missing: Vec<String> =
        modules.filter(|module| !named(module)).map(|module| format!("no row for `{module}`")).collect();
    missing.dedup();

    let quoted =
        map.split('`').skip(1).step_by(2).chain(map.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    let is_file = |text: &&str| {
        let name = text.rsplit('/').next().unwrap_or_default();
        text.contains('/') && name.contains('.') && !text.contains(|c: char| " <>*{}:".contains(c))
    };
    let absent = quoted.filter(is_file).filter(|file| !root().join(file).exists());
    missing.extend(absent.map(|file| format!("`{file}` does not exist")));
    fail_with("ARCHITECTURE.md is not true", &missing);
}
