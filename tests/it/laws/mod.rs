//! Laws of every run, whatever the scenario.

mod batch;
mod bills;
mod caching;
mod caching_in_runs;
mod chains;
pub mod conservation;
mod dated;
mod independence;
mod lanes;
mod long_inputs;
mod meters;
mod profiles;
mod raising;
mod reconciling;
mod retries;
mod scaling;
mod silence;
mod tasks;
mod why;
