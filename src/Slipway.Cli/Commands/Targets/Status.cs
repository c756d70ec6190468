using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Targets;

/// <summary>slipway status, slipway status checkout</summary>
internal sealed class Status : SlipwayCommand
{
    private readonly Argument<ServiceName?> service;

    public Status(Surroundings surroundings)
        : base(surroundings, "status", "What runs where, since when, and how it is. With a service: its instances too.")
    {
        service = Names.OptionalService(surroundings);
        Add(service);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Get(service) is { } one)
            return await ShowServiceAsync(call, one, cancellation);

        // Started together: the answer takes as long as the slower of the two.
        var environments = call.Client.Environments.ListAsync(cancellation);
        var targets = await call.Client.Targets.ListAsync(cancellation: cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<Target> { Items = targets }, ContractsJson.Default.PageTarget);
            return ExitCode.Done;
        }

        var order = (await environments).Select(e => e.Name).ToList();
        if (targets.Count == 0)
        {
            call.Line("Nothing runs anywhere yet.");
            call.Note("Next: slipway apply -f slipway.yaml, then publish and deploy.");
            return ExitCode.Done;
        }

        call.Out.Write(StatusMatrix.Render(targets, order, call));
        return ExitCode.Done;
    }

    private static async Task<int> ShowServiceAsync(Invocation call, ServiceName service, CancellationToken cancellation)
    {
        var instances = call.Client.Instances.ListAsync(service, cancellation: cancellation);
        var targets = await call.Client.Targets.ListAsync(service, cancellation: cancellation);
        if (targets.Count == 0)
            await call.Client.Services.GetAsync(service, cancellation);

        if (call.Json)
        {
            call.WriteJson(new Page<Target> { Items = targets }, ContractsJson.Default.PageTarget);
            return ExitCode.Done;
        }

        var known = await instances;
        var groups = await GroupsAsync(call, targets.Where(target => known.All(instance => instance.Environment != target.Environment)), cancellation);
        call.Out.Write(ServiceStatus.Render(service, targets, known, groups, call));
        return ExitCode.Done;
    }

    /// <summary>What runs where instances come and go with their version; whoever has instances with agents has none of it.</summary>
    private static async Task<IReadOnlyDictionary<TargetId, InstanceGroups>> GroupsAsync(Invocation call, IEnumerable<Target> targets, CancellationToken cancellation)
    {
        var asked = targets.Select(async target =>
        {
            var id = new TargetId(target.Service, target.Environment);
            return (id, await call.Client.Targets.GetGroupsAsync(id, cancellation));
        });
        return (await Task.WhenAll(asked)).ToDictionary();
    }
}
