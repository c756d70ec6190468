using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Health;

/// <summary>
/// Healthy when GET answers with the status, text and headers asked for. Its own few lines of HTTP/1.1 instead of HttpClient: one
/// connection a question (none left open to disturb a drain), no redirects, no proxy, at most 64 KB read.
/// </summary>
internal sealed class HttpHealth(HttpProbe asked, uint servicePort) : IHealthProbe
{
    private readonly uint port = asked.Port != 0 ? asked.Port : servicePort;
    private readonly string path = asked.Path.StartsWith('/') ? asked.Path : "/" + asked.Path;

    public async Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            var (socket, error) = await LoopbackConnection.OpenAsync(port, limit.Token);
            if (socket is null)
                return new ProbeAnswer.Unhealthy(TcpHealth.Explain(port, error));

            using (socket)
                return await AskAsync(socket, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer.Unhealthy($"GET {path} did not answer within {timeout.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture)} s");
        }
        catch (SocketException e)
        {
            return new ProbeAnswer.Unhealthy($"GET {path} got no answer: the connection broke ({e.SocketErrorCode})");
        }
    }

    private async Task<ProbeAnswer> AskAsync(Socket socket, CancellationToken cancellation)
    {
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: slipway-agent\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        return await HttpAnswer.ReadAsync(socket, cancellation) is { } answer
            ? Judge(answer)
            : new ProbeAnswer.Unhealthy($"GET {path} on port {port} did not answer in HTTP");
    }

    private ProbeAnswer Judge(HttpAnswer answer)
    {
        if (!IsHealthy(answer.Status))
            return new ProbeAnswer.Unhealthy($"GET {path} answered {answer.Status}{Beginning(answer.Body)}");

        foreach (var (name, expected) in asked.Headers)
        {
            var actual = answer.Headers.GetValueOrDefault(name);
            if (actual is null)
                return new ProbeAnswer.Unhealthy($"GET {path} answered {answer.Status} without the header {name}");
            if (actual != expected)
                return new ProbeAnswer.Unhealthy($"GET {path} answered {answer.Status} with {name}: {actual} instead of {expected}");
        }

        return asked.BodyContains.Length > 0 && !answer.Body.Contains(asked.BodyContains, StringComparison.Ordinal)
            ? new ProbeAnswer.Unhealthy($"GET {path} answered {answer.Status} without \"{asked.BodyContains}\" in the body{Beginning(answer.Body)}")
            : ProbeAnswer.Healthy.Instance;
    }

    private bool IsHealthy(int status) => asked.Statuses.Count == 0
        ? status is >= 200 and <= 299
        : asked.Statuses.Any(range => range.From <= status && status <= range.To);

    private static string Beginning(string body)
    {
        const int longest = 120;
        var text = body.AsSpan().Trim();
        var line = text.IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;
        return line.IsEmpty ? "" : line.Length <= longest ? $": {line}" : $": {line[..longest]}…";
    }
}
