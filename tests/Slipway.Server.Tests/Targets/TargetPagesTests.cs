using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Targets;

[OnBothDatabases]
public sealed class TargetPagesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Pages_follow_each_other_by_service_and_then_by_environment_without_a_gap()
    {
        string[] expected = ["a/dev", "a/live", "a-b/dev", "a-b/live", "a1/dev"];
        await server.ChangeAsync(db =>
        {
            foreach (var id in expected.Reverse().Select(TargetId.Parse))
                db.Add(new TargetRow { Service = id.Service, Environment = id.Environment });

            return Task.CompletedTask;
        });

        Assert.Equal(expected, await WalkAsync("limit=1"));
        Assert.Equal(expected, await WalkAsync("limit=2"));
        Assert.Equal(expected, await WalkAsync("limit=5"));
        Assert.Equal(["a/live", "a-b/live"], await WalkAsync("limit=1&environment=live"));
    }

    private async Task<List<string>> WalkAsync(string query)
    {
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await server.Http.GetAsync<Page<Target>>($"/api/v1/targets?{query}{cursor}");
            seen.AddRange(page.Items.Select(target => $"{target.Service}/{target.Environment}"));
            cursor = page.NextCursor is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        return seen;
    }
}
