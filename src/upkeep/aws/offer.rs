//! The file as JSON: three shapes that hold the same products.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::BTreeMap;

/// The services that sell what runs on Amazon Bedrock.
const SERVICES: [&str; 3] = ["AmazonBedrock", "AmazonBedrockService", "AmazonBedrockFoundationModels"];

/// Products and their terms.
#[derive(Debug, Default)]
pub(super) struct Offer {
    pub(super) service: Option<String>,
    pub(super) published: Option<String>,
    pub(super) version: Option<String>,
    pub(super) products: BTreeMap<String, Product>,
    terms: BTreeMap<String, BTreeMap<String, Term>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Product {
    sku: Option<String>,
    attributes: BTreeMap<String, Option<String>>,
}

/// What a product costs from a day on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Term {
    pub(super) effective_date: Option<String>,
    pub(super) price_dimensions: BTreeMap<String, Dimension>,
}

/// One price.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dimension {
    pub(super) unit: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) begin_range: Option<String>,
    pub(super) end_range: Option<String>,
    pub(super) price_per_unit: BTreeMap<String, String>,
}

/// Which shape it is.
#[derive(Deserialize)]
struct Keys {
    products: Option<IgnoredAny>,
    product: Option<IgnoredAny>,
    #[serde(rename = "PriceList")]
    price_list: Option<IgnoredAny>,
    offers: Option<IgnoredAny>,
    regions: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    offer_code: Option<String>,
    publication_date: Option<String>,
    version: Option<String>,
    products: BTreeMap<String, Product>,
    terms: OnDemand<BTreeMap<String, Term>>,
}

#[derive(Deserialize)]
struct OnDemand<T> {
    #[serde(rename = "OnDemand", default = "BTreeMap::new")]
    on_demand: BTreeMap<String, T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Single {
    service_code: Option<String>,
    publication_date: Option<String>,
    version: Option<String>,
    product: Product,
    terms: OnDemand<Term>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "PriceList")]
    price_list: Vec<String>,
}

impl Offer {
    /// Reads any of the shapes.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let keys: Keys = json(text)?;
        let offer = if keys.products.is_some() {
            Self::whole(json(text)?)
        } else if keys.price_list.is_some() {
            let answer: Answer = json(text)?;
            Self::of_all(answer.price_list.iter().enumerate().map(|(number, text)| {
                json(text).map_err(|problem| format!("PriceList, element {}: {problem}", number + 1))
            }))?
        } else if keys.product.is_some() {
            Self::of_all(std::iter::once(json(text)))?
        } else if keys.offers.is_some() || keys.regions.is_some() {
            return Err("this is an index of offers, which holds no prices; download the file that its \
                        `currentVersionUrl` names"
                .to_owned());
        } else {
            return Err("this is no offer file of the AWS Price List: it has neither `products` nor `PriceList`; \
                        download offers/v1.0/aws/AmazonBedrock/current/REGION/index.json"
                .to_owned());
        };
        offer.of_bedrock()
    }

    fn whole(file: Whole) -> Self {
        let Whole { offer_code, publication_date, version, products, terms } = file;
        Self { service: offer_code, published: publication_date, version, products, terms: terms.on_demand }
    }

    fn of_all(singles: impl Iterator<Item = Result<Single, String>>) -> Result<Self, String> {
        let mut offer = Self::default();
        for (number, single) in singles.enumerate() {
            let single = single?;
            let sku = single.product.sku.clone().unwrap_or_else(|| format!("of product {}", number + 1));
            if offer.products.contains_key(&sku) {
                return Err(format!("SKU {sku}: it stands in the file twice; take it out once"));
            }
            if let (Some(one), Some(other)) = (&offer.service, &single.service_code)
                && one != other
            {
                return Err(format!("SKU {sku}: it is of {other}, and those before it of {one}; import one at a time"));
            }
            offer.service = offer.service.or(single.service_code);
            offer.published = offer.published.max(single.publication_date);
            offer.version = offer.version.max(single.version);
            offer.terms.insert(sku.clone(), single.terms.on_demand);
            offer.products.insert(sku, single.product);
        }
        Ok(offer)
    }

    /// The same, unless it is of another service.
    fn of_bedrock(self) -> Result<Self, String> {
        match &self.service {
            Some(other) if !SERVICES.contains(&other.as_str()) => Err(format!(
                "this is the offer file of {other}; models of Amazon Bedrock are sold by {}",
                SERVICES.join(", ")
            )),
            _ if self.products.is_empty() => Err("the offer file holds no product; download it again".to_owned()),
            _ => Ok(self),
        }
    }

    /// The terms on demand of a product, by code.
    pub(super) fn terms_of(&self, sku: &str) -> impl Iterator<Item = &Term> {
        self.terms.get(sku).into_iter().flat_map(BTreeMap::values)
    }
}

impl Product {
    /// An attribute that is there and says something.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.as_deref().filter(|text| !text.is_empty())
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.is_eof() {
            format!("line {line}, column {column}: the file ends in the middle; it was cut off, download it again")
        } else {
            format!("this is no offer file of the AWS Price List: {error}")
        }
    })
}
