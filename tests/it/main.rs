//! The integration tests: the real binary on real guests, and what can only be seen from outside.

mod support;

mod cases;

mod sandbox;

mod components;

mod inputs;

mod snapshots;

mod folders;

mod kills;

mod races;

mod commands;

mod new;

mod properties;

mod contract;

mod terraform;

mod readme;

mod layers;

mod payment;

mod network;
