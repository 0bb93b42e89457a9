//! Connections: how provisioners reach a resource.

use super::Body;
use super::setters::setters;
use crate::expr::{Bool, IntoExpr, Num, Str};
use std::panic::Location;

/// A connection of any type: what the typed ones become.
///
/// ```
/// # use tapwasm_guest::{Body, Connection, Stack};
/// # fn declare(stack: Stack) {
/// # let web = stack.resource("aws_instance", "web");
/// web.connection(|this| Connection::new(Body::new().set("host", this.get("public_ip")))).declare();
/// # }
/// ```
#[must_use = "a connection does nothing until it is given to `.connection(…)`"]
#[derive(Clone)]
pub struct Connection(pub(super) Body);

impl Connection {
    /// Makes a connection of its arguments.
    pub fn new(body: Body) -> Connection {
        Connection(body)
    }
}

macro_rules! connection {
    ($kind:literal $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use = "a connection does nothing until it is given to `.connection(…)`"]
        #[derive(Clone)]
        pub struct $name {
            body: Body,
        }

        impl $name {
            /// Starts with the host's name or address.
            #[track_caller]
            pub fn new(host: impl IntoExpr<Str>) -> $name {
                let place = Location::caller();
                let mut body = Body::new();
                body.add::<Str, _>("type", $kind, place);
                body.add::<Str, _>("host", host, place);
                $name { body }
            }
        }

        impl From<$name> for Connection {
            fn from(connection: $name) -> Connection {
                Connection(connection.body)
            }
        }
    };
}

connection! {
    "ssh"
    /// A connection by SSH. Keys and passwords that are given here reach Terraform's plan: prefer the agent.
    ///
    /// ```
    /// # use tapwasm_guest::{SshConnection, Stack};
    /// # fn declare(stack: Stack) {
    /// # let web = stack.resource("aws_instance", "web");
    /// web.connection(|this| SshConnection::new(this.get("private_ip")).user("ubuntu").agent(true).bastion_host("b.example")).declare();
    /// # }
    /// ```
    SshConnection
}

setters!(SshConnection {
    /// Sets the user; `root` if none is.
    user: Str;
    /// Sets the user's password.
    password: Str;
    /// Sets the port; 22 if none is.
    port: Num;
    /// Sets how long to wait for the connection: `30s`, `5m`.
    timeout: Str;
    /// Sets where scripts are copied to.
    script_path: Str;
    /// Sets what the other side is: `unix` or `windows`.
    target_platform: Str;
    /// Sets the content of the private key.
    private_key: Str;
    /// Sets the content of a signed certificate; it needs the private key too.
    certificate: Str;
    /// Says whether to ask the SSH agent.
    agent: Bool;
    /// Sets which of the agent's identities to try first.
    agent_identity: Str;
    /// Sets the public key of the host, or of what signed it.
    host_key: Str;
    /// Sets how a proxy is spoken to: `http`, `https`, `socks5`.
    proxy_scheme: Str;
    /// Sets the proxy's name or address.
    proxy_host: Str;
    /// Sets the proxy's port.
    proxy_port: Num;
    /// Sets the user at the proxy.
    proxy_user_name: Str;
    /// Sets that user's password.
    proxy_user_password: Str;
    /// Goes through this host first.
    bastion_host: Str;
    /// Sets the public key of the bastion, or of what signed it.
    bastion_host_key: Str;
    /// Sets the bastion's port.
    bastion_port: Num;
    /// Sets the user at the bastion.
    bastion_user: Str;
    /// Sets that user's password.
    bastion_password: Str;
    /// Sets the content of the private key for the bastion.
    bastion_private_key: Str;
    /// Sets the content of a signed certificate for the bastion.
    bastion_certificate: Str;
});

connection! {
    "winrm"
    /// A connection by Windows Remote Management.
    ///
    /// ```
    /// # use tapwasm_guest::{Expr, Stack, Str, WinRmConnection};
    /// # fn declare(stack: Stack, password: Expr<Str>) {
    /// # let web = stack.resource("aws_instance", "web");
    /// web.connection(|this| WinRmConnection::new(this.get("public_ip")).password(password).https(true)).declare();
    /// # }
    /// ```
    WinRmConnection
}

setters!(WinRmConnection {
    /// Sets the user; `Administrator` if none is.
    user: Str;
    /// Sets the user's password.
    password: Str;
    /// Sets the port; 5985 if none is.
    port: Num;
    /// Sets how long to wait for the connection: `30s`, `5m`.
    timeout: Str;
    /// Sets where scripts are copied to.
    script_path: Str;
    /// Says whether to speak HTTPS instead of HTTP.
    https: Bool;
    /// Says whether to leave the chain of certificates unchecked.
    insecure: Bool;
    /// Says whether to authenticate by NTLM instead of basic authentication.
    use_ntlm: Bool;
    /// Sets the certificate of the authority that is trusted.
    cacert: Str;
});
