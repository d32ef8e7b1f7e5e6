//! `grantif sandbox`: starts, answers, stops, and loses nothing when it is killed.

use crate::run::Place;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const ROLES: &str = "providers/Microsoft.Authorization/roleDefinitions";
const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// A sandbox in a process of its own, killed when the test ends.
struct Process {
    child: Child,
    caller: Caller,
    greeting: String,
}

/// Calls a sandbox, on a new connection each time.
#[derive(Clone)]
struct Caller {
    authority: String,
}

impl Process {
    fn start(directory: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("grantif"))
            .current_dir(directory)
            .args(["sandbox", "--listen", "127.0.0.1:0", "--no-https"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        for line in &mut lines {
            let line = line.unwrap();
            greeting.push_str(&line);
            greeting.push('\n');
            if line.starts_with("Ctrl-C") {
                break;
            }
        }
        let authority = greeting.split_once("http://").unwrap().1;
        let authority = authority.split_whitespace().next().unwrap().to_owned();
        Self { child, caller: Caller { authority }, greeting }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Caller {
    /// Sends one request; `None` where the answer did not come.
    fn send(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<&Value>,
    ) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.authority).ok()?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.authority,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or(Value::Null)))
    }

    fn token(&self, who: &str) -> String {
        let (_, answer) =
            self.send("POST", "/sandbox/token", "", Some(&json!({ "as": who }))).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// Returns every item of a list.
    fn list(&self, token: &str, kind: &str) -> Vec<Value> {
        let mut path = format!(
            "{SUBSCRIPTION}/providers/Microsoft.Authorization/{kind}?api-version=2020-10-01&$top=1000"
        );
        let mut items = Vec::new();
        loop {
            let (status, page) = self.send("GET", &path, token, None).unwrap();
            assert_eq!(status, 200, "{page}");
            items.extend(page["value"].as_array().unwrap().iter().cloned());
            let Some(next) = page["nextLink"].as_str() else { return items };
            path = format!("/{}", next.split_once("://").unwrap().1.split_once('/').unwrap().1);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn principal(number: usize) -> String {
    format!("b0000000-0000-4000-8000-{number:012}")
}

#[test]
fn a_killed_sandbox_has_every_write_it_acknowledged_and_none_by_half() {
    const WRITES: usize = 1000;
    const BEFORE_THE_KILL: usize = 400;
    let place = Place::new();
    let data = place.path("data");
    let data = data.to_str().unwrap();
    let mut process = Process::start(&place.path("."), &["--data", data]);
    let token = process.caller.token("admin");
    let people: Vec<Value> = (0..WRITES)
        .map(|number| json!({ "name": format!("p{number}"), "id": principal(number), "type": "User" }))
        .collect();
    let people = json!({ "principals": people });
    let (status, _) =
        process.caller.send("POST", "/sandbox/directory", &token, Some(&people)).unwrap();
    assert_eq!(status, 200);

    let next = AtomicUsize::new(0);
    let killed = AtomicBool::new(false);
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let writer = process.caller.clone();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= WRITES || killed.load(Ordering::Relaxed) {
                        return;
                    }
                    let name = format!("c0000000-0000-4000-8000-{number:012}");
                    let path = format!(
                        "{SUBSCRIPTION}/providers/Microsoft.Authorization/\
                         roleEligibilityScheduleRequests/{name}?api-version=2020-10-01"
                    );
                    let body = json!({ "properties": {
                        "principalId": principal(number),
                        "roleDefinitionId": format!("{SUBSCRIPTION}/{ROLES}/{READER}"),
                        "requestType": "AdminAssign",
                        "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": "P9D" } },
                    }});
                    match writer.send("PUT", &path, &token, Some(&body)) {
                        Some((201, _)) => {
                            acknowledged.lock().unwrap().insert(name);
                        }
                        // The answer was cut off: it may be there or not.
                        None => {}
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
        while acknowledged.lock().unwrap().len() < BEFORE_THE_KILL {
            std::thread::yield_now();
        }
        process.kill();
        killed.store(true, Ordering::Relaxed);
    });
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!((BEFORE_THE_KILL..WRITES).contains(&acknowledged.len()), "it was killed in the middle");

    let process = Process::start(&place.path("."), &["--data", data]);
    let token = process.caller.token("admin");
    let requests = process.caller.list(&token, "roleEligibilityScheduleRequests");
    let schedules = process.caller.list(&token, "roleEligibilitySchedules");
    let names: BTreeSet<String> =
        requests.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    let missing: Vec<_> = acknowledged.difference(&names).collect();
    assert!(missing.is_empty(), "acknowledged and lost: {missing:?}");
    // A request and what it made are two records: either both are there or neither.
    let made: BTreeSet<&str> = schedules
        .iter()
        .map(|one| one["properties"]["roleEligibilityScheduleRequestId"].as_str().unwrap())
        .collect();
    let asked: BTreeSet<&str> = requests.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(made, asked);
    for one in &requests {
        let target = one["properties"]["targetRoleEligibilityScheduleId"].as_str().unwrap();
        assert!(schedules.iter().any(|schedule| schedule["name"] == target), "{one}");
        assert_eq!(one["properties"]["status"], "Provisioned");
    }
}

