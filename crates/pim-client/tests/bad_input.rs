//! Whatever a service or a file says: nothing panics, and nothing leads elsewhere.

use pim_client::desired::Known;
use pim_client::{Cloud, Desired, Filter, HttpRequest, HttpResponse, Service, ServiceError, call};
use pim_model::{Family, Scope};
use proptest::prelude::*;
use uuid::Uuid;

struct Nothing;

impl Known for Nothing {
    fn role(&self, _: &str) -> Result<Uuid, String> {
        Ok(Uuid::nil())
    }

    fn condition(&self, path: &str) -> Result<String, String> {
        Ok(path.to_owned())
    }
}

/// Texts that look like answers, errors and files.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("{\"error\":".to_owned()),
        Just("{\"code\":\"AuthorizationFailed\",\"message\":".to_owned()),
        Just("\"x\"}".to_owned()),
        Just("{\"value\":[".to_owned()),
        Just("\"nextLink\":".to_owned()),
        Just("claims=%7B%22a%22%3A".to_owned()),
        Just("WWW claims=\"e30=\"".to_owned()),
        Just("[[scope]]\nid = \"/\"\n".to_owned()),
        Just("[[scope.eligible]]\nrole = \"a\"\nprincipal = ".to_owned()),
        Just("until = 2026-01-01T00:00:00Z\n".to_owned()),
        Just("condition = \"@Request[a:b] \"\n".to_owned()),
        Just("RoleAssignmentExists".to_owned()),
        "[{}\\[\\]\":,0-9a-zé\\\\ ]{0,12}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_answer_is_read_or_refused(body in text(), status in 0_u16..700, header in text()) {
        let response = HttpResponse {
            status,
            retry_after: Some(header.clone()),
            www_authenticate: Some(header),
            date: None,
            body,
        };
        let error = ServiceError::of(&response);
        prop_assert!(!error.what().is_empty() && !error.to_string().is_empty());
        let _ = (error.advice(), error.again());
        let all = Filter::All;
        let _ = call::requests(&Scope::Tenant, Family::Assignment, &all).answer(&response);
        let _ = call::schedules(&Scope::Tenant, Family::Eligibility, &all).answer(&response);
        let _ = call::policy_assignments(&Scope::Tenant, &all).answer(&response);
        let _ = call::approval_stages("/a").answer(&response);
        let _ = call::permissions(&Scope::Tenant).answer(&response);
    }

    #[test]
    fn any_pasted_text_is_read_or_not(text in text()) {
        let _ = ServiceError::from_text(&text);
    }

    #[test]
    fn any_file_is_read_or_shown_where_it_is_wrong(text in text()) {
        if let Err(found) = Desired::read(&text, &Nothing) {
            prop_assert!(!found.is_empty());
            for one in found {
                prop_assert!(one.span.end as usize <= text.len(), "{:?}", one);
            }
        }
    }

    #[test]
    fn no_link_and_no_path_leads_elsewhere(link in "[a-z:/@.?#%\\\\ -]{0,40}", path in "[a-z:/@.?#%\\\\ -]{0,40}") {
        let cloud = Cloud::public();
        for link in [link.clone(), format!("https://management.azure.com{link}")] {
            if let Ok(path) = cloud.follow(Service::ResourceManager, &link) {
                let url = cloud.url(&HttpRequest::get(path));
                if let Ok(url) = url {
                    prop_assert_eq!(url.host_str(), Some("management.azure.com"));
                }
            }
        }
        if let Ok(url) = cloud.url(&HttpRequest::get(path)) {
            prop_assert_eq!(url.origin().ascii_serialization(), "https://management.azure.com");
        }
    }

    #[test]
    fn a_filter_is_one_parameter_whatever_stands_in_it(text in ".{0,60}") {
        let call = call::role_definitions(&Scope::Tenant, &Filter::RoleName(text.clone()));
        let url = Cloud::public().url(&call.request).unwrap();
        let pairs: Vec<_> = url.query_pairs().collect();
        prop_assert_eq!(pairs.len(), 2);
        let doubled = text.replace('\'', "''");
        prop_assert_eq!(pairs[1].1.as_ref(), format!("roleName eq '{doubled}'"));
    }
}
