//! The terminal: taken over, given back in every case, and the signals that end the program.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event;
use ratatui::crossterm::event::DisableBracketedPaste;
use ratatui::crossterm::event::EnableBracketedPaste;
use ratatui::crossterm::execute;

use crate::review::draw::draw;
use crate::review::state::State;
use crate::review::update::Event;

/// How long to wait for a key before looking whether a signal came.
const WAIT: Duration = Duration::from_millis(100);

/// The screen. The terminal is as before once this is dropped, and also after a panic.
pub(super) struct Screen {
    terminal: DefaultTerminal,
}

impl Screen {
    pub(super) fn open() -> io::Result<Self> {
        // This restores the terminal before a panic is told.
        let terminal = ratatui::try_init()?;
        let screen = Self { terminal };
        // Else every letter that is pasted would count as a key.
        let _ = execute!(io::stdout(), EnableBracketedPaste);
        Ok(screen)
    }

    pub(super) fn draw(&mut self, state: &mut State) -> io::Result<()> {
        self.terminal.draw(|frame| draw(state, frame))?;
        Ok(())
    }

    /// The next event, or none for a while.
    pub(super) fn event(&mut self) -> io::Result<Option<Event>> {
        if !event::poll(WAIT)? {
            return Ok(None);
        }
        Ok(match event::read()? {
            event::Event::Key(key) => Some(Event::Key(key)),
            event::Event::Paste(text) => Some(Event::Paste(text)),
            event::Event::Resize(width, height) => Some(Event::Resize(width, height)),
            _ => None,
        })
    }

    /// Whether another event is there already.
    pub(super) fn has_more(&mut self) -> bool {
        event::poll(Duration::ZERO).unwrap_or(false)
    }

    /// Gives the terminal to another program for a while.
    pub(super) fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = run();
        self.terminal = ratatui::try_init()?;
        let _ = execute!(io::stdout(), EnableBracketedPaste);
        self.terminal.clear()?;
        Ok(result)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Puts the terminal right. When that fails the terminal is gone.
fn give_back() {
    let _ = execute!(io::stdout(), DisableBracketedPaste);
    let _ = ratatui::try_restore();
    let _ = execute!(io::stdout(), ratatui::crossterm::cursor::Show);
}

/// How long the program may take to leave in order.
const GRACE: Duration = Duration::from_millis(1500);

/// Signals that end the program: it leaves in order, and then as the signal wants it.
#[derive(Clone)]
pub(super) struct Signals {
    came: Arc<AtomicUsize>,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        let came = Arc::new(AtomicUsize::new(0));
        for signal in SIGNALS {
            let number = usize::try_from(*signal).unwrap_or_default();
            signal_hook::flag::register_usize(*signal, Arc::clone(&came), number)?;
        }
        let signals = Self { came };
        let watched = signals.clone();
        std::thread::spawn(move || watched.watch());
        Ok(signals)
    }

    /// Ends the program where it does not end by itself: once its terminal is closed, reading a key may
    /// never come back. Nothing is lost, for the journal has every mark and every letter.
    fn watch(&self) {
        loop {
            std::thread::sleep(WAIT);
            match self.came() {
                None | Some(signal_hook::consts::SIGINT) => {}
                Some(signal) => {
                    std::thread::sleep(GRACE);
                    // A terminal that is closed takes nothing back.
                    if !is_hangup(signal) {
                        give_back();
                    }
                    end_by(signal);
                }
            }
        }
    }

    /// The signal that came, if any.
    pub(super) fn came(&self) -> Option<i32> {
        let came = i32::try_from(self.came.load(Ordering::SeqCst)).unwrap_or_default();
        (came != 0).then_some(came)
    }

    /// An interrupt that was meant for another program.
    pub(super) fn forget_interrupt(&self) {
        let interrupt = usize::try_from(signal_hook::consts::SIGINT).unwrap_or_default();
        let _ = self
            .came
            .compare_exchange(interrupt, 0, Ordering::SeqCst, Ordering::SeqCst);
    }
}

#[cfg(unix)]
fn is_hangup(signal: i32) -> bool {
    signal == signal_hook::consts::SIGHUP
}
#[cfg(not(unix))]
fn is_hangup(_: i32) -> bool {
    false
}

#[cfg(unix)]
const SIGNALS: &[i32] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    signal_hook::consts::SIGHUP,
];
#[cfg(not(unix))]
const SIGNALS: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// Ends the program as a signal does that nobody listens to, so that whoever started it learns of it.
pub(super) fn end_by(signal: i32) {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}
