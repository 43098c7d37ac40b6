//! Laws of every run, whatever the scenario.

mod conservation;
mod independence;
mod meters;
mod raising;
mod scaling;
