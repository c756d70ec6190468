using System.Globalization;
using Slipway.Chaos.Client;
using Slipway.Contracts;

namespace Slipway.Chaos.Stack;

/// <summary>All that is under test: the database, the servers, the agents, and two services in a few versions.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<AgentNode> agents = [];
    private readonly List<ServerNode> nodes = [];
    private readonly string folder;

    private Cluster(string folder, IDatabase database)
    {
        this.folder = folder;
        Database = database;
        Wares = new(Directory.CreateDirectory(Path.Combine(folder, "wares")).FullName, Directory.CreateDirectory(Path.Combine(folder, "starts")).FullName);
    }

    public IDatabase Database { get; }

    public IReadOnlyList<ServerNode> Nodes => nodes;

    public IReadOnlyList<AgentNode> Agents => agents;

    public Wares Wares { get; }

    /// <summary>The first administrator's. Read once: a server's disk may be full later.</summary>
    public string Token { get; private set; } = "";

    public static async Task<Cluster> StartAsync(Options options, string folder)
    {
        var logs = Directory.CreateDirectory(Path.Combine(folder, "logs")).FullName;
        IDatabase database = options.UsesPostgres ? await PostgresDatabase.MakeAsync(logs) : new FileDatabase();
        var cluster = new Cluster(folder, database);
        try
        {
            await database.StartAsync();
            for (var number = 1; number <= options.Nodes; number++)
            {
                cluster.nodes.Add(await ServerNode.MakeAsync(number, folder, logs, database, options.ServerClocks));
                await cluster.nodes[^1].StartAsync();
            }

            cluster.Token = cluster.nodes.Select(node => node.Token).OfType<string>().First();
            await cluster.FurnishAsync();
            await cluster.JoinAsync(options.Agents, logs);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whatever was done to it: everything runs again, and nothing stands in its way. Answers what does not come back.</summary>
    public async Task<IReadOnlyList<string>> MendAsync()
    {
        var troubles = new List<string>();
        await TryAsync(Database.StartAsync);
        foreach (var node in nodes)
        {
            node.Disk.Free();
            node.Program.Thaw();
            node.Clock.Jump(TimeSpan.Zero);
            await TryAsync(node.StartAsync);
        }

        foreach (var agent in agents)
        {
            agent.Disk.Free();
            agent.Program.Thaw();
            agent.Clock.Jump(TimeSpan.Zero);
            foreach (var process in ServiceProcess.Of(agent.Name))
                process.Signal("CONT");
            await TryAsync(agent.Network.MendAsync);
            agent.Program.Start();
        }

        return troubles;

        async Task TryAsync(Func<Task> mend)
        {
            try
            {
                await mend();
            }
            catch (Exception e) when (e is TimeoutException or InvalidOperationException)
            {
                troubles.Add(e.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
            await agent.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task FurnishAsync()
    {
        await SlipwayAsync("environments", "create", Wares.Environment);
        foreach (var service in Wares.Services)
            await SlipwayAsync("apply", "-f", Wares.Definition(service));
        foreach (var ware in Wares.All)
            await SlipwayAsync("publish", ware.Service, ware.Version, Wares.Make(ware));
    }

    private async Task JoinAsync(int count, string logs)
    {
        var made = await SlipwayAsync("agents", "token", "--environment", Wares.Environment, "--uses", count.ToString(CultureInfo.InvariantCulture), "--json");
        var token = System.Text.Json.JsonSerializer.Deserialize(made, ContractsJson.Default.JoinTokenCreated)!.Token;
        for (var number = 1; number <= count; number++)
        {
            agents.Add(await AgentNode.JoinAsync(number, folder, logs, Wares.Environment, token, nodes, Wares.Services));
            agents[^1].Program.Start();
        }
    }

    /// <summary>The command line, as a person would type it.</summary>
    private async Task<string> SlipwayAsync(params string[] words)
    {
        var result = await Command.RunAsync(Repository.Program("slipway"), words, new Dictionary<string, string>
        {
            ["SLIPWAY_SERVER"] = nodes[0].Url,
            ["SLIPWAY_TOKEN"] = Token,
            ["XDG_CONFIG_HOME"] = Path.Combine(folder, "config"),
        });
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"slipway {string.Join(' ', words)}: {result.Story}");
    }
}
