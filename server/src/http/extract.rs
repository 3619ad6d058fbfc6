//! Parts of requests, with refusals of ours where they are not what they should be.

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use carnival_contract::error_code::ErrorCode;
use carnival_contract::problem::Problem;
use serde::de::DeserializeOwned;

use super::error::HttpError;
use super::limits::BODY_MAX;

/// A body of JSON.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = HttpError;

    async fn from_request(request: Request, state: &S) -> Result<Self, HttpError> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(ErrorCode::UnsupportedMediaType.into()),
            Err(rejection) if rejection.status().as_u16() == ErrorCode::BodyTooLarge.status() => {
                Err(Problem::new(ErrorCode::BodyTooLarge).with_limit(BODY_MAX).into())
            }
            Err(rejection) => Err(malformed(rejection.body_text())),
        }
    }
}

/// The one part of a path that varies, as text: what is no id is the id of nothing.
pub(crate) struct Named(String);

impl Named {
    /// The text itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id, or the refusal that says there is no such thing.
    pub(crate) fn id<T: FromStr>(&self, unknown: ErrorCode) -> Result<T, HttpError> {
        self.0.parse().map_err(|_| unknown.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpError> {
        let path = <Path<String> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        path.map(|Path(text)| Self(text)).map_err(|rejection| refused_path(&rejection))
    }
}

/// The two parts of a path that vary.
pub(crate) struct NamedTwice(pub(crate) String, pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for NamedTwice {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpError> {
        let path = <Path<(String, String)> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        path.map(|Path((first, second))| Self(first, second)).map_err(|rejection| refused_path(&rejection))
    }
}

/// `?before=`, if it is there. Chats append parameters of their own to links; those are nobody's business.
pub(crate) struct Before<T>(pub(crate) Option<T>);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Before<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, HttpError> {
        let query = parts.uri.query().unwrap_or_default();
        let before = query.split('&').find_map(|pair| pair.strip_prefix("before="));
        let before = before.map(|text| text.parse().map_err(|_| malformed("before must be a round's number")));
        before.transpose().map(Self)
    }
}

/// Something that a layer has put beside the request.
pub(crate) struct Beside<T>(pub(crate) T);

impl<S: Send + Sync, T: Clone + Send + Sync + 'static> FromRequestParts<S> for Beside<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, HttpError> {
        let found = parts.extensions.get().cloned();
        found.map(Self).ok_or_else(|| ErrorCode::Internal.into())
    }
}

fn refused_path(rejection: &PathRejection) -> HttpError {
    malformed(rejection.body_text())
}

pub(crate) fn malformed(detail: impl Into<String>) -> HttpError {
    Problem::new(ErrorCode::MalformedRequest).with_detail(detail).into()
}
