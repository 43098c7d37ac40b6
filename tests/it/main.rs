//! Laws, oracles, an independent model and the bundled scenarios; each file has one subject.

mod azure;
mod brute_force;
mod bundled;
mod laws;
mod m0;
mod model;
mod oracles;
mod published_prices;
mod reports;
mod shared;
mod stories;
mod tidy;
mod world;
