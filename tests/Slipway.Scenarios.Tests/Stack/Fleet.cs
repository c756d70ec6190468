using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Contracts;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Targets;

namespace Slipway.Scenarios.Tests.Stack;

/// <summary>A real server, real agents and the real command line, all as processes of their own in one temporary folder.</summary>
public sealed class Fleet : IAsyncDisposable
{
    private readonly string folder;
    private readonly string token;
    private readonly NodeCluster? cluster;
    private HttpClient api;
    private readonly List<AgentProcess> agents = [];

    private readonly FleetSettings settings;
    private readonly CutLine? line;

    private Fleet(string folder, ServerProcess server, FleetSettings settings, NodeCluster? cluster)
    {
        this.cluster = cluster;
        this.folder = folder;
        this.settings = settings;
        line = settings.CanBeCut ? new(new Uri(server.Url).Port) : null;
        Server = server;
        token = server.Token;
        api = Client(server.Url, token);
    }

    public ServerProcess Server { get; private set; }

    public IReadOnlyList<AgentProcess> Agents => agents;

    /// <summary>Where tests may put what they make; it goes with the fleet.</summary>
    public string Folder => folder;

    /// <summary>Between the agents and the server, where the settings ask for one.</summary>
    public CutLine Line => line ?? throw new InvalidOperationException("The fleet was started without a line that can be cut.");

    /// <summary>All of them, where there are several.</summary>
    public IReadOnlyList<ServerProcess> Nodes => cluster?.Nodes ?? [Server];

    /// <summary>The database of several nodes, and the ways to it.</summary>
    public NodeCluster Cluster => cluster ?? throw new InvalidOperationException("The fleet has one server only.");

    public static async Task<Fleet> StartAsync(FleetSettings? settings = null)
    {
        settings ??= new();
        var folder = Directory.CreateTempSubdirectory("slipway-scenario-").FullName;
        if (settings.Nodes == 0)
            return new(folder, await ServerProcess.StartAsync(Path.Combine(folder, "server"), settings), settings, null);

        var cluster = await NodeCluster.StartAsync(folder, settings);
        return new(folder, cluster.Nodes[0], settings, cluster);
    }

    /// <summary>From now on the API and the command line speak with this node.</summary>
    public void SpeakWith(ServerProcess node)
    {
        ArgumentNullException.ThrowIfNull(node);
        (Server, var before) = (node, api);
        api = Client(node.Url, token);
        before.Dispose();
    }

    /// <summary>Instances that run these services, named after their environment: dev-1, dev-2, …</summary>
    public async Task JoinAsync(string environment, int count, params string[] services)
    {
        await MustAsync("environments", "create", environment);
        var joinToken = ContractsJsonOf(
            await MustAsync("agents", "token", "--environment", environment, "--uses", count.ToString(CultureInfo.InvariantCulture), "--json"),
            ContractsJson.Default.JoinTokenCreated).Token;
        var first = agents.Count(agent => agent.Name.StartsWith(environment + "-", StringComparison.Ordinal)) + 1;
        for (var number = first; number < first + count; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{environment}-{number}");
            agents.Add(await AgentProcess.JoinAsync(line is null ? [.. Nodes.Skip(number % Nodes.Count).Concat(Nodes.Take(number % Nodes.Count)).Select(node => node.Url)] : [line.Url], joinToken, environment, name, Path.Combine(folder, name), settings, services));
        }

        await Patience.UntilAsync(
            $"{count} agents of {environment} are connected",
            async () => (await GetAsync($"instances?environment={environment}&connected=true", ContractsJson.Default.PageInstance)).Items.Count >= first + count - 1,
            evidence: () => string.Join('\n', agents.Select(agent => agent.Output).Append(Server.Output)));
    }

    /// <summary>The command line, as a person would type it.</summary>
    public Task<CommandResult> SlipwayAsync(params string[] arguments) => Command.RunAsync(
        Repository.Program("slipway"),
        arguments,
        new Dictionary<string, string>
        {
            ["SLIPWAY_SERVER"] = Server.Url,
            ["SLIPWAY_TOKEN"] = token,
            ["XDG_CONFIG_HOME"] = Path.Combine(folder, "config"),
        });

    /// <summary>The same; anything but exit code 0 fails the test. Answers what it wrote.</summary>
    public async Task<string> MustAsync(params string[] arguments)
    {
        var result = await SlipwayAsync(arguments);
        Assert.True(result.ExitCode == 0, $"slipway {string.Join(' ', arguments)}: {result.Story}");
        return result.Output;
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type) =>
        await api.GetFromJsonAsync(path, type) ?? throw new InvalidOperationException($"GET {path} answered null.");

    public Task PostAsync(string path) => MustAsync(api.PostAsync(new Uri(path, UriKind.Relative), null));

    public Task DeleteAsync(string path) => MustAsync(api.DeleteAsync(new Uri(path, UriKind.Relative)));

    public Task PatchAsync(string path, string json) =>
        MustAsync(api.PatchAsync(new Uri(path, UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json")));

    public Task<Instance> InstanceAsync(string name) => GetAsync($"instances/{name}", ContractsJson.Default.Instance);

    public Task<Target> TargetAsync(string service, string environment) =>
        GetAsync($"targets/{service}/{environment}", ContractsJson.Default.Target);

    public async Task<InstanceService> ServiceOnAsync(AgentProcess agent, string service)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return (await InstanceAsync(agent.Name)).Services.Single(candidate => candidate.Service.Value == service);
    }

    /// <summary>Agents, then the services they leave running on purpose, then the server.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
            await agent.DisposeAsync();
        foreach (var id in ProcessesInside(folder))
            Kill(id);
        await (cluster?.DisposeAsync() ?? Server.DisposeAsync());
        line?.Dispose();
        api.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static HttpClient Client(string url, string token) => new()
    {
        BaseAddress = new(url + "/api/v1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static async Task MustAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static T ContractsJsonOf<T>(string text, JsonTypeInfo<T> type) => System.Text.Json.JsonSerializer.Deserialize(text, type)!;

    /// <summary>Processes whose working folder is in ours: every one of them was started by an agent of ours.</summary>
    private static IEnumerable<int> ProcessesInside(string folder)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string? workingFolder = null;
            try
            {
                workingFolder = File.ResolveLinkTarget(Path.Combine(process, "cwd"), false)?.FullName;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }

            if (workingFolder?.StartsWith(folder + "/", StringComparison.Ordinal) == true)
                yield return int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture);
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(5000);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It was quicker.
        }
    }
}
