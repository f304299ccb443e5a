using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public class FileChangesTests
{
    [Theory]
    [InlineData("func (s *Store) Load(id int) error {", "func (s *Store) LoadAll() error {", "+LoadAll -Load")]
    [InlineData("", "    async def fetch(self):\n        pass\nclass Reader:", "+fetch +Reader")]
    [InlineData("public static int Days(int year) => 365;", "public static async Task<int> DaysAsync(int year)", "+DaysAsync -Days")]
    [InlineData("export default function App() {", "export default function App() { return 1;", "")]
    [InlineData("", "return new Foo(bar);", "")]
    public void Between_OldAndNewText_AreTheDefinitionsThatCameAndWent(string old, string now, string changes)
    {
        var found = FileChanges.Between(old, now);

        string.Join(' ', (found?.Added ?? []).Select(name => "+" + name).Concat((found?.Removed ?? []).Select(name => "-" + name)))
            .ShouldBe(changes);
    }

    [Fact]
    public void After_AddedAndRemovedAgain_IsNoChange() =>
        FileChanges.After(new FileChanges(["Foo"], []), new FileChanges([], ["Foo"])).ShouldBeNull();

    [Fact]
    public void After_ManyAdded_KeepsTheNewest()
    {
        FileChanges? changes = null;
        for (var i = 0; i < 50; i++)
            changes = FileChanges.After(changes, new FileChanges([$"F{i}"], []));

        changes!.Added.ShouldBe(["F44", "F45", "F46", "F47", "F48", "F49"]);
    }
}
