//! Prices that are not those of everybody: the reader's own, discounts, and what is free.

use crate::report::format::counted;
use crate::report::model::{Line, Variant};
use crate::report::money::Money;

/// How many prices come from the reader's own price book, what discounts take off, and what is free.
pub fn own_prices(base: &Variant) -> Option<String> {
    let lines = |chosen: fn(&Line) -> bool| base.lines.iter().filter(move |line| chosen(line));
    let mut told = Vec::new();
    let own = lines(|line| line.overlay).count() as u64;
    if own > 0 {
        let all = base.lines.len() as u64;
        told.push(format!("{own} of {} of the bill use your own price book.", counted(all, "line")));
    }
    let list: Money = lines(|line| line.discount.is_some()).map(|line| line.list_amount).sum();
    let paid: Money = lines(|line| line.discount.is_some()).map(|line| line.amount).sum();
    if list != paid {
        told.push(format!("Discounts take {} off the list prices.", (list - paid).rounded()));
    }
    let free: Vec<&str> = lines(Line::is_free).map(|line| line.sku.as_str()).collect();
    if !free.is_empty() {
        told.push(format!("Free by the price list: {}.", free.join("; ")));
    }
    (!told.is_empty()).then(|| told.join(" "))
}
