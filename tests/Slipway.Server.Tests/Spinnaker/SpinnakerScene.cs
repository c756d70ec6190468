using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Slipway.Contracts;
using Slipway.Contracts.Connections;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Contracts.Versions;
using Slipway.FakeGate;
using Gate = Slipway.FakeGate.FakeGate;

namespace Slipway.Server.Tests.Spinnaker;

/// <summary>The real server with one service of type spinnaker, connected to a Gate in which minutes pass in tenths of a second.</summary>
internal sealed class SpinnakerScene : IAsyncDisposable
{
    public const string Deck = "http://deck.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SpinnakerScene(TestServer server, Gate gate) => (Server, Gate) = (server, gate);

    public TestServer Server { get; }

    public Gate Gate { get; }

    /// <param name="settings">More lines under settings, indented by two.</param>
    public static async Task<SpinnakerScene> StartAsync(string settings = "", FakeGateOptions? options = null)
    {
        var gate = await Gate.StartAsync(options ?? new() { Speed = 120 });
        var server = await TestServer.StartAsync();
        var scene = new SpinnakerScene(server, gate);
        gate.Configs.SaveApplication("shop");
        await scene.ConnectAsync();
        await scene.ApplyAsync(settings);
        return scene;
    }

    public async Task ConnectAsync(IEnumerable<(string Field, string Value)>? values = null, IEnumerable<(string Field, string Value)>? secrets = null)
    {
        (string Field, string Value)[] known = [("gate", Gate.Url.ToString()), ("deck", Deck), ("interval", "500ms")];
        var put = new PutConnection
        {
            Type = "spinnaker",
            Values = known.Concat(values ?? []).GroupBy(pair => pair.Field).ToDictionary(group => group.Key, group => group.Last().Value),
            Secrets = (secrets ?? []).ToDictionary(pair => pair.Field, pair => pair.Value),
        };
        var response = await Server.Http.SendJsonAsync(HttpMethod.Put, "/api/v1/connections/main", System.Text.Json.JsonSerializer.Serialize(put, ContractsJson.Default.PutConnection));
        await response.ShouldBeAsync<Connection>(HttpStatusCode.OK);
    }

