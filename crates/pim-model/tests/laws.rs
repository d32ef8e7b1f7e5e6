//! What holds for every request, policy and text.

#![expect(clippy::unwrap_used, reason = "a generator that makes nonsense fails the test")]

use pim_model::policy::baseline::{PrivilegedRole, production};
use pim_model::{
    Duration, Expiration, Family, Intent, Length, Model, Naming, Options, RequestType, Role,
    ScheduleInfo, ScheduleRequest, Scope, TicketInfo, Timestamp, Wish, check, judge,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use uuid::Uuid;

fn scopes() -> impl Strategy<Value = Scope> {
    let name = "[a-zA-Z0-9_-]{1,12}";
    prop_oneof![
        name.prop_map(Scope::management_group),
        any::<u128>().prop_map(|id| Scope::subscription(Uuid::from_u128(id))),
        (any::<u128>(), name)
            .prop_map(|(id, name)| Scope::resource_group(Uuid::from_u128(id), name)),
        (any::<u128>(), name, name).prop_map(|(id, group, name)| {
            Scope::resource(
                Uuid::from_u128(id),
                &group,
                "Microsoft.Storage/storageAccounts",
                &[name.as_str()],
            )
            .unwrap()
        }),
    ]
}

fn durations() -> impl Strategy<Value = Duration> {
    (300_u64..86_400 * 800).prop_map(Duration::from_seconds)
}

fn expirations() -> impl Strategy<Value = Expiration> {
    prop_oneof![
        Just(Expiration::NoExpiration),
        durations().prop_map(Expiration::AfterDuration),
        (1_900_000_000_i64..2_000_000_000)
            .prop_map(|at| Expiration::AfterDateTime(Timestamp::from_second(at).unwrap())),
    ]
}

prop_compose! {
    fn requests()(
        scope in scopes(),
        ids in any::<[u128; 3]>(),
        kind in prop::sample::select(RequestType::ALL),
        eligible in any::<bool>(),
        expiration in expirations(),
        justification in prop::option::of("\\PC{1,30}"),
        ticket in prop::option::of("\\PC{1,10}"),
    ) -> ScheduleRequest {
        let activation = matches!(kind, RequestType::SelfActivate | RequestType::SelfDeactivate);
        let family =
            if eligible && !activation { Family::Eligibility } else { Family::Assignment };
        let [role, principal, name] = ids.map(Uuid::from_u128);
        let mut request = ScheduleRequest::new(family, kind, scope, role, principal);
        request.name = Some(name);
        if !kind.is_removal() {
            request.schedule_info = Some(ScheduleInfo::now(expiration));
        }
        request.justification = justification;
        request.ticket_info = ticket.map(|one| TicketInfo::new(one, "ServiceNow"));
        request
    }
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_request_is_read_as_it_was_written(request in requests()) {
        let mut body = request.to_json();
        body["name"] = serde_json::json!(request.name.unwrap().to_string());
        let options = Options {
            family: Some(request.family),
            scope: request.scope.clone(),
            ..Options::default()
        };
        let loaded = check(&body.to_string(), &options);
        let [item] = loaded.items.as_slice() else { panic!("{:#?}", loaded.diagnostics) };
        prop_assert_eq!(&item.model, &Model::Request(Box::new(request)));
    }

    #[test]
    fn the_nearest_legal_request_is_legal(request in requests(), second in 0_i64..1_800_000_000) {
        let now = Timestamp::from_second(second).unwrap();
        for role in PrivilegedRole::ALL {
            let policy = production(role, Vec::new());
            let verdict = judge(&request, &policy, now);
            prop_assert_eq!(verdict.is_legal(), verdict.nearest.is_none());
            if let Some(nearest) = verdict.nearest {
                prop_assert!(judge(&nearest.request, &policy, now).is_legal());
                prop_assert_eq!(nearest.request.principal_id, request.principal_id);
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let _ = check(&text, &Options::default());
        let _ = text.parse::<Duration>();
        let _ = Duration::from_words(&text);
        let _ = text.parse::<Scope>();
        let _ = pim_model::Policy::from_toml(&text);
    }

    #[test]
    fn a_cut_or_changed_request_is_answered(
        request in requests(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:0a\\\\]{0,3}",
    ) {
        let text = request.to_json().to_string();
        let mut at = at.index(text.len());
        while !text.is_char_boundary(at) { at -= 1; }
        let (front, behind) = text.split_at(at);
        let cut = check(front, &Options::default());
        prop_assert!(!cut.diagnostics.is_empty());
        let changed = format!("{front}{with}{behind}");
        for finding in check(&changed, &Options::default()).diagnostics {
            prop_assert!(finding.span.end as usize <= changed.len());
            prop_assert!(changed.get(finding.span.start as usize..finding.span.end as usize).is_some());
        }
    }

    #[test]
    fn durations_are_read_as_they_were_written(duration in durations()) {
        prop_assert_eq!(duration.to_string().parse::<Duration>().unwrap(), duration);
        prop_assert_eq!(Duration::from_words(&duration.words()).unwrap(), duration);
    }

    #[test]
    fn a_fixed_name_follows_from_what_is_asked(scope in scopes(), nonce in "\\PC{0,8}") {
        let intent = |nonce: &str| {
            let naming = Naming::Fixed { nonce: nonce.to_owned() };
            let role = Role::Guid(Uuid::from_u128(2));
            let mut intent =
                Intent::new(Wish::MakeEligible, scope.clone(), role, Uuid::from_u128(3), naming);
            intent.length = Some(Length::For(Duration::days(180)));
            intent.request(|_| None).unwrap().name
        };
        prop_assert_eq!(intent(&nonce), intent(&nonce));
        prop_assert_ne!(intent(&nonce), intent(&format!("{nonce}x")));
    }
}
