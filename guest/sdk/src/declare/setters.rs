//! Setters of arguments, for types that are a body with names for what stands in it.

/// Adds a method for each argument, named as Terraform names it; `None` leaves the argument out.
macro_rules! setters {
    ($rust:ty { $($(#[$doc:meta])* $name:ident: $kind:ty;)* }) => {
        impl $rust {
            $(
                $(#[$doc])*
                #[track_caller]
                pub fn $name<M>(mut self, value: impl $crate::IntoArgument<$kind, M>) -> Self {
                    self.body.add::<$kind, M>(stringify!($name), value, ::std::panic::Location::caller());
                    self
                }
            )*

            /// Sets an argument that has no method here; `None` leaves it out.
            #[track_caller]
            pub fn set<M>(mut self, name: &str, value: impl $crate::IntoArgument<$crate::Any, M>) -> Self {
                self.body.add::<$crate::Any, M>(name, value, ::std::panic::Location::caller());
                self
            }
        }
    };
}

pub(super) use setters;
