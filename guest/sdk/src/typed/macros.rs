//! The macros that generated bindings call: what every struct of a kind has, so that generated text is what differs. No part of the API for
//! anyone else; `typed` has them under short names.

/// A block without required arguments: `block!("environment", Environment)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_block {
    ($terraform:literal, $block:ident) => {
        $crate::__typed_body!($terraform, $block);

        impl $block {
            #[doc = concat!("Starts a block `", $terraform, "`.")]
            pub fn new() -> $block {
                $block($crate::Body::new())
            }
        }

        impl ::core::default::Default for $block {
            fn default() -> $block {
                $block::new()
            }
        }
    };
}

/// A block's struct, and that it is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_body {
    ($terraform:literal, $block:ident) => {
        #[doc = concat!("A block `", $terraform, "`.")]
        #[must_use = "a block does nothing until it is given to a setter"]
        #[derive(Clone)]
        pub struct $block($crate::Body);

        impl $crate::typed::IntoBlock<$block> for $block {
            fn into_body(self) -> $crate::Body {
                self.0
            }
        }

        // Not in the list of what else there is: that would be every block of every provider.
        #[diagnostic::do_not_recommend]
        impl<__Count> $crate::typed::IntoBlocks<$block, __Count> for $block {
            fn add_to(self, blocks: &mut $crate::typed::Blocks<'_>) {
                blocks.add(self.0);
            }
        }
    };
}

/// The block of a literal, and what the literal turns into; the literal's struct stands beside the call:
/// `literal!("tracing_config", TracingConfig => TracingConfigBlock { mode: Mode [sdk::IntoExpr<sdk::Str>] set_typed("mode") })`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_literal {
    ($terraform:literal, $literal:ident => $block:ident {
        $($field:ident: $parameter:ident [$($bound:tt)*] $set:ident($($name:tt)*)),+ $(,)?
    }) => {
        $crate::__typed_body!($terraform, $block);

        impl<$($parameter: $($bound)*),+> $literal<$($parameter),+> {
            /// Goes on with what is not required.
            #[track_caller]
            pub fn with(self) -> $block {
                $block($crate::Body::new()$(.$set($($name)*, self.$field))+)
            }
        }

        impl<$($parameter: $($bound)*),+> $crate::typed::IntoBlock<$block> for $literal<$($parameter),+> {
            fn into_body(self) -> $crate::Body {
                self.with().0
            }
        }

        impl<__Count, $($parameter: $($bound)*),+> $crate::typed::IntoBlocks<$block, __Count> for $literal<$($parameter),+> {
            fn add_to(self, blocks: &mut $crate::typed::Blocks<'_>) {
                blocks.add(self.with().0);
            }
        }
    };
}

/// An object without required attributes; those in brackets are always written: `object!("ingress", Ingress => IngressAttributes ["self"])`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_object {
    ($terraform:literal, $object:ident => $attributes:ident [$($every:literal),* $(,)?]) => {
        $crate::__typed_object_body!($terraform, $object => $attributes [$($every),*]);

        impl $object {
            #[doc = concat!("Starts an object `", $terraform, "`.")]
            pub fn new() -> $object {
                $object($crate::Body::new())
            }
        }

        impl ::core::default::Default for $object {
            fn default() -> $object {
                $object::new()
            }
        }
    };
}

/// An object's struct, and where it goes.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_object_body {
    ($terraform:literal, $object:ident => $attributes:ident [$($every:literal),*]) => {
        #[doc = concat!("An object `", $terraform, "`.")]
        #[must_use = "an object does nothing until it is given to a setter"]
        #[derive(Clone)]
        pub struct $object($crate::Body);

        $crate::__typed_expressions!([] $object, [$attributes, $crate::Any], |object, out| {
            $crate::__private::write_object(&object.0, &[$($every),*], out)
        });
    };
}

/// The object of a literal, and what the literal turns into; the literal's struct stands beside the call.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_object_literal {
    ($terraform:literal, $literal:ident => $object:ident => $attributes:ident {
        $($field:ident: $parameter:ident [$($bound:tt)*] $set:ident($name:literal)),+ $(,)?
    }) => {
        $crate::__typed_object_body!($terraform, $object => $attributes []);

        impl<$($parameter: $($bound)*),+> $literal<$($parameter),+> {
            /// Goes on with what is not required.
            #[track_caller]
            pub fn with(self) -> $object {
                $object($crate::Body::new()$(.$set($name, self.$field))+)
            }
        }

        $crate::__typed_expressions!([$($parameter: $($bound)*),+] $literal<$($parameter),+>, [$attributes, $crate::Any], |literal, out| {
            $crate::__private::write_object(&$crate::Body::new()$(.$set($name, &literal.$field))+, &[], out)
        });
    };
}

