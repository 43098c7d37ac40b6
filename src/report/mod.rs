//! From answers to pages: one view model, many renderers.

pub mod chart;
