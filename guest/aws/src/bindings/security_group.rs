//! The resource `aws_security_group`.

use ::tapwasm_guest::typed as sdk;
use sdk::Readable as _;

sdk::resource!("aws_security_group", SecurityGroup, SecurityGroupBuilder);

/// Starts a resource `aws_security_group`.
#[track_caller]
pub fn security_group(scope: sdk::Scope, name: impl AsRef<str>) -> SecurityGroupBuilder {
    SecurityGroupBuilder(scope.resource("aws_security_group", name))
}

impl<I> SecurityGroupBuilder<I> {
    /// String, optional.
    #[track_caller]
    pub fn description<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("description", value))
    }

    /// Set of object, optional, computed where not set.
    #[track_caller]
    pub fn egress<M>(self, value: impl sdk::IntoArgument<sdk::Set<EgressAttributes>, M>) -> Self {
        Self(self.0.set_typed("egress", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("id", value))
    }

    /// Set of object, optional, computed where not set.
    #[track_caller]
    pub fn ingress<M>(self, value: impl sdk::IntoArgument<sdk::Set<IngressAttributes>, M>) -> Self {
        Self(self.0.set_typed("ingress", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn name<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("name", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn name_prefix<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("name_prefix", value))
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    #[track_caller]
    pub fn region<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("region", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn revoke_rules_on_delete<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("revoke_rules_on_delete", value))
    }

    /// Map of string, optional.
    #[track_caller]
    pub fn tags<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags", value))
    }

    /// Map of string, optional, computed where not set.
    #[track_caller]
    pub fn tags_all<M>(self, value: impl sdk::IntoArgument<sdk::Map<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("tags_all", value))
    }

    /// String, optional, computed where not set.
    #[track_caller]
    pub fn vpc_id<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("vpc_id", value))
    }

    /// Block, at most one.
    #[track_caller]
    pub fn timeouts(self, blocks: impl sdk::IntoBlocks<Timeouts, sdk::AtMostOne>) -> Self {
        Self(self.0.set_blocks("timeouts", blocks))
    }
}

impl<S: sdk::Readable> SecurityGroup<S> {
    /// String, computed.
    pub fn arn(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("arn")
    }

    /// String, optional.
    pub fn description(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("description")
    }

    /// Set of object, optional, computed where not set.
    pub fn egress(&self) -> sdk::Expr<sdk::Set<EgressAttributes>> {
        self.0.read("egress")
    }

    /// String, optional, computed where not set.
    pub fn id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("id")
    }

    /// Set of object, optional, computed where not set.
    pub fn ingress(&self) -> sdk::Expr<sdk::Set<IngressAttributes>> {
        self.0.read("ingress")
    }

    /// String, optional, computed where not set.
    pub fn name(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name")
    }

    /// String, optional, computed where not set.
    pub fn name_prefix(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("name_prefix")
    }

    /// String, computed.
    pub fn owner_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("owner_id")
    }

    /// String, optional, computed where not set.
    ///
    /// Region where this resource will be [managed](https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints). Defaults to the Region set in the [provider configuration](https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference).
    pub fn region(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("region")
    }

    /// Bool, optional.
    pub fn revoke_rules_on_delete(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("revoke_rules_on_delete")
    }

    /// Map of string, optional.
    pub fn tags(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags")
    }

    /// Map of string, optional, computed where not set.
    pub fn tags_all(&self) -> sdk::Expr<sdk::Map<sdk::Str>> {
        self.0.read("tags_all")
    }

    /// String, optional, computed where not set.
    pub fn vpc_id(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("vpc_id")
    }

    /// Block, at most one.
    pub fn timeouts(&self) -> TimeoutsAttributes {
        self.0.read("timeouts")
    }
}

sdk::object!("egress", Egress => EgressAttributes ["cidr_blocks", "description", "from_port", "ipv6_cidr_blocks", "prefix_list_ids", "protocol", "security_groups", "self", "to_port"]);

