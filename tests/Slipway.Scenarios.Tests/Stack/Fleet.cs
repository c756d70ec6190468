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
    private readonly HttpClient api;
    private readonly List<AgentProcess> agents = [];

    private Fleet(string folder, ServerProcess server)
    {
        this.folder = folder;
        Server = server;
        api = new() { BaseAddress = new(server.Url + "/api/v1/") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
    }

    public ServerProcess Server { get; }

    public IReadOnlyList<AgentProcess> Agents => agents;

    public static async Task<Fleet> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-scenario-").FullName;
        return new(folder, await ServerProcess.StartAsync(Path.Combine(folder, "server")));
    }

    /// <summary>Instances that run these services, named after their environment: dev-1, dev-2, …</summary>
    public async Task JoinAsync(string environment, int count, params string[] services)
    {
        await MustAsync("environments", "create", environment);
        var token = ContractsJsonOf(
            await MustAsync("agents", "token", "--environment", environment, "--uses", count.ToString(CultureInfo.InvariantCulture), "--json"),
            ContractsJson.Default.JoinTokenCreated).Token;
        var first = agents.Count(agent => agent.Name.StartsWith(environment + "-", StringComparison.Ordinal)) + 1;
        for (var number = first; number < first + count; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{environment}-{number}");
            agents.Add(await AgentProcess.JoinAsync(Server, token, environment, name, Path.Combine(folder, name), services));
        }

        await Patience.UntilAsync(
            $"{count} agents of {environment} are connected",
            async () => (await GetAsync($"instances?environment={environment}&connected=true", ContractsJson.Default.PageInstance)).Items.Count >= first + count - 1,
            evidence: () => string.Join('\n', agents.Select(agent => agent.Output)));
    }

    /// <summary>The command line, as a person would type it.</summary>
    public Task<CommandResult> SlipwayAsync(params string[] arguments) => Command.RunAsync(
        Repository.Program("slipway"),
        arguments,
        new Dictionary<string, string>
        {
            ["SLIPWAY_SERVER"] = Server.Url,
            ["SLIPWAY_TOKEN"] = Server.Token,
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

    public Task<Target> TargetAsync(string service, string environment) =>
        GetAsync($"targets/{service}/{environment}", ContractsJson.Default.Target);

    public async Task<InstanceService> ServiceOnAsync(AgentProcess agent, string service)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var instance = await GetAsync($"instances/{agent.Name}", ContractsJson.Default.Instance);
        return instance.Services.Single(candidate => candidate.Service.Value == service);
    }

    /// <summary>Agents, then the services they leave running on purpose, then the server.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents)
            await agent.DisposeAsync();
        foreach (var id in ProcessesInside(folder))
            Kill(id);
        await Server.DisposeAsync();
        api.Dispose();
        Directory.Delete(folder, recursive: true);
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
