//! A proxy that fails as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is passed on, and so is the answer.
    Fine,
    /// It is not passed on, and the connection ends.
    Dropped,
    /// It is passed on, and the connection ends without an answer.
    AnswerDropped,
    /// It is not passed on, and the service is too busy.
    Throttled,
    /// It is passed on, and the service says that it failed.
    Failed,
    /// It is passed on, and the answer never comes.
    Stalled,
    /// It is not passed on, and the answer never comes.
    Lost,
}

/// Decides by the method and the path.
type Decide = Box<dyn FnMut(&str, &str) -> Fate + Send>;

/// A proxy in front of a sandbox.
pub(super) struct Proxy {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<(String, Fate)>>>,
}

impl Proxy {
    pub(super) fn start(
        sandbox: &str,
        decide: impl FnMut(&str, &str) -> Fate + Send + 'static,
    ) -> Self {
        let backend = sandbox.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let decide: Arc<Mutex<Decide>> = Arc::new(Mutex::new(Box::new(decide)));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        // The threads end with the test.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (backend, decide, log) = (backend.clone(), decide.clone(), log.clone());
                std::thread::spawn(move || serve(client, &backend, &decide, &log));
            }
        });
        Self { url, seen }
    }

    /// Returns the calls so far, as `METHOD path`, with what became of each.
    pub(super) fn seen(&self) -> Vec<(String, Fate)> {
        self.seen.lock().unwrap().clone()
    }
}

/// Answers one request; the client opens another connection for the next.
fn serve(
    mut client: TcpStream,
    backend: &str,
    decide: &Mutex<Decide>,
    log: &Mutex<Vec<(String, Fate)>>,
) {
    let Some((head, body)) = read(&client) else { return };
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let fate = decide.lock().unwrap()(&method, &path);
    let answer = match fate {
        Fate::Dropped | Fate::Throttled | Fate::Lost => Vec::new(),
        _ => {
            let mut service = TcpStream::connect(backend).unwrap();
            let mut lines: Vec<&str> = head
                .lines()
                .filter(|line| !line.to_lowercase().starts_with("connection:"))
                .collect();
            lines.push("connection: close");
            service.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).unwrap();
            service.write_all(&body).unwrap();
            let mut answer = Vec::new();
            service.read_to_end(&mut answer).unwrap();
            answer
        }
    };
    log.lock().unwrap().push((format!("{method} {path}"), fate));
    let empty = |status: &str| {
        format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").into_bytes()
    };
    let answer = match fate {
        Fate::Fine => answer,
        Fate::Throttled => empty("429 Too Many Requests\r\nretry-after: 1"),
        Fate::Failed => empty("503 Service Unavailable"),
        Fate::Dropped | Fate::AnswerDropped => return,
        Fate::Stalled | Fate::Lost => {
            std::thread::sleep(std::time::Duration::from_secs(300));
            return;
        }
    };
    // The client may be gone.
    let _ = client.write_all(&answer);
}

/// Reads the head, without its end, and the body of a request.
fn read(client: &TcpStream) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(client);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some((head.trim_end().to_owned(), body))
}
