//! The integration tests: the real binary on real guests, and what can only be seen from outside.

mod support;

mod cases;

mod sandbox;

mod components;

mod inputs;

mod snapshots;

mod folders;

mod races;

mod kills;

mod layers;

mod new;

mod network;

mod payment;
