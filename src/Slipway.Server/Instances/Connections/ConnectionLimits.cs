using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Slipway.Server.Instances.Connections;

/// <summary>Room for ten thousand agents that come at once.</summary>
internal sealed partial class ConnectionLimits(ILogger<ConnectionLimits> log) : IHostedService
{
    private const int Comfortable = 16_384;

    /// <summary>Connections that wait to be accepted, as many as the system allows; its own limit (somaxconn) still counts.</summary>
    public static void Configure(SocketTransportOptions sockets) => sockets.Backlog = 4096;

    /// <summary>The runtime has raised the soft limit to the hard one by now; more than that only the system's administrator can give.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (OpenFiles() is { } limit && limit < Comfortable)
            LogFewFiles(limit);

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static long? OpenFiles()
    {
        const string limits = "/proc/self/limits";
        var line = File.Exists(limits) ? File.ReadLines(limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is { Length: > 3 } && long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process may open {Limit} files only; each connected agent needs one. Raise the limit (systemd: LimitNOFILE=65536) for large fleets.")]
    private partial void LogFewFiles(long limit);
}