impl Egress {
    /// List of string, optional.
    #[track_caller]
    pub fn cidr_blocks<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("cidr_blocks", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn description<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("description", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn from_port<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("from_port", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn ipv6_cidr_blocks<M>(
        self,
        value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("ipv6_cidr_blocks", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn prefix_list_ids<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("prefix_list_ids", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn protocol<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("protocol", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn security_groups<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("security_groups", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn self_<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("self", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn to_port<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("to_port", value))
    }
}

sdk::attributes!("egress", EgressAttributes);

impl EgressAttributes {
    /// List of string, optional.
    pub fn cidr_blocks(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("cidr_blocks")
    }

    /// String, optional.
    pub fn description(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("description")
    }

    /// Number, optional.
    pub fn from_port(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("from_port")
    }

    /// List of string, optional.
    pub fn ipv6_cidr_blocks(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("ipv6_cidr_blocks")
    }

    /// List of string, optional.
    pub fn prefix_list_ids(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("prefix_list_ids")
    }

    /// String, optional.
    pub fn protocol(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("protocol")
    }

    /// Set of string, optional.
    pub fn security_groups(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("security_groups")
    }

    /// Bool, optional.
    pub fn self_(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("self")
    }

    /// Number, optional.
    pub fn to_port(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("to_port")
    }
}

sdk::object!("ingress", Ingress => IngressAttributes ["cidr_blocks", "description", "from_port", "ipv6_cidr_blocks", "prefix_list_ids", "protocol", "security_groups", "self", "to_port"]);

impl Ingress {
    /// List of string, optional.
    #[track_caller]
    pub fn cidr_blocks<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("cidr_blocks", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn description<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("description", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn from_port<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("from_port", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn ipv6_cidr_blocks<M>(
        self,
        value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>,
    ) -> Self {
        Self(self.0.set_typed("ipv6_cidr_blocks", value))
    }

    /// List of string, optional.
    #[track_caller]
    pub fn prefix_list_ids<M>(self, value: impl sdk::IntoArgument<sdk::List<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("prefix_list_ids", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn protocol<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("protocol", value))
    }

    /// Set of string, optional.
    #[track_caller]
    pub fn security_groups<M>(self, value: impl sdk::IntoArgument<sdk::Set<sdk::Str>, M>) -> Self {
        Self(self.0.set_typed("security_groups", value))
    }

    /// Bool, optional.
    #[track_caller]
    pub fn self_<M>(self, value: impl sdk::IntoArgument<sdk::Bool, M>) -> Self {
        Self(self.0.set_typed("self", value))
    }

    /// Number, optional.
    #[track_caller]
    pub fn to_port<M>(self, value: impl sdk::IntoArgument<sdk::Num, M>) -> Self {
        Self(self.0.set_typed("to_port", value))
    }
}

sdk::attributes!("ingress", IngressAttributes);

impl IngressAttributes {
    /// List of string, optional.
    pub fn cidr_blocks(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("cidr_blocks")
    }

    /// String, optional.
    pub fn description(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("description")
    }

    /// Number, optional.
    pub fn from_port(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("from_port")
    }

    /// List of string, optional.
    pub fn ipv6_cidr_blocks(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("ipv6_cidr_blocks")
    }

    /// List of string, optional.
    pub fn prefix_list_ids(&self) -> sdk::Expr<sdk::List<sdk::Str>> {
        self.0.read("prefix_list_ids")
    }

    /// String, optional.
    pub fn protocol(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("protocol")
    }

    /// Set of string, optional.
    pub fn security_groups(&self) -> sdk::Expr<sdk::Set<sdk::Str>> {
        self.0.read("security_groups")
    }

    /// Bool, optional.
    pub fn self_(&self) -> sdk::Expr<sdk::Bool> {
        self.0.read("self")
    }

    /// Number, optional.
    pub fn to_port(&self) -> sdk::Expr<sdk::Num> {
        self.0.read("to_port")
    }
}

sdk::block!("timeouts", Timeouts);

impl Timeouts {
    /// String, optional.
    #[track_caller]
    pub fn create<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("create", value))
    }

    /// String, optional.
    #[track_caller]
    pub fn delete<M>(self, value: impl sdk::IntoArgument<sdk::Str, M>) -> Self {
        Self(self.0.set_typed("delete", value))
    }
}

sdk::attributes!("timeouts", TimeoutsAttributes);

impl TimeoutsAttributes {
    /// String, optional.
    pub fn create(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("create")
    }

    /// String, optional.
    pub fn delete(&self) -> sdk::Expr<sdk::Str> {
        self.0.read("delete")
    }
}
