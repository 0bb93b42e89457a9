//! Every block and meta-argument of Terraform's language, each by its own words. `part` says which of them are declared.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::types::{boolean, list, map, number, object, optional, optional_or, required, set, string};
use tapwasm_guest::{
    AzureBackend, Backend, Body, Cloud, Error, FileCopy, For, GcsBackend, GitSource, Inputs, Lifecycle, LocalBackend, LocalExec,
    Num, RegistrySource, RemoteExec, Result, S3AssumeRole, S3Backend, S3Endpoints, S3WebIdentity, ScopedData, SshConnection,
    Stack, Str, WinRmConnection, count_index, each_key, each_value, json, length, program, tf,
};

program!(build);

/// What is declared.
#[derive(Inputs)]
pub struct Language {
    /// The part of the language.
    part: String,
    /// Where a module is: the URL of a Git repository.
    #[input(default = "https://git.example/m.git")]
    repository: String,
    /// Whether what was there before is declared, or what comes after it.
    #[input(default = true)]
    before: bool,
}

/// Declares a part.
pub fn build(inputs: Language) -> Result {
    match inputs.part.as_str() {
        "backends" => backends(),
        "states" => states(),
        "values" => values(Stack::new("app")),
        "instances" => instances(Stack::new("app")),
        "lifecycles" => lifecycles(Stack::new("app")),
        "modules" => modules(Stack::new("app"), &inputs.repository),
        "registry" => registry(Stack::new("app")),
        "adopted" if inputs.before => before(Stack::new("app")),
        "adopted" => adopted(Stack::new("app")),
        "identity" => identity(Stack::new("app")),
        "providers" => providers(Stack::new("app")),
        "remote" => remote(Stack::new("app")),
        "dynamic" => dynamic(Stack::new("app")),
        "ephemeral" => ephemeral(Stack::new("app")),
        other => return Err(Error::new(format!("there is no part `{other}`"))),
    }
    Ok(())
}

/// A stack for each place of a state, with every argument that has a method.
fn backends() {
    let role = S3AssumeRole::new("arn:aws:iam::123456789012:role/states")
        .duration("1h")
        .external_id("id")
        .policy("{}")
        .policy_arns(["arn:aws:iam::123456789012:policy/states"])
        .session_name("name")
        .source_identity("me")
        .tags([("team", "payments")])
        .transitive_tag_keys(["team"]);
    let identity = S3WebIdentity::new("arn:aws:iam::123456789012:role/states", "/token")
        .duration("1h")
        .policy("{}")
        .policy_arns(["arn:aws:iam::123456789012:policy/states"])
        .session_name("name");
    let here = "http://127.0.0.1:1";
    let s3 = S3Backend::new("states", "app.tfstate", "eu-west-1")
        .encrypt(true)
        .use_lockfile(true)
        .dynamodb_table("locks")
        .kms_key_id("alias/states")
        .acl("private")
        .workspace_key_prefix("workspaces")
        .profile("states")
        .shared_config_files(["/config"])
        .shared_credentials_files(["/credentials"])
        .allowed_account_ids(["123456789012"])
        .custom_ca_bundle("/ca.pem")
        .ec2_metadata_service_endpoint(here)
        .ec2_metadata_service_endpoint_mode("IPv4")
        .http_proxy(here)
        .https_proxy(here)
        .no_proxy("localhost")
        .insecure(true)
        .max_retries(1)
        .retry_mode("standard")
        .sts_region("eu-west-1")
        .skip_credentials_validation(true)
        .skip_metadata_api_check(true)
        .skip_region_validation(true)
        .skip_requesting_account_id(true)
        .skip_s3_checksum(true)
        .use_dualstack_endpoint(true)
        .use_fips_endpoint(true)
        .use_path_style(true)
        .assume_role(role)
        .assume_role_with_web_identity(identity)
        .endpoints(S3Endpoints::new().dynamodb(here).iam(here).s3(here).sso(here).sts(here));
    let gcs = GcsBackend::new("states", "app")
        .credentials("/nowhere.json")
        .impersonate_service_account("a@example.com")
        .impersonate_service_account_delegates(["b@example.com"])
        .kms_encryption_key("projects/p/locations/l/keyRings/r/cryptoKeys/k")
        .storage_custom_endpoint(here);
    let azure = AzureBackend::new("account", "states", "app.tfstate")
        .resource_group_name("group")
        .subscription_id("subscription")
        .tenant_id("tenant")
        .client_id("client")
        .client_id_file_path("/nowhere")
        .client_certificate_path("/nowhere")
        .environment("public")
        .metadata_host("127.0.0.1:1")
        .snapshot(true)
        .lookup_blob_endpoint(true)
        .use_azuread_auth(true)
        .use_cli(false)
        .use_oidc(true)
        .use_msi(true)
        .use_aks_workload_identity(true)
        .msi_endpoint(here)
        .oidc_request_url(here)
        .oidc_token_file_path("/nowhere")
        .ado_pipeline_service_connection_id("connection");
    let generic = Backend::new("http", Body::new().set("address", here).set("retry_max", 0));
    let unknown = S3Backend::partial().set("bukket", "states");
    for (name, backend) in [
        ("s3", s3.into()),
        ("gcs", gcs.into()),
        ("azurerm", azure.into()),
        ("generic", generic),
        ("partial", LocalBackend::partial().into()),
        ("local", LocalBackend::new("states/app.tfstate").workspace_dir("workspaces").into()),
        ("unknown", Backend::from(unknown)),
    ] {
        Stack::new(name).settings().backend(backend).declare();
    }
    let cloud = Cloud::new("acme").hostname("localhost:1").project("payments");
    Stack::new("cloud").settings().cloud(cloud.clone().workspace("prod")).declare();
    Stack::new("cloud_tags").settings().cloud(cloud.clone().tags(["prod"])).declare();
    Stack::new("cloud_values").settings().cloud(cloud.tag_values([("tier", "prod")])).declare();
}

