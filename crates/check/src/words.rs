//! What the sheet says. Numbers are filled in where `{0}`, `{1}` … stand.

use carnival_domain::draw::fault::Step;

/// A step: what it is, and what it means that it holds.
pub(crate) struct StepWords {
    pub(crate) title: &'static str,
    pub(crate) meaning: &'static str,
}

/// One language.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) close: &'static str,
    pub(crate) document: StepWords,
    pub(crate) commitment: StepWords,
    pub(crate) entries: StepWords,
    pub(crate) root: StepWords,
    pub(crate) beacon: StepWords,
    pub(crate) order: StepWords,
    pub(crate) winners: StepWords,
    pub(crate) receipt: StepWords,
    /// In place of the receipt's meaning, where there is no signature to check.
    pub(crate) receipt_unsigned: &'static str,
    /// In place of the commitment's meaning, where this browser kept what it saw.
    pub(crate) commitment_seen: &'static str,
    /// How far a long step is.
    pub(crate) progress: &'static str,
    pub(crate) running: &'static str,
    pub(crate) holds: &'static str,
    pub(crate) holds_text: &'static str,
    pub(crate) holds_with_beacon: &'static str,
    /// What nobody can see from outside.
    pub(crate) passed_over: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) fails: &'static str,
    pub(crate) fails_text: &'static str,
    pub(crate) unfinished: &'static str,
    pub(crate) no_network: &'static str,
    pub(crate) not_drawn: &'static str,
    pub(crate) other_draw: &'static str,
    pub(crate) proof_link: &'static str,
    pub(crate) between: &'static str,
}

impl Words {
    pub(crate) fn of(&self, step: Step) -> &StepWords {
        match step {
            Step::Document => &self.document,
            Step::Commitment => &self.commitment,
            Step::Entries => &self.entries,
            Step::Root => &self.root,
            Step::Beacon => &self.beacon,
            Step::Order => &self.order,
            Step::Winners => &self.winners,
            Step::Receipt => &self.receipt,
        }
    }
}

pub(crate) static CHINESE: Words = Words {
    title: "验证这次抽奖",
    intro: "公开的证明会在你的手机上重新计算，一步一步对给你看。",
    close: "关闭",
    document: StepWords { title: "读取证明", meaning: "抽奖 {0} 的公开文件，每一项都认得。" },
    commitment: StepWords {
        title: "核对种子", meaning: "现在公开的种子，正是开放参与前用指纹封存的那一个。"
    },
    entries: StepWords { title: "读出名单", meaning: "一共 {0} 条参与，每条只出现一次。" },
    root: StepWords {
        title: "核对名单的根",
        meaning: "由名单重新算出的根与公布的一致：多一条、少一条、改一条都会不同。",
    },
    beacon: StepWords {
        title: "核对公共信标", meaning: "用的是事先定好的第 {0} 轮，签名确实出自 drand 网络。"
    },
    order: StepWords {
        title: "重新排出次序", meaning: "种子和名单决定每条的次序，没有别的因素。"
    },
    winners: StepWords {
        title: "核对中奖结果",
        meaning: "与公布的一致：{0} 条中奖，{1} 条候补，{2} 条因本人已入选而跳过。",
    },
    receipt: StepWords {
        title: "核对你的凭证", meaning: "服务器签过名；它是名单第 {0} 条，经 {1} 步哈希通到根。"
    },
    receipt_unsigned: "它是名单第 {0} 条，经 {1} 步哈希通到根。这里没有服务器，所以没有签名可验。",
    commitment_seen: "现在公开的种子，正是你参与时这部手机记下的指纹所封存的那一个。",
    progress: "{0} / {1}",
    running: "正在计算…",
    holds: "验证通过",
    holds_text: "种子封存之后，主办方无法挑选中奖者。这次没有用公共信标，所以不能排除开放期间混入编造的参与。",
    holds_with_beacon: "没有人能挑选中奖者，主办方也不能：名单截止时，随机数还没有产生。",
    passed_over: "被跳过的参与是不是同一个人，外人看不出；如果是你的，可以认一认。",
    compare: "种子的指纹 {0}… 应与开奖前公布的相同。",
    fails: "没有通过：{0}",
    fails_text: "对不上的地方：{0}。请截图并联系主办方。",
    unfinished: "没能验证完",
    no_network: "网络断了，证明没有取全。这不说明抽奖有问题，请稍后再试。",
    not_drawn: "这次抽奖的证明还没有公布。",
    other_draw: "取到的是另一次抽奖的证明",
    proof_link: "查看证明",
    between: "、",
};

