using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

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
    private readonly Option<InstanceName?> instance = Names.Optional<InstanceName>("--instance", "instance", "Only on this instance");

    public Restart(Surroundings surroundings)
        : base(surroundings, "restart", "Restart a service: one instance after the other, the next when the last is healthy again.")
    {
        service = Names.Service(surroundings);
        environment = Names.Environment(surroundings, "--in", "Where");
        Add(service);
        Add(environment);
        Add(instance);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
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
                    $"{one.Name} is not healthy again after {Patience.TotalMinutes} minutes; the others were not restarted.",
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
