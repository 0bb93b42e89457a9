//! What the host says of declarations against their schemas, beside what the real Terraform says with the same schemas.

mod dice;

mod provider;

mod bodies;

mod finding;

mod stack;

mod every_type;

mod expressions;

mod faults;

mod reads;

mod ground;

mod planned;

mod agreement;

mod judged_cases;
