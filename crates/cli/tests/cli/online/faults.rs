//! Throttling, lost answers and failing services.

use super::proxy::{Fate, Proxy};
use super::sandbox::{APP, DEVELOPER, Sandbox};

/// Makes a request, sends it through a proxy that has the first `PUT` fail, and returns the calls.
fn submit_with(first: Fate) -> (Vec<(String, Fate)>, Sandbox) {
    let sandbox = Sandbox::start();
    let what = ["eligible", "--role", "Reader", "--for", "10 days"];
    let who = ["--principal", DEVELOPER, "--scope", APP];
    sandbox.write_request("request.json", &[&what[..], &who].concat());
    let mut failed = false;
    let proxy = Proxy::start(&sandbox.url, move |method, _| {
        if method == "PUT" && !std::mem::replace(&mut failed, true) { first } else { Fate::Fine }
    });
    let sent = sandbox.through(&proxy.url, "admin", &["pim", "submit", "request.json"]).gives(0);
    assert!(sent.out.contains("Provisioned"), "{sent:#?}");
    let there: Vec<_> = sandbox
        .assignments(APP)
        .into_iter()
        .filter(|one| one["principalId"] == DEVELOPER)
        .collect();
    assert_eq!(there.len(), 1, "{there:#?}");
    (proxy.seen(), sandbox)
}

fn methods(calls: &[(String, Fate)]) -> Vec<&str> {
    calls.iter().map(|(call, _)| call.split(' ').next().unwrap()).collect()
}

#[test]
fn what_may_have_been_carried_out_is_asked_for_before_it_is_sent_again() {
    for fate in [Fate::AnswerDropped, Fate::Failed] {
        let (calls, _sandbox) = submit_with(fate);
        assert_eq!(methods(&calls), ["PUT", "GET"], "{fate:?}: {calls:?}");
    }
    let (calls, _sandbox) = submit_with(Fate::Dropped);
    assert_eq!(methods(&calls), ["PUT", "GET", "PUT"], "{calls:?}");
    assert_eq!(calls[0].0, calls[2].0, "the name stays the same");
}

#[test]
fn a_busy_service_is_waited_for() {
    let (calls, _sandbox) = submit_with(Fate::Throttled);
    assert_eq!(methods(&calls), ["PUT", "PUT"], "{calls:?}");
}

#[test]
fn a_list_is_read_though_the_service_fails_now_and_then() {
    let sandbox = Sandbox::start();
    let mut calls = 0;
    let proxy = Proxy::start(&sandbox.url, move |_, _| {
        calls += 1;
        match calls {
            2 => Fate::Failed,
            3 => Fate::Throttled,
            _ => Fate::Fine,
        }
    });
    let listed = sandbox.through(&proxy.url, "admin", &["pim", "list"]).gives(0);
    assert!(listed.out.contains("Owner"), "{listed:#?}");
    assert!(listed.err.contains("waiting: the service answered 503"), "{listed:#?}");
    assert_eq!(proxy.seen().len(), 4);
}