/// A stack that reads the state of another one.
fn states() {
    let shared = || LocalBackend::new("../network.tfstate");
    let network = Stack::new("network");
    network.settings().backend(shared()).declare();
    network.output("subnets").value(["a", "b"]).declare();
    let app = Stack::new("app");
    let network = app.remote_state("network", shared()).set("defaults", json!({ "zone": "none" })).declare();
    app.output("second").value(network.get("outputs.subnets").at(1)).declare();
    app.output("zone").value(network.get("outputs.zone")).declare();
}

/// Settings, variables, local values, outputs.
fn values(stack: Stack) {
    stack.settings().required_version(">= 1.10, < 2.0").backend(LocalBackend::new("states/app.tfstate")).declare();
    let users = stack
        .variable("users")
        .of_type(map(object([
            required("name", string()),
            optional("admin", boolean()),
            optional_or("quota", number(), 5),
            optional_or("shell", string(), "\"${HOME}\"\\bin\n%{x}"),
            optional_or("groups", list(string()), ["all"]),
            optional_or("labels", map(string()), json!({ "a b": "c" })),
        ])))
        .default(json!({ "ada": { "name": "Ada", "admin": true }, "bob": { "name": "Bob", "quota": 7 } }))
        .description("Who may log in: ${not} a template.")
        .nullable(false)
        .validation(|users| (length(&users).ge(1), tf!("{} users are too few.", length(&users))))
        .declare();
    let size = stack.variable("size").of_type(number()).nullable(true).default(json!(null)).declare();
    let zones = stack.variable("zones").of_type(set(string())).default(["b", "a"]).declare();
    let password = stack.variable("password").of_type(string()).default("secret").sensitive(true).declare();
    // In the state, nothing may depend on it.
    stack.variable("token").of_type(string()).default("short-lived").ephemeral(true).declare();

    let names = stack.local("names").value(For::each(users).list::<Str>(|_, user| user.get("name"))).declare();
    let resource = stack.resource("terraform_data", "x").set("input", names).declare();
    stack.output("names").value(resource.get("output")).description("By key: ${not} a template.").declare();
    stack.output("bob").value(users.expr().at("bob")).depends_on([resource]).declare();
    stack.output("size").value(tf!("{}", size.value().eq(json!(null)))).declare();
    stack.output("zones").value(zones.expr().to_list()).precondition(length(zones).eq(2), "Two zones are needed.").declare();
    stack.output("password").value(password).sensitive(true).declare();
}

