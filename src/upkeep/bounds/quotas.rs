//! Default quotas: a day is not more than its minutes, and a request is more than a token.

use super::Oddity;
use crate::pricing::Model;

const MINUTES: u64 = 1_440;

pub(super) fn lint(model: &Model, odd: &mut Vec<Oddity>) {
    for row in &model.quotas {
        let mut tell = |message: String| {
            let row = format!("quota {} {} {}", row.via, row.regions, row.tier);
            odd.push(Oddity { model: model.key.clone(), row, message, unusual: None });
        };
        let Some(minute) = row.tokens_per_minute else { continue };
        if let Some(day) = row.tokens_per_day.filter(|day| day.0 > minute.0.saturating_mul(MINUTES)) {
            tell(format!("{day} tokens a day are more than 1,440 times {minute} a minute"));
        }
        if let Some(requests) = row.requests_per_minute.filter(|requests| *requests >= minute.0) {
            tell(format!("{requests} requests a minute share {minute} tokens"));
        }
    }
}
