//! Laws, oracles and an independent model; each file has one subject.

mod azure;
mod brute_force;
mod laws;
mod m0;
mod model;
mod oracles;
mod published_prices;
mod shared;
mod tidy;
mod world;
