//! What a user of the whole program relies on.

mod bundled;
mod reports;
mod stories;
