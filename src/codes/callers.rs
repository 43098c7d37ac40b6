//! What callers do to themselves: retries, abandoned answers, lines and tasks.

use super::Entry;

pub(super) const RETRY_STORM: Entry = Entry {
    title: "retries keep a pool from recovering although its own traffic would fit again",
    about: &[
        "Every refused call comes back, and every answer that nobody waited for is written, billed and charged to the quota \
         all the same. When a surge is over, these can fill the quota so that new calls are refused in their turn and come \
         back as well: the pool stays full although callers ask for less than it holds.",
        "The rule: at least three minutes in a row in which a limit per minute refuses attempts, although the first attempts \
         of that minute ask for no more than the limit, and what answers are charged without those of retries and without \
         abandoned ones is no more either. Where minutes are not cut by the clock, the minute before has to fit, too: it \
         still counts. The worst minute is the one with the most second and later attempts; its attempts divided by its \
         first attempts are the amplification.",
        "Give calls fewer attempts, use a mode with a retry quota (`standard`) or a rate limiter (`adaptive`), and timeouts \
         above the slowest answer. `tokencast compare-clients SCENARIO` shows what each would do.",
    ],
    causes: "client: {sdk: botocore-1.44, mode: legacy, attempts: 10}",
    cures: "client: {sdk: botocore-1.44, mode: standard, attempts: 3}",
    source: "a rule of this program, 2026-11-20, after Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021",
};

pub(super) const RETRIES_CUT: Entry = Entry {
    title: "the client's retry quota allowed no more retries",
    about: &[
        "In modes with a retry quota each client object may spend 500 tokens on retries and earns them back by answers. When \
         they are spent, a failed call is given up at once, whatever attempts it has left. That protects the pool: it is why \
         a storm ends. It also means that `attempts` promises more than callers get.",
        "Nothing has to be done about the quota itself. When too many calls are given up, the capacity is too small.",
    ],
    causes: "client: {sdk: botocore-1.44, mode: standard}  # far above the limit",
    cures: "quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 5M}]",
    source: "AWS SDKs and Tools Reference Guide, Retry behavior, read 2026-11-20",
};

pub(super) const ABANDONED_GENERATIONS: Entry = Entry {
    title: "answers were written and billed that nobody waited for",
    about: &[
        "A client that times out closes its connection. The model does not notice: the answer is written to its end, holds \
         quota until then and is billed. The client usually sends the call again, which is billed again.",
        "Raise the timeout above the slowest answer, stream the answer so that a read timeout ends with its first token, ask \
         for shorter answers, or do not retry after timeouts.",
    ],
    causes: "client: {read_timeout: 10s}\nstreaming: false",
    cures: "client: {read_timeout: 300s}\nstreaming: true",
    source: "botocore 1.44.5, Config.read_timeout and retries after read timeouts, read 2026-11-20",
};

pub(super) const LINE_GROWS: Entry = Entry {
    title: "the line of waiting tasks grows all along, so it will never be worked off",
    about: &[
        "Tasks come faster than they are answered. The line is no buffer then: however long it may become, it only turns \
         refusals into waiting, and what is answered at last was asked long ago.",
        "The rule: over the four quarters of the run the mean line grows from each to the next, and at the end so many wait \
         that a minute's answers would not serve them.",
        "Let more tasks run at once where the quota has room, shorten them, or shed what cannot be served in time: give the \
         line an end, or tasks a longest waiting time.",
    ],
    causes: "concurrency: {most: 10}",
    cures: "concurrency: {most: 40, queue: 200, patience: 30s}",
    source: "a rule of this program, 2026-11-20: a line is stable only below full use (M. Harchol-Balter, Performance Modeling, 2013)",
};

pub(super) const DEAD_LETTERS: Entry = Entry {
    title: "messages were given up after they had been received as often as they may be",
    about: &[
        "A message that is not answered within the visibility timeout is received again, and after the last time it is moved \
         to the dead-letter queue. Each time cost what its calls cost; nobody got the answer.",
        "Make the visibility timeout longer than the slowest batch (AWS recommends six times the function's timeout), take \
         smaller batches, report partial failures, or slow down where the quota is what refuses.",
    ],
    causes: "consumer: {batch: 10, visibility: 30s, receives: 3}",
    cures: "consumer: {batch: 1, visibility: 6min, receives: 5}",
    source: "Amazon SQS Developer Guide, Visibility timeout and dead-letter queues; AWS Lambda with SQS, read 2026-11-20",
};

pub(super) const HIDDEN_TOKENS: Entry = Entry {
    title: "users see less than a tenth of the tokens that are billed",
    about: &[
        "What a user writes and reads is the visible part of a task. The rest is the system prompt and the tool definitions \
         that every call sends again, earlier steps and turns, results of tools, retrieved chunks, and answers that only the \
         next step reads. Estimates from the length of questions and answers miss it.",
        "Shorten the prompt, cache what repeats, keep fewer earlier turns and shorter results of tools, take fewer steps, and \
         answer simple questions by one direct call.",
    ],
    causes: "agent: {steps: 4}  # each sends the system prompt and all earlier steps again",
    cures: "agent: {steps: 4, budget_tokens: 3_000, direct: {share: 70%}}",
    source: "a rule of thumb of this program, 2026-11-20",
};