    public Task<HttpResponseMessage> TryApplyAsync(string settings)
    {
        var yaml = $$"""
            service: shop
            type: spinnaker
            settings:
              account: prod
              regions: [us-east-1, eu-west-1]
              capacity: { min: 1, max: 4, desired: 2 }
            {{settings}}
            environments:
              staging: { settings: { account: test } }
              production: {}
            """;
        var content = new StringContent(yaml.ReplaceLineEndings("\n"), Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        return Server.Http.PostAsync("/api/v1/services", content);
    }

    public async Task ApplyAsync(string settings)
    {
        var response = await TryApplyAsync(settings);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task PublishAsync(string version, params ArtifactReference[] references) =>
        await (await Server.Http.PostAsync("/api/v1/services/shop/versions", new PublishVersion { Version = VersionName(version), References = references })).ShouldBeAsync<ServiceVersion>(HttpStatusCode.Created);

    public static DeploymentRequest Request(string version, string environment = "production", Strategy? strategy = null) => new()
    {
        Service = Slipway.Contracts.Ids.ServiceName.Parse("shop"),
        Environment = EnvironmentName.Parse(environment),
        Version = VersionName(version),
        Strategy = strategy,
    };

    public async Task<Deployment> DeployAsync(string version, string environment = "production", Strategy? strategy = null) =>
        await DeployAsync(Request(version, environment, strategy));

    public async Task<Deployment> DeployAsync(DeploymentRequest request) =>
        await (await Server.Http.PostAsync("/api/v1/deployments", request)).ShouldBeAsync<Deployment>(HttpStatusCode.Created);

    public async Task<Plan> PlanAsync(DeploymentRequest request) =>
        await (await Server.Http.PostAsync("/api/v1/deployments", request with { DryRun = true })).ShouldBeAsync<Plan>(HttpStatusCode.OK);

    /// <summary>Publishes, deploys and waits until it runs.</summary>
    public async Task<Deployment> RunsAsync(string version, string environment = "production")
    {
        await PublishAsync(version);
        return await EndsAsync(await DeployAsync(version, environment), DeploymentStatus.Succeeded);
    }

    public async Task<Deployment> EndsAsync(Deployment deployment, DeploymentStatus status)
    {
        var ended = await UntilAsync(deployment, now => now.FinishedAt is not null);
        Assert.True(ended.Status == status, $"{ended.Status} instead of {status}: {ended.Failure?.Code} {ended.Failure?.Reason}\n{Tell(ended)}");
        return ended;
    }

    public Task<Deployment> UntilAsync(Deployment deployment, Func<Deployment, bool> condition) =>
        UntilAsync(() => Server.Http.GetAsync<Deployment>($"/api/v1/deployments/{deployment.Id}"), condition, Tell);

    public Task<Deployment> UntilRunsAsync(Deployment deployment, string stage) =>
        UntilAsync(deployment, now => now.Stages.Any(other => other.Name == stage && other is { Status: StageStatus.Running, Steps.Count: > 0 }));

    public Task<Target> TargetAsync(Func<Target, bool> condition, string environment = "production") =>
        UntilAsync(() => Server.Http.GetAsync<Target>($"/api/v1/targets/shop/{environment}"), condition, target => $"{target.Version} {string.Join(" ", target.Drift)} {string.Join(" ", target.RunningVersions)}");

    public Task<InstanceGroups> GroupsAsync(Func<InstanceGroups, bool> condition) =>
        UntilAsync(() => Server.Http.GetAsync<InstanceGroups>("/api/v1/targets/shop/production/groups"), condition, groups => string.Join("\n", groups.Groups) + groups.Trouble);

    public async Task<IReadOnlyList<Deployment>> DeploymentsAsync() => (await Server.Http.GetAsync<Page<Deployment>>("/api/v1/deployments?service=shop")).Items;

    public async Task<IReadOnlyList<DeploymentEvent>> EventsAsync(Deployment deployment) =>
        (await Server.Http.GetAsync<Page<DeploymentEvent>>($"/api/v1/deployments/{deployment.Id}/events?limit=500")).Items;

    /// <summary>As somebody does it in Spinnaker.</summary>
    public async Task PutAsync(string path)
    {
        using var http = new HttpClient();
        (await http.PutAsync(new Uri(Gate.Url, path), null)).EnsureSuccessStatusCode();
    }

    public Task<Deployment> DoAsync(Deployment deployment, string verb, string body = "{}") => DoAsync(Server.Http.PostTextAsync($"/api/v1/deployments/{deployment.Id}/{verb}", body));

    public static async Task<Deployment> DoAsync(Task<HttpResponseMessage> request) => await (await request).ShouldBeAsync<Deployment>(HttpStatusCode.OK);

    /// <summary>Which server groups get traffic: region to names.</summary>
    public IReadOnlyDictionary<string, string> Serving(string account = "prod") => Gate.World.ServerGroups
        .Where(group => group.Account == account && !group.Disabled)
        .GroupBy(group => group.Region)
        .ToDictionary(group => group.Key, group => string.Join(" ", group.Select(one => one.Name)));

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> condition, Func<T, string> tell)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var now = await look();
            if (condition(now))
                return now;

            Assert.True(DateTime.UtcNow < until, $"Not within {Patience.TotalSeconds} s: {tell(now)}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Gate.DisposeAsync();
    }

    private static Slipway.Contracts.Ids.VersionName VersionName(string version) => Slipway.Contracts.Ids.VersionName.Parse(version);

    private static string Tell(Deployment deployment) => string.Join("\n", deployment.Stages.Select(stage =>
        string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Status} {stage.Note}\n{string.Concat(stage.Steps.Select(step => $"{new string(' ', 4 + (step.Depth * 2))}{step.Name} {step.Status} {step.Note}\n"))}")));
}
