//! What became of a call that ended in an error, by what tools call the error.

use crate::trace::Outcome;

/// Whether a quota refused a call, or something else failed: by the class of its error, or its HTTP status.
pub(super) fn outcome(error: &str) -> Outcome {
    let plain: String = error.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let throttled = ["throttl", "ratelimit", "toomanyrequests", "servicequotaexceeded"];
    if plain == "429" || throttled.iter().any(|word| plain.contains(word)) {
        Outcome::Throttled
    } else {
        Outcome::Failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_quotas_are_told_from_others() {
        let throttled =
            ["ThrottlingException", "RateLimitError", "429", "TooManyRequestsException", "rate_limit_exceeded"];
        assert!(throttled.into_iter().all(|error| outcome(error) == Outcome::Throttled));
        let failed = ["", "500", "BadRequestError", "ModelTimeoutException", "4290"];
        assert!(failed.into_iter().all(|error| outcome(error) == Outcome::Failed));
    }
}
