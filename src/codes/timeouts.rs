//! Who hangs up before the answer is there.

use super::Entry;

pub(super) const IDLE_TIMEOUT: Entry = Entry {
    title: "something between app and model hangs up before slow answers arrive",
    about: &[
        "A load balancer, proxy or gateway closes a connection on which nothing flows for its idle timeout; 60 seconds is a \
         usual default. Without streaming nothing flows until the last token: 2,000 tokens at 30 a second take 66.7 seconds. \
         With streaming the silence ends with the first token.",
        "The model does not notice. The answer is written to its end, holds quota until then and is billed, and the caller \
         usually asks again: the same answer is paid twice.",
        "Stream the answer, ask for a shorter one, or raise the timeout above the slowest answer.",
    ],
    causes: "idle_timeout: 60s\nstreaming: false",
    cures: "idle_timeout: 60s\nstreaming: true",
    source: "Elastic Load Balancing, Application Load Balancers, connection idle timeout (60 seconds), read 2026-11-20",
};

pub(super) const READ_TIMEOUT: Entry = Entry {
    title: "the client hangs up before slow answers arrive",
    about: &[
        "A client gives up when its socket was silent for the read timeout: 60 seconds in botocore. Without streaming the \
         socket is silent until the last token; with streaming until the first. SDKs take the timeout for a passing fault \
         and send the call again.",
        "The model does not notice. The answer is written to its end, holds quota until then and is billed; with three \
         attempts the same answer can be paid three times and still not arrive.",
        "Stream the answer, ask for a shorter one, or raise `read_timeout` above the slowest answer.",
    ],
    causes: "client: {read_timeout: 60s}\nstreaming: false",
    cures: "client: {read_timeout: 300s}\nstreaming: false",
    source: "botocore 1.44.5, Config.read_timeout (60 seconds), read 2026-11-20",
};
