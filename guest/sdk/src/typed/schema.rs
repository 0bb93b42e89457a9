//! The part of a provider's schema that bindings were made of, carried by the guest so that its host can check more than types.

/// Puts a file into the guest's custom section `tapwasm:schema`: `embed_schema!("schema.txt")`. The path is relative to the file that says it.
/// Several crates may each embed one. On wasm only.
#[cfg(target_arch = "wasm32")]
#[macro_export]
macro_rules! embed_schema {
    ($path:literal $(,)?) => {
        const _: () = {
            #[unsafe(link_section = "tapwasm:schema")]
            static SCHEMA_SECTION: [u8; ::core::include_bytes!($path).len()] = *::core::include_bytes!($path);
        };
    };
}

/// Puts a file into the guest's custom section `tapwasm:schema`: `embed_schema!("schema.txt")`. The path is relative to the file that says it.
/// Several crates may each embed one. On wasm only.
#[cfg(not(target_arch = "wasm32"))]
#[macro_export]
macro_rules! embed_schema {
    ($path:literal $(,)?) => {};
}
