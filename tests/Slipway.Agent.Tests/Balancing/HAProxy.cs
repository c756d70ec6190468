using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Slipway.Agent.Tests.Activating;

namespace Slipway.Agent.Tests.Balancing;

/// <summary>A real HAProxy on free ports of the loopback interface.</summary>
internal sealed class HAProxy : IDisposable
{
    private readonly Process process;
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-").FullName;

    private HAProxy(string defaults, IEnumerable<string> servers)
    {
        Port = (uint)FreePort.Next();
        var configuration = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(configuration, $"""
            global
              stats socket {Socket} mode 600 level admin
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 30s
            frontend all
              bind 127.0.0.1:{Port}
              default_backend shop
            backend shop
              balance roundrobin
              {defaults}
              {string.Join("\n  ", servers)}

            """);
        process = Process.Start(new ProcessStartInfo("haproxy", ["-db", "-q", "-f", configuration]))!;
    }

    public uint Port { get; }

    private string Socket => Path.Combine(folder, "stats");

    public static string? WhyNot => Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/sbin").Any(path => File.Exists(Path.Combine(path, "haproxy")))
        ? null
        : "There is no haproxy on this machine (apt-get install haproxy).";

    public static async Task<HAProxy> StartAsync(string defaults, IEnumerable<string> servers)
    {
        var haproxy = new HAProxy(defaults, servers);
        await TestInstance.UntilAsync(() => haproxy.process.HasExited || File.Exists(haproxy.Socket), "HAProxy has started");
        if (haproxy.process.HasExited)
            throw new InvalidOperationException($"HAProxy ended with exit code {haproxy.process.ExitCode}.");
        return haproxy;
    }

    /// <summary>The column "status" of every server: UP, DOWN, DRAIN …</summary>
    public async Task<IReadOnlyList<string>> StatusAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
        await socket.SendAsync(Encoding.ASCII.GetBytes("show stat\n"));
        using var reader = new StreamReader(new NetworkStream(socket));
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        var column = Array.IndexOf(lines[0].Split(','), "status");
        return [.. lines.Select(line => line.Split(',')).Where(fields => fields.Length > column && fields[0] == "shop" && fields[1] != "BACKEND").Select(fields => fields[column])];
    }

    public static string Server(int number, uint port, string check) =>
        string.Create(CultureInfo.InvariantCulture, $"server s{number} 127.0.0.1:{port} {check}");

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
