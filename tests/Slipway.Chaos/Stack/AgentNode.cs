namespace Slipway.Chaos.Stack;

/// <summary>One instance: an agent with its folder, its network and the services it has started.</summary>
internal sealed class AgentNode : IAsyncDisposable
{
    private AgentNode(string name, SmallDisk disk, Clock clock, AgentNetwork network, string logs)
    {
        Disk = disk;
        Clock = clock;
        Network = network;
        Program = new(name, Path.Combine(logs, name + ".log"), () =>
        {
            var (program, arguments) = network.Inside(Repository.Program("slipway-agent"), ["run", "--data", disk.Folder]);
            return (program, arguments, clock.Environment);
        });
    }

    public Mortal Program { get; }

    public SmallDisk Disk { get; }

    public Clock Clock { get; }

    public AgentNetwork Network { get; }

    public string Name => Program.Name;

    public static async Task<AgentNode> JoinAsync(int number, string folder, string logs, string environment, string joinToken, IEnumerable<ServerNode> nodes, IEnumerable<string> services)
    {
        var name = $"agent-{number}";
        var network = await AgentNetwork.MakeAsync(number, nodes.Select(node => node.Port));
        var agent = new AgentNode(name, Sandbox.Disk(Path.Combine(folder, name), 64), new(folder, name, moves: true), network, logs);

        // Not all agents begin with the same server.
        var urls = network.Urls.ToList();
        var first = number % urls.Count;
        var (program, arguments) = network.Inside(Repository.Program("slipway-agent"),
        [
            "join", .. urls[first..].Concat(urls[..first]).SelectMany(url => new[] { "--server", url }), "--allow-plain-http", "--token", joinToken,
            "--environment", environment, "--name", name, "--data", agent.Disk.Folder, .. services.SelectMany(service => new[] { "--service", service }),
        ]);
        await Tool.MustAsync(program, [.. arguments]);
        return agent;
    }

    /// <summary>The link and the folders of a service.</summary>
    public (string? Current, IReadOnlyList<string> Versions) Look(string service)
    {
        var root = Path.Combine(Disk.Folder, "services", service);
        var versions = Path.Combine(root, "versions");
        return (
            new FileInfo(Path.Combine(root, "current")).LinkTarget is { } target ? VersionOf(target) : null,
            Directory.Exists(versions) ? [.. Directory.EnumerateDirectories(versions).Select(VersionOf).Distinct()] : []);
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        foreach (var process in ServiceProcess.Of(Name))
            process.Signal("KILL");
        Network.Dispose();
    }

    /// <summary>A version with other settings lies in VERSION~cREVISION.</summary>
    private static string VersionOf(string folder) => Path.GetFileName(folder).Split('~')[0];
}
