using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Cli.Commands.Instances;

/// <summary>The instances a command is about.</summary>
internal static class InstancesOf
{
    /// <summary>At least one; stops the command where there is none.</summary>
    public static async Task<IReadOnlyList<Instance>> FindAsync(
        Invocation call, ServiceName service, EnvironmentName environment, InstanceName? only, CancellationToken cancellation)
    {
        var all = await call.Client.Instances.ListAsync(service, environment, cancellation);
        if (all.Count == 0)
        {
            await call.Client.Services.GetAsync(service, cancellation);
            throw StopException.Usage(
                "no_instances", $"{service} has no instances in {environment}.", $"slipway status {service} shows where it runs.");
        }

        if (only is not { } name)
            return [.. all.OrderBy(i => i.Name)];

        return all.Where(i => i.Name == name).ToList() is { Count: > 0 } found
            ? found
            : throw StopException.Usage(
                "instance_unknown",
                $"{service} has no instance {name} in {environment}.",
                Nearest.Ask(name.Value, all.Select(i => i.Name.Value)) ?? $"It has: {string.Join(", ", all.Select(i => i.Name).Take(10))}.");
    }
}
