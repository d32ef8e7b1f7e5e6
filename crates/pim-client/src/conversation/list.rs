//! Whole lists, page by page.

use super::{Ask, Conversation, Event, Pace, Step, Trouble};
use crate::answer::Page;
use crate::call::Call;
use crate::cloud::Cloud;
use crate::http::HttpRequest;

/// How many pages are read.
const MAX_PAGES: usize = 1000;

/// Reads every page of a list. Links are followed to the same service only.
#[derive(Debug, Clone)]
pub struct ListAll<T> {
    cloud: Cloud,
    call: Call<Page<T>>,
    pace: Pace,
    ask: Ask<Page<T>>,
    items: Vec<T>,
    pages: usize,
}

impl<T> ListAll<T> {
    /// Makes the conversation.
    #[must_use]
    pub fn new(call: Call<Page<T>>, cloud: &Cloud, pace: Pace) -> Self {
        let ask = Ask::new(call.to(call.request.clone()), pace.clone());
        Self { cloud: cloud.clone(), call, pace, ask, items: Vec::new(), pages: 0 }
    }

    fn follow(&mut self, link: &str) -> Result<HttpRequest, Trouble> {
        self.pages += 1;
        if self.pages >= MAX_PAGES {
            return Err(Trouble::TooLong(MAX_PAGES));
        }
        let mut request = self.call.request.clone();
        request.path = self.cloud.follow(request.service, link)?;
        self.ask = Ask::new(self.call.to(request.clone()), self.pace.clone());
        Ok(request)
    }
}

impl<T> Conversation for ListAll<T> {
    type Outcome = Result<Vec<T>, Trouble>;

    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome> {
        let page = match self.ask.next(event) {
            Step::Send(request) => return Step::Send(request),
            Step::Wait(wait, waiting) => return Step::Wait(wait, waiting),
            Step::Done(Err(trouble)) => return Step::Done(Err(trouble)),
            Step::Done(Ok(page)) => page,
        };
        self.items.extend(page.items);
        match page.next_link.map(|link| self.follow(&link)) {
            None => Step::Done(Ok(std::mem::take(&mut self.items))),
            Some(Ok(request)) => Step::Send(request),
            Some(Err(trouble)) => Step::Done(Err(trouble)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Filter, role_definitions};
    use crate::http::HttpResponse;
    use pim_model::Scope;

    fn page(number: u32, link: &str) -> HttpResponse {
        let name = format!("00000000-0000-0000-0000-{number:012}");
        HttpResponse::new(
            200,
            format!(
                r#"{{"value": [{{"id": "/x/{name}", "name": "{name}", "properties": {{"roleName": "r"}}}}], "nextLink": {link}}}"#
            ),
        )
    }

    fn listing() -> ListAll<crate::RoleDefinition> {
        let call = role_definitions(&Scope::Tenant, &Filter::All);
        ListAll::new(call, &Cloud::public(), Pace::new(1))
    }

    #[test]
    fn every_page_is_read_and_a_busy_service_is_waited_for() {
        let mut listing = listing();
        let Step::Send(first) = listing.next(Event::Begin) else { panic!() };
        assert!(first.path.starts_with("/providers/Microsoft.Authorization/roleDefinitions?"));
        let link = "\"https://management.azure.com/next?$skiptoken=1\"";
        let Step::Send(second) = listing.next(Event::Answer(&page(1, link))) else { panic!() };
        assert_eq!(second.path, "/next?$skiptoken=1");
        let busy = HttpResponse::new(429, "");
        assert!(matches!(listing.next(Event::Answer(&busy)), Step::Wait(..)));
        let Step::Send(again) = listing.next(Event::Waited) else { panic!() };
        assert_eq!(again, second);
        let Step::Done(Ok(items)) = listing.next(Event::Answer(&page(2, "null"))) else { panic!() };
        assert_eq!(items.len(), 2);
    }

    #[test]
    fn a_foreign_link_and_an_endless_list_end_it() {
        let mut listing = listing();
        listing.next(Event::Begin);
        let foreign = page(1, "\"https://evil.example/next\"");
        assert!(matches!(
            listing.next(Event::Answer(&foreign)),
            Step::Done(Err(Trouble::Endpoint(_)))
        ));

        let mut listing = self::listing();
        let mut step = listing.next(Event::Begin);
        let same = page(1, "\"https://management.azure.com/again\"");
        for _ in 0..MAX_PAGES + 1 {
            if matches!(step, Step::Send(_)) {
                step = listing.next(Event::Answer(&same));
            }
        }
        assert_eq!(step, Step::Done(Err(Trouble::TooLong(MAX_PAGES))));
    }
}