#[test]
fn it_says_where_it_listens_and_who_can_call() {
    let place = Place::new();
    let process = Process::start(&place.path("."), &["--ephemeral"]);
    for words in ["in memory", "admin, delegate, developer", "grantif sandbox token --as delegate"]
    {
        assert!(process.greeting.contains(words), "{}", process.greeting);
    }
    let url = format!("http://{}", process.caller.authority);
    let run = place.run(&["sandbox", "token", "--as", "delegate", "--mfa", "--url", &url]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out.trim().split('.').count(), 3, "a token, and nothing else");
    let path = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?api-version=2020-10-01&$filter=asTarget()";
    let (status, _) = process.caller.send("GET", path, run.out.trim(), None).unwrap();
    assert_eq!(status, 200);
    let run = place.run(&["sandbox", "token", "--as", "nobody", "--url", &url]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("There is no principal 'nobody'"), "{}", run.err);
}

#[test]
fn a_token_is_signed_for_a_sandbox_that_does_not_run() {
    let place = Place::new();
    let data = place.path("data");
    let data = data.to_str().unwrap();
    let run = place.run(&["sandbox", "token", "--as", "admin", "--data", data]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no sandbox in"), "{}", run.err);
    let mut process = Process::start(&place.path("."), &["--data", data]);
    let second = place.run(&["sandbox", "--listen", "127.0.0.1:0", "--no-https", "--data", data]);
    assert_eq!(second.code, 2);
    assert!(second.err.contains("another sandbox is using"), "{}", second.err);
    process.kill();
    let run = place.run(&["sandbox", "token", "--as", "admin", "--data", data]);
    assert_eq!(run.code, 0, "{run:?}");
    let process = Process::start(&place.path("."), &["--data", data]);
    let assignments = process.caller.list(run.out.trim(), "roleAssignmentSchedules");
    assert_eq!(assignments.len(), 2);
}

#[test]
fn what_cannot_start_says_why() {
    let place = Place::new().with("wrong.json", "{\"version\":1,\"people\":[]}");
    let run = place.run(&["sandbox", "--ephemeral", "--seed", "nothing"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no seed `nothing`"), "{}", run.err);
    assert!(run.err.contains("default"), "{}", run.err);
    let run = place.run(&["sandbox", "--ephemeral", "--seed", "wrong.json"]);
    assert!(run.err.contains("a seed has no `people`"), "{}", run.err);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let run = place.run(&["sandbox", "--ephemeral", "--no-https", "--listen", &address]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--listen"), "{}", run.err);
    let place = place.with("data/sandbox.sqlite", "no database");
    let run = place.run(&["sandbox", "--data", "data", "--no-https", "--listen", "127.0.0.1:0"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("cannot use the database"), "{}", run.err);
}
