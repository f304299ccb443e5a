namespace Strata.Settings.Tests;

public sealed class SurfaceTests
{
    [Fact]
    public void Assembly_PublicTypes_AreThese() => typeof(StrataSettings).Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal)
        .ShouldBe([
            "LevelSettings", "LevelText", "NearestName", "ProviderVariables", "Setting", "SettingNode", "SettingTable", "SettingsEnvironment", "SettingsException", "SettingsFile",
            "SettingsReader", "StrataSettings", "TokenAmount",
        ]);
}
