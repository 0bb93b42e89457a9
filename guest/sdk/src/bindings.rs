//! The contract's bindings, generated from `wit/`. Guests reach them through the rest of the SDK only.

#![allow(missing_docs, unsafe_code, unreachable_pub, clippy::all, clippy::allow_attributes_without_reason, reason = "generated")]

wit_bindgen::generate!({
    path: "../../wit",
    world: "guest",
    pub_export_macro: true,
    export_macro_name: "export",
    default_bindings_module: "tapwasm_guest::bindings",
});
