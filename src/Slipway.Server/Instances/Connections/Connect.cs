using Slipway.Contracts.Agents;
using Slipway.Server.Api;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Connections;

/// <summary>GET /agent/v1/connect: the channel between an agent and the server.</summary>
internal static class Connect
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapGet(AgentPaths.Connect, HandleAsync)
            .WithMetadata(new AgentOnly())
            .ExcludeFromDescription();

    private static async Task HandleAsync(HttpContext context, CallingInstance caller, Conversations conversations, ILease lease)
    {
        if (lease.WhyNot is { } reason)
        {
            await Readiness.Because(reason).ToResult().ExecuteAsync(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            var refusal = new Refusal("websocket_expected", StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket only. A proxy between agent and server has to pass upgrades on.");
            await refusal.ToResult().ExecuteAsync(context);
            return;
        }

        var settings = new WebSocketAcceptContext { KeepAliveInterval = KeepAliveInterval, KeepAliveTimeout = KeepAliveTimeout };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(settings);
        await conversations.RunAsync(caller.Instance, socket);
    }
}
