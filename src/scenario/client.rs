//! How an app sends its calls: its SDK, or a loop of its own.

use crate::client::{Mode, Sdk};
use crate::document::{Located, Place, Problem, Whole, section};
use crate::units::{Micros, Percent};

section! {
    /// How the app's calls are sent, and what it does when they fail. Left out: the newest botocore, as it is shipped.
    pub struct Client {
        /// The SDK and its version, such as `botocore-1.44`.
        pub sdk: Option<Located<Sdk>>,
        /// How the SDK retries; left out: as this version does when nobody says otherwise.
        pub mode: Option<Located<Mode>>,
        /// Tries of one call, the first one included; left out: what the SDK ships, and 3 with `backoff`.
        pub attempts: Option<Located<Whole<1, 64>>>,
        /// The app's own loop, without an SDK's retries.
        pub backoff: Option<Located<Backoff>>,
        /// How many client objects there are, such as pods or processes: retry quota and rate limiter are those of each.
        pub clients: Whole<1, 65_535> = 1,
        /// How long a client waits for a connection; left out: as the SDK does, 60s in botocore.
        pub connect_timeout: Option<Micros>,
        /// After how long without a byte the client hangs up; left out: as the SDK does, 60s in botocore; with `backoff`
        /// never.
        pub read_timeout: Option<Micros>,
        /// After how long the client gives a call up, all attempts together; left out: never.
        pub timeout: Option<Micros>,
        /// The share of attempts whose connection cannot be opened.
        pub unreachable: Option<Percent>,
    }
    check is_one_client
}

section! {
    /// Exponential backoff with full jitter: before retry n the client waits a random time between zero
    /// and `base` doubled n - 1 times, never more than `cap`.
    pub struct Backoff {
        /// The longest wait before the first retry.
        pub base: Micros = "1s",
        /// The longest wait before any retry.
        pub cap: Micros = "20s",
    }
    check grows_to_its_cap
}

impl Client {
    /// The SDK and its mode, as written or else as shipped. Of no meaning beside `backoff`.
    #[must_use]
    pub fn sdk_and_mode(&self) -> (Sdk, Mode) {
        let sdk = self.sdk.as_ref().map_or(Sdk::DEFAULT, |sdk| sdk.value);
        (sdk, self.mode.as_ref().map_or(sdk.default_mode(), |mode| mode.value))
    }
}

fn is_one_client(client: &Client, place: &Place) -> Result<(), Problem> {
    backs_off_once(client)?;
    has_its_mode(client)?;
    let timeouts = [client.connect_timeout, client.read_timeout, client.timeout];
    if timeouts.contains(&Some(Micros(0))) {
        return Err(Problem::new(place.clone(), "a timeout of zero: nothing is answered at once"));
    }
    Ok(())
}

/// Either the SDK retries or the app does.
fn backs_off_once(client: &Client) -> Result<(), Problem> {
    let Some(backoff) = &client.backoff else { return Ok(()) };
    let of_sdk = [client.sdk.as_ref().map(|_| "sdk"), client.mode.as_ref().map(|_| "mode")];
    let Some(key) = of_sdk.into_iter().flatten().next() else { return Ok(()) };
    let message = format!("`backoff` is the app's own loop and cannot stand beside `{key}`");
    Err(Problem::new(backoff.place.clone(), message).help(format!("write one of the two, `{key}` or `backoff`")))
}

fn has_its_mode(client: &Client) -> Result<(), Problem> {
    let Some(written) = &client.mode else { return Ok(()) };
    let (sdk, mode) = client.sdk_and_mode();
    if !sdk.modes().contains(&mode) {
        let names: Vec<String> = sdk.modes().iter().map(|mode| format!("`{}`", mode.name())).collect();
        let message = format!("{sdk} has no mode `{}`", mode.name());
        return Err(Problem::new(written.place.clone(), message).help(format!("its modes are {}", names.join(", "))));
    }
    match &client.attempts {
        Some(attempts) if mode == Mode::Off && attempts.value.get() > 1 => {
            let message = "mode `none` makes one attempt";
            Err(Problem::new(attempts.place.clone(), message).help("leave `attempts` out, or choose another mode"))
        }
        _ => Ok(()),
    }
}

fn grows_to_its_cap(backoff: &Backoff, place: &Place) -> Result<(), Problem> {
    let problem = |message: &str| Err(Problem::new(place.clone(), message));
    match () {
        () if backoff.base > backoff.cap => problem("the backoff's `base` is longer than its `cap`"),
        () if backoff.cap > Micros::DAY => problem("a backoff of more than a day"),
        () => Ok(()),
    }
}
