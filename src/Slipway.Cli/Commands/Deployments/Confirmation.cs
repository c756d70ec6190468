using System.CommandLine;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>Where an environment wants it, a person types the service's name before anything is deployed there. A script has nobody to ask.</summary>
internal static class Confirmation
{
    public static Option<bool> Yes() => new("--yes") { Description = "Do not ask, where the environment has people type the service's name" };

    /// <exception cref="StopException">The person typed something else.</exception>
    public static async Task AskAsync(Invocation call, ServiceName service, EnvironmentName environment, bool yes, CancellationToken cancellation)
    {
        var surroundings = call.Surroundings;
        if (yes || !surroundings.HasPerson || !await IsWantedAsync(call, environment, cancellation))
            return;

        await surroundings.Error.WriteAsync($"This deploys to {environment}. Type the service's name to go on: ");

        // A console's read cannot be interrupted; whoever presses Ctrl-C does not wait for it.
        var typed = await Task.Run(surroundings.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        if (typed?.Trim() != service.Value)
            throw StopException.Refused("not_confirmed", $"That is not {service}. Nothing was deployed.", $"Type {service} when asked, or give --yes.");
    }

    private static async Task<bool> IsWantedAsync(Invocation call, EnvironmentName environment, CancellationToken cancellation) =>
        (await call.Client.Environments.ListAsync(cancellation)).Any(one => one.Name == environment && one.Confirm);
}
