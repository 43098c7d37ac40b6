//! Laws of every run, whatever the scenario.

mod any_rows;
mod batch;
mod bills;
mod caching;
mod caching_in_runs;
mod chains;
pub mod conservation;
mod dated;
mod drafts;
mod foreign_recordings;
mod importing;
mod independence;
mod lanes;
mod long_inputs;
mod meters;
mod profiles;
mod raising;
mod reconciling;
mod recordings;
mod retries;
mod scaling;
mod silence;
mod sorting;
mod store;
mod tasks;
mod why;
