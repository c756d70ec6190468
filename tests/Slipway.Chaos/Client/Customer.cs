using Slipway.Chaos.Checking;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;

namespace Slipway.Chaos.Client;

/// <summary>Somebody who keeps asking for things of one target, in an order that follows from the seed.</summary>
internal sealed class Customer(Api api, Requests requests, string service, Random random)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(12);

    public async Task AskAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var deployment = await MakeAsync(until);
            await Patience.WaitAsync(TimeSpan.FromMilliseconds(random.Next(100, 2500)), until);
            if (deployment is not null && random.Next(10) < 4)
                await DisturbAsync(deployment, until);
            if (deployment is not null && random.Next(10) < 7)
                await FollowAsync(deployment, until);
        }
    }

    /// <summary>Lets go on whatever somebody has paused.</summary>
    public async Task ResumeAllAsync(CancellationToken until)
    {
        var paused = await api.GetAsync($"deployments?service={service}&environment={Wares.Environment}&status=paused&limit=50", ContractsJson.Default.PageDeployment, until);
        foreach (var deployment in paused.Items)
            await requests.ControlAsync(Verb.Resume, service, Wares.Environment, deployment.Id.Value, until);
    }

    private async Task<string?> MakeAsync(CancellationToken until)
    {
        var twice = random.Next(10) switch { 0 or 1 => Twice.AtOnce, 2 or 3 => Twice.Later, 4 => Twice.HungUp, _ => Twice.No };
        var answer = random.Next(20) switch
        {
            < 3 => await requests.RollBackAsync(service, Wares.Environment, twice, until),
            3 => await requests.RestartAsync(service, Wares.Environment, twice, until),
            _ => await requests.DeployAsync(service, Wares.Environment, Version(), Strategy(), noRollback: random.Next(10) == 0, twice, until),
        };
        return answer?.Deployment;
    }

    private string Version()
    {
        var kind = random.Next(10) switch { < 6 => WareKind.Good, < 8 => WareKind.NeverHealthy, _ => WareKind.CrashesLater };
        var fitting = Wares.All.Where(ware => ware.Service == service && ware.Kind == kind).ToList();
        return fitting[random.Next(fitting.Count)].Version;
    }

    private Strategy? Strategy() => random.Next(5) switch
    {
        0 => new Canary { Steps = [new() { Instances = Amount.Count(1), Soak = Duration.FromSeconds(2) }], Batch = Amount.Count(1) },
        1 => new Rolling { Batch = Amount.Count(1), Pause = Duration.FromSeconds(1) },
        2 => new Rolling { Batch = Amount.Percent(50) },
        3 => new AllAtOnce(),
        _ => null,
    };

    private async Task DisturbAsync(string deployment, CancellationToken until)
    {
        if (random.Next(2) == 0)
        {
            await requests.ControlAsync(Verb.Cancel, service, Wares.Environment, deployment, until);
            return;
        }

        await requests.ControlAsync(Verb.Pause, service, Wares.Environment, deployment, until);
        await Patience.WaitAsync(TimeSpan.FromMilliseconds(random.Next(200, 4000)), until);
        await requests.ControlAsync(Verb.Resume, service, Wares.Environment, deployment, until);
    }

    private Task<bool> FollowAsync(string deployment, CancellationToken until) => Patience.UntilAsync(
        async () => until.IsCancellationRequested || (await api.GetAsync($"deployments/{deployment}", ContractsJson.Default.Deployment, until)).Status >= DeploymentStatus.Succeeded,
        LongestWait,
        until);
}
