//! What each kind of block declares by its own words.

use tapwasm_guest::testing::{EvaluatedStack, evaluate};
use tapwasm_guest::types::{any, boolean, list, map, number, object, optional, optional_or, required, set, string, tuple};
use tapwasm_guest::{
    AzureBackend, Backend, Body, Cloud, Expr, FileCopy, For, GcsBackend, GitSource, IntoExpr, Lifecycle, List, LocalBackend,
    LocalExec, Num, RegistrySource, RemoteExec, Result, S3AssumeRole, S3Backend, S3Endpoints, ScopedData, SshConnection, Stack,
    Str, WinRmConnection, each_key, each_value, json, length, tf,
};

fn demo(declare: impl Fn(Stack) + Copy) -> EvaluatedStack {
    let evaluated = evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    );
    assert_eq!(evaluated.failure, None);
    evaluated.stack("demo").clone()
}

fn failure(declare: impl Fn(Stack) + Copy) -> String {
    let evaluated = evaluate(
        move || -> Result {
            declare(Stack::new("demo"));
            Ok(())
        },
        "{}",
    );
    evaluated.failure().message.clone()
}

#[test]
fn settings() {
    let stack = demo(|stack| {
        let role = S3AssumeRole::new("arn:aws:iam::1:role/x").tags([("team", "payments")]).policy_arns(["arn:a", "arn:b"]);
        let states = S3Backend::new("states", String::from("app.tfstate"), "eu-west-1")
            .encrypt(true)
            .use_lockfile(true)
            .max_retries(3)
            .assume_role(role)
            .endpoints(S3Endpoints::new().s3("http://localhost:9000"))
            .set("future", "x");
        stack
            .settings()
            .required_version(">= 1.10")
            .required_provider("aws", "hashicorp/aws", "~> 6.0")
            .required_provider("random", "hashicorp/random", "~> 3.0")
            .backend(states)
            .provider_meta("acme", Body::new().set("module", "x"))
            .declare();
    });
    let settings = &stack.declarations[0];
    assert_eq!(settings.argument("required_version"), ">= 1.10");
    let required: Vec<String> = settings.blocks("required_providers").iter().map(|block| block.arguments().concat()).collect();
    assert_eq!(required, ["aws", "random"]);
    let aws = settings.blocks("required_providers")[0].argument("aws").to_string();
    assert_eq!(aws, r#"{ "source" = "hashicorp/aws", "version" = "~> 6.0" }"#);
    let states = settings.labelled("backend", "s3");
    assert_eq!(
        states.arguments(),
        ["bucket", "key", "region", "encrypt", "use_lockfile", "max_retries", "assume_role", "endpoints", "future"]
    );
    assert_eq!(
        states.argument("assume_role").to_string(),
        r#"{ "role_arn" = "arn:aws:iam::1:role/x", "tags" = { "team" = "payments" }, "policy_arns" = ["arn:a", "arn:b"] }"#
    );
    assert_eq!(states.argument("endpoints").to_string(), r#"{ "s3" = "http://localhost:9000" }"#);
    assert_eq!(settings.labelled("provider_meta", "acme").argument("module"), "x");
}

#[test]
fn a_backend_may_leave_the_rest_to_whoever_runs_terraform() {
    let stack = demo(|stack| {
        for backend in [
            Backend::from(S3Backend::partial()),
            GcsBackend::partial().into(),
            AzureBackend::partial().into(),
            LocalBackend::partial().into(),
            Backend::new("consul", Body::new()),
        ] {
            stack.settings().backend(backend).declare();
        }
    });
    for (settings, kind) in stack.declarations.iter().zip(["s3", "gcs", "azurerm", "local", "consul"]) {
        assert!(settings.labelled("backend", kind).entries.is_empty());
    }
}

#[test]
fn cloud() {
    let stack = demo(|stack| {
        stack.settings().cloud(Cloud::new("acme").hostname("tf.example").project("p").workspace("prod")).declare();
        stack.settings().cloud(Cloud::partial().tags(["a", "b"])).declare();
        stack.settings().cloud(Cloud::partial().tag_values([("tier", "prod")])).declare();
        stack.settings().cloud(Cloud::partial()).declare();
    });
    let cloud = |at: usize| stack.declarations[at].block("cloud");
    assert_eq!(cloud(0).argument("organization"), "acme");
    assert_eq!(cloud(0).argument("hostname"), "tf.example");
    assert_eq!(cloud(0).block("workspaces").argument("name"), "prod");
    assert_eq!(cloud(0).block("workspaces").argument("project"), "p");
    assert_eq!(cloud(1).block("workspaces").argument("tags").to_string(), r#"["a", "b"]"#);
    assert_eq!(cloud(2).block("workspaces").argument("tags").to_string(), r#"{ "tier" = "prod" }"#);
    assert!(cloud(3).entries.is_empty());
}

#[test]
fn variables() {
    let stack = demo(|stack| {
        let users = stack
            .variable("users")
            .of_type(map(object([required("name", string()), optional("admin", boolean()), optional_or("quota", number(), 5)])))
            .default(json!({ "ada": { "name": "Ada" } }))
            .description("Who may log in.")
            .nullable(false)
            .sensitive(true)
            .ephemeral(true)
            .validation(|users| (length(&users).gt(0), tf!("{} is too few.", length(&users))))
            .validation(|users| (users.at("ada").attr("admin"), "Ada is no admin."))
            .declare();
        // The constraint is the type of the expression.
        let _: Expr<tapwasm_guest::Map<tapwasm_guest::Object>> = users.expr();
        let sizes = stack.variable("sizes").of_type(list(number())).default([1, 2]).declare();
        fn takes_numbers(_: impl IntoExpr<List<Num>>) {}
        takes_numbers(sizes);
        let untyped = stack.variable("untyped").validation(|value| (value.get("a").eq(1), "no")).declare();
        stack.local("all").value(json!([sizes.expr().at(0), untyped.expr::<Str>(), untyped])).declare();
        stack.scope("group").variable("inner").validation(|value| (value.ne(""), "no")).declare();
    });
    let users = stack.declaration("var.users");
    assert_eq!(users.argument("type"), "map(object({name=string,admin=optional(bool),quota=optional(number,5)}))");
    assert_eq!(users.argument("default").to_string(), r#"{ "ada" = { "name" = "Ada" } }"#);
    for (flag, value) in [("nullable", false), ("sensitive", true), ("ephemeral", true)] {
        assert_eq!(users.argument(flag), value);
    }
    let [first, second] = users.blocks("validation")[..] else { panic!("two validations") };
    assert_eq!(first.argument("condition").to_string(), "(length(var.users) > 0)");
    assert_eq!(first.argument("error_message").to_string(), r#""${length(var.users)} is too few.""#);
    assert_eq!(second.argument("condition").to_string(), r#"var.users["ada"].admin"#);
    assert_eq!(stack.declaration("local.all").argument("value").to_string(), "[var.sizes[0], var.untyped, var.untyped]");
    // A variable in a scope has another name than it was given, in its validation too.
    let inner = stack.declarations.last().expect("it is declared");
    assert_eq!(inner.block("validation").argument("condition").to_string(), format!("({} != \"\")", inner.address));
    assert_ne!(inner.address, "var.inner");
}

#[test]
fn type_constraints() {
    let stack = demo(|stack| {
        stack.variable("a").of_type(any()).declare();
        stack.variable("b").of_type(set(string())).declare();
        stack.variable("c").of_type(tuple([string().item(), list(any()).item()])).declare();
        stack.variable("d").of_type(object([optional_or("x", list(string()), ["a\"${b}"])])).declare();
    });
    let types: Vec<&str> = stack.declarations.iter().map(|variable| variable.argument("type").text()).collect();
    assert_eq!(types, ["any", "set(string)", "tuple([string,list(any)])", r#"object({x=optional(list(string),["a\"$${b}"])})"#]);
}

#[test]
fn what_cannot_stand_in_a_type_constraint_is_told() {
    let message = failure(|stack| {
        let other = stack.variable("other").declare();
        stack.variable("a").of_type(object([optional_or("x", string(), other), required("1 x", string())])).declare();
    });
    assert!(message.starts_with("the default of the attribute `x` is not known"), "{message}");
    assert!(message.contains("`1 x` cannot be an attribute of a type constraint"), "{message}");
}

#[test]
fn outputs() {
    let stack = demo(|stack| {
        let key = stack.resource("aws_kms_key", "logs").declare();
        stack
            .output("key")
            .value(key.get("arn"))
            .description("The key.")
            .sensitive(true)
            .ephemeral(false)
            .precondition(key.get("enabled"), "The key is off.")
            .depends_on([key])
            .declare();
    });
    let output = stack.output("key");
    assert_eq!(output.argument("value").to_string(), "aws_kms_key.logs.arn");
    assert_eq!(output.argument("description"), "The key.");
    assert_eq!(output.argument("sensitive"), true);
    assert_eq!(output.argument("ephemeral"), false);
    assert_eq!(output.argument("depends_on").to_string(), "[aws_kms_key.logs]");
    let precondition = output.block("precondition");
    assert_eq!(precondition.argument("condition").to_string(), "aws_kms_key.logs.enabled");
    assert_eq!(precondition.argument("error_message"), "The key is off.");
}

#[test]
fn modules() {
    let stack = demo(|stack| {
        let west = stack.provider("aws").alias("west").declare();
        let registry = RegistrySource::new("acme/vpc/aws").subfolder("/modules/peering/").version("~> 5.0");
        let vpc = stack.module("vpc").source(registry).providers(&[("aws", west)]).input("cidr", "10.0.0.0/16").declare();
        let git = GitSource::new("https://git.example/n.git").reference("fix/a b&c").subfolder("vpc").depth(1);
        let each = stack.module("each").source(git).for_each(["a"]).input("name", each_key()).declare();
        stack.module("plain").source("./network").version("1").declare();
        stack.output("id").value(vpc.output::<Str>("id")).declare();
        stack.output("ids").value(json!([each.at("a").get("id"), each.all::<Str>("id")])).declare();
        stack.module("chained").source("./x").for_each(each).input("id", each_value().get("id")).declare();
    });
    let vpc = stack.declaration("module.vpc");
    assert_eq!(vpc.meta.argument("source"), "acme/vpc/aws//modules/peering");
    assert_eq!(vpc.meta.argument("version"), "~> 5.0");
    assert_eq!(vpc.argument("cidr"), "10.0.0.0/16");
    let git = stack.declaration("module.each").meta.argument("source");
    assert_eq!(*git, "git::https://git.example/n.git//vpc?ref=fix/a%20b%26c&depth=1");
    assert_eq!(stack.declaration("module.plain").meta.argument("source"), "./network");
    assert_eq!(stack.output("id").argument("value").to_string(), "module.vpc.id");
    assert_eq!(stack.output("ids").argument("value").to_string(), r#"[module.each["a"].id, values(module.each)[*].id]"#);
    assert_eq!(stack.declaration("module.chained").meta.argument("for_each").to_string(), "module.each");
}

#[test]
fn what_exists_is_moved_imported_and_let_go_of() {
    let stack = demo(|stack| {
        let west = stack.provider("aws").alias("west").declare();
        let keys = stack.resource("aws_kms_key", "keys").for_each(["a"]).declare();
        let module = stack.module("m").source("./m").declare();
        stack.moved().from("aws_kms_key.old").to(keys.at("a")).declare();
        stack.moved().from(String::from("module.old")).to(module).declare();
        stack.moved().from("aws_kms_key.older").to(keys).declare();
        stack.import().to(keys.at(each_key())).id(each_value()).provider(west).for_each(json!({ "a": "k-1" })).declare();
        stack.import().to(keys.at("b")).identity(json!({ "key_id": "k-2" })).declare();
        stack.removed().from("aws_instance.gone").forget().declare();
        stack
            .removed()
            .from("aws_instance.bad")
            .destroy()
            .provisioner(|this| LocalExec::new(tf!("forget {}", this.get("id"))).when_destroy())
            .declare();
    });
    let moved: Vec<String> = stack.of_kind("moved").map(|block| block.argument("to").to_string()).collect();
    assert_eq!(moved, [r#"aws_kms_key.keys["a"]"#, "module.m", "aws_kms_key.keys"]);
    assert_eq!(stack.of_kind("moved").next().expect("one").argument("from"), "aws_kms_key.old");
    let [first, second] = &stack.of_kind("import").collect::<Vec<_>>()[..] else { panic!("two imports") };
    for (name, expected) in
        [("to", "aws_kms_key.keys[each.key]"), ("id", "each.value"), ("provider", "aws.west"), ("for_each", r#"{ "a" = "k-1" }"#)]
    {
        assert_eq!(first.argument(name).to_string(), expected);
    }
    assert_eq!(second.argument("identity").to_string(), r#"{ "key_id" = "k-2" }"#);
    let [forgotten, destroyed] = &stack.of_kind("removed").collect::<Vec<_>>()[..] else { panic!("two") };
    assert_eq!(forgotten.block("lifecycle").argument("destroy"), false);
    assert_eq!(destroyed.block("lifecycle").argument("destroy"), true);
    let provisioner = destroyed.labelled("provisioner", "local-exec");
    assert_eq!(provisioner.argument("command").to_string(), r#""forget ${self.id}""#);
    assert_eq!(provisioner.argument("when"), "destroy");
}

#[test]
fn checks() {
    let stack = demo(|stack| {
        let west = stack.provider("aws").alias("west").declare();
        let site = stack.resource("aws_instance", "site").declare();
        let page = ScopedData::new("http", "page")
            .set("url", tf!("https://{}", site.get("public_dns")))
            .block("retry", Body::new().set("attempts", 2))
            .provider(west)
            .depends_on([site]);
        let status = page.attr::<Num>("status_code");
        stack.check("up").data(page).assert(status.eq(200), tf!("It answers {status}.")).assert(status.lt(500), "no").declare();
    });
    let check = stack.declaration("check.up");
    let data = check.labelled("data", "page");
    assert_eq!(data.argument("provider").to_string(), "aws.west");
    assert_eq!(data.argument("depends_on").to_string(), "[aws_instance.site]");
    assert_eq!(data.block("retry").argument("attempts"), 2);
    let [first, second] = check.blocks("assert")[..] else { panic!("two") };
    assert_eq!(first.argument("condition").to_string(), "(data.http.page.status_code == 200)");
    assert_eq!(second.argument("error_message"), "no");
}

#[test]
fn lifecycles_are_one_block_however_they_are_said() {
    let stack = demo(|stack| {
        stack
            .resource("aws_instance", "a")
            .lifecycle(Lifecycle::new().create_before_destroy(true).postcondition(|this| (this.get("x").eq(1), "no x")))
            .precondition(length("a").gt(0), "no a")
            .lifecycle(Lifecycle::new().prevent_destroy(true).ignore_changes(["tags"]))
            .postcondition(|this| (this.get("ami").ne(""), tf!("{} has none", this.get("id"))))
            .declare();
        stack.data("aws_ami", "b").postcondition(|this| (length(this).gt(0), "no")).for_each(["x"]).declare();
        stack.ephemeral("random_password", "c").precondition(length("a").gt(0), "no").count(2).declare();
        stack.resource("aws_instance", "none").lifecycle(Lifecycle::new()).declare();
    });
    let lifecycle = stack.resource("aws_instance.a").meta.block("lifecycle");
    assert_eq!(lifecycle.arguments(), ["create_before_destroy", "prevent_destroy", "ignore_changes"]);
    let [first, second] = lifecycle.blocks("postcondition")[..] else { panic!("two") };
    assert_eq!(first.argument("condition").to_string(), "(self.x == 1)");
    assert_eq!(second.argument("error_message").to_string(), r#""${self.id} has none""#);
    assert_eq!(lifecycle.block("precondition").argument("error_message"), "no a");
    let data = stack.data("aws_ami.b").meta.block("lifecycle");
    assert_eq!(data.block("postcondition").argument("condition").to_string(), "(length(self) > 0)");
    assert_eq!(stack.declaration("ephemeral.random_password.c").meta.argument("count"), 2);
    assert!(stack.resource("aws_instance.none").meta.entries.is_empty());
}

#[test]
fn a_lifecycle_that_is_said_twice_is_told() {
    let message = failure(|stack| {
        let ignore = |argument: &'static str| Lifecycle::new().ignore_changes([argument]);
        stack.resource("a", "b").lifecycle(ignore("x")).lifecycle(ignore("y")).declare();
    });
    assert!(message.starts_with("the argument `ignore_changes` is set twice"), "{message}");
}

#[test]
fn provisioners_and_connections() {
    let stack = demo(|stack| {
        stack
            .resource("aws_instance", "web")
            .connection(|this| {
                SshConnection::new(this.get("public_ip")).user("ubuntu").port(2222).agent(true).password(None::<&str>)
            })
            .provisioner(|this| {
                LocalExec::new("register")
                    .working_dir("/srv")
                    .interpreter(["/bin/bash", "-c"])
                    .environment(json!({ "ID": this.get("id") }))
                    .quiet(true)
            })
            .provisioner(|_| LocalExec::new("forget").when_destroy().on_failure_continue())
            .provisioner(|_| RemoteExec::inline(["a", "b"]))
            .provisioner(|_| RemoteExec::script("a.sh"))
            .provisioner(|_| RemoteExec::scripts(["a.sh", "b.sh"]))
            .provisioner(|_| FileCopy::source("a", "/a"))
            .provisioner(|this| FileCopy::content("x", "/x").connection(WinRmConnection::new(this.get("private_ip")).https(true)))
            .declare();
    });
    let meta = &stack.resource("aws_instance.web").meta;
    let connection = meta.block("connection");
    assert_eq!(connection.arguments(), ["type", "host", "user", "port", "agent"]);
    assert_eq!(connection.argument("type"), "ssh");
    assert_eq!(connection.argument("host").to_string(), "self.public_ip");
    let provisioners = meta.blocks("provisioner");
    let arguments: Vec<String> = provisioners.iter().map(|block| block.arguments().join(" ")).collect();
    assert_eq!(
        arguments,
        [
            "command working_dir interpreter environment quiet",
            "command when on_failure",
            "inline",
            "script",
            "scripts",
            "source destination",
            "content destination",
        ]
    );
    assert_eq!(provisioners[0].argument("environment").to_string(), r#"{ "ID" = self.id }"#);
    assert_eq!(provisioners[1].argument("on_failure"), "continue");
    let connection = provisioners[6].block("connection");
    assert_eq!(connection.argument("type"), "winrm");
    assert_eq!(connection.argument("https"), true);
}

#[test]
fn for_each_goes_over_what_has_for_each_itself() {
    let stack = demo(|stack| {
        let vpcs = stack.resource("aws_vpc", "vpcs").for_each(["blue"]).declare();
        let gateways = stack.resource("aws_internet_gateway", "g").for_each(vpcs).set("vpc_id", each_value().get("id")).declare();
        let names = stack.variable("names").of_type(set(string())).declare();
        stack.data("aws_vpc", "others").for_each(names).declare();
        stack.local("ids").value(For::each(gateways.instances()).list::<Str>(|_, gateway| gateway.get("id"))).declare();
    });
    assert_eq!(stack.resource("aws_internet_gateway.g").meta.argument("for_each").to_string(), "aws_vpc.vpcs");
    assert_eq!(stack.data("aws_vpc.others").meta.argument("for_each").to_string(), "var.names");
    assert_eq!(stack.declaration("local.ids").argument("value").to_string(), "[for v in aws_internet_gateway.g : v.id]");
}

#[test]
fn dynamic_blocks_never_hide_each_other() {
    let stack = demo(|stack| {
        let rules = stack.variable("rules").declare();
        let inner = |rule: tapwasm_guest::Value| {
            let items = rule.get("rules");
            Body::new().dynamic("rule", items, move |_, item| Body::new().set("both", tf!("{}{}", rule.get("a"), item.get("b"))))
        };
        stack
            .resource("acme_firewall", "f")
            .dynamic("rule", rules, |_, rule| inner(rule))
            .dynamic("path", rules, |key, _| Body::new().set("name", key))
            .dynamic("rule", rules, |_, rule| Body::new().set("again", rule))
            .declare();
    });
    let firewall = stack.resource("acme_firewall.f");
    let dynamics = firewall.blocks("dynamic");
    assert_eq!(dynamics[0].arguments(), ["for_each"]);
    let inner = dynamics[0].block("content").labelled("dynamic", "rule");
    assert_eq!(inner.argument("for_each").to_string(), "rule.value.rules");
    assert_eq!(inner.argument("iterator"), "rule_2");
    assert_eq!(inner.block("content").argument("both").to_string(), r#""${rule.value.a}${rule_2.value.b}""#);
    // `path` begins expressions of Terraform's own.
    assert_eq!(dynamics[1].block("content").argument("name").to_string(), "path_1.key");
    assert_eq!(dynamics[2].block("content").argument("again").to_string(), "rule.value");
}

#[test]
fn remote_state_is_read_from_any_backend() {
    let stack = demo(|stack| {
        let network = stack.remote_state("network", S3Backend::new("b", "k", "r")).set("workspace", "prod").declare();
        let workspaces = Body::new().set("organization", "acme").block("workspaces", Body::new().set("name", "prod"));
        stack.remote_state("cloud", Backend::new("remote", workspaces)).declare();
        stack.local("id").value(network.get("outputs.id")).declare();
    });
    let network = stack.data("terraform_remote_state.network");
    assert_eq!(network.argument("backend"), "s3");
    assert_eq!(network.argument("config").to_string(), r#"{ "bucket" = "b", "key" = "k", "region" = "r" }"#);
    let cloud = stack.data("terraform_remote_state.cloud");
    assert_eq!(cloud.argument("config").to_string(), r#"{ "organization" = "acme", "workspaces" = { "name" = "prod" } }"#);
    assert_eq!(stack.declaration("local.id").argument("value").to_string(), "data.terraform_remote_state.network.outputs.id");
}
