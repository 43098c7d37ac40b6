mod parallel;
mod scratch;
mod walk;