/// What is read of nested blocks and of objects: `attributes!("environment", EnvironmentAttributes)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_attributes {
    ($terraform:literal, $attributes:ident) => {
        #[doc = concat!("What is read of `", $terraform, "`.")]
        #[derive(Clone)]
        pub struct $attributes($crate::Value);

        impl $attributes {
            /// Forgets the attributes.
            pub fn untyped(&self) -> $crate::Value {
                ::core::clone::Clone::clone(&self.0)
            }
        }

        impl $crate::Attributes for $attributes {
            fn from_value(value: $crate::Value) -> $attributes {
                $attributes(value)
            }

            fn into_value(self) -> $crate::Value {
                self.0
            }
        }

        $crate::__typed_expressions!([] $attributes, [$attributes, $crate::Object, $crate::Any], |attributes, out| {
            $crate::IntoExpr::<$crate::Any>::write(&attributes.0, out)
        });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_expressions {
    ($generics:tt $rust:ty, [$($kind:ty),+], |$value:ident, $out:ident| $write:expr) => {$(
        $crate::__typed_expression!($generics $rust, $kind, |$value, $out| $write);
    )+};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_expression {
    ([$($generics:tt)*] $rust:ty, $kind:ty, |$value:ident, $out:ident| $write:expr) => {
        impl<$($generics)*> $crate::IntoExpr<$kind> for $rust {
            fn write(&self, $out: &mut $crate::Tokens) {
                let $value = self;
                $write
            }
        }
    };
}

/// The handle and the builder of a resource: `resource!("aws_kms_key", KmsKey, KmsKeyBuilder)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_resource {
    ($terraform:literal, $handle:ident, $builder:ident) => {
        $crate::__typed_handle!($terraform, $handle, reserve_resource);
        $crate::__typed_builder!($terraform, $handle, $builder, Handle);
        $crate::__typed_remembered!($builder);

        impl<I> $builder<I> {
            /// Says how Terraform treats it. Calls add up.
            #[track_caller]
            pub fn lifecycle(self, lifecycle: $crate::Lifecycle) -> Self {
                $builder(self.0.lifecycle(lifecycle))
            }

            /// Adds a provisioner; the closure receives the resource itself. They run in the order in which they are added.
            pub fn provisioner<P: ::core::convert::Into<$crate::Provisioner>>(
                self,
                provisioner: impl ::core::ops::FnOnce($handle<$crate::This>) -> P,
            ) -> Self {
                $builder(self.0.provisioner(|this| provisioner($handle(this))))
            }

            /// Says how provisioners reach it; the closure receives the resource itself.
            pub fn connection<C: ::core::convert::Into<$crate::Connection>>(
                self,
                connection: impl ::core::ops::FnOnce($handle<$crate::This>) -> C,
            ) -> Self {
                $builder(self.0.connection(|this| connection($handle(this))))
            }
        }
    };
}

/// The handle and the builder of a data source.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_data {
    ($terraform:literal, $handle:ident, $builder:ident) => {
        $crate::__typed_handle!($terraform, $handle, reserve_data);
        $crate::__typed_builder!($terraform, $handle, $builder, Data);
        $crate::__typed_remembered!($builder);
    };
}

/// The handle and the builder of an ephemeral resource.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_ephemeral {
    ($terraform:literal, $handle:ident, $builder:ident) => {
        $crate::__typed_handle!($terraform, $handle, reserve_ephemeral);
        $crate::__typed_builder!($terraform, $handle, $builder, Ephemeral);
    };
}

