//! The same traffic elsewhere: on a platform that sells by the token, or on instances of one's own.

use crate::document::{Located, Whole, names, section};
use crate::units::{Percent, Tokens, Usd};

section! {
    /// Where the tokens of apps could go instead: exactly one of `direct` and `self_hosted`. The simulation stays as it is.
    pub struct Elsewhere {
        /// A platform that sells the same models by the token.
        pub direct: Option<Located<DirectApi>>,
        /// Instances that serve a model of one's own.
        pub self_hosted: Option<Located<SelfHosted>>,
        /// The apps whose tokens go there; left out: all.
        pub apps: Option<Vec<Located<String>>>,
    }
}

section! {
    /// A platform of the price book.
    pub struct DirectApi {
        /// Its short name, as `anthropic-api`.
        pub platform: Located<String>,
    }
}

names! {
    /// What instances are counted for.
    pub enum SizedFor: "size" {
        /// The busiest minute.
        Peak = "peak",
        /// The mean of the whole time: minutes above it wait, which is not simulated.
        Mean = "mean",
    }
}

section! {
    /// Instances that serve a model. How many tokens one of them handles is yours to measure: nobody publishes it.
    pub struct SelfHosted {
        /// The instance type, as `p4d.24xlarge`.
        pub instance: Located<String>,
        /// The Region that it is priced in.
        pub region: Located<String> = "us-east-1",
        /// Input tokens per minute that one instance handles, cached or not.
        pub input_tpm: Whole<1, { Tokens::MAX_QUOTA.0 }>,
        /// Output tokens per minute that it handles at the same time.
        pub output_tpm: Whole<1, { Tokens::MAX_QUOTA.0 }>,
        /// How much of that is planned to be used.
        pub utilisation: Located<Percent>,
        /// What instances are counted for: the busiest minute, or the mean.
        pub size_for: SizedFor = "peak",
        /// The price of one for an hour; left out: that of the price book.
        pub usd_per_hour: Option<Located<Usd>>,
        /// So many instances, instead of as many as the traffic needs.
        pub count: Option<Whole<1, 100_000>>,
    }
}
