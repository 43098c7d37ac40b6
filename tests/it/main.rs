//! Laws, oracles, an independent model, the bundled scenarios, and the program from outside; each file has
//! one subject.

mod azure;
mod bad_calls;
mod bad_capacity;
mod bad_input;
mod bad_tasks;
mod bad_traces;
mod breakeven;
mod brute_force;
mod bundled;
mod cache_model;
mod cache_traces;
mod capacity_report;
mod cli;
mod codes;
mod command;
mod compare_clients;
mod findings;
mod laws;
mod m0;
mod model;
mod models;
mod oracles;
mod price_book;
mod published_prices;
mod published_services;
mod queueing;
mod readme;
mod reports;
mod retry_goldens;
mod shared;
mod stories;
mod tidy;
mod why;
mod windows;
mod world;
