//! What the form says.

use carnival_domain::delivery::DeliveryField;

/// The sentences of one language; `{0}` is filled in.
#[expect(missing_docs, reason = "each is what it says")]
#[derive(Debug)]
pub struct Words {
    pub title: &'static str,
    pub kept: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub submit: &'static str,
    pub submitting: &'static str,
    pub close: &'static str,
    pub wrong_name: &'static str,
    pub wrong_phone: &'static str,
    pub wrong_address: &'static str,
    pub unusual_phone: &'static str,
    pub failed: &'static str,
}

static CHINESE: Words = Words {
    title: "填写收货信息",
    kept: "只用于寄送“{0}”：加密保存，寄出 {1} 天后删除。寄出前可随时修改。",
    name: "收货人",
    phone: "手机号",
    address: "收货地址",
    address_hint: "省市区、街道、门牌号",
    submit: "提交",
    submitting: "提交中…",
    close: "关闭",
    wrong_name: "请填写收货人，最多 40 个字",
    wrong_phone: "请填写能打通的电话，只用数字和 + - ( )",
    wrong_address: "请填写完整地址，5 到 200 个字",
    unusual_phone: "这不像大陆手机号，没写错就不用改",
    failed: "没有送到，填写的内容还在，请再试一次",
};

static ENGLISH: Words = Words {
    title: "Where the prize goes",
    kept: "Only for sending “{0}”: sealed, and deleted {1} days after it was sent. You can change it until then.",
    name: "Name",
    phone: "Telephone",
    address: "Address",
    address_hint: "Street and number, city, country",
    submit: "Save",
    submitting: "Saving…",
    close: "Close",
    wrong_name: "A name of at most 40 characters, please",
    wrong_phone: "A number that can be called: digits and + - ( ) only",
    wrong_address: "The whole address, please: 5 to 200 characters",
    unusual_phone: "Not a mainland mobile number. If it is right, leave it",
    failed: "That did not get through. What you wrote is still here: try again",
};

impl Words {
    /// Those of a language.
    pub fn of(in_english: bool) -> &'static Self {
        if in_english { &ENGLISH } else { &CHINESE }
    }

    /// What is wrong with a field.
    pub fn wrong(&self, field: DeliveryField) -> &'static str {
        match field {
            DeliveryField::Name => self.wrong_name,
            DeliveryField::Phone => self.wrong_phone,
            DeliveryField::Address => self.wrong_address,
        }
    }

    /// What is kept, and for how long.
    pub fn what_is_kept(&self, prize: &str, days: &str) -> String {
        self.kept.replace("{0}", prize).replace("{1}", days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_what_is_kept_and_for_how_long() {
        for words in [&CHINESE, &ENGLISH] {
            let said = words.what_is_kept("星光手机", "30");
            assert!(said.contains("星光手机") && said.contains("30") && !said.contains('{'), "{said}");
        }
    }

    #[test]
    fn the_limits_that_are_told_are_the_rules() {
        use carnival_domain::delivery::{ADDRESS_MAX, ADDRESS_MIN, NAME_MAX};
        for words in [&CHINESE, &ENGLISH] {
            assert!(words.wrong_name.contains(&NAME_MAX.to_string()));
            assert!(words.wrong_address.contains(&ADDRESS_MIN.to_string()));
            assert!(words.wrong_address.contains(&ADDRESS_MAX.to_string()));
        }
    }
}
