//! What the tokens would cost elsewhere, a few sentences a place.

use crate::report::format::{count, counted, stopped};
use crate::report::model::{Elsewhere, Instances, Report, Volume};

/// One paragraph for each place: what it costs, from which volume on it pays, and what was assumed.
pub fn elsewhere(report: &Report) -> Vec<String> {
    report.elsewhere.iter().map(of_place).collect()
}

fn of_place(place: &Elsewhere) -> String {
    let Elsewhere { name, place: at, apps, bedrock, cost, .. } = place;
    let instances = place.instances.as_ref().map_or_else(String::new, |found| format!(" {}", of_instances(found)));
    let told =
        [&place.assumed.join("; "), &format!("Prices: {}", place.sources.join("; "))].map(|words| stopped(words));
    format!(
        "{name}: the tokens of {} cost {} on {at}, and {} on Bedrock.{instances} Assumed: {}",
        apps.join(", "),
        cost.total.rounded(),
        bedrock.total.rounded(),
        told.join(" ")
    )
}

fn of_instances(found: &Instances) -> String {
    let short = if found.count < found.needed {
        format!(", although the traffic needs {}", count(found.needed))
    } else {
        String::new()
    };
    let paid = format!("That is {}{short}.", counted(found.count, "instance"));
    let crossover = match (found.crossover.as_str(), &found.first, &found.for_good) {
        ("never", ..) => "Instances never cost as little: a full one costs more than its tokens on Bedrock.".to_owned(),
        (_, Some(first), Some(for_good)) if first.times_thousandths != for_good.times_thousandths => {
            format!("They cost no more than Bedrock first at {}, and for good from {}.", told(first), told(for_good))
        }
        (_, Some(first), Some(_)) => format!("They cost no more than Bedrock from {} on.", told(first)),
        (_, Some(first), None) => format!("They cost no more than Bedrock first at {}.", told(first)),
        _ => "They cost nothing, so they always cost less.".to_owned(),
    };
    format!("{paid} {crossover}")
}

/// `1.25 times the traffic (1,000,000 tokens a month)`.
fn told(volume: &Volume) -> String {
    let (whole, rest) = (volume.times_thousandths / 1_000, volume.times_thousandths % 1_000);
    let times = format!("{}.{rest:03}", count(whole));
    format!("{times} times the traffic ({} tokens a month)", count(volume.tokens_per_month))
}
