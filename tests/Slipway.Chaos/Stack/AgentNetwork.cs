using System.Net;

namespace Slipway.Chaos.Stack;

/// <summary>
/// How one agent reaches the servers: inside the sandbox over a cable to a network namespace of its own, else over loopback; in both cases through a line
/// to each server that can be disturbed.
/// </summary>
internal sealed class AgentNetwork : IDisposable
{
    private readonly string? cable;
    private readonly string? space;
    private readonly IReadOnlyList<UnsteadyLine> lines;

    private AgentNetwork(string? cable, string? space, IReadOnlyList<UnsteadyLine> lines) => (this.cable, this.space, this.lines) = (cable, space, lines);

    /// <summary>One for each server.</summary>
    public IEnumerable<string> Urls => lines.Select(line => line.Url);

    public static async Task<AgentNetwork> MakeAsync(int number, IEnumerable<int> ports)
    {
        if (!Sandbox.IsInside)
            return new(null, null, [.. ports.Select(port => new UnsteadyLine(IPAddress.Loopback, port))]);

        var (space, cable, inner) = ($"agent-{number}", $"cable-{number}", $"inner-{number}");
        await Tool.MustAsync("ip", "netns", "add", space);
        await Tool.MustAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", inner, "netns", space);
        await Tool.MustAsync("ip", "address", "add", $"10.77.{number}.1/24", "dev", cable);
        await Tool.MustAsync("ip", "link", "set", cable, "up");
        await Tool.MustAsync("ip", "-n", space, "address", "add", $"10.77.{number}.2/24", "dev", inner);
        await Tool.MustAsync("ip", "-n", space, "link", "set", inner, "up");
        await Tool.MustAsync("ip", "-n", space, "link", "set", "lo", "up");
        return new(cable, space, [.. ports.Select(port => new UnsteadyLine(IPAddress.Parse($"10.77.{number}.1"), port))]);
    }

    /// <summary>The program with its arguments, started where this network is.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Inside(string program, IReadOnlyList<string> arguments) =>
        space is null ? (program, arguments) : ("nsenter", [$"--net=/run/netns/{space}", program, .. arguments]);

    /// <summary>As if somebody had pulled the cable: nobody is told, everything is lost.</summary>
    public Task CutAsync()
    {
        if (cable is not null)
            return Tool.MustAsync("ip", "link", "set", cable, "down");

        Each(line => line.Hold());
        return Task.CompletedTask;
    }

    /// <summary>As if a proxy or firewall between had been restarted.</summary>
    public void Reset() => Each(line => line.Break());

    public void Refuse() => Each(line => line.Cut());

    public async Task SlowAsync(TimeSpan delay)
    {
        // Loses, doubles and reorders packets too, where the kernel has it.
        if (cable is null || !await Tool.TryAsync("tc", "qdisc", "replace", "dev", cable, "root", "netem", "delay", $"{delay.TotalMilliseconds:0}ms", "50ms", "loss", "3%", "duplicate", "3%", "reorder", "10%"))
            Each(line => line.Slow(delay));
    }

    public async Task MendAsync()
    {
        Each(line => line.Mend());
        if (cable is null)
            return;

        await Tool.TryAsync("tc", "qdisc", "del", "dev", cable, "root");
        await Tool.MustAsync("ip", "link", "set", cable, "up");
    }

    public void Dispose() => Each(line => line.Dispose());

    private void Each(Action<UnsteadyLine> act)
    {
        foreach (var line in lines)
            act(line);
    }
}
