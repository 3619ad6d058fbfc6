//! Typed links: which paths the page has, and what each of them shows.

use carnival_contract::paths;
use carnival_domain::ids::StarId;
use carnival_domain::share_token::Landing;

/// What a path shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The rounds.
    Rush,
    /// The leaderboard.
    Stars,
    /// One star; whether the campaign has it is for the page to say.
    Star(StarId),
    /// The coupons.
    Coupons,
    /// The goods.
    Goods,
    /// What this participant has.
    Mine,
    /// The rules and who answers for them.
    Rules,
    /// A share link, until it is known where it leads.
    Share(String),
    /// Nothing of ours.
    NotFound,
}

/// The entries of the tab bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Rush,
    Stars,
    Coupons,
    Goods,
    Mine,
}

impl Tab {
    /// In the order of the bar.
    pub(crate) const ALL: [Self; 5] = [Self::Rush, Self::Stars, Self::Coupons, Self::Goods, Self::Mine];

    /// The tab's word in `data-tap`, `data-testid` and the icons' sprite.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Rush => "rush",
            Self::Stars => "stars",
            Self::Coupons => "coupons",
            Self::Goods => "goods",
            Self::Mine => "mine",
        }
    }

    /// Where it leads.
    pub(crate) fn route(self) -> Route {
        match self {
            Self::Rush => Route::Rush,
            Self::Stars => Route::Stars,
            Self::Coupons => Route::Coupons,
            Self::Goods => Route::Goods,
            Self::Mine => Route::Mine,
        }
    }
}

impl Route {
    /// What the path shows. Queries and fragments are no part of it: chats append theirs to any link.
    pub(crate) fn parse(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::Rush,
            (Some("stars"), None, _) => Self::Stars,
            (Some("stars"), Some(star), None) => star.parse().map_or(Self::NotFound, Self::Star),
            (Some("coupons"), None, _) => Self::Coupons,
            (Some("goods"), None, _) => Self::Goods,
            (Some("mine"), None, _) => Self::Mine,
            (Some("rules"), None, _) => Self::Rules,
            (Some("s"), Some(token), None) => Self::Share(token.to_owned()),
            _ => Self::NotFound,
        }
    }

    /// The path that shows it.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Stars => "/stars".to_owned(),
            Self::Star(star) => ["/stars/", star.as_str()].concat(),
            Self::Coupons => "/coupons".to_owned(),
            Self::Goods => "/goods".to_owned(),
            Self::Mine => "/mine".to_owned(),
            Self::Rules => "/rules".to_owned(),
            Self::Share(token) => paths::share(token),
            Self::Rush | Self::NotFound => "/".to_owned(),
        }
    }

    /// The tab that is lit on it.
    pub(crate) fn tab(&self) -> Option<Tab> {
        match self {
            Self::Rush | Self::Share(_) => Some(Tab::Rush),
            Self::Stars | Self::Star(_) => Some(Tab::Stars),
            Self::Coupons => Some(Tab::Coupons),
            Self::Goods => Some(Tab::Goods),
            Self::Mine | Self::Rules => Some(Tab::Mine),
            Self::NotFound => None,
        }
    }

    /// What a share link made here leads to.
    pub(crate) fn landing(&self) -> Landing {
        match self {
            Self::Stars => Landing::Stars,
            Self::Star(star_id) => Landing::Star { star_id: star_id.clone() },
            Self::Coupons => Landing::Coupons,
            Self::Goods => Landing::Goods,
            _ => Landing::Rush,
        }
    }
}

impl From<&Landing> for Route {
    fn from(landing: &Landing) -> Self {
        match landing {
            Landing::Rush => Self::Rush,
            Landing::Stars => Self::Stars,
            Landing::Star { star_id } => Self::Star(star_id.clone()),
            Landing::Coupons => Self::Coupons,
            // An item has no page of its own: it stands among the goods.
            Landing::Goods | Landing::Item { .. } => Self::Goods,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(id: &str) -> Route {
        Route::Star(id.parse().expect("a slug"))
    }

    #[test]
    fn every_route_is_found_again_at_its_own_path() {
        let routes = [
            Route::Rush,
            Route::Stars,
            star("kemi"),
            Route::Coupons,
            Route::Goods,
            Route::Mine,
            Route::Rules,
            Route::Share("AbC-_9".to_owned()),
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn what_chats_append_changes_no_route() {
        assert_eq!(Route::parse("/stars/kemi?from=singlemessage&isappinstalled=0"), star("kemi"));
        assert_eq!(Route::parse("/coupons#appinstall=0"), Route::Coupons);
        assert_eq!(Route::parse("/stars/"), Route::Stars);
    }

    #[test]
    fn a_path_that_is_not_ours_is_not_found() {
        for path in ["/admin", "/stars/Kemi!", "/stars/kemi/votes", "/s", "/s/a/b", "/coupons/x"] {
            assert_eq!(Route::parse(path), Route::NotFound, "{path}");
        }
    }

    #[test]
    fn a_link_made_on_a_page_leads_back_to_it() {
        for route in [Route::Rush, Route::Stars, star("kemi"), Route::Coupons, Route::Goods] {
            assert_eq!(Route::from(&route.landing()), route);
        }
    }
}
