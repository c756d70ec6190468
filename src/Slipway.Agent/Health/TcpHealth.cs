using System.Net.Sockets;

namespace Slipway.Agent.Health;

/// <summary>Healthy when the port accepts a connection.</summary>
internal sealed class TcpHealth(uint port) : IHealthProbe
{
    public async Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            var (socket, error) = await LoopbackConnection.OpenAsync(port, limit.Token);
            using (socket)
                return socket is not null ? ProbeAnswer.Healthy.Instance : new ProbeAnswer.Unhealthy(Explain(port, error));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer.Unhealthy($"port {port} did not accept a connection within {timeout.TotalSeconds:0.##} s");
        }
    }

    public static string Explain(uint port, SocketError error) => error == SocketError.ConnectionRefused
        ? $"nothing listens on port {port}"
        : $"port {port} could not be connected to ({error})";
}
