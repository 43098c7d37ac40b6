//! Users who send, wait for the answer, think, and send again.

use super::prompts::Prompts;
use super::{Arrival, Call, Fate};
use crate::plan::{App, Closed};
use crate::rng::{Sampler, Stream};
use crate::units::{Micros, SimTime};

/// Bits of the number of a task among those of its user, where draws are addressed.
const TASK_BITS: u32 = 36;

/// The users of one application. Draws are addressed by the user and the number of its task, so that more users
/// leave the others' alone; all tasks together are numbered task by task, user by user.
#[derive(Debug, Clone)]
pub struct Users {
    app: u32,
    count: u32,
    ramp: Micros,
    max_tokens: u32,
    think: (Sampler, Stream),
    input: (Sampler, Stream),
    output: (Sampler, Stream),
    prompts: Prompts,
}

impl Users {
    /// The users of an application, which is the plan's of that number, under a seed.
    #[must_use]
    pub fn new(app: &App, number: u32, closed: &Closed, seed: u64) -> Self {
        let stream = |purpose: &str| Stream::new(seed, &format!("apps/{}/{purpose}", app.name));
        Self {
            app: number,
            count: closed.users,
            ramp: closed.ramp,
            max_tokens: app.max_tokens,
            think: (closed.think_ms.sampler(), stream("users/think")),
            input: (closed.input.sampler(), stream("users/input")),
            output: (closed.output.sampler(), stream("users/output")),
            prompts: Prompts::new(&app.name, app.prompt.as_ref().map_or(&[], |prompt| &prompt.0), stream("prompt")),
        }
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// When a user sends the first task: its place in the ramp, and the time that it thinks first.
    #[must_use]
    pub fn begins(&self, user: u32) -> SimTime {
        let place = u128::from(self.ramp.0) * u128::from(user) / u128::from(self.count.max(1));
        SimTime(place as u64) + self.think(user, 0)
    }

    /// How long a user thinks before a task, counted from zero.
    #[must_use]
    pub fn think(&self, user: u32, task: u64) -> Micros {
        Micros(u64::from(self.think.0.sample_with(|| self.think.1.draw(address(user, task), 0))) * 1_000)
    }

    /// A task that a user sends at that moment.
    #[must_use]
    pub fn task(&self, user: u32, task: u64, at: SimTime) -> Arrival {
        let draw = |(sampler, stream): &(Sampler, Stream)| sampler.sample_with(|| stream.draw(address(user, task), 0));
        let request = task * u64::from(self.count) + u64::from(user);
        let input = draw(&self.input).saturating_add(self.prompts.tokens());
        let call = Call { input, max_tokens: self.max_tokens, prefix: self.prompts.at(request, at) };
        Arrival { at, app: self.app, request, call, fate: Fate { output: draw(&self.output) } }
    }
}

fn address(user: u32, task: u64) -> u64 {
    u64::from(user) << TASK_BITS | task
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::cache::Ttl;
    use crate::plan::{Prompt, PromptSection};
    use crate::rng::Distribution;
    use crate::traffic::sample;

    fn users(count: u32) -> Users {
        let closed = Closed {
            users: count,
            think_ms: Distribution::Exponential { mean: 3_000, max: 60_000 },
            ramp: Micros(10_000_000),
            input: Distribution::LogNormal { median: 420, p95: 1_900, max: 9_999 },
            output: Distribution::Constant(5),
        };
        let checkpoint = Some(Ttl::FiveMinutes);
        let section = PromptSection { tokens: 800, distinct: 1, changes_every: None, checkpoint };
        let app = App { prompt: Some(Prompt(vec![section])), ..sample::app("a", 1_000) };
        Users::new(&app, 3, &closed, 7)
    }

    #[test]
    fn users_begin_over_the_ramp_after_a_first_thought() {
        let users = users(50);
        for user in 0..users.count() {
            assert_eq!(users.begins(user), SimTime(u64::from(user) * 200_000) + users.think(user, 0));
        }
        let thought: u64 = (0..4_000).map(|task| users.think(3, task).0).sum();
        // The standard deviation of the mean is 3 s / sqrt(4,000) = 47 ms.
        assert!((thought / 4_000).abs_diff(3_000_000) < 4 * 47_000, "{thought}");
    }

    #[test]
    fn more_users_leave_the_tasks_of_the_others_alone() {
        let (few, many) = (users(5), users(50));
        for (user, task) in [(0, 0), (4, 0), (3, 1_000)] {
            let [one, other] = [&few, &many].map(|users| users.task(user, task, SimTime(9)));
            assert_eq!(
                (one.call.input, one.fate, few.think(user, task)),
                (other.call.input, other.fate, many.think(user, task))
            );
        }
        assert_eq!((few.task(4, 1, SimTime(0)).request, many.task(4, 1, SimTime(0)).request), (9, 54));
    }

    #[test]
    fn a_task_holds_the_prompt_of_its_application() {
        let task = users(1).task(0, 0, SimTime(5));
        assert_eq!((task.app, task.at, task.call.max_tokens), (3, SimTime(5), 1_000));
        assert!(task.call.input > 800 && task.call.prefix.unwrap().cuts()[0].tokens == 800);
    }
}
