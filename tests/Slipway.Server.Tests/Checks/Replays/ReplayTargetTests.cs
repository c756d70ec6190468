using System.Net;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Checks.Replays;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Checks.Replays;

/// <summary>Past deployments of a target, judged again on request.</summary>
[OnBothDatabases]
public sealed class ReplayTargetTests : IAsyncLifetime
{
    private TestServer server = null!;
    private Scripted service = null!;

    private TargetId Target => new(ServiceName.Parse(service.Name), FleetSetup.Target.Environment);

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        service = await Scripted.NewAsync(server);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Rules_are_tried_on_good_and_on_bad_ones_the_newest_first_and_nothing_is_changed()
    {
        var good = await PastAsync("1.1", slower: false);
        var bad = await PastAsync("1.2", slower: true);
        await server.ChangeAsync(async db => (await db.FindAsync<VersionRow>(Target.Service, bad.Version))!.BadBecause = "slow");
        var mistaken = await PastAsync("1.3", slower: true);

        var usual = await ReplayAsync(new() { WarmUp = Duration.Zero });
        Assert.Equal([mistaken.Id, bad.Id, good.Id], usual.Deployments.Select(one => one.Deployment));
        Assert.Equal((2, 1, 1, 0), (usual.Good, usual.GoodStopped, usual.Bad, usual.BadMissed));
        Assert.Contains("Time of requests", usual.Deployments[0].Sentence, StringComparison.Ordinal);

        var other = await ReplayAsync(new() { WarmUp = Duration.Zero, Ignore = ["requestTime"] });
        Assert.Equal((2, 0, 1, 1), (other.Good, other.GoodStopped, other.Bad, other.BadMissed));
        Assert.Equal(["requestTime"], other.Verdict.Ignore);

        Assert.Single((await ReplayAsync(new(), limit: 1)).Deployments);
        Assert.Equal([mistaken.Id, bad.Id, good.Id], (await service.DeploymentsAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task Where_nothing_was_judged_there_is_nothing_to_try() => Assert.Empty((await ReplayAsync(new())).Deployments);

    [Theory]
    [InlineData("""{ "limit": 0 }""", "limit is a number from 1 to 30.")]
    [InlineData("""{ "limit": 31 }""", "limit is a number from 1 to 30.")]
    [InlineData("""{ "verdict": { "ignore": ["disk", "dsik"] } }""", "\\\"dsik\\\" is not the name of a signal (restarts, ")]
    public async Task What_makes_no_sense_is_refused_with_what_does(string body, string sentence)
    {
        using var answer = await server.Http.PostTextAsync(Path(service.Name), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, (await answer.Content.ReadAsStringAsync()).Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_has_no_past() =>
        await (await server.Http.PostTextAsync(Path("nobody"), "{}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "service_not_found");

    private static string Path(string name) => $"/api/v1/targets/{name}/production/replay";

    private async Task<ReplayReport> ReplayAsync(ReplayRules rules, int? limit = null)
    {
        using var answer = await server.Http.PostAsync(Path(service.Name), new ReplayRequest { Verdict = rules, Limit = limit }, null);
        return await answer.ShouldBeAsync<ReplayReport>(HttpStatusCode.OK);
    }

    /// <summary>A deployment that has succeeded, with what six instances measured meanwhile, two of which it had changed.</summary>
    private async Task<Deployment> PastAsync(string version, bool slower)
    {
        await service.PublishAsync(version);
        var deployment = await service.FinishAsync(version);
        var fleet = MeasuredPast.Of(slower);
        await server.Get<SeriesStore>().SaveAsync(deployment.Id, Target, fleet.Archive(), CancellationToken.None);
        await server.StoreAsync(new VerdictRow
        {
            Deployment = deployment.Id,
            Service = Target.Service,
            Environment = Target.Environment,
            JudgedAt = fleet.Now,
            Question = fleet.Question,
            View = fleet.Look(),
        });
        return deployment;
    }
}
