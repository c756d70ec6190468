using System.CommandLine;
using Slipway.Cli.Commands.Deployments;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Instances;

/// <summary>slipway restart checkout --in production</summary>
internal sealed class Restart : SlipwayCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A restart that is faster than we ask leaves no other trace than health.</summary>
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(5);

    private readonly Argument<ServiceName> service;
    private readonly Option<EnvironmentName> environment;
    private readonly Option<InstanceName?> instance = Names.Optional<InstanceName>("--instance", "instance", "Only on this instance, at once");
    private readonly Option<bool> wait = Started.Wait();
    private readonly Option<string> reason = Names.Reason();

    public Restart(Surroundings surroundings)
        : base(surroundings, "restart", "Restart a service as a deployment would: some instances first, the next when they are healthy again.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(instance);
        Add(wait);
        Add(reason);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Get(instance) is not null)
            return await OnInstanceAsync(call, cancellation);

        var request = new RestartRequest { Reason = call.Get(reason) };
        var deployment = await call.Client.Targets.RestartAsync(new(call.Get(service), call.Get(environment)), request, cancellation);
        return await Started.FollowAsync(call, deployment, call.Get(wait), cancellation);
    }

    private async Task<int> OnInstanceAsync(Invocation call, CancellationToken cancellation)
    {
        var name = call.Get(service);
        var instances = await InstancesOf.FindAsync(call, name, call.Get(environment), call.Get(instance), cancellation);
        foreach (var one in instances)
        {
            if (!one.Connected)
            {
                call.Note($"{one.Name} is not connected; left out.");
                continue;
            }

            await call.Client.Instances.RestartAsync(one.Name, name, cancellation);
            if (!await BecomesHealthyAsync(call, one, name, cancellation))
            {
                throw new StopException(
                    ExitCode.Failed,
                    "not_healthy_again",
                    $"{one.Name} is not healthy again after {Patience.TotalMinutes} minutes.",
                    $"slipway logs {name} --in {one.Environment} --instance {one.Name}");
            }

            if (!call.Json)
                call.Line(call.Ink.Good($"✓ {one.Name} restarted"));
        }

        return ExitCode.Done;
    }

    private static async Task<bool> BecomesHealthyAsync(Invocation call, Instance before, ServiceName service, CancellationToken cancellation)
    {
        var was = Find(before, service);
        var begin = call.Time.GetTimestamp();
        while (call.Time.GetElapsedTime(begin) < Patience)
        {
            var now = Find(await call.Client.Instances.GetAsync(before.Name, cancellation), service);
            var restarted = now?.Since != was?.Since || now?.Restarts != was?.Restarts || call.Time.GetElapsedTime(begin) > Unnoticed;
            if (restarted && now?.State is ("healthy" or "running"))
                return true;

            await Task.Delay(Poll, call.Time, cancellation);
        }

        return false;
    }

    private static InstanceService? Find(Instance instance, ServiceName service) => instance.Services.FirstOrDefault(s => s.Service == service);
}
