//! The sentences around a poster.

/// Those of one language.
pub(super) struct Words {
    /// Around what the picture shows, said aloud.
    pub(super) shows: (&'static str, &'static str),
    /// Under the picture.
    pub(super) hold: &'static str,
    /// A button under it.
    pub(super) download: &'static str,
    /// In its place.
    pub(super) failed: &'static str,
}

const CHINESE: Words = Words {
    shows: ("海报：", "，带有进入活动的二维码"),
    hold: "长按图片可保存",
    download: "下载海报",
    failed: "海报没有生成，请关闭后再试",
};

const ENGLISH: Words = Words {
    shows: ("Poster: ", ", with a QR code that opens the page"),
    hold: "Hold the picture to save it",
    download: "Download the poster",
    failed: "No poster yet: close this and try again",
};

pub(super) fn of(in_english: bool) -> &'static Words {
    if in_english { &ENGLISH } else { &CHINESE }
}
