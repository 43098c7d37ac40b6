//! What names of models in recordings stand for: application inference profiles, deployments, other providers' names.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The answer of `aws bedrock list-inference-profiles` (API reference, ListInferenceProfiles, read 2026-11-21).
#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "inferenceProfileSummaries")]
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    inference_profile_id: String,
    inference_profile_arn: String,
    #[serde(rename = "type")]
    kind: String,
    models: Vec<Model>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Model {
    model_arn: String,
}

/// Reads either that answer, or YAML with one `name: model` a line.
///
/// # Errors
/// When it is neither, or a profile names no model.
pub fn aliases(text: &str) -> Result<BTreeMap<String, String>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        let read: Result<BTreeMap<String, String>, _> = serde_yaml::from_str(text);
        return read.map_err(|error| format!("expected one `name: model` a line: {error}"));
    }
    let expected = "expected the JSON of `aws bedrock list-inference-profiles`";
    let listed: Listed = serde_json::from_str(text).map_err(|error| format!("{expected}: {error}"))?;
    let application = listed.profiles.into_iter().filter(|profile| profile.kind == "APPLICATION");
    let pairs = application.map(|profile| {
        let model =
            model(&profile).ok_or_else(|| format!("profile {} names no model", profile.inference_profile_id))?;
        Ok([(profile.inference_profile_id, model.clone()), (profile.inference_profile_arn, model)])
    });
    Ok(pairs.collect::<Result<Vec<_>, String>>()?.into_iter().flatten().collect())
}

/// A profile over one Region stands for the model there; over several, for the cross-Region profile that they share.
fn model(profile: &Profile) -> Option<String> {
    let parts = profile.models.iter().map(|model| region_and_id(&model.model_arn)).collect::<Option<Vec<_>>>()?;
    let (_, id) = *parts.first()?;
    let regions: Vec<&str> = parts.iter().map(|(region, _)| *region).collect();
    Some(prefix(&regions).map_or_else(|| id.to_owned(), |prefix| format!("{prefix}.{id}")))
}

/// `arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-...`
fn region_and_id(arn: &str) -> Option<(&str, &str)> {
    let (head, id) = arn.split_once("foundation-model/")?;
    Some((head.split(':').nth(3)?, id))
}

/// The prefix of the cross-Region profile over these Regions; a global one lists a model without a Region.
fn prefix(regions: &[&str]) -> Option<&'static str> {
    let all_in = |names: &[&str]| regions.iter().all(|region| names.iter().any(|name| region.starts_with(name)));
    match regions {
        _ if regions.contains(&"") => Some("global"),
        [] | [_] => None,
        _ if all_in(&["us-gov-"]) => Some("us-gov"),
        _ if all_in(&["us-", "ca-"]) => Some("us"),
        _ if all_in(&["eu-"]) => Some("eu"),
        _ if all_in(&["ap-northeast-1", "ap-northeast-3"]) => Some("jp"),
        _ if all_in(&["ap-southeast-2", "ap-southeast-4"]) => Some("au"),
        _ => Some("apac"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_names_one_model() {
        let read = aliases("abcd1234efgh: us.anthropic.claude-haiku-4-5-20251001-v1:0\nGPT-4: amazon.nova-pro-v1:0\n");
        let read = read.unwrap();
        assert_eq!(read["abcd1234efgh"], "us.anthropic.claude-haiku-4-5-20251001-v1:0");
        assert_eq!(read["GPT-4"], "amazon.nova-pro-v1:0");
        assert!(aliases("- a list\n").unwrap_err().contains("name: model"));
    }

    #[test]
    fn application_profiles_stand_for_what_they_were_made_from() {
        let profile = |id: &str, kind: &str, regions: &[&str]| {
            let model = |region: &&str| {
                format!(r#"{{"modelArn":"arn:aws:bedrock:{region}::foundation-model/amazon.nova-lite-v1:0"}}"#)
            };
            let models: Vec<String> = regions.iter().map(model).collect();
            format!(
                r#"{{"inferenceProfileId":"{id}","inferenceProfileArn":"arn:x/{id}","type":"{kind}","models":[{}]}}"#,
                models.join(",")
            )
        };
        let profiles = [
            profile("one", "APPLICATION", &["us-east-1"]),
            profile("geo", "APPLICATION", &["us-east-1", "us-west-2"]),
            profile("all", "APPLICATION", &["us-east-1", ""]),
            profile("far", "APPLICATION", &["ap-northeast-1", "ap-south-1"]),
            profile("system", "SYSTEM_DEFINED", &["us-east-1", "us-west-2"]),
        ];
        let read = aliases(&format!(r#"{{"inferenceProfileSummaries":[{}]}}"#, profiles.join(","))).unwrap();
        let of = |id: &str| read.get(id).map(String::as_str);
        assert_eq!(of("one"), Some("amazon.nova-lite-v1:0"));
        assert_eq!(of("arn:x/geo"), Some("us.amazon.nova-lite-v1:0"));
        assert_eq!(of("all"), Some("global.amazon.nova-lite-v1:0"));
        assert_eq!(of("far"), Some("apac.amazon.nova-lite-v1:0"));
        assert_eq!(of("system"), None);
    }

    #[test]
    fn another_document_is_refused() {
        assert!(aliases("{\"Quotas\": []}").unwrap_err().contains("list-inference-profiles"));
        let nothing = r#"{"inferenceProfileSummaries":[{"inferenceProfileId":"x","inferenceProfileArn":"a","type":"APPLICATION","models":[]}]}"#;
        assert!(aliases(nothing).unwrap_err().contains("names no model"));
    }
}
