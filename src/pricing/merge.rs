//! From files to the book: the bundled files side by side, the user's own on top.

use super::capacity::{ProvisionedRow, ReservedRow};
use super::file::{
    AccountEntry, ChargeEntry, DiscountEntry, ModelEntry, PlatformEntry, PricingFile, ProfileEntry, SourceEntry,
};
use super::rows::{self, Citing};
use super::{
    Confidence, Model, PriceBook, Profile, QuotaRow, RateRow, ServiceRow, charges, discounts, fit, lint, platform,
};
use crate::document::{Decode, Located, Named, Problems, Salvaged, Source, parse};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads files as one book; a source or a model may stand once.
pub(super) fn base(files: &[Arc<Source>]) -> Result<PriceBook, Problems> {
    add_files(PriceBook::default(), files, false)
}

/// Lays files over a book, one after the other in their order.
pub(super) fn overlay(book: PriceBook, files: &[Arc<Source>]) -> Result<PriceBook, Problems> {
    add_files(book, files, true)
}

fn add_files(mut book: PriceBook, files: &[Arc<Source>], overlay: bool) -> Result<PriceBook, Problems> {
    let mut problems = Problems::default();
    let mut read: Vec<PricingFile> = files.iter().filter_map(|file| read_file(file, &mut problems)).collect();
    if read.len() < files.len() {
        // What a lost file defined would be reported missing in all others.
        return Err(problems);
    }
    for file in &mut read {
        add_sources(&mut book, file.sources.take(), overlay, &mut problems);
    }
    for file in &mut read {
        add_models(&mut book, file.models.take(), overlay, &mut problems);
    }
    for file in read {
        add_platforms(&mut book, file.platforms, overlay, &mut problems);
        add_profiles(&mut book, file.profiles, overlay, &mut problems);
        add_charges(&mut book, file.services, overlay, &mut problems);
        add_discounts(&mut book, file.discounts, overlay, &mut problems);
        add_account(&mut book, file.account, overlay, &mut problems);
    }
    discounts::attach(&mut book, &mut problems);
    book.files.extend(files.iter().cloned());
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

fn read_file(file: &Arc<Source>, problems: &mut Problems) -> Option<PricingFile> {
    match parse(file) {
        Ok(root) => PricingFile::decode(&root, problems),
        Err(problem) => {
            problems.add(problem);
            None
        }
    }
}

fn add_sources(
    book: &mut PriceBook,
    sources: Option<Named<Salvaged<SourceEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    for (key, Salvaged(entry)) in sources.unwrap_or_default().0 {
        if !overlay && book.sources.contains_key(&key.value) {
            twice(&key, "source", problems);
        }
        let unread = SourceEntry { title: key.value.clone(), url: None, confidence: Confidence::Low, left_out: None };
        book.sources.insert(key.value, entry.unwrap_or(unread));
    }
}

fn add_models(
    book: &mut PriceBook,
    models: Option<Named<Salvaged<ModelEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    for (key, Salvaged(entry)) in models.unwrap_or_default().0 {
        if !overlay && book.models.contains_key(&key.value) {
            twice(&key, "model", problems);
        }
        if let Some(entry) = entry {
            add_model(book, &key, entry, overlay, problems);
        }
    }
}

fn add_model(book: &mut PriceBook, key: &Located<String>, entry: ModelEntry, overlay: bool, problems: &mut Problems) {
    lint::model(&entry, problems);
    unique_id(book, key, &entry, problems);
    let known = book.models.remove(&key.value);
    let written = fit::Written::of(&entry);
    let citing = Citing { sources: &book.sources, overlay };
    let model = match known {
        Some(model) => Some(changed(model, entry, &citing, problems)),
        None => added(key, entry, &citing, problems),
    };
    model.iter().for_each(|model| written.fits(model, problems));
    book.models.extend(model.map(|model| (key.value.clone(), model)));
}

fn add_profiles(
    book: &mut PriceBook,
    profiles: Option<Named<Salvaged<ProfileEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    let Some(profiles) = profiles else { return };
    lint::profiles(&profiles, problems);
    for (prefix, _) in profiles.0.iter().filter(|(prefix, _)| !overlay && book.profiles.contains_key(&prefix.value)) {
        twice(prefix, "profile", problems);
    }
    let citing = Citing { sources: &book.sources, overlay };
    let read = by_prefix(profiles, &citing, problems);
    book.profiles.extend(read);
}

fn by_prefix(
    profiles: Named<Salvaged<ProfileEntry>>,
    citing: &Citing,
    problems: &mut Problems,
) -> BTreeMap<String, Profile> {
    let read = profiles.0.into_iter().filter_map(|(prefix, Salvaged(entry))| {
        Some((prefix.value.clone(), rows::profile(&prefix.value, entry?, citing, problems)))
    });
    read.collect()
}

fn add_charges(
    book: &mut PriceBook,
    services: Option<Named<Salvaged<ChargeEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    for (key, Salvaged(entry)) in services.unwrap_or_default().0 {
        if !overlay && book.charges.contains_key(&key.value) {
            twice(&key, "service", problems);
        }
        if let Some(entry) = entry {
            charges::add(book, &key, entry, overlay, problems);
        }
    }
}

fn add_discounts(
    book: &mut PriceBook,
    discounts: Option<Named<Salvaged<DiscountEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    for (key, Salvaged(entry)) in discounts.unwrap_or_default().0 {
        if !overlay && book.discounts.contains_key(&key.value) {
            twice(&key, "discount", problems);
        }
        if let Some(entry) = entry {
            discounts::add(book, &key, entry, overlay, problems);
        }
    }
}

fn add_platforms(
    book: &mut PriceBook,
    platforms: Option<Named<Salvaged<PlatformEntry>>>,
    overlay: bool,
    problems: &mut Problems,
) {
    for (key, Salvaged(entry)) in platforms.unwrap_or_default().0 {
        if !overlay && book.platforms.contains_key(&key.value) {
            twice(&key, "platform", problems);
        }
        if let Some(entry) = entry {
            platform::add(book, &key, entry, overlay, problems);
        }
    }
}

fn add_account(book: &mut PriceBook, account: Option<AccountEntry>, overlay: bool, problems: &mut Problems) {
    let Some(account) = account else { return };
    lint::account(&account, problems);
    for entry in account.quotas {
        let row = rows::account_quota(entry, &Citing { sources: &book.sources, overlay }, problems);
        book.account_quotas.retain(|old| !(overlay && old.name == row.name && old.from == row.from));
        book.account_quotas.push(row);
    }
}

fn twice(key: &Located<String>, what: &str, problems: &mut Problems) {
    let message = format!("the {what} `{}` stands in two files of the price book", key.value);
    problems.with_help(&key.place, message, "keep one of the two");
}

/// An id belongs to one model, and a model keeps its id.
fn unique_id(book: &PriceBook, key: &Located<String>, entry: &ModelEntry, problems: &mut Problems) {
    let Some(id) = &entry.id else { return };
    if let Some(other) = book.models.values().find(|model| model.id == id.value && model.key != key.value) {
        let help = format!("to change that model, write its rows under `{}`", other.key);
        problems.with_help(&id.place, format!("the id of `{}` stands here a second time", other.key), help);
    }
    if let Some(known) = book.models.get(&key.value).filter(|model| model.id != id.value) {
        let help = "a model with another id needs another name";
        problems.with_help(&id.place, format!("the id of `{}` is `{}`", known.key, known.id), help);
    }
}

fn added(key: &Located<String>, entry: ModelEntry, citing: &Citing, problems: &mut Problems) -> Option<Model> {
    let needed = [
        ("name", entry.name.is_some()),
        ("id", entry.id.is_some()),
        ("context", entry.context.is_some()),
        ("burndown", entry.burndown.is_some()),
        ("prices", entry.prices.is_some()),
    ];
    let lacking: Vec<_> = needed.iter().filter(|(_, there)| !there).map(|(field, _)| format!("`{field}`")).collect();
    if !lacking.is_empty() {
        let message = format!("the model `{}` is new and lacks {}", key.value, lacking.join(", "));
        problems.with_help(&key.place, message, "a model that the book has may leave them out: compare the names");
    }
    let ModelEntry { name, id, context, .. } = &entry;
    let model = Model {
        key: key.value.clone(),
        name: name.clone()?,
        id: id.as_ref()?.value.clone(),
        billing_names: Vec::new(),
        aliases: Vec::new(),
        geo_prefixes: Vec::new(),
        context: rows::limit(context.clone()?, citing, problems),
        max_output: None,
        burndown: Vec::new(),
        cache: None,
        lifecycle: None,
        profiles: BTreeMap::new(),
        quotas: Vec::new(),
        prices: Vec::new(),
        provisioned: Vec::new(),
        reserved: Vec::new(),
        service: Vec::new(),
        discounts: Vec::new(),
    };
    Some(changed(model, entry, citing, problems))
}

/// What the entry holds takes the place of what the model had; rows one by one.
fn changed(model: Model, entry: ModelEntry, citing: &Citing, problems: &mut Problems) -> Model {
    let prefixes = entry.geo_prefixes.map(|list| list.into_iter().map(|prefix| prefix.value).collect());
    let context = entry.context.map(|limit| rows::limit(limit, citing, problems));
    let max_output = entry.max_output.map(|limit| rows::limit(limit, citing, problems));
    let burndown = entry.burndown.map(|list| each(list, |row| rows::burndown(row, citing, problems)));
    let quotas = each(entry.quotas.unwrap_or_default(), |row| rows::quota(row, citing, problems));
    let prices = each(entry.prices.unwrap_or_default(), |row| rows::price(row, citing, problems));
    let cache = entry.cache.map(|cache| rows::cache(cache, citing, problems));
    let lifecycle = entry.lifecycle.map(|life| rows::lifecycle(life, citing, problems));
    let own = by_prefix(entry.profiles.unwrap_or_default(), citing, problems);
    let units = each(entry.provisioned.unwrap_or_default(), |row| rows::provisioned(row, citing, problems));
    let reserved = each(entry.reserved.unwrap_or_default(), |row| rows::reserved(row, citing, problems));
    let service = each(entry.service.unwrap_or_default(), |row| rows::service(row, citing, problems));
    Model {
        key: model.key,
        name: entry.name.unwrap_or(model.name),
        id: entry.id.map_or(model.id, |id| id.value),
        billing_names: entry.billing_names.unwrap_or(model.billing_names),
        aliases: entry.aliases.unwrap_or(model.aliases),
        geo_prefixes: prefixes.unwrap_or(model.geo_prefixes),
        context: context.unwrap_or(model.context),
        max_output: max_output.or(model.max_output),
        burndown: burndown.unwrap_or(model.burndown),
        quotas: laid_over(model.quotas, quotas, QuotaRow::replaces),
        prices: laid_over(model.prices, prices, RateRow::replaces),
        cache: cache.or(model.cache),
        lifecycle: lifecycle.or(model.lifecycle),
        profiles: model.profiles.into_iter().chain(own).collect(),
        provisioned: laid_over(model.provisioned, units, ProvisionedRow::replaces),
        reserved: laid_over(model.reserved, reserved, ReservedRow::replaces),
        service: laid_over(model.service, service, ServiceRow::replaces),
        discounts: model.discounts,
    }
}

fn each<T, U>(entries: Vec<T>, row: impl FnMut(T) -> U) -> Vec<U> {
    entries.into_iter().map(row).collect()
}

pub(super) fn laid_over<T>(mut old: Vec<T>, new: Vec<T>, replaces: impl Fn(&T, &T) -> bool) -> Vec<T> {
    old.retain(|old| !new.iter().any(|new| replaces(new, old)));
    old.extend(new);
    old
}
