//! The integration tests: the real binary on real guests, and what can only be seen from outside.

mod support;

mod cases;

mod sandbox;

mod layers;

mod network;

mod commands;

mod properties;

mod terraform;

mod new;

mod contract;

mod readme;
