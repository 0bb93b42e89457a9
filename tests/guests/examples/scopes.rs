//! Components, aspects, notes, checks and overrides: two buckets and two queues of one kind, and the rules of a team above them.

#![allow(missing_docs, reason = "the macro's exports are the only items")]

use tapwasm_guest::{Body, Expr, Handle, Inputs, Result, Scope, Stack, Str, json, program};

program!(build);

/// What goes wrong, if anything.
#[derive(Inputs)]
pub struct Settings {
    /// Declares what the rules refuse, and changes what is not there.
    #[input(default = false)]
    broken: bool,
    /// Uses one component twice under one name.
    #[input(default = false)]
    twice: bool,
}

/// A queue with the queue for what failed.
struct Jobs {
    queue: Handle,
    url: Expr<Str>,
}

impl Jobs {
    fn declare(scope: Scope, attempts: u32) -> Jobs {
        let failed = scope.resource("aws_sqs_queue", "failed").set("sqs_managed_sse_enabled", true).declare();
        let redrive = json!({ "deadLetterTargetArn": failed.get("arn"), "maxReceiveCount": attempts });
        let queue = scope.resource("aws_sqs_queue", "jobs").set("redrive_policy", redrive.to_json()).declare();
        Jobs { queue, url: queue.attr("url") }
    }
}

fn rules(stack: Stack) {
    stack.visit(|declared| {
        if declared.kind() == "resource" {
            declared.add_entries("tags", [("Team", "shop")]);
        }
        if declared.type_name() == "aws_ebs_volume" && declared.bool("encrypted") != Some(true) {
            declared.refuse("a volume must be encrypted");
        }
        if declared.type_name() == "aws_sqs_queue" && declared.bool("sqs_managed_sse_enabled").is_none() {
            declared.warn("the queue does not say how it is encrypted");
        }
    });
}

pub fn build(settings: Settings) -> Result {
    let stack = Stack::new("shop");
    rules(stack);
    stack
        .settings()
        .block("required_providers", Body::new().set("aws", json!({ "source": "hashicorp/aws", "version": "~> 6.0" })))
        .declare();
    stack.provider("aws").set("region", "us-east-1").declare();

    let north = Jobs::declare(stack.scope("north").scope("jobs"), 5);
    let south = Jobs::declare(stack.scope("south").scope("jobs"), 3);
    if settings.twice {
        Jobs::declare(stack.scope("south").scope("jobs"), 3);
    }
    stack.output("urls").set("value", [north.url, south.url]).declare();
    stack.override_value(south.queue, "tags.Team", "south");
    stack.override_new(north.queue, "delay_seconds", 10);

    let machines = stack
        .resource("aws_launch_template", "web")
        .address("kept")
        .block("block_device_mappings", device("/dev/sdb"))
        .block("block_device_mappings", device("/dev/sdc"))
        .inform("for the office alone")
        .declare();
    stack.override_value(machines, "block_device_mappings[0].ebs.volume_size", 20);
    stack.override_remove(machines, "block_device_mappings[1]");
    stack.override_new_block(machines, "monitoring", Body::new().set("enabled", true));
    stack
        .resource("aws_ebs_volume", "data")
        .set("availability_zone", "us-east-1a")
        .set("size", 10)
        .set("encrypted", !settings.broken)
        .declare();

    if settings.broken {
        stack.override_value(machines, "block_device_mapping[0].device_name", "x");
        stack.override_new(machines, "tags", "all");
        stack.validate(|| Err::<(), _>("the shop needs a database"));
    }
    Ok(())
}

fn device(name: &str) -> Body {
    Body::new().set("device_name", name).block("ebs", Body::new().set("volume_size", 10))
}
