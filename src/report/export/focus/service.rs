//! Which service a line belongs to, in the specification's closed lists.

/// A service and where it stands in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Service {
    pub(super) name: &'static str,
    pub(super) category: &'static str,
    pub(super) subcategory: &'static str,
}

const BEDROCK: Service =
    Service { name: "Amazon Bedrock", category: "AI and Machine Learning", subcategory: "Generative AI" };
const AGENTCORE: Service = Service { name: "Amazon Bedrock AgentCore", ..BEDROCK };
const OPENSEARCH: Service = Service { name: "Amazon OpenSearch Service", category: "Analytics", subcategory: "Search" };

/// The service of a SKU.
pub(super) fn service(sku: &str) -> Service {
    match sku {
        _ if sku.starts_with("opensearch-") => OPENSEARCH,
        _ if sku.starts_with("agentcore-") => AGENTCORE,
        _ => BEDROCK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_store_is_no_model() {
        assert_eq!(service("opensearch-serverless-ocu"), OPENSEARCH);
        assert_eq!(service("claude-haiku-4-5 geo us-east-1 standard output"), BEDROCK);
    }
}
