//! The model behind LiteLLM's names.

/// Ways to call Bedrock that stand before a model.
const ROUTES: [&str; 6] = ["bedrock", "converse", "converse_like", "invoke", "async_invoke", "bedrock_converse"];

/// The Region, where the name says one, and the model as Bedrock names it: `bedrock/us-west-2/amazon.nova-lite-v1:0`.
pub(super) fn region_and_model(name: &str) -> (Option<&str>, &str) {
    let (mut region, mut model) = (None, name);
    while let Some((first, rest)) = model.split_once('/') {
        if is_region(first) {
            region = Some(first);
        } else if !ROUTES.contains(&first) {
            break;
        }
        model = rest;
    }
    (region, model)
}

/// `us-gov-west-1`
fn is_region(text: &str) -> bool {
    let letters = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let parts: Vec<&str> = text.split('-').collect();
    let [area @ .., number] = parts.as_slice() else { return false };
    area.len() >= 2 && area.iter().all(letters) && number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_and_regions_before_a_model_are_not_part_of_it() {
        let nova = "us.amazon.nova-lite-v1:0";
        assert_eq!(region_and_model(&format!("bedrock/{nova}")), (None, nova));
        assert_eq!(region_and_model(&format!("bedrock/converse/{nova}")), (None, nova));
        assert_eq!(region_and_model(&format!("bedrock/us-gov-west-1/{nova}")), (Some("us-gov-west-1"), nova));
        assert_eq!(region_and_model(nova), (None, nova));
        assert_eq!(region_and_model("azure/gpt-4o"), (None, "azure/gpt-4o"));
        let arn = "arn:aws:bedrock:us-east-1:1:application-inference-profile/x";
        assert_eq!(region_and_model(&format!("bedrock/{arn}")), (None, arn));
    }
}
