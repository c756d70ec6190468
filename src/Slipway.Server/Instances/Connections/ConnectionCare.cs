using System.Net.WebSockets;
using Slipway.Server.Cluster;

namespace Slipway.Server.Instances.Connections;

/// <summary>
/// One timer for all connections: cuts off agents that take nothing, sends them to other nodes when this one has lost the database, and says goodbye to everybody when the
/// server stops.
/// </summary>
internal sealed class ConnectionCare(Conversations conversations, ILease lease, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private Task closing = Task.CompletedTask;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await closing;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the web server stops, which would wait for these connections to end.
        using var stopping = lifetime.ApplicationStopping.Register(CloseAll);
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var connection in conversations.Open)
            {
                connection.AbortIfStuck();
                if (lease.IsSurelyOver)
                    connection.HangUp(WebSocketCloseStatus.EndpointUnavailable, "node_without_database");
            }
        }
    }

    private void CloseAll() => closing = SayGoodbyeAsync([.. conversations.Open]);

    /// <summary>Agents hang up when they are told; whoever does not is hung up on.</summary>
    private static async Task SayGoodbyeAsync(AgentConnection[] all)
    {
        await Task.WhenAll(all.Select(connection => connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "server_stopping")));
        await Task.Delay(Farewell);
        foreach (var connection in all)
            connection.Abort();
    }
}