/// The builder of a provider's configuration: `provider!("aws", ProviderBuilder)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_provider {
    ($terraform:literal, $builder:ident) => {
        #[doc = concat!("A configuration of the provider `", $terraform, "` that is being said.")]
        #[must_use = "nothing is declared until `.declare()`"]
        pub struct $builder($crate::Builder<$crate::ProviderHandle>);

        impl $builder {
            /// Names one more configuration of the provider.
            #[track_caller]
            pub fn alias(self, name: &str) -> Self {
                $builder(self.0.alias(name))
            }

            /// Declares it and gives its handle.
            pub fn declare(self) -> $crate::ProviderHandle {
                self.0.declare()
            }
        }

        $crate::__typed_untyped!([] $builder, $crate::ProviderHandle);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_untyped {
    ([$($generics:tt)*] $builder:ty, $block:ty) => {
        impl<$($generics)*> $builder {
            /// Says something for which there are no typed words here: `.also(|builder| builder.warn("…"))`. An argument that the bindings' schema
            /// does not have is refused all the same: a newer one needs newer bindings, or its schema by `--schema`.
            pub fn also(self, change: impl ::core::ops::FnOnce($crate::Builder<$block>) -> $crate::Builder<$block>) -> Self {
                Self(change(self.0))
            }

            /// Leaves the typed words.
            pub fn untyped(self) -> $crate::Builder<$block> {
                self.0
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_handle {
    ($terraform:literal, $handle:ident, $reserve:ident) => {
        #[doc = concat!("What is declared of `", $terraform, "`. `S` is what it is read from: its handle, an instance, itself.")]
        #[derive(Clone, Copy)]
        pub struct $handle<S = $crate::Handle>(S);

        impl $handle {
            /// Gives the handle of one that is declared later: for references that go forward.
            #[track_caller]
            pub fn reserve(scope: $crate::Scope, name: impl ::core::convert::AsRef<str>) -> $handle {
                $handle(scope.$reserve($terraform, name))
            }
        }

        impl<S: ::core::clone::Clone> $handle<S> {
            /// Forgets the attributes.
            pub fn untyped(&self) -> S {
                ::core::clone::Clone::clone(&self.0)
            }
        }

        impl<S: $crate::typed::Readable> ::core::convert::From<S> for $handle<S> {
            fn from(source: S) -> $handle<S> {
                $handle(source)
            }
        }

        impl ::core::convert::From<$handle> for $crate::Handle {
            fn from(handle: $handle) -> $crate::Handle {
                handle.0
            }
        }

        impl $crate::Referent for $handle {
            fn dependency(&self) -> $crate::Dependency {
                $crate::Referent::dependency(&self.0)
            }
        }

        impl<S: $crate::Target> $crate::Target for $handle<S> {
            fn write_target(&self, out: &mut $crate::Tokens) {
                $crate::Target::write_target(&self.0, out);
            }
        }

        impl $crate::Attributes for $handle<$crate::Value> {
            fn from_value(value: $crate::Value) -> Self {
                $handle(value)
            }

            fn into_value(self) -> $crate::Value {
                self.0
            }
        }

        $crate::__typed_expressions!([S: $crate::typed::Readable] $handle<S>, [$crate::Any, $crate::Object], |handle, out| {
            $crate::IntoExpr::<$crate::Any>::write(&handle.0, out)
        });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_builder {
    ($terraform:literal, $handle:ident, $builder:ident, $block:ident) => {
        #[doc = concat!("A block `", $terraform, "` that is being said.")]
        #[must_use = "nothing is declared until `.declare()`"]
        pub struct $builder<I = $crate::Single>($crate::Builder<$crate::typed::$block<I>>);

        impl $builder {
            /// Declares as many instances as a number that is not known while the program runs says.
            #[track_caller]
            pub fn count(self, count: impl $crate::IntoExpr<$crate::Num>) -> $builder<$crate::Counted> {
                $builder(self.0.count(count))
            }

            /// Declares an instance for each entry of a map or set, or for each instance of something that has `for_each` itself.
            #[track_caller]
            pub fn for_each(self, items: impl $crate::IntoExpr<$crate::ForEach>) -> $builder<$crate::Keyed> {
                $builder(self.0.for_each(items))
            }

            /// Declares it and gives its handle.
            pub fn declare(self) -> $handle {
                $handle(self.0.declare())
            }
        }

        impl $builder<$crate::Counted> {
            /// Declares it and gives the handle of its instances.
            pub fn declare(self) -> $crate::Instances<$crate::Counted, $handle<$crate::Value>> {
                self.0.declare().into()
            }
        }

        impl $builder<$crate::Keyed> {
            /// Declares it and gives the handle of its instances.
            pub fn declare(self) -> $crate::Instances<$crate::Keyed, $handle<$crate::Value>> {
                self.0.declare().into()
            }
        }

        impl<I> $builder<I> {
            /// Waits for all of these. Calls add up.
            pub fn depends_on<M>(self, others: impl $crate::Dependencies<M>) -> Self {
                $builder(self.0.depends_on(others))
            }

            /// Sets the name in the address, instead of the one that scope and name yield.
            pub fn address(self, name: &str) -> Self {
                $builder(self.0.address(name))
            }

            /// Chooses a provider configuration.
            #[track_caller]
            pub fn provider(self, provider: $crate::ProviderHandle) -> Self {
                $builder(self.0.provider(provider))
            }

            /// Stops Terraform before it acts unless the condition holds. Calls add up.
            #[track_caller]
            pub fn precondition(
                self,
                condition: impl $crate::IntoExpr<$crate::Bool>,
                error_message: impl $crate::IntoExpr<$crate::Str>,
            ) -> Self {
                $builder(self.0.precondition(condition, error_message))
            }

            /// Stops Terraform after it acted unless the condition holds. The closure gives the condition and the message, both about the thing
            /// itself too. Calls add up.
            #[track_caller]
            pub fn postcondition<C: $crate::IntoExpr<$crate::Bool>, E: $crate::IntoExpr<$crate::Str>>(
                self,
                rule: impl ::core::ops::FnOnce($handle<$crate::This>) -> (C, E),
            ) -> Self {
                $builder(self.0.postcondition(|this| rule($handle(this))))
            }
        }

        $crate::__typed_untyped!([I] $builder<I>, $crate::typed::$block<I>);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __typed_remembered {
    ($builder:ident) => {
        impl<I> $builder<I> {
            /// Names a former address of this: a rename is then proposed as a move, nothing is destroyed. Calls add up.
            pub fn formerly(self, address: &str) -> Self {
                $builder(self.0.formerly(address))
            }

            /// Refuses every plan that deletes this.
            pub fn protect(self) -> Self {
                $builder(self.0.protect())
            }
        }
    };
}
