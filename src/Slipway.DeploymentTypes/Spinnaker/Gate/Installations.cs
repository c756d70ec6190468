using System.Collections.Concurrent;
using Slipway.DeploymentTypes.Connections;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>The installations that connections lead to; each is made anew when its connection has changed.</summary>
internal sealed class Installations(IConnections connections, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Installation> open = new(StringComparer.Ordinal);

    /// <summary>The installation of a connection, or of the only one there is.</summary>
    /// <exception cref="GateException">There is no such connection, or there are several and none was named.</exception>
    public async Task<Installation> GetAsync(string? name, CancellationToken cancellation)
    {
        name ??= await OnlyAsync(cancellation);
        if (await connections.FindAsync(name, cancellation) is not { } connection || connection.Type != GateFields.Type.Name)
            throw new GateException(GateTrouble.NotFound, $"There is no connection {name} to a Spinnaker. An administrator makes it: slipway connections put {name} --type spinnaker.");

        return open.AddOrUpdate(name, _ => new(connection, clock), (_, known) => known.Revision == connection.Revision ? known : new(connection, clock));
    }

    private async Task<string> OnlyAsync(CancellationToken cancellation) => await connections.NamesAsync(GateFields.Type.Name, cancellation) switch
    {
        [var only] => only,
        [] => throw new GateException(GateTrouble.NotFound, "No Spinnaker is connected. An administrator connects it: slipway connections put main --type spinnaker."),
        var several => throw new GateException(GateTrouble.NotFound, $"Several Spinnakers are connected ({string.Join(", ", several)}): name one in settings.spinnaker."),
    };
}