/// `count`, `for_each` over what is known and what is not, one after the other.
fn instances(stack: Stack) {
    let names = stack.variable("names").of_type(set(string())).default(["x", "y"]).declare();
    let unknown = stack.variable("how_many").of_type(number()).default(2).declare();
    let counted = stack.resource("terraform_data", "counted").count(unknown).set("input", count_index()).declare();
    let known = stack.resource("terraform_data", "known").for_each(["a", "b"]).set("input", tf!("{}!", each_key())).declare();
    let asked = stack.resource("terraform_data", "asked").for_each(names).set("input", each_key()).declare();
    let entries = json!({ "one": { "n": 1 }, "two": { "n": 2 } });
    let mapped = stack.resource("terraform_data", "mapped").for_each(entries).set("input", each_value().get("n")).declare();
    let chained = stack
        .resource("terraform_data", "chained")
        .for_each(known)
        .set("input", tf!("{}: {}", each_key(), each_value().get("output")))
        .declare();
    stack.output("counted").value(counted.all::<Num>("output")).declare();
    stack.output("second").value(counted.at(1).get("output")).declare();
    stack.output("asked").value(asked.all::<Str>("output")).declare();
    stack.output("two").value(mapped.at("two").get("output")).declare();
    stack
        .output("chained")
        .value(For::each(chained.instances()).map::<Str>(|key, one| (key.typed(), one.get("output"))))
        .declare();
}

/// Lifecycles, conditions, provisioners where Terraform runs, checks.
fn lifecycles(stack: Stack) {
    let version = stack.variable("release").of_type(string()).default("1").declare();
    let trigger = stack.resource("terraform_data", "trigger").set("input", version).declare();
    stack
        .resource("terraform_data", "server")
        .set("input", version)
        .precondition(version.expr().ne(""), "There is no release.")
        .lifecycle(
            Lifecycle::new()
                .create_before_destroy(true)
                .prevent_destroy(false)
                .ignore_changes(["input"])
                .replace_triggered_by([trigger]),
        )
        .postcondition(|this| (this.attr::<Str>("output").ne("bad"), tf!("Release {} is bad.", this.get("output"))))
        .depends_on([trigger])
        .provisioner(|this| {
            LocalExec::new("echo \"created $RELEASE in $(basename \"$PWD\")\" >> ../log.txt")
                .environment(json!({ "RELEASE": this.get("output") }))
                .working_dir("assets")
                .interpreter(["/bin/sh", "-c"])
                .quiet(true)
        })
        .provisioner(|_| LocalExec::new("false").on_failure_continue())
        .declare();
    // The folder in which the command runs.
    stack.asset("page.txt", "page");
    stack
        .resource("terraform_data", "untouched")
        .set("input", version)
        .set("triggers_replace", [1, 2])
        .lifecycle(Lifecycle::new().ignore_all_changes())
        .provisioner(|this| LocalExec::new(tf!("echo 'destroyed {}' >> log.txt", this.get("output"))).when_destroy())
        .declare();
    let missing = ScopedData::new("terraform_remote_state", "missing")
        .set("backend", "local")
        .set("config", json!({ "path": "nowhere.tfstate" }))
        .depends_on([trigger]);
    let output = missing.attr::<Str>("outputs.x");
    stack.check("elsewhere").data(missing).assert(output.ne(""), "There is nothing elsewhere.").declare();
    stack.check("release").assert(version.expr().eq("1"), tf!("Release {version} is new.")).declare();
}

/// Modules of a repository, one and many.
fn modules(stack: Stack, repository: &str) {
    let at_tag = || GitSource::new(repository).reference("v1.0+first").subfolder("modules/echo");
    let one = stack.module("one").source(at_tag()).input("text", "one").declare();
    let counted = stack.module("counted").source(at_tag().depth(1)).count(2).input("text", tf!("{}", count_index())).declare();
    let keyed = stack.module("keyed").source(at_tag()).for_each(["a", "b"]).input("text", each_key()).depends_on([one]).declare();
    let chained = stack.module("chained").source(at_tag()).for_each(keyed).input("text", each_value().get("echo")).declare();
    stack.output("one").value(one.output::<Str>("echo")).declare();
    stack.output("counted").value(counted.all::<Str>("echo")).declare();
    stack.output("a").value(chained.at("a").get("echo")).declare();
}

