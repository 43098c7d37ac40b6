//! One task: where it stands, and what was said in it.

use super::address::Address;
use super::history::History;
use crate::traffic::Arrival;

/// One task at work.
#[derive(Debug)]
pub struct Task {
    pub(super) address: Address,
    /// The turn of the conversation that it is, from zero on.
    pub(super) turn: u32,
    /// What was drawn or recorded of it.
    pub(super) arrival: Arrival,
    /// Tokens of what the user says.
    pub(super) question: u32,
    /// What was said in earlier turns and is sent again.
    pub(super) history: History,
    /// Tokens that were looked up for it.
    pub(super) found: u32,
    /// What the chain at hand said behind the question: its own calls and the results of its tools.
    pub(super) said: Vec<Said>,
    /// What the agents that it started will have said when they have ended.
    pub(super) awaited: Vec<Said>,
    pub(super) stage: Stage,
    pub(super) target: usize,
    /// Calls that the chain takes when nothing cuts it short.
    pub(super) steps: u32,
    /// Calls of the chain so far.
    pub(super) asked: u32,
    /// Calls of all chains so far, embedding included: the next one's step.
    pub(super) calls: u32,
    /// Tokens of the calls so far, and of the input of the one at hand.
    pub(super) spent: u64,
    /// Tokens of the last answer.
    pub(super) answer: u32,
    pub(super) escalations: u32,
    pub(super) direct: bool,
    pub(super) cut: bool,
    /// It works for another task.
    pub(super) subagent: bool,
}

/// A block of text that calls send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// What sets it apart from all others.
    pub(super) content: u64,
    pub(super) tokens: u32,
}

/// Who said it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Voice {
    Question,
    Answer,
    Found,
    ToolCall,
    ToolResult,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Guardrails look at the question.
    Begun,
    /// They have looked at it.
    QuestionChecked,
    /// The question is embedded, where that is a call, and the search begins.
    Search,
    /// The model is called, once tools and agents that it waits for have ended.
    Asking,
    /// It was called, and uses a tool.
    Acting,
    /// It was called, and answers.
    Answering,
    /// Guardrails look at the answer.
    Answered,
    /// They have looked at it.
    AnswerChecked,
    /// It is over.
    Over,
}

impl Said {
    pub(super) fn new(voice: Voice, address: u64, tokens: u32) -> Self {
        Self { content: address << 3 | voice as u64, tokens }
    }
}

impl Task {
    /// A task at its beginning, to be answered by one call of the first target.
    pub(super) fn new(address: Address, turn: u32, arrival: Arrival, question: u32) -> Self {
        Self {
            address,
            turn,
            arrival,
            question,
            history: History::default(),
            found: 0,
            said: Vec::new(),
            awaited: Vec::new(),
            stage: Stage::Begun,
            target: 0,
            steps: 1,
            asked: 0,
            calls: 0,
            spent: 0,
            answer: 0,
            escalations: 0,
            direct: false,
            cut: false,
            subagent: false,
        }
    }

    /// Tokens that the user wrote and read: the question and the last answer.
    #[must_use]
    pub fn visible_tokens(&self) -> u64 {
        u64::from(self.question) + u64::from(self.answer)
    }

    /// It begins a conversation, or has none.
    #[must_use]
    pub fn is_first_turn(&self) -> bool {
        self.turn == 0
    }

    /// A router found it simple: one call.
    #[must_use]
    pub fn was_direct(&self) -> bool {
        self.direct
    }

    /// Its token budget made it answer before its last step.
    #[must_use]
    pub fn was_cut(&self) -> bool {
        self.cut
    }

    /// How often its answer was not good enough, so that the next target was asked.
    #[must_use]
    pub fn escalations(&self) -> u32 {
        self.escalations
    }

    /// What the user says.
    pub(super) fn question_said(&self) -> Said {
        Said::new(Voice::Question, self.address.task(), self.question)
    }
}
