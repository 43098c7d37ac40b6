//! The program from outside; each file has one subject.

mod bad_input;
mod bad_traces;
mod cli;
mod command;
