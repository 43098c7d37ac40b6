//! Names inside of ARNs: the model that was called, and who called it.

use crate::intake::Tally;
use std::collections::BTreeMap;

/// Nothing says which model is behind an ARN.
pub(super) const UNMAPPED: &str = "profile kept by its id instead of a model: --models says what it stands for";

/// The model or profile that a `modelId` means, by the identifier that the API takes.
///
/// It is that identifier, or an ARN with it: of a foundation model or of an inference profile. What is behind
/// application inference profiles, provisioned and own models, only `aliases` can tell, by the ARN or by its last part.
pub(super) fn model<'a>(id: &'a str, aliases: &'a BTreeMap<String, String>, tally: &mut Tally) -> &'a str {
    let Some((kind, name)) = resource(id) else { return id };
    if let Some(known) = aliases.get(id).or_else(|| aliases.get(name)) {
        return known;
    }
    if !["foundation-model", "inference-profile"].contains(&kind) {
        tally.note(UNMAPPED);
    }
    name
}

/// The application inference profile that was called.
pub(super) fn application_profile(id: &str) -> Option<&str> {
    resource(id).filter(|(kind, _)| *kind == "application-inference-profile").map(|(_, name)| name)
}

/// The role, or else the user, that called.
pub(super) fn caller(arn: &str) -> Option<&str> {
    let (kind, path) = resource(arn).or_else(|| arn.ends_with(":root").then_some(("user", "root")))?;
    match kind {
        "assumed-role" => path.split('/').next(),
        _ => path.rsplit('/').next(),
    }
}

/// Kind and name in `arn:aws:SERVICE:REGION:ACCOUNT:KIND/NAME`.
fn resource(arn: &str) -> Option<(&str, &str)> {
    let resource = arn.strip_prefix("arn:")?.splitn(5, ':').nth(4)?;
    resource.split_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_spellings_are_the_model_that_was_called() {
        let aliases = BTreeMap::from([("abcd1234".to_owned(), "us.meta.llama3-3-70b-instruct-v1:0".to_owned())]);
        let mut tally = Tally::default();
        let mut name = |id: &str| model(id, &aliases, &mut tally).to_owned();
        assert_eq!(name("amazon.nova-lite-v1:0"), "amazon.nova-lite-v1:0");
        assert_eq!(name("eu.amazon.nova-lite-v1:0"), "eu.amazon.nova-lite-v1:0");
        let arn = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
        assert_eq!(name(arn), "amazon.nova-lite-v1:0");
        let arn = "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-lite-v1:0";
        assert_eq!(name(arn), "us.amazon.nova-lite-v1:0");
        let arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcd1234";
        assert_eq!(name(arn), "us.meta.llama3-3-70b-instruct-v1:0");
        assert_eq!(tally.notes, BTreeMap::new());
    }

    #[test]
    fn a_profile_that_nobody_explained_keeps_its_id_and_is_counted() {
        let mut tally = Tally::default();
        let none = BTreeMap::new();
        let arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcd1234";
        assert_eq!(model(arn, &none, &mut tally), "abcd1234");
        assert_eq!(model("arn:aws:bedrock:us-east-1:111122223333:provisioned-model/xyz", &none, &mut tally), "xyz");
        assert_eq!(tally.notes, BTreeMap::from([(UNMAPPED, 2)]));
        assert_eq!(application_profile(arn), Some("abcd1234"));
        assert_eq!(application_profile("amazon.nova-lite-v1:0"), None);
    }

    #[test]
    fn the_caller_is_a_role_or_a_user() {
        assert_eq!(caller("arn:aws:sts::111122223333:assumed-role/triage/i-0a1b"), Some("triage"));
        assert_eq!(caller("arn:aws:iam::111122223333:user/people/ada"), Some("ada"));
        assert_eq!(caller("arn:aws:sts::111122223333:federated-user/ada"), Some("ada"));
        assert_eq!(caller("arn:aws:iam::111122223333:root"), Some("root"));
        assert_eq!(caller("ada"), None);
    }
}