pub(crate) static ENGLISH: Words = Words {
    title: "Check this draw",
    intro: "The public proof is computed again on your own phone, step by step.",
    close: "Close",
    document: StepWords { title: "Read the proof", meaning: "The public document of draw {0}; every field is known." },
    commitment: StepWords {
        title: "Check the seed",
        meaning: "The seed shown now is the one sealed by its fingerprint before anybody could enter.",
    },
    entries: StepWords { title: "Read the list", meaning: "{0} entries, each of them once." },
    root: StepWords {
        title: "Check the list's root",
        meaning: "The root computed from it is the published one: any entry more, less or different would change it.",
    },
    beacon: StepWords {
        title: "Check the public beacon",
        meaning: "It is round {0}, fixed in advance, and the drand network signed it.",
    },
    order: StepWords {
        title: "Work out the order",
        meaning: "Seed and list decide each entry's place, and nothing else does.",
    },
    winners: StepWords {
        title: "Check the winners",
        meaning: "As published. Winners: {0}. Reserves: {1}. Passed over, being in already: {2}.",
    },
    receipt: StepWords {
        title: "Check your receipt",
        meaning: "Signed by the server; number {0} of the list, and {1} hashes lead from it to the root.",
    },
    receipt_unsigned: "Number {0} of the list, and {1} hashes lead from it to the root. There is no server here that signs.",
    commitment_seen: "The seed shown now is the one whose fingerprint this phone noted when you entered.",
    progress: "{0} / {1}",
    running: "Computing…",
    holds: "It holds",
    holds_text: "Once the seed was sealed, the organiser could not choose the winners. There was no public beacon, so made-up entries while the draw was open can't be ruled out.",
    holds_with_beacon: "Nobody could choose the winners, not even the organiser: when the list closed, the randomness did not exist yet.",
    passed_over: "Whether passed-over entries are the same person's can't be seen from outside; if one is yours, look.",
    compare: "The seed's fingerprint {0}… must be the one published before the draw.",
    fails: "It does not hold: {0}",
    fails_text: "What does not fit: {0}. Please keep a screenshot and contact the organiser.",
    unfinished: "Not finished",
    no_network: "The network broke off before all was here. That says nothing against the draw; please try again later.",
    not_drawn: "The proof of this draw is not public yet.",
    other_draw: "What came is the proof of another draw",
    proof_link: "The proof itself",
    between: ", ",
};

/// Puts values into a sentence.
pub(crate) fn fill(sentence: &str, values: &[&str]) -> String {
    let mut filled = sentence.to_owned();
    for (place, value) in values.iter().enumerate() {
        filled = filled.replace(["{", &place.to_string(), "}"].concat().as_str(), value);
    }
    filled
}

/// 12345 as 12,345.
pub(crate) fn grouped(number: usize) -> String {
    carnival_domain::number::grouped(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (100_000, "100,000"), (1_234_567, "1,234,567")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn both_languages_fill_the_same_places() {
        for step in [Step::Document, Step::Entries, Step::Beacon, Step::Winners, Step::Receipt] {
            for place in ["{0}", "{1}", "{2}"] {
                let has = |words: &Words| words.of(step).meaning.contains(place);
                assert_eq!(has(&CHINESE), has(&ENGLISH), "{} {place}", step.as_str());
            }
        }
        assert_eq!(fill("{1} of {0}", &["a", "b"]), "b of a");
    }
}
