//! Provisioners: what is run when a resource was created, or before it is destroyed.

use super::Body;
use super::connection::Connection;
use super::setters::setters;
use crate::expr::{Any, Bool, IntoExpr, List, Map, Str};
use std::panic::Location;

/// A provisioner of any type: what the typed ones become.
///
/// ```
/// # use tapwasm_guest::{Body, Provisioner, Stack};
/// # fn declare(stack: Stack) {
/// # let web = stack.resource("aws_instance", "web");
/// web.provisioner(|_| Provisioner::new("local-exec", Body::new().set("command", "./register.sh"))).declare();
/// # }
/// ```
#[must_use = "a provisioner does nothing until it is given to `.provisioner(…)`"]
#[derive(Clone)]
pub struct Provisioner {
    pub(super) kind: String,
    pub(super) body: Body,
}

impl Provisioner {
    /// Makes a provisioner of a type, with its arguments, `when`, `on_failure` and `connection` in the body.
    pub fn new(kind: &str, body: Body) -> Provisioner {
        Provisioner { kind: kind.to_owned(), body }
    }
}

macro_rules! provisioner {
    ($kind:literal $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use = "a provisioner does nothing until it is given to `.provisioner(…)`"]
        #[derive(Clone)]
        pub struct $name {
            body: Body,
        }

        impl $name {
            /// Runs before the resource is destroyed, not after it was created. Then only the resource itself, `each.key` and `count.index`
            /// can be read.
            #[track_caller]
            pub fn when_destroy(mut self) -> Self {
                self.body.add::<Any, _>("when", "destroy", Location::caller());
                self
            }

            /// Goes on when it fails; otherwise the run stops, and a resource that was just created is marked to be replaced.
            #[track_caller]
            pub fn on_failure_continue(mut self) -> Self {
                self.body.add::<Any, _>("on_failure", "continue", Location::caller());
                self
            }

            fn with<T>(argument: &str, value: impl IntoExpr<T>, place: &'static Location<'static>) -> $name {
                let mut body = Body::new();
                body.add::<T, _>(argument, value, place);
                $name { body }
            }
        }

        impl From<$name> for Provisioner {
            fn from(provisioner: $name) -> Provisioner {
                Provisioner::new($kind, provisioner.body)
            }
        }
    };
}

provisioner! {
    "local-exec"
    /// Runs a command where Terraform runs.
    ///
    /// ```
    /// # use tapwasm_guest::{LocalExec, Stack, json, tf};
    /// # fn declare(stack: Stack) {
    /// stack
    ///     .resource("aws_instance", "web")
    ///     .provisioner(|this| LocalExec::new("./register.sh").environment(json!({ "ADDRESS": this.get("private_ip") })))
    ///     .provisioner(|this| LocalExec::new(tf!("./forget.sh {}", this.get("id"))).when_destroy().on_failure_continue())
    ///     .declare();
    /// # }
    /// ```
    LocalExec
}

impl LocalExec {
    /// Starts with a command for the shell.
    #[track_caller]
    pub fn new(command: impl IntoExpr<Str>) -> LocalExec {
        LocalExec::with::<Str>("command", command, Location::caller())
    }
}

setters!(LocalExec {
    /// Sets the folder in which it runs.
    working_dir: Str;
    /// Sets the program that reads the command, and its arguments before it: `["/bin/bash", "-c"]`.
    interpreter: List<Str>;
    /// Adds variables to the command's environment.
    environment: Map<Str>;
    /// Keeps the command itself out of what Terraform prints.
    quiet: Bool;
});

provisioner! {
    "remote-exec"
    /// Runs commands, or a script, on the resource that was created. It needs a connection, its own or the resource's.
    ///
    /// ```
    /// # use tapwasm_guest::{RemoteExec, SshConnection, Stack};
    /// # fn declare(stack: Stack) {
    /// stack
    ///     .resource("aws_instance", "web")
    ///     .connection(|this| SshConnection::new(this.get("public_ip")).user("ubuntu").agent(true))
    ///     .provisioner(|_| RemoteExec::inline(["sudo apt-get update", "sudo apt-get install -y nginx"]))
    ///     .declare();
    /// # }
    /// ```
    RemoteExec
}

impl RemoteExec {
    /// Runs commands one after the other.
    #[track_caller]
    pub fn inline(commands: impl IntoExpr<List<Str>>) -> RemoteExec {
        RemoteExec::with::<List<Str>>("inline", commands, Location::caller())
    }

    /// Copies a script there and runs it.
    #[track_caller]
    pub fn script(path: impl IntoExpr<Str>) -> RemoteExec {
        RemoteExec::with::<Str>("script", path, Location::caller())
    }

    /// Copies scripts there and runs them one after the other.
    #[track_caller]
    pub fn scripts(paths: impl IntoExpr<List<Str>>) -> RemoteExec {
        RemoteExec::with::<List<Str>>("scripts", paths, Location::caller())
    }
}

provisioner! {
    "file"
    /// Copies a file or a folder to the resource that was created. It needs a connection, its own or the resource's.
    ///
    /// ```
    /// # use tapwasm_guest::{FileCopy, Stack};
    /// # fn declare(stack: Stack) {
    /// # let web = stack.resource("aws_instance", "web");
    /// web.provisioner(|_| FileCopy::content("hello", "/srv/index.html")).declare();
    /// # }
    /// ```
    FileCopy
}

impl FileCopy {
    /// Copies what stands at a path where Terraform runs.
    #[track_caller]
    pub fn source(path: impl IntoExpr<Str>, destination: impl IntoExpr<Str>) -> FileCopy {
        let place = Location::caller();
        FileCopy::with::<Str>("source", path, place).to(destination, place)
    }

    /// Writes a file with this content.
    #[track_caller]
    pub fn content(text: impl IntoExpr<Str>, destination: impl IntoExpr<Str>) -> FileCopy {
        let place = Location::caller();
        FileCopy::with::<Str>("content", text, place).to(destination, place)
    }

    fn to(mut self, destination: impl IntoExpr<Str>, place: &'static Location<'static>) -> FileCopy {
        self.body.add::<Str, _>("destination", destination, place);
        self
    }
}

macro_rules! connected {
    ($($name:ident)*) => {$(
        impl $name {
            /// Reaches the resource in another way than its own connection says.
            pub fn connection(mut self, connection: impl Into<Connection>) -> Self {
                self.body.add_block("connection", &[], connection.into().0);
                self
            }
        }
    )*};
}

connected!(RemoteExec FileCopy);
