//! ARM templates in JSON. A value that starts with `[` and ends with `]` is an expression; a literal
//! that looks like one is written with one more `[`: *documented*,
//! <https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters>,
//! read 2026-11.

use std::fmt::{self, Display, Formatter};

use serde_json::{Map, Value as Json, json};

/// Escapes a text so that Resource Manager takes it literally; JSON's own escaping comes after.
///
/// ```
/// use iac_emit::document::arm::quote;
///
/// assert_eq!(quote("[x]"), "[[x]");
/// assert_eq!(quote("[x] AND y"), "[x] AND y");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    if text.starts_with('[') && text.ends_with(']') { format!("[{text}") } else { text.to_owned() }
}

/// An expression, to stand between `[` and `]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A text, in single quotes.
    Text(String),
    /// A function and its arguments.
    Call(&'static str, Vec<Expression>),
    /// A property of a call, as in `resourceGroup().id`.
    Property(&'static str, &'static str),
}

impl Expression {
    /// Makes a call.
    #[must_use]
    pub fn call(function: &'static str, arguments: impl IntoIterator<Item = Expression>) -> Self {
        Self::Call(function, arguments.into_iter().collect())
    }

    /// Makes `parameters('name')`.
    #[must_use]
    pub fn parameter(name: &str) -> Self {
        Self::call("parameters", [Self::Text(name.to_owned())])
    }
}

impl Display for Expression {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "'{}'", text.replace('\'', "''")),
            Self::Property(function, property) => write!(formatter, "{function}().{property}"),
            Self::Call(function, arguments) => {
                write!(formatter, "{function}(")?;
                for (number, argument) in arguments.iter().enumerate() {
                    if number > 0 {
                        formatter.write_str(", ")?;
                    }
                    argument.fmt(formatter)?;
                }
                formatter.write_str(")")
            }
        }
    }
}

/// A value of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, taken literally.
    Text(String),
    /// An expression.
    Expression(Expression),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Vec<(String, Value)>),
    /// Nothing.
    Null,
}

impl Value {
    fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => Json::String(quote(text)),
            Self::Expression(expression) => Json::String(format!("[{expression}]")),
            Self::Integer(number) => (*number).into(),
            Self::Boolean(truth) => (*truth).into(),
            Self::Array(values) => Json::Array(values.iter().map(Self::to_json).collect()),
            Self::Object(fields) => object(fields),
            Self::Null => Json::Null,
        }
    }
}

fn object(fields: &[(String, Value)]) -> Json {
    let fields = fields.iter().map(|(name, value)| (name.clone(), value.to_json()));
    Json::Object(fields.collect::<Map<_, _>>())
}

/// What a template is deployed to; it decides the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deployment {
    /// The tenant.
    Tenant,
    /// A management group.
    ManagementGroup,
    /// A subscription.
    Subscription,
    /// A resource group.
    ResourceGroup,
}

impl Deployment {
    /// Gives the `$schema` of a template of this scope: *documented*,
    /// <https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax>, read 2026-11.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Tenant => {
                "https://schema.management.azure.com/schemas/2019-08-01/tenantDeploymentTemplate.json#"
            }
            Self::ManagementGroup => {
                "https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#"
            }
            Self::Subscription => {
                "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#"
            }
            Self::ResourceGroup => {
                "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
            }
        }
    }

    /// Gives the name Bicep has for the scope.
    #[must_use]
    pub fn target_scope(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::ManagementGroup => "managementGroup",
            Self::Subscription => "subscription",
            Self::ResourceGroup => "resourceGroup",
        }
    }
}

/// A parameter of a template; every one is a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// What it is when nobody says.
    pub default: Option<Value>,
}

/// The one resource of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The type.
    pub kind: &'static str,
    /// The API version.
    pub api_version: &'static str,
    /// The name.
    pub name: Value,
    /// The resource it extends, if it is not the scope of the deployment.
    pub scope: Option<Value>,
    /// A remark; templates have no comments, but resources have this field.
    pub comments: String,
    /// The properties.
    pub properties: Vec<(String, Value)>,
}

/// An ARM template.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is deployed to.
    pub deployment: Deployment,
    /// What it does, for its metadata.
    pub description: String,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The resource.
    pub resource: Resource,
}

impl Document {
    /// Gives the template as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let parameters: Map<_, _> = self
            .parameters
            .iter()
            .map(|parameter| {
                let mut fields = Map::new();
                fields.insert("type".to_owned(), "string".into());
                if let Some(default) = &parameter.default {
                    fields.insert("defaultValue".to_owned(), default.to_json());
                }
                fields.insert(
                    "metadata".to_owned(),
                    json!({ "description": quote(parameter.description) }),
                );
                (parameter.name.to_owned(), Json::Object(fields))
            })
            .collect();
        let mut resource = Map::new();
        resource.insert("type".to_owned(), self.resource.kind.into());
        resource.insert("apiVersion".to_owned(), self.resource.api_version.into());
        if let Some(scope) = &self.resource.scope {
            resource.insert("scope".to_owned(), scope.to_json());
        }
        resource.insert("name".to_owned(), self.resource.name.to_json());
        resource.insert("comments".to_owned(), quote(&self.resource.comments).into());
        resource.insert("properties".to_owned(), object(&self.resource.properties));
        let mut template = Map::new();
        template.insert("$schema".to_owned(), self.deployment.schema().into());
        template.insert("contentVersion".to_owned(), "1.0.0.0".into());
        template.insert("metadata".to_owned(), json!({ "description": quote(&self.description) }));
        if !parameters.is_empty() {
            template.insert("parameters".to_owned(), Json::Object(parameters));
        }
        template.insert("resources".to_owned(), Json::Array(vec![Json::Object(resource)]));
        Json::Object(template)
    }
}

impl Display for Document {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:#}", self.to_json())
    }
}
