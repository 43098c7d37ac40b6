//! Which apps can run, and what becomes of those that cannot.

use super::account::Accounts;
use super::app::Sketch;
use super::found::Group;
use super::head::Head;
use super::quotas::Wanted;
use super::yaml::Page;
use super::{calls, replay, trial};
use crate::bedrock::usage::UsageClass;
use crate::plan::{App, Plan};
use crate::pricing::PriceBook;

/// An app that runs.
pub(super) struct Runs<'a> {
    pub(super) name: String,
    pub(super) group: &'a Group,
    /// What is taken as it was recorded.
    pub(super) recorded: Vec<&'static str>,
    /// As it stands in the scenario.
    pub(super) page: Page,
    plan: Plan,
}

/// The apps of a scenario: those that run, and those that are left out.
pub(super) struct Apps<'a> {
    pub(super) runs: Vec<Runs<'a>>,
    left_out: Page,
    /// Why they are, a sentence each.
    pub(super) told: Vec<String>,
}

impl<'a> Apps<'a> {
    /// Tries each app alone.
    pub(super) fn tried(sketches: &[Sketch<'a>], head: &Head, accounts: &Accounts, book: &PriceBook) -> Self {
        let mut apps = Self { runs: Vec::new(), left_out: Page::default(), told: Vec::new() };
        for sketch in sketches {
            match Runs::tried(sketch, head, accounts, book) {
                Ok(app) => apps.runs.push(app),
                Err(reason) => apps.leave_out(sketch, &reason),
            }
        }
        apps
    }

    pub(super) fn page(&self) -> Page {
        let mut page = Page::default();
        page.blank();
        page.line(0, "apps:");
        for (number, app) in self.runs.iter().enumerate() {
            if number > 0 {
                page.blank();
            }
            page.add(&app.page);
        }
        page.add(&self.left_out);
        page
    }

    /// Writes an app that cannot run as a comment; one without answers would have nothing to replay.
    fn leave_out(&mut self, sketch: &Sketch<'_>, reason: &str) {
        let all = sketch.group.answered() + sketch.group.unanswered();
        let told = format!("`{}` is left out ({}): {reason}", sketch.name, calls(all));
        self.left_out.blank();
        self.left_out.comment(1, &told);
        if sketch.group.answered() > 0 {
            self.left_out.add_commented(1, &sketch.page());
        }
        self.told.push(told);
    }
}

impl<'a> Runs<'a> {
    /// Tries an app alone.
    ///
    /// # Errors
    /// Why it cannot run.
    pub(super) fn tried(
        sketch: &Sketch<'a>,
        head: &Head,
        accounts: &Accounts,
        book: &PriceBook,
    ) -> Result<Self, String> {
        let group = sketch.group;
        if group.answered() == 0 {
            return Err("none of its calls was answered".to_owned());
        }
        if group.key.model.is_none() {
            return Err("the recording does not say which model was called (name it with `--model`)".to_owned());
        }
        if group.key.region.is_none() {
            return Err("the recording does not say which Region was called (name it with `--region`)".to_owned());
        }
        let page = sketch.page();
        let mut alone = head.bare();
        accounts.bare(&mut alone);
        alone.line(0, "apps:");
        alone.add(&page);
        let plan = trial::bind(&alone, book).map_err(|reason| format!("{reason}{}", help(sketch)))?;
        plan.apps.iter().try_for_each(|app| every_class_has_a_price(group, app, &plan))?;
        Ok(Self { name: sketch.name.to_owned(), group, recorded: replay::recorded(sketch), page, plan })
    }

    /// The pool that its calls draw from, if they draw from any.
    pub(super) fn draws_from<'b>(&'b self, book: &'b PriceBook) -> Option<Wanted<'b>> {
        let offer = &self.plan.apps.first()?.lanes.first()?.offer;
        Some(Wanted {
            model: book.model(&offer.model)?,
            via: offer.via,
            region: &offer.region,
            account: self.group.key.account.as_deref(),
            pool: Wanted::pool_of(offer.tier)?,
        })
    }
}

/// Binding asks for the prices of input and output only.
///
/// # Errors
/// The first class of a group's tokens that has none.
pub(super) fn every_class_has_a_price(group: &Group, app: &App, plan: &Plan) -> Result<(), String> {
    for offer in app.lanes.iter().map(|lane| &lane.offer) {
        let mut used = UsageClass::ALL.into_iter().filter(|class| group.usage.of(*class) > 0);
        let unpriced = used.find(|class| offer.rates().any(|row| row.rate(*class).is_none()));
        if let Some(class) = unpriced {
            return Err(format!(
                "no price for {} from {} (add it with `--pricing DIR`)",
                offer.sku(class, None),
                plan.start.strftime("%Y-%m-%d")
            ));
        }
    }
    Ok(())
}

/// The apps that run, in a sentence.
pub(super) fn all(runs: &[Runs<'_>]) -> String {
    const NAMED: usize = 10;
    let named = runs.iter().take(NAMED).map(|app| format!("`{}` ({})", app.name, calls(app.group.answered())));
    let further = runs.len().saturating_sub(NAMED);
    let further = (further > 0).then(|| format!("{further} more"));
    format!("replayed as {}", named.chain(further).collect::<Vec<_>>().join(", "))
}

/// What makes an unknown model known. The ids of application inference profiles are letters and digits only.
fn help(sketch: &Sketch<'_>) -> &'static str {
    match sketch.group.key.model.as_deref() {
        _ if sketch.model.is_some() => "",
        Some(id) if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            "; an application inference profile has an id of its own: say which model or profile it stands for with \
             `--models FILE`"
        }
        _ => "; a model that the price book lacks is added with `--pricing DIR`",
    }
}
