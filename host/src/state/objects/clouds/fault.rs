//! What a cloud refuses, in words: what happened, what is and is not written, what to do.

use crate::state::error::StateError;
use crate::state::location::Cloud;
use object_store::Error;
use std::path::PathBuf;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// Nothing is written by it.
    Read,
    /// It was refused, and is not there.
    Write,
    /// Whether it is there could not be found out.
    WriteWithoutAnswer,
}

/// Says what went wrong.
pub(super) fn explain(cloud: Cloud, doing: Doing, path: PathBuf, error: &Error) -> StateError {
    let said = chain(error);
    let (what, help) = cause(cloud, &said).unwrap_or_else(|| {
        let answer = short(&said);
        (
            format!("the store did not do what it was asked: {answer}"),
            "Try again; where it stays so, the provider's status page may know why.".to_owned(),
        )
    });
    let written = match doing {
        Doing::Read => "Nothing was written by this.",
        Doing::Write => "It was not written; what was stored before is still there.",
        Doing::WriteWithoutAnswer => {
            "Whether it was written is not known: `tapwasm state history` tells. To run again is safe: no serial is ever written over another."
        }
    };
    StateError::Store { path, what, help: format!("{written} {help}") }
}

/// Says that an answer ended early.
pub(super) fn cut_off(path: PathBuf, bytes: u64, expected: u64) -> StateError {
    StateError::Store {
        path,
        what: format!("the connection ended after {bytes} of {expected} bytes"),
        help: "Nothing was written by this. Try again.".to_owned(),
    }
}

/// Tells whether it is the bucket that is not there, not the object.
pub(super) fn is_without_bucket(error: &Error) -> bool {
    let said = chain(error);
    ["NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist"].iter().any(|code| said.contains(code))
}

/// Tells whether the answer did not come in time: what was asked may still be done.
pub(super) fn is_late(error: &Error) -> bool {
    let said = chain(error);
    ["timed out", "connection closed", "connection reset", "incomplete message"].iter().any(|words| said.contains(words))
}

/// Finds the cause in what a cloud answered, as its documentation calls it.
fn cause(cloud: Cloud, said: &str) -> Option<(String, String)> {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let cause = |what: &str, help: &str| Some((what.to_owned(), help.to_owned()));
    let variables = match cloud {
        Cloud::S3 => {
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE with the AWS CLI, or AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN"
        }
        Cloud::Google => "GOOGLE_APPLICATION_CREDENTIALS, or `gcloud auth application-default login`",
        Cloud::Azure => {
            "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, a client's AZURE_CLIENT_ID and its secret or token, or `az login`"
        }
    };
    // The addresses are those of the machine's own identity, which is asked last of all.
    if has(&[
        "169.254.169.254",
        "metadata.google.internal",
        "169.254.170.2",
        "MissingAccessKey",
        "Missing AccessKeyId",
        "Missing SecretAccessKey",
        "Unable to open service account",
        "Unable to decode service account",
        "az account get-access-token",
    ]) {
        return cause("there are no credentials", &format!("Give them by {variables}; on a machine of the cloud, by its role."));
    }
    if has(&["Account must be specified", "MissingAccount"]) {
        return cause("the storage account is not known", "Name it in AZURE_STORAGE_ACCOUNT_NAME.");
    }
    if has(&["RequestTimeTooSkewed", "Request date header too old", "Request is not yet valid", "reasonable timeframe"]) {
        return cause(
            "this machine's clock is off, so the cloud refuses its signature",
            "Set the clock (`timedatectl`), and run again.",
        );
    }
    if has(&["NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist", "bucket does not exist"]) {
        let noun = if cloud == Cloud::Azure { "container" } else { "bucket" };
        return Some((
            format!("there is no such {noun}"),
            format!("Make the {noun} first: tapwasm makes none. If it exists, its name or the region or account is another one."),
        ));
    }
    if has(&["without LOCATION", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint"]) {
        return cause("the bucket is in another region", "Name its region in AWS_REGION.");
    }
    if has(&["ExpiredToken", "TokenRefreshRequired", "token has expired", "invalid_grant", "AADSTS700082", "AADSTS70043"]) {
        return cause("the credentials have run out", &format!("Log in again, or give new ones by {variables}."));
    }
    if has(&[
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidToken",
        "401 Unauthorized",
        "AuthenticationFailed",
        "UnrecognizedClientException",
        "AADSTS",
    ]) {
        return cause("the credentials are not known to the cloud", &format!("Look at {variables}."));
    }
    if has(&[
        "403 Forbidden",
        "AccessDenied",
        "AuthorizationPermissionMismatch",
        "AuthorizationFailure",
        "InsufficientAccountPermissions",
    ]) {
        let rights = match cloud {
            Cloud::S3 => "s3:ListBucket on the bucket; s3:GetObject, s3:PutObject and s3:DeleteObject below the prefix",
            Cloud::Google => "storage.objects.list, get, create, update and delete (role `Storage Object User`)",
            Cloud::Azure => "the role `Storage Blob Data Contributor` on the container",
        };
        return Some(("the cloud denies it".to_owned(), format!("The credentials need {rights}.")));
    }
    if has(&["URL scheme is not allowed"]) {
        return cause(
            "the address of the store is not encrypted",
            "Give an `https://` address, or set AWS_ALLOW_HTTP=true for a server of your own.",
        );
    }
    if has(&[
        "dns error",
        "failed to lookup",
        "error trying to connect",
        "Connection refused",
        "tcp connect",
        "connection closed",
        "connection reset",
        "Connection reset",
        "operation timed out",
        "error sending request",
        "incomplete message",
        "request or response body",
        "client error (Connect)",
    ]) {
        return Some((
            format!("the cloud cannot be reached, or the connection ended: {}", short(said)),
            "Look at the network, a proxy (HTTPS_PROXY) and the address (AWS_ENDPOINT_URL where it is set), and run again."
                .to_owned(),
        ));
    }
    if has(&["503 ", "500 ", "502 ", "504 ", "SlowDown", "InternalError", "ServerBusy", "429 "]) {
        return Some((
            format!("the cloud is busy or has a fault of its own: {}", short(said)),
            "Run again a little later.".to_owned(),
        ));
    }
    None
}

/// Writes an error with its causes; each is told once.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        next = cause.source();
    }
    text
}

/// Returns what was said without the documents that clouds answer with: their code and message.
fn short(said: &str) -> String {
    let inner = |tag: &str| Some(said.split_once(&format!("<{tag}>"))?.1.split_once(&format!("</{tag}>"))?.0.trim());
    let text = match (inner("Code"), inner("Message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        _ => said.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let end = text.char_indices().nth(300).map_or(text.len(), |(end, _)| end);
    text[..end].to_owned()
}
