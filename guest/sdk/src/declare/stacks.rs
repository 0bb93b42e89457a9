//! Several stacks in one program: their order, and what one reads of another.

use super::handle::OutputHandle;
use super::stack::Stack;
use crate::backend;
use crate::expr::{Expr, Type, Value};
use crate::token::Token;
use std::panic::Location;

impl Stack {
    /// Says that this stack is applied after another. Where something of it is read, that goes without saying:
    ///
    /// ```
    /// # use tapwasm_guest::{Stack, testing::evaluate};
    /// # fn build() -> tapwasm_guest::Result {
    /// let (network, app) = (Stack::new("network"), Stack::new("app"));
    /// let subnet = network.resource("aws_subnet", "a").set("cidr_block", "10.0.0.0/24").declare();
    /// // An output of `network`, and a read of its remote state in `app`: the host makes both.
    /// app.resource("aws_instance", "web").set("subnet_id", subnet.get("id")).declare();
    /// let alarms = Stack::new("alarms");
    /// alarms.depends_on(app);
    /// # Ok(())
    /// # }
    /// # let evaluated = evaluate(build, "{}");
    /// # let web = evaluated.stack("app").resource("aws_instance.web");
    /// # assert_eq!(web.argument("subnet_id").to_string(), "network:aws_subnet.a.id");
    /// # assert_eq!(evaluated.stack("app").dependencies, ["network"]);
    /// # assert_eq!(evaluated.stack("alarms").dependencies, ["app"]);
    /// ```
    #[track_caller]
    pub fn depends_on(self, other: Stack) {
        backend::depends_on(self.index, other.index, Location::caller());
    }

    /// Lets other stacks read from this one under the names that CDKTF gives to such outputs and remote states, so that stacks can move from
    /// CDKTF one by one.
    #[track_caller]
    pub fn cdktf_cross_stack_names(self) {
        backend::directive(self.index, "cross-stack-names", &[Token::Text("cdktf".to_owned())], Location::caller());
    }
}

impl OutputHandle {
    /// Reads the output in another stack, untyped.
    #[track_caller]
    pub fn value(&self) -> Value {
        Value::written(Location::caller(), |out| out.reference(self.0, ""))
    }

    /// Reads the output in another stack, as the type that the context wants.
    #[track_caller]
    pub fn expr<T: Type>(&self) -> Expr<T> {
        self.value().typed()
    }
}
