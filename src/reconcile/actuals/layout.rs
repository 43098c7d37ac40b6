//! Where an export has what: the columns of a header, under the names that they go by.

use csv::StringRecord;

/// The columns of one kind of export, as they are known; where several are, the first that a file has is taken.
struct Known {
    format: &'static str,
    usage_type: &'static [&'static str],
    /// A quantity and its unit.
    amounts: &'static [(&'static str, &'static str)],
    cost: &'static [&'static str],
    day: &'static [&'static str],
    products: &'static [&'static str],
    kind: &'static str,
    currency: &'static str,
}

/// Columns of CUR 2.0, those of older reports in the same spelling, and sums of them as queries write them.
/// FOCUS 1.0 to 1.4 with the columns that AWS adds. Names are in small letters, words apart.
const KNOWN: [Known; 2] = [
    Known {
        format: "CUR",
        usage_type: &["line_item_usage_type"],
        amounts: &[("line_item_usage_amount", "pricing_unit"), ("total_tokens", "pricing_unit")],
        cost: &["line_item_unblended_cost", "total_cost"],
        day: &["line_item_usage_start_date", "usage_date"],
        products: &[
            "line_item_product_code",
            "product_product_name",
            "product_servicename",
            "product",
            "line_item_line_item_description",
        ],
        kind: "line_item_line_item_type",
        currency: "line_item_currency_code",
    },
    Known {
        format: "FOCUS",
        usage_type: &["x_usage_type", "sku_meter"],
        amounts: &[("consumed_quantity", "consumed_unit"), ("pricing_quantity", "pricing_unit")],
        cost: &["billed_cost", "effective_cost"],
        day: &["charge_period_start"],
        products: &["service_name", "x_service_code", "charge_description", "resource_name"],
        kind: "charge_category",
        currency: "billing_currency",
    },
];

/// A header's columns, by place.
pub(super) struct Layout {
    pub(super) format: &'static str,
    pub(super) usage_type: usize,
    /// Quantities, each with its unit where the file has it.
    pub(super) amounts: Vec<(usize, Option<usize>)>,
    pub(super) cost: usize,
    pub(super) day: Option<usize>,
    pub(super) products: Vec<usize>,
    pub(super) kind: Option<usize>,
    pub(super) currency: Option<usize>,
}

impl Layout {
    /// The export that a header is of.
    pub(super) fn of(header: &StringRecord) -> Option<Self> {
        let names: Vec<String> = header.iter().map(snake).collect();
        let place = |name: &str| names.iter().position(|known| known == name);
        let first = |of: &[&str]| of.iter().find_map(|name| place(name));
        KNOWN.iter().find_map(|known| {
            let amounts = known.amounts.iter().filter_map(|(amount, unit)| Some((place(amount)?, place(unit))));
            Some(Self {
                format: known.format,
                usage_type: first(known.usage_type)?,
                amounts: amounts.collect(),
                cost: first(known.cost)?,
                day: first(known.day),
                products: known.products.iter().filter_map(|name| place(name)).collect(),
                kind: place(known.kind),
                currency: place(known.currency),
            })
        })
    }
}

/// `line_item_usage_type` of `lineItem/UsageType`, `x_usage_type` of `x_UsageType`.
fn snake(name: &str) -> String {
    let mut words = String::new();
    let mut before = '_';
    for letter in name.trim().chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push('_');
        }
        words.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
        before = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_name_in_every_spelling() {
        for (written, name) in [
            ("lineItem/UsageType", "line_item_usage_type"),
            ("line_item_usage_type", "line_item_usage_type"),
            ("x_UsageType", "x_usage_type"),
            (" BilledCost ", "billed_cost"),
        ] {
            assert_eq!(snake(written), name);
        }
    }
}
