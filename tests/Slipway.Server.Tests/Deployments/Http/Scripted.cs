using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Scripted;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Deployments.Http;

/// <summary>A service of its own whose versions do what the test dictates, and short ways to deploy it over the API.</summary>
internal sealed class Scripted
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int count;

    private readonly TestServer server;
    private int revision;

    private Scripted(TestServer server, string name) => (this.server, Name) = (server, name);

    public string Name { get; }

    /// <summary>What the versions that are published from now on declare.</summary>
    public IReadOnlyList<CheckDefinition> Checks { get; set; } = [];

    /// <summary>The same, in some environments only.</summary>
    public IReadOnlyDictionary<EnvironmentName, EnvironmentDefinition> Environments { get; set; } = new Dictionary<EnvironmentName, EnvironmentDefinition>();

    /// <summary>A service with version 1.0, which runs these stages; none: one that succeeds.</summary>
    public static async Task<Scripted> NewAsync(TestServer server, params ScriptedStage[] stages)
    {
        var scripted = new Scripted(server, $"scripted-{Interlocked.Increment(ref count)}");
        await server.Get<EnvironmentStore>().EnsureAsync(EnvironmentName.Parse("production"), CancellationToken.None);
        await scripted.PublishAsync("1.0", stages);
        return scripted;
    }

    public static ScriptedStage Stage(string name, params string[] answers) => new() { Name = name, Answers = answers is [] ? ["succeeded"] : answers };

    public Task PublishAsync(string version, params ScriptedStage[] stages) => PublishAsync(version, null, new ScriptedSettings { Stages = stages is [] ? [new()] : stages });

    public async Task PublishAsync(string version, string? branch, ScriptedSettings settings)
    {
        var (service, now) = (ServiceName.Parse(Name), server.Get<TimeProvider>().GetUtcNow());
        await using (var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            if (revision == 0)
                db.Add(new ServiceRow { Name = service, Revision = 1, CreatedAt = now, UpdatedAt = now });

            revision++;
            var definition = new ServiceDefinition { Service = service, Type = "scripted", Checks = Checks, Environments = Environments, Settings = JsonSerializer.SerializeToElement(settings, EngineJson.Options) };
            db.Add(new DefinitionRow { Service = service, Revision = revision, Definition = definition, CreatedAt = now });
            db.Add(new VersionRow { Service = service, Version = VersionName.Parse(version), DefinitionRevision = revision, Branch = branch, CreatedAt = now });
            await db.SaveChangesAsync();
        }

        await server.Get<IAutomaticDeployments>().VersionPublishedAsync(service, VersionName.Parse(version), CancellationToken.None);
    }

    public DeploymentRequest Request(string? version = "1.0") => new()
    {
        Service = ServiceName.Parse(Name),
        Environment = EnvironmentName.Parse("production"),
        Version = version is null ? null : VersionName.Parse(version),
    };

    public Task<HttpResponseMessage> PostAsync(DeploymentRequest request, string? key = null) => server.Http.PostAsync("/api/v1/deployments", request, key);

    public async Task<Deployment> DeployAsync(string? version = "1.0") => await (await PostAsync(Request(version))).ShouldBeAsync<Deployment>(HttpStatusCode.Created);

    /// <summary>Deploys and waits for the end.</summary>
    public async Task<Deployment> FinishAsync(string? version = "1.0") => await EndAsync(await DeployAsync(version));

    public Task<HttpResponseMessage> AskAsync(Deployment deployment, string verb) => server.Http.PostTextAsync($"/api/v1/deployments/{deployment.Id}/{verb}", "{}");

    public async Task<Deployment> DoAsync(Deployment deployment, string verb) => await (await AskAsync(deployment, verb)).ShouldBeAsync<Deployment>(HttpStatusCode.OK);

    public Task<Deployment> EndAsync(Deployment deployment) => UntilAsync(deployment, now => now.FinishedAt is not null);

    /// <summary>Its first stage has been called, so that the next thing that happens wakes it.</summary>
    public async Task RunsAsync(Deployment deployment) =>
        await UntilAsync(deployment, now => now.Stages.Any(stage => stage.Status == StageStatus.Running) && now.Sequence >= 4);

    public async Task<Deployment> UntilAsync(Deployment deployment, Func<Deployment, bool> condition)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var now = await server.Http.GetAsync<Deployment>($"/api/v1/deployments/{deployment.Id}");
            if (condition(now))
                return now;

            Assert.True(DateTime.UtcNow < until, $"{now.Id} is still {now.Status}: {string.Join(", ", now.Stages.Select(stage => $"{stage.Name} {stage.Status}"))}");
            await Task.Delay(20);
        }
    }

    public Task<Target> TargetAsync() => server.Http.GetAsync<Target>($"/api/v1/targets/{Name}/production");

    public async Task<IReadOnlyList<Deployment>> DeploymentsAsync(string filter = "") =>
        (await server.Http.GetAsync<Page<Deployment>>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/deployments?service={Name}{filter}"))).Items;

    public async Task<IReadOnlyList<DeploymentEvent>> EventsAsync(Deployment deployment) =>
        (await server.Http.GetAsync<Page<DeploymentEvent>>($"/api/v1/deployments/{deployment.Id}/events?limit=500")).Items;
}
