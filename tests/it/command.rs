//! The built program in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A good scenario; tests change one thing of it.
pub const GOOD: &str = "\
name: good
start: 2026-12-01T00:00:00Z
horizon: 1h
apps:
  a:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 100
    traffic: {rate: 1/s, input: 42, output: 5}
budgets:
  - cost.total < 1 USD
";

/// A good scenario that replays `calls.csv`.
pub const REPLAY: &str = "\
name: replay
start: 2026-12-01T00:00:00Z
apps:
  a:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 100
    service: {ttft: 500ms, output_rate: 50/s}
    traffic: {trace: {file: calls.csv, time: {column: t, format: seconds}, input: in, output: out}}
";

/// A temporary folder.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with a file in it.
    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.write(name, content);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program, to be run here.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokencast"));
        command.current_dir(self.0.path()).env_remove("RUST_BACKTRACE");
        command
    }

    pub fn tokencast(&self, arguments: &[&str]) -> Answer {
        self.command().args(arguments).output().unwrap().into()
    }

    /// A line of the shell, in which `$tokencast` is the program.
    pub fn shell(&self, line: &str) -> Answer {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(self.0.path()).env("tokencast", env!("CARGO_BIN_EXE_tokencast"));
        shell.output().unwrap().into()
    }

    /// Every file and folder below, in order, files with their content.
    pub fn listing(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let mut found = Vec::new();
        list(self.0.path(), &mut found);
        found.sort();
        found
    }

    /// Names in one folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn list(folder: &Path, found: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, found);
            found.push((path, None));
        } else {
            // The start is enough of a file that is hundreds of megabytes of nothing.
            let content = fs::metadata(&path).unwrap().len() < 1 << 24;
            found.push((path.clone(), content.then(|| fs::read(&path).unwrap())));
        }
    }
}

/// How the program ended, and what it said.
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Answer {
    /// It ended so, and did not panic.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        let Self { code: found, stdout, stderr } = &self;
        assert!(*found == Some(code) && !stderr.contains("panicked"), "{found:?}\n{stdout}\n{stderr}");
        self
    }
}
