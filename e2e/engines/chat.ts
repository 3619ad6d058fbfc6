/** What a chat app says of itself, at the end of its engine's own User-Agent. */
export const WECHAT = ' MicroMessenger/8.0.70.3060(0x28004652) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN';
