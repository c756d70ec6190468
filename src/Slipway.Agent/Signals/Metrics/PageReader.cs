using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Slipway.Agent.Health;

namespace Slipway.Agent.Signals.Metrics;

/// <summary>Gets a service's metrics from it, on this machine and nowhere else: at most 2 MB, in at most 2 seconds, read as they come and kept nowhere.</summary>
internal sealed class PageReader(TimeProvider time)
{
    public const int MostBytes = 2 * 1024 * 1024;
    private const int BufferSize = 16 * 1024;

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <returns>Null where the page did not come as a whole: a part of the counters would say that the others stood still.</returns>
    public async Task<PageTotals?> ReadAsync(SignalSettings settings, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var (socket, _) = await LoopbackConnection.OpenAsync(settings.MetricsPort, either.Token);
            if (socket is null)
                return null;

            using (socket)
            {
                await socket.SendAsync(Request(settings), either.Token);
                var totals = new PageTotals(settings.Watched);
                using var exposition = new Exposition(totals);
                return await ReadAsync(socket, new AnswerBody(exposition.Take), buffer, either.Token) && exposition.End() ? totals : null;
            }
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<bool> ReadAsync(Socket socket, AnswerBody body, byte[] buffer, CancellationToken cancellation)
    {
        for (var total = 0; total <= MostBytes && !body.IsOver;)
        {
            var read = await socket.ReceiveAsync(buffer, cancellation);
            total += read;
            if (read == 0)
                body.Close();
            else
                body.Take(buffer.AsSpan(0, read));
        }

        return body.IsComplete;
    }

    private static byte[] Request(SignalSettings settings) => Encoding.ASCII.GetBytes(
        $"GET {settings.MetricsPath} HTTP/1.1\r\nHost: 127.0.0.1:{settings.MetricsPort}\r\nUser-Agent: slipway-agent\r\n"
        + "Accept: text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1\r\nConnection: close\r\n\r\n");
}