/// A module of the registry, with providers of its own.
fn registry(stack: Stack) {
    stack.settings().required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
    stack
        .module("user")
        .source(RegistrySource::new("terraform-aws-modules/iam/aws").subfolder("modules/iam-user").version("~> 5.0"))
        .providers(&[("aws", west)])
        .input("name", "ada")
        .declare();
    stack.module("beside").source("./network").providers(&[("aws", west)]).declare();
}

/// What stands before other addresses are given.
fn before(stack: Stack) {
    for name in ["old", "forgotten", "destroyed"] {
        stack.resource("terraform_data", name).set("input", name).declare();
    }
}

/// The same under other addresses, or under none; and what exists already.
fn adopted(stack: Stack) {
    let new = stack.resource("terraform_data", "new").for_each(["a"]).set("input", "old").declare();
    stack.moved().from("terraform_data.old").to(new.at("a")).declare();
    stack.removed().from("terraform_data.forgotten").forget().declare();
    stack
        .removed()
        .from("terraform_data.destroyed")
        .destroy()
        .provisioner(|this| LocalExec::new(tf!("echo 'gone: {}' > log.txt", this.get("output"))).when_destroy())
        .declare();
    let one = stack.resource("terraform_data", "one").declare();
    stack.import().to(one).id("id-of-one").declare();
    let ids = json!({ "x": "id-of-x", "y": "id-of-y" });
    let each = stack.resource("terraform_data", "each").for_each(&ids).declare();
    stack.import().to(each.at(each_key())).id(each_value()).for_each(&ids).declare();
    stack.output("ids").value(each.all::<Str>("id")).declare();
}

/// An import by identity, through another provider configuration.
fn identity(stack: Stack) {
    let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
    let bucket = stack.resource("aws_s3_bucket", "logs").provider(west).declare();
    stack.import().to(bucket).identity(json!({ "bucket": "logs", "region": "us-west-2" })).declare();
}

/// Provider configurations: per resource, per data source, per check, per module.
fn providers(stack: Stack) {
    stack
        .settings()
        .required_version(">= 1.10")
        .required_provider("aws", "hashicorp/aws", "~> 6.0")
        .backend(S3Backend::partial())
        .required_provider("random", "hashicorp/random", "~> 3.0")
        .declare();
    stack.provider("aws").set("region", "eu-west-1").declare();
    let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
    let suffix = stack.resource("random_id", "suffix").set("byte_length", 4).declare();
    let region = stack
        .data("aws_region", "west")
        .provider(west)
        .precondition(suffix.get("hex").ne(""), "There is no suffix.")
        .postcondition(|this| (this.attr::<Str>("region").ne(""), tf!("{} is no region.", this.get("region"))))
        .declare();
    let logs = stack
        .resource("aws_s3_bucket", "logs")
        .set("bucket", tf!("logs-{}", suffix.get("hex")))
        .provider(west)
        .depends_on([region])
        .declare();
    let bucket = ScopedData::new("aws_s3_bucket", "seen").set("bucket", logs.get("bucket")).provider(west).depends_on([logs]);
    let arn = bucket.attr::<Str>("arn");
    stack.check("bucket").data(bucket).assert(arn.ne(""), "The bucket cannot be seen.").declare();
    stack.module("beside").source("./network").providers(&[("aws", west)]).depends_on([logs]).declare();
    let zones = stack.data("aws_availability_zones", "by_region").for_each(["eu-west-1", "eu-west-2"]).set("region", each_key());
    let zones = zones.declare();
    stack.output("zones").value(zones.at("eu-west-2").get("names")).declare();
}

