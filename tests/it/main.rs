//! Laws, oracles and an independent model; each file has one subject.

mod brute_force;
mod laws;
mod model;
mod world;
