//! Laws of every run, whatever the scenario.

mod caching;
pub mod conservation;
mod independence;
mod meters;
mod raising;
mod scaling;
mod silence;
mod why;