/// Provisioners that reach a resource.
fn remote(stack: Stack) {
    stack.settings().required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    stack.provider("aws").set("region", "eu-west-1").declare();
    let key = stack.variable("key").of_type(string()).sensitive(true).default("none").declare();
    let windows = |host| WinRmConnection::new(host).user("Administrator").password(key).port(5986).timeout("5m").https(true);
    stack
        .resource("aws_instance", "web")
        .set("ami", "ami-12345678")
        .set("instance_type", "t4g.micro")
        .connection(|this| {
            SshConnection::new(this.get("public_ip"))
                .user("ubuntu")
                .port(22)
                .timeout("2m")
                .script_path("/tmp/script.sh")
                .target_platform("unix")
                .private_key(key)
                .agent(false)
                .host_key("ssh-ed25519 AAAA")
                .proxy_scheme("http")
                .proxy_host("proxy.example")
                .proxy_port(3128)
                .proxy_user_name("u")
                .proxy_user_password(key)
                .bastion_host("bastion.example")
                .bastion_host_key("ssh-ed25519 AAAA")
                .bastion_port(22)
                .bastion_user("b")
                .bastion_password(key)
                .bastion_private_key(key)
                .bastion_certificate("c")
        })
        .provisioner(|_| RemoteExec::inline(["true", "false"]).on_failure_continue())
        .provisioner(|_| RemoteExec::script("a.sh"))
        .provisioner(|_| RemoteExec::scripts(["a.sh", "b.sh"]))
        .provisioner(|_| FileCopy::source("a.sh", "/srv/a.sh"))
        .provisioner(|this| {
            let connection = windows(this.get("private_ip")).script_path("C:/x.cmd").insecure(true).use_ntlm(true).cacert("c");
            FileCopy::content("hello", "C:/hello.txt").connection(connection)
        })
        .declare();
}

/// Blocks whose number is not known, in blocks whose number is not known.
fn dynamic(stack: Stack) {
    stack.settings().required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    stack.provider("aws").set("region", "eu-west-1").declare();
    let volumes = stack
        .variable("volumes")
        .of_type(map(object([required("size", number())])))
        .default(json!({ "/dev/sdf": { "size": 10 }, "/dev/sdg": { "size": 20 } }))
        .declare();
    stack
        .resource("aws_instance", "web")
        .set("ami", "ami-12345678")
        .set("instance_type", "t4g.micro")
        .dynamic("ebs_block_device", volumes, |name, volume| {
            Body::new().set("device_name", name).set("volume_size", volume.get("size"))
        })
        .declare();
    let routes = stack
        .variable("routes")
        .of_type(list(object([required("path", string()), required("headers", list(string()))])))
        .default(json!([{ "path": "/a", "headers": ["x"] }]))
        .declare();
    // A block in one of the same type, and one whose type begins expressions of Terraform's own: each gets a variable that hides no other.
    let matched = Body::new().dynamic("match", routes, |_, route| {
        let headers = Body::new().set("name", "header").dynamic("match", route.get("headers"), |number, header| {
            Body::new().set("exact", tf!("{}{number}{header}", route.get("path")))
        });
        let path = [route.get("path")];
        Body::new().dynamic("path", path, |_, path| Body::new().set("exact", path)).block("header", headers)
    });
    let target = Body::new().block("weighted_target", Body::new().set("virtual_node", "node").set("weight", 1));
    stack
        .resource("aws_appmesh_route", "route")
        .set("name", "route")
        .set("mesh_name", "mesh")
        .set("virtual_router_name", "router")
        .block("spec", Body::new().block("http_route", matched.block("action", target)))
        .declare();
}

/// What is opened in each run and stored nowhere.
fn ephemeral(stack: Stack) {
    stack.settings().required_version(">= 1.11").required_provider("aws", "hashicorp/aws", "~> 6.0").declare();
    let west = stack.provider("aws").alias("west").set("region", "us-west-2").declare();
    let secret = stack.resource("aws_secretsmanager_secret", "database").set("name", "database").provider(west).declare();
    let version = stack
        .ephemeral("aws_secretsmanager_secret_version", "database")
        .for_each(["AWSCURRENT", "AWSPREVIOUS"])
        .set("secret_id", secret.get("id"))
        .set("version_stage", each_key())
        .provider(west)
        .depends_on([secret])
        .precondition(secret.get("name").ne(""), "There is no secret.")
        .postcondition(|this| (this.attr::<Str>("secret_string").ne(""), "The secret is empty."))
        .declare();
    stack
        .resource("aws_ssm_parameter", "copy")
        .set("name", "copy")
        .set("type", "SecureString")
        .set("value_wo", version.at("AWSCURRENT").get("secret_string"))
        .set("value_wo_version", 1)
        .provider(west)
        .declare();
    let read = stack.ephemeral("aws_secretsmanager_random_password", "many").count(2).provider(west).declare();
    stack.local("first").value(read.at(0).get("random_password")).declare();
}
