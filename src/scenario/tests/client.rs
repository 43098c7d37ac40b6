//! Clients: what is read of them, and what is refused where it stands.

use super::*;
use crate::units::Micros;

/// The good file with a client in line 8.
fn with_client(client: &str) -> String {
    with("    region: us-east-1\n", &format!("    region: us-east-1\n    client: {client}\n"))
}

fn client_of(client: &str) -> Client {
    let file = parse(&Source::new("s.yaml", with_client(client))).map_err(crate::document::Problems::render).unwrap();
    file.base.apps.0[0].1.client.clone()
}

#[test]
fn an_sdk_comes_with_its_mode() {
    let mode_of = |client: &str| client_of(client).sdk_and_mode();
    assert_eq!(mode_of("{}"), (Sdk::Botocore(44), Mode::Standard));
    assert_eq!(mode_of("{sdk: botocore-1.43}"), (Sdk::Botocore(43), Mode::Legacy));
    assert_eq!(mode_of("{mode: adaptive}"), (Sdk::Botocore(44), Mode::Adaptive));
    assert_eq!(mode_of("{sdk: aws-sdk-rust-1, mode: none}"), (Sdk::Rust, Mode::Off));
    assert_eq!(mode_of("{sdk: aws-sdk-js-3.1162}"), (Sdk::Js(1162), Mode::Standard));
    let all = "{sdk: botocore-1.44, mode: adaptive, attempts: 5, clients: 20, connect_timeout: 60s, read_timeout: 60s, \
               timeout: 2m, unreachable: 0.1%}";
    let client = client_of(all);
    assert_eq!((client.clients.get(), client.timeout), (20, Some(Micros(120_000_000))));
    assert_eq!(client_of("{attempts: 5, backoff: {base: 2s}}").backoff.unwrap().value.base, Micros(2_000_000));
}

#[test]
fn unknown_sdks_and_versions_are_refused_with_the_known_ones() {
    for (sdk, message) in [
        ("boto3-1.44", "unknown SDK `boto3-1.44`; known: `botocore-1.35`, "),
        ("botocore", "unknown version of an SDK `botocore`; known: "),
        ("botocore-1.34", "unknown version of an SDK `botocore-1.34`; known: "),
        ("botocore-1.99", "unknown version of an SDK `botocore-1.99`; known: "),
        ("botocore-2", "unknown version of an SDK `botocore-2`; known: "),
    ] {
        let text = with_client(&format!("{{sdk: {sdk}}}"));
        assert_refused(&text, "8:19", message);
        let known = ["`botocore-1.44`", "`aws-sdk-js-3.1162`", "`aws-sdk-rust-1`", "`anthropic-2`"];
        assert!(known.iter().all(|known| rendered(&text).contains(known)), "{sdk}");
    }
}

#[test]
fn a_mode_that_the_sdk_lacks_is_refused_with_those_it_has() {
    for sdk in ["aws-sdk-js-3.1162", "aws-sdk-rust-1"] {
        let text = with_client(&format!("{{mode: legacy, sdk: {sdk}}}"));
        assert_refused(&text, "8:20", &format!("{sdk} has no mode `legacy`"));
        assert!(rendered(&text).contains("its modes are `standard`, `adaptive`, `none`"), "{}", rendered(&text));
    }
    assert_refused(&with_client("{sdk: anthropic-2, mode: adaptive}"), "8:38", "anthropic-2 has no mode `adaptive`");
    assert_refused(&with_client("{mode: patient}"), "8:20", "unknown mode `patient`");
}

#[test]
fn a_client_is_one_thing_and_there_is_one_at_least() {
    assert_refused(&with_client("{backoff: {}, sdk: botocore-1.44}"), "8:23", "cannot stand beside `sdk`");
    assert_refused(&with_client("{mode: none, backoff: {}}"), "8:35", "cannot stand beside `mode`");
    assert_refused(&with_client("{mode: none, attempts: 2}"), "8:36", "mode `none` makes one attempt");
    assert_refused(&with_client("{clients: 0}"), "8:23", "is not from 1 to 65,535");
    assert_refused(&with_client("{clients: 65_536}"), "8:23", "is not from 1 to 65,535");
    assert_refused(&with_client("{attempts: 0}"), "8:24", "is not from 1 to 64");
    assert_refused(&with_client("{read_timeout: 0s}"), "8:14", "a timeout of zero");
    assert_refused(&with_client("{timeout: -1s}"), "8:23", "negative");
    assert_refused(&with_client("{unreachable: 101%}"), "8:27", "not between 0 % and 100 %");
}
