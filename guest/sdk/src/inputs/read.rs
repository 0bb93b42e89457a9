//! The types of inputs that come with the SDK.

use super::schema::Secrets;
use super::{Input, InputError, Json, Keywords, Schema};
use std::collections::BTreeMap;

fn given<'a>(json: Option<&'a Json>, path: &str) -> Result<&'a Json, InputError> {
    json.ok_or_else(|| InputError::missing(path))
}

impl Input for String {
    const SCHEMA: Schema = Schema::of("string", Keywords::NONE);

    fn read(json: Option<&Json>, path: &str) -> Result<String, InputError> {
        given(json, path)?.as_str().map(str::to_owned).ok_or_else(|| InputError::new(path, "must be text"))
    }
}

impl Input for bool {
    const SCHEMA: Schema = Schema::of("boolean", Keywords::NONE);

    fn read(json: Option<&Json>, path: &str) -> Result<bool, InputError> {
        given(json, path)?.as_bool().ok_or_else(|| InputError::new(path, "must be true or false"))
    }
}

impl Input for f64 {
    const SCHEMA: Schema = Schema::of("number", Keywords::NONE);

    fn read(json: Option<&Json>, path: &str) -> Result<f64, InputError> {
        given(json, path)?.as_f64().ok_or_else(|| InputError::new(path, "must be a number"))
    }
}

macro_rules! integer {
    ($($rust:ty: $minimum:literal, $maximum:literal;)*) => {$(
        impl Input for $rust {
            const SCHEMA: Schema = Schema { minimum: $minimum, maximum: $maximum, ..Schema::of("integer", Keywords::NONE) };

            fn read(json: Option<&Json>, path: &str) -> Result<$rust, InputError> {
                let json = given(json, path)?;
                let number = json.as_i64().map(i128::from).or_else(|| json.as_u64().map(i128::from));
                number
                    .and_then(|number| <$rust>::try_from(number).ok())
                    .ok_or_else(|| InputError::new(path, concat!("must be a whole number that fits `", stringify!($rust), "`")))
            }
        }
    )*};
}

integer! {
    u8: r#","minimum":0"#, r#","maximum":255"#;
    u16: r#","minimum":0"#, r#","maximum":65535"#;
    u32: r#","minimum":0"#, r#","maximum":4294967295"#;
    u64: r#","minimum":0"#, "";
    i8: r#","minimum":-128"#, r#","maximum":127"#;
    i16: r#","minimum":-32768"#, r#","maximum":32767"#;
    i32: r#","minimum":-2147483648"#, r#","maximum":2147483647"#;
    i64: "", "";
}

impl<T: Input> Input for Option<T> {
    const SCHEMA: Schema =
        Schema { nullable: true, required: false, secrets: T::SCHEMA.secrets.within(Secrets::Optional), ..T::SCHEMA };

    fn read(json: Option<&Json>, path: &str) -> Result<Option<T>, InputError> {
        match json {
            None | Some(Json::Null) => Ok(None),
            given => T::read(given, path).map(Some),
        }
    }
}

impl<T: Input> Input for Vec<T> {
    const SCHEMA: Schema = Schema {
        item: Some(("items", &T::SCHEMA)),
        secrets: T::SCHEMA.secrets.within(Secrets::Items),
        ..Schema::of("array", Keywords::NONE)
    };

    fn read(json: Option<&Json>, path: &str) -> Result<Vec<T>, InputError> {
        let items = given(json, path)?.as_array().ok_or_else(|| InputError::new(path, "must be a list"))?;
        items.iter().enumerate().map(|(index, item)| T::read(Some(item), &format!("{path}[{index}]"))).collect()
    }
}

impl<T: Input> Input for BTreeMap<String, T> {
    const SCHEMA: Schema = Schema {
        item: Some(("additionalProperties", &T::SCHEMA)),
        secrets: T::SCHEMA.secrets.within(Secrets::Items),
        ..Schema::of("object", Keywords::NONE)
    };

    fn read(json: Option<&Json>, path: &str) -> Result<BTreeMap<String, T>, InputError> {
        let entries = given(json, path)?.as_object().ok_or_else(|| InputError::new(path, "must be an object"))?;
        entries.iter().map(|(key, value)| Ok((key.clone(), T::read(Some(value), &format!("{path}.{key}"))?))).collect()
    }
}
