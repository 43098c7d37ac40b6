//! Records of every shape, typed by hand after those that Bedrock writes.
