using System.Diagnostics;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Verdicts;
using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Verdicts;

/// <summary>Real agents measure a real service, and the server judges its versions by that alone: their health checks are green all the time.</summary>
public sealed class VerdictTests : IAsyncLifetime
{
    private const string Steady = "while :; do echo INFO served a request; sleep 0.2; done";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    private Fleet fleet = null!;

    public async ValueTask InitializeAsync()
    {
        fleet = await Fleet.StartAsync();
        await fleet.JoinAsync("dev", 3, Shop.Name);
        await Shop.DescribeAsync(fleet, "signals: { step: 1s }\nverdict: { warmUp: 3s, watch: 3m }\nstrategy: { canary: { steps: [ { instances: 1 } ], batch: 2 } }\n");
        await Shop.PublishAsync(fleet, "v1", Steady);
        await DeployAsync("v1");
    }

    public async ValueTask DisposeAsync() => await fleet.DisposeAsync();

    [Fact]
    public async Task A_version_that_prints_errors_of_a_new_kind_is_taken_back_after_its_deployment_had_succeeded_though_the_server_died_meanwhile()
    {
        await PastAsync(TimeSpan.FromSeconds(30));
        await Shop.PublishAsync(fleet, "v2", "while :; do echo INFO served a request; echo ERROR could not reach the stock of 17 within 250 ms; sleep 0.2; done");
        var begun = Stopwatch.StartNew();
        var bad = await DeployAsync("v2");
        Assert.Equal(DeploymentStatus.Succeeded, bad.Status);
        await fleet.Server.KillAsync();
        await fleet.Server.StartAgainAsync();

        await Patience.UntilAsync("v1 is back", async () => (await fleet.TargetAsync(Shop.Name, "dev")).Version?.Value == "v1", Long, () => fleet.Server.Output);
        TestContext.Current.SendDiagnosticMessage($"taken back {begun.Elapsed.TotalSeconds:0} s after the deployment began");
        await Shop.RunsEverywhereAsync(fleet, "v1");

        var verdict = await VerdictAsync(bad);
        Assert.Equal(Answer.Fail, verdict.Answer);
        Assert.Equal((await fleet.TargetAsync(Shop.Name, "dev")).Deployment, verdict.TakenBackBy);
        Assert.Contains("could not reach the stock", Assert.Single(verdict.NewErrors).Example, StringComparison.Ordinal);
        Assert.Contains(verdict.Lines!.Lines, line => line.Contains("could not reach the stock", StringComparison.Ordinal));
        Assert.Contains("slipway", (await fleet.TargetAsync(Shop.Name, "dev")).Hold!.PlacedBy, StringComparison.Ordinal);

        var explained = await fleet.MustAsync("explain", bad.Id.Value);
        Assert.Contains("could not reach the stock", explained, StringComparison.Ordinal);
        Assert.Contains("Errors that the version before did not print", explained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_noisy_but_good_version_stays()
    {
        const string noisy = "while :; do echo INFO served a request in $(($$ % 7)) ms; echo INFO and another; i=$((i + 1)); while [ $i -lt 300 ]; do i=$((i + 1)); done; i=0; sleep 0.2; done";
        await Shop.PublishAsync(fleet, "v1.1", noisy);
        var replaced = await DeployAsync("v1.1");
        await PastAsync(TimeSpan.FromSeconds(30));
        await Shop.PublishAsync(fleet, "v2", noisy.Replace("another", "one more", StringComparison.Ordinal));
        var good = await DeployAsync("v2");
        await Patience.UntilAsync("it was judged for a while", async () => await TryVerdictAsync(good) is { ChangedAt: { } at } verdict && verdict.JudgedAt - at > TimeSpan.FromSeconds(60), Long, () => fleet.Server.Output);
        var verdict = await VerdictAsync(good);
        Assert.False(verdict.Answer == Answer.Fail, $"{verdict.Sentence}\n{fleet.Server.Output}");
        Assert.Empty(verdict.NewErrors);

        // What was said of the version before is not spoiled by what runs on its instances now.
        var before = await VerdictAsync(replaced);
        Assert.Equal((3, null), (before.Changed, before.WatchedUntil));
        Assert.Equal("v2", (await fleet.TargetAsync(Shop.Name, "dev")).Version?.Value);
    }

    private async Task<Deployment> DeployAsync(string version)
    {
        await fleet.MustAsync("deploy", Shop.Name, version, "--to", "dev", "--wait");
        var page = await fleet.GetAsync($"deployments?service={Shop.Name}&limit=1", ContractsJson.Default.PageDeployment);
        return page.Items[0];
    }

    /// <summary>A verdict needs something to compare with; agents measure all the time.</summary>
    private static async Task PastAsync(TimeSpan time)
    {
        var since = Stopwatch.StartNew();
        await Patience.UntilAsync("there is a past", () => Task.FromResult(since.Elapsed > time), Long);
    }

    private Task<DeploymentVerdict> VerdictAsync(Deployment deployment) => fleet.GetAsync($"deployments/{deployment.Id}/verdict", ContractsJson.Default.DeploymentVerdict);

    private async Task<DeploymentVerdict?> TryVerdictAsync(Deployment deployment)
    {
        try
        {
            return await VerdictAsync(deployment);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
