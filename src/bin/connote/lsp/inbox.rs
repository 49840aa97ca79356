//! Messages that wait. What the editor has cancelled meanwhile is not worked on.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use lsp_server::Message;
use lsp_server::RequestId;
use serde_json::Value;

use crate::lsp::wire::Incoming;

/// What is to be done next.
#[derive(Debug)]
pub(super) enum Next {
    Message(Message),
    /// Something that is no message, and why.
    Broken(String),
    /// A request that waited and is not wanted any more.
    Cancelled(RequestId),
    /// Nothing waits.
    Idle,
    /// The editor is gone.
    Gone,
}

/// What else there is to do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    Now,
    /// Unless a message comes first.
    In(Duration),
    Nothing,
}

/// The messages.
pub(super) struct Inbox {
    channel: Receiver<Incoming>,
    waiting: VecDeque<Incoming>,
    cancelled: VecDeque<RequestId>,
}

impl Inbox {
    pub(super) fn new(channel: Receiver<Incoming>) -> Self {
        Self {
            channel,
            waiting: VecDeque::new(),
            cancelled: VecDeque::new(),
        }
    }

    /// The next message. If none is there, waits for it, but not longer than until there is other work to do.
    pub(super) fn next(&mut self, work: Work) -> Next {
        loop {
            while let Ok(incoming) = self.channel.try_recv() {
                self.take(incoming);
            }
            if let Some(id) = self.cancelled.pop_front() {
                return Next::Cancelled(id);
            }
            match self.waiting.pop_front() {
                Some(Incoming::Message(message)) => return Next::Message(message),
                Some(Incoming::Broken(why)) => return Next::Broken(why),
                None => match work {
                    Work::Now => return Next::Idle,
                    Work::In(time) => match self.channel.recv_timeout(time) {
                        Ok(incoming) => self.take(incoming),
                        Err(RecvTimeoutError::Timeout) => return Next::Idle,
                        Err(RecvTimeoutError::Disconnected) => return Next::Gone,
                    },
                    Work::Nothing => match self.channel.recv() {
                        Ok(incoming) => self.take(incoming),
                        Err(_) => return Next::Gone,
                    },
                },
            }
        }
    }

    /// Puts a message behind the others. A cancellation takes its request away.
    fn take(&mut self, incoming: Incoming) {
        let Some(cancelled) = cancels(&incoming) else {
            self.waiting.push_back(incoming);
            return;
        };
        let is_it = |waiting: &Incoming| match waiting {
            Incoming::Message(Message::Request(request)) => {
                serde_json::to_value(&request.id).is_ok_and(|id| id == cancelled)
            }
            _ => false,
        };
        let place = self.waiting.iter().position(is_it);
        if let Some(Incoming::Message(Message::Request(request))) =
            place.and_then(|place| self.waiting.remove(place))
        {
            self.cancelled.push_back(request.id);
        }
    }
}

/// The id of the request that a message cancels.
fn cancels(incoming: &Incoming) -> Option<Value> {
    match incoming {
        Incoming::Message(Message::Notification(it)) if it.method == "$/cancelRequest" => {
            it.params.get("id").cloned()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Notification;
    use lsp_server::Request;
    use std::sync::mpsc;

    #[test]
    fn what_is_cancelled_while_it_waits_is_not_worked_on() {
        let (sender, receiver) = mpsc::channel();
        let mut inbox = Inbox::new(receiver);
        let request = |id: RequestId| Message::Request(Request::new(id, "x".to_owned(), ()));
        let cancel = |id: Value| {
            let params = serde_json::json!({ "id": id });
            Message::Notification(Notification::new("$/cancelRequest".to_owned(), params))
        };
        for message in [
            request(1.into()),
            request(2.into()),
            request("2".to_owned().into()),
            cancel(2.into()),
            cancel(7.into()),
        ] {
            sender.send(Incoming::Message(message)).unwrap();
        }
        assert!(matches!(inbox.next(Work::Now), Next::Cancelled(id) if id == 2.into()));
        let mut ids = Vec::new();
        while let Next::Message(Message::Request(request)) = inbox.next(Work::Now) {
            ids.push(request.id);
        }
        assert_eq!(ids, [1.into(), "2".to_owned().into()]);
        let soon = Work::In(Duration::from_millis(1));
        assert!(matches!(inbox.next(soon), Next::Idle));
        drop(sender);
        assert!(matches!(inbox.next(Work::Nothing), Next::Gone));
    }
}
