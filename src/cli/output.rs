//! Writing: files appear whole or not at all.

use super::exit::Failure;
use crate::report::model::Pages;
use crate::report::{csv, html, json};
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// The files of a report: name and content. `summary.json` comes last: when it is new, all are.
pub(super) fn files(pages: &Pages) -> Vec<(String, String)> {
    let charts = pages.charts.iter().map(|chart| (chart.file_name.clone(), chart.svg.clone()));
    let rest = [
        ("timeline.csv", csv::timeline(&pages.timeline)),
        ("lines.csv", csv::lines(&pages.days)),
        ("report.html", html::render(pages)),
        ("summary.json", json::render(&pages.report)),
    ];
    charts.chain(rest.map(|(name, text)| (name.to_owned(), text))).collect()
}

/// A place beside the final one in which a report is written before any of it is shown.
pub(super) struct Stage<'a> {
    folder: &'a Path,
    stage: TempDir,
}

impl<'a> Stage<'a> {
    /// Makes sure, before anything is run, that the folder can be written to.
    pub(super) fn open(folder: &'a Path) -> Result<Self, Failure> {
        let refused = |error: io::Error| {
            Failure::input(format!("{}: error: the report cannot be written here: {error}", folder.display()))
        };
        fs::create_dir_all(folder).map_err(refused)?;
        let stage = tempfile::Builder::new().prefix(".tokencast-").tempdir_in(folder).map_err(refused)?;
        Ok(Self { folder, stage })
    }

    /// Writes every file, then moves them into place.
    pub(super) fn publish(self, files: &[(String, String)]) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::tool(format!("{}: error: the report could not be written: {error}", self.folder.display()))
        };
        for (name, text) in files {
            fs::write(self.stage.path().join(name), text).map_err(failed)?;
        }
        for (name, _) in files {
            fs::rename(self.stage.path().join(name), self.folder.join(name)).map_err(failed)?;
        }
        self.stage.close().map_err(failed)
    }
}
