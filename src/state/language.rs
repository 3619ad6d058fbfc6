//! Speaking another language. Its words may have to come first.

use leptos::task::spawn_local;

use super::State;
use super::toasts::Tone;
use crate::text::{self, Language};

impl State {
    /// Speaks another language as soon as its words are here; stays with this one if they can't be had.
    pub(crate) fn speak(self, language: Language) {
        if self.session.wanted_language() == language {
            return;
        }
        self.session.want_language(language);
        spawn_local(async move {
            let is_here = text::fetch(language).await;
            // Somebody may have changed their mind meanwhile.
            if self.session.wanted_language() != language {
                return;
            }
            if is_here {
                self.session.speak(language);
                self.navigation.is_shown_anew();
            } else {
                self.session.want_language(self.session.language_untracked());
                self.say_that_words_are_missing();
            }
        });
    }

    pub(super) fn say_that_words_are_missing(self) {
        self.toasts.say(Tone::Plain, self.text().words_missing().to_owned());
    }
}
