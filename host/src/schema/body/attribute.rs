//! Arguments against the attributes that they set: types, what only the provider sets, and what Terraform drops without a word.

use super::objects::{each_object, misspelt, objects_of};
use super::{BodyCheck, did_you_mean};
use crate::diagnostic::Diagnostic;
use crate::model::Expression;
use crate::schema::provider::{Attribute, Key, Shape};
use std::collections::BTreeMap;

impl<'a> BodyCheck<'a, '_> {
    pub(super) fn attribute(&mut self, name: &'a str, attribute: &Attribute, value: &'a Expression) {
        if *value == Expression::Null {
            return;
        }
        if !attribute.is_settable() {
            let detail = format!(
                "Can't configure a value for \"{name}\": its value will be decided automatically based on the result of applying this \
                 configuration."
            );
            return self.error(
                "computed-argument",
                "Value for unconfigurable attribute",
                detail,
                "Leave it out; it can be read.",
                name,
            );
        }
        if attribute.is_deprecated {
            self.deprecated("Argument is deprecated", name, attribute.description.as_deref());
        }
        if let Some(why) = self.typing.unfit(value, &attribute.of(), &mut self.scope) {
            let detail = format!("Inappropriate value for attribute \"{name}\": {why}.");
            let help = match &attribute.shape {
                Shape::Plain(of) => of.object().and_then(|fields| misspelt(value, of, fields)),
                Shape::Nested(..) => None,
            };
            return self.error("wrong-type", "Incorrect attribute value type", detail, help.unwrap_or_default(), name);
        }
        match &attribute.shape {
            Shape::Plain(of) => {
                if let Some(fields) = of.object() {
                    let known: Vec<&str> = fields.iter().map(|field| field.name.as_ref()).collect();
                    each_object(value, of, &mut |pairs| self.dropped(name, pairs, &known));
                }
            }
            Shape::Nested(nesting, attributes) => {
                let mut objects = Vec::new();
                objects_of(*nesting, value, &mut objects);
                let n = objects.len();
                for (position, pairs) in objects.into_iter().enumerate() {
                    self.enter(name, (position, n), |check| check.nested_attribute(pairs, attributes));
                }
            }
        }
    }

    /// Looks at an object of an attribute that has attributes of its own (protocol 6).
    fn nested_attribute(&mut self, pairs: &'a [(Expression, Expression)], attributes: &BTreeMap<Key, Attribute>) {
        let known: Vec<&str> = attributes.keys().map(AsRef::as_ref).collect();
        self.dropped("", pairs, &known);
        for (key, value) in pairs {
            if let Some((name, attribute)) = key.as_text().and_then(|key| Some((key, attributes.get(key)?))) {
                self.attribute(name, attribute, value);
            }
        }
        for (name, _) in attributes.iter().filter(|(_, attribute)| attribute.is_required) {
            let given = pairs.iter().find(|(key, _)| key.as_text() == Some(name.as_ref()));
            // That it is missing altogether is a matter of the type.
            if given.is_some_and(|(_, value)| *value == Expression::Null) {
                self.missing(name);
            }
        }
    }

    /// Terraform drops what an object type does not have, without a word.
    fn dropped(&mut self, name: &str, pairs: &[(Expression, Expression)], known: &[&str]) {
        for key in pairs.iter().filter_map(|(key, _)| key.as_text()).filter(|key| !known.contains(key)) {
            let detail = format!("The object has no attribute \"{key}\": Terraform drops it without a word.");
            let diagnostic =
                Diagnostic::warning("dropped-attribute", "Attribute is dropped").detail(detail).help(did_you_mean(key, known));
            self.report(diagnostic, name);
        }
    }
}
