//! A sandbox on real sockets, and a client that writes and reads bytes.

use pim_sandbox::{Limits, Listen, Location, Sandbox};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::watch;

pub(crate) struct Server {
    pub(crate) http: SocketAddr,
    pub(crate) https: SocketAddr,
    pub(crate) authority: String,
    stop: watch::Sender<bool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Long enough for anything that is going to happen at all.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

impl Server {
    pub(crate) fn start(limits: Limits) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let sandbox = Sandbox::open(&Location::Memory, None).await.unwrap();
                let listen = Listen { limits, ..Listen::loopback() };
                let listening = sandbox.listen(&listen).await.unwrap();
                let https = listening.https().unwrap().unwrap();
                let authority = listening.authority().unwrap().to_owned();
                tell.send((listening.http().unwrap(), https, authority)).unwrap();
                listening.serve(stopped).await;
                sandbox.close().await;
            });
        });
        let (http, https, authority) = told.recv().unwrap();
        Self { http, https, authority, stop, thread: Some(thread) }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.http).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and returns everything that comes back until the connection is closed.
    pub(crate) fn exchange(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The server may answer and close before it has everything.
        let _ = stream.write_all(bytes.as_ref());
        rest(&mut stream)
    }

    /// Sends one request that closes its connection, and returns status and body.
    pub(crate) fn send(
        &self,
        method: &str,
        target: &str,
        token: &str,
        body: &[u8],
    ) -> (u16, String) {
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        if !token.is_empty() {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        let answer = self.exchange(bytes);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (status(head), body.to_owned())
    }

    /// Makes a token for one of the default directory.
    pub(crate) fn token(&self, who: &str) -> String {
        let body = format!(r#"{{"as":"{who}","mfa":true}}"#);
        let (status, body) = self.send("POST", "/sandbox/token", "", body.as_bytes());
        assert_eq!(status, 200, "{body}");
        let body: Value = serde_json::from_str(&body).unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads until the connection is closed; a reset ends it as well.
pub(crate) fn rest(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) => {
                let patience = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
                assert!(!patience.contains(&error.kind()), "the connection stays open");
                break;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status of an answer; 0 if there is none.
pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}
