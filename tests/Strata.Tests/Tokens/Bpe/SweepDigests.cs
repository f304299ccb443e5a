namespace Strata.Tests.Tokens.Bpe;

/// <summary>
/// For each context the SHA-256 of the token counts (a byte each) of all code points but the surrogates, computed with npm tiktoken 1.0.22
/// (encode_ordinary) by bench/peers/tokens/expectations.mjs.
/// </summary>
internal static class SweepDigests
{
    public static readonly (string Encoding, string Before, string After, string Digest)[] All =
    [
        ("o200k_base", "", "", "c8ca1080716bd2c3779b528667f67efd165968099f10610d9e4c3515181edfec"),
        ("o200k_base", "", ".com", "11815df43bd33416fb984d7369cf49fd1a5ff9fcb90c3891a4fdbd6d8b0255c7"),
        ("o200k_base", "The", "Name", "48f6f0c026e6424c8d0a265a19ecbe259c8dc7fe0fdc638eb728e6ce02eede69"),
        ("o200k_base", "HTTP", "Server", "213ee9b1764cb24824ae5f19faebc0f99f3adb921d8f472d61ad190ca46c7049"),
        ("o200k_base", "don'", "ll", "446ca385a90595f611b90fd05d55afff22b288217d05f9daa955885c447dc343"),
        ("o200k_base", "you", "'re", "f200e8f477ee8588f1495a44ea123ee3095048eff71b517cf432fc305d3681f4"),
        ("o200k_base", "12", "345", "cf3935b278298eaa786c88045cc7665a93de8ba1273c56cf119f46c46e33cbac"),
        ("o200k_base", " ", "hello", "10cb4a58f7958bf443a539b35b09590a8bb8e5afe142821fee55505bc44977f8"),
        ("o200k_base", "  ", " \u000a  x", "b90a598bbaf6c3c00ba1e43737423d0554632bac43d0573d343bb540769cb06e"),
        ("o200k_base", "!!", "//\u000a/a", "e380ebf2f997f1609f50afa08ca1445577cc0d63cb0c7570a0f3fa16e961068c"),
        ("o200k_base", "\u8a9eABC", "xyz", "e3f94e5c3e60869f00ea26f9c1854df8ae3987f76eaeaa378a0f619472133df6"),
        ("o200k_base", "\u0301", "\u0301Ab", "43033183aacf88656b32c344999e71f5b68aa3ed3cac3c5d9eff0233dc074124"),
        ("o200k_base", "==", "\U0001f642 .jpg", "c106d46c055b177dae5a99ddbbfbf9a922ab02099a04052fafe9476ef965fd2c"),
        ("cl100k_base", "", "", "6ebdb0f76770dff90cf020e557bdf80945db2bd16f91539779801ae2abd6f609"),
        ("cl100k_base", "", ".com", "da7171bd7ccfa37e48c85b0882e5d54563acb54726e90b2cda74b5fa4eb7e6c5"),
        ("cl100k_base", "The", "Name", "93c1a00f4f1a2840ba01fabde19e84a5361a27a355fc219e95c90f9153be44d5"),
        ("cl100k_base", "HTTP", "Server", "9c0b3df6e5a56eebac19cfca88af005bb8bf497dcefe69687f376d583fcc3b7e"),
        ("cl100k_base", "don'", "ll", "04d4c41a8f6363196dffbadb8767cc86045cecd52b78bbe0d7fc4ee3b15268a5"),
        ("cl100k_base", "you", "'re", "7a7d8243fb8d68ce6943bee54a8a7890a1c76c0792347ee2665bfaf77bb28b9c"),
        ("cl100k_base", "12", "345", "fe71f4a31369101536205ba7d1b44070df578effa4fad01a5ede460056d69cd3"),
        ("cl100k_base", " ", "hello", "407b0a09e267f4c8f3c6b83c94728952c29db3ac90e73de3a28d04644df61814"),
        ("cl100k_base", "  ", " \u000a  x", "77acd4fc9b25213e0f84a0678d49ffb8dae85a5a5477567d3fd0138ea5e5ee19"),
        ("cl100k_base", "!!", "//\u000a/a", "b531f82b03b553c4c3b376f5650f502521007b3dea77a6fde8973d21b2b29c7c"),
        ("cl100k_base", "\u8a9eABC", "xyz", "8b77e177d8e629b0f961e1ddd6516ddd28067ad28424430332db03b932bc87da"),
        ("cl100k_base", "\u0301", "\u0301Ab", "a0b90b6ae7eea4d810945e5e878fd02780816525cf8c7ac98c8bef7019bfa2cc"),
        ("cl100k_base", "==", "\U0001f642 .jpg", "fe37d164dd462f34a8a43d5c6cddd2c93928697b9ceead25df4c0a80e19cdfa1"),
    ];
}
