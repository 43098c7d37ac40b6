//! Which rows are meant.

use crate::bedrock::tier::Tier;
use crate::trace::{Name, Outcome, Row};

/// Rows that agree in everything that is said here. An empty text is that of rows which do not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The application.
    pub app: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// The model or profile, as it was called.
    pub model: Option<String>,
    /// The Region that was called.
    pub region: Option<String>,
    /// The Region that answered.
    pub ran_in: Option<String>,
    /// The service tier; `standard` is that of rows without one, too.
    pub tier: Option<String>,
    /// The session.
    pub session: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

impl Filter {
    /// What can be asked for.
    pub const COLUMNS: [&str; 8] = ["app", "account", "model", "region", "ran_in", "tier", "session", "outcome"];

    /// Asks for one thing more.
    ///
    /// # Errors
    /// A sentence that says what is wrong, when there is no such column or outcome.
    pub fn ask(&mut self, column: &str, value: &str) -> Result<(), String> {
        let field = match column {
            "app" => &mut self.app,
            "account" => &mut self.account,
            "model" => &mut self.model,
            "region" => &mut self.region,
            "ran_in" => &mut self.ran_in,
            "tier" => &mut self.tier,
            "session" => &mut self.session,
            "outcome" => {
                let known = Outcome::ALL.map(Outcome::name).join(", ");
                let found = Outcome::ALL.into_iter().find(|outcome| outcome.name() == value);
                self.outcome = Some(found.ok_or_else(|| format!("`{value}` is no outcome; they are {known}"))?);
                return Ok(());
            }
            _ => return Err(format!("`{column}` is no column to filter by; they are {}", Self::COLUMNS.join(", "))),
        };
        *field = Some(value.to_owned());
        Ok(())
    }

    /// Whether a row is meant.
    #[must_use]
    pub fn takes(&self, row: &Row) -> bool {
        is(&self.app, &row.app)
            && is(&self.account, &row.account)
            && is(&self.model, &row.model)
            && is(&self.region, &row.region)
            && is(&self.ran_in, &row.ran_in)
            && is(&self.session, &row.session)
            && self.tier.as_deref().is_none_or(|tier| tier == tier_of(row))
            && self.outcome.is_none_or(|outcome| outcome == row.outcome)
    }
}

fn is(wanted: &Option<String>, name: &Name) -> bool {
    wanted.as_deref().is_none_or(|wanted| name.as_deref().unwrap_or_default() == wanted)
}

fn tier_of(row: &Row) -> &str {
    row.service_tier().map_or(Tier::Standard.name(), |tier| tier)
}
