using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Instances;

/// <summary>What tests of the fleet need around it, put straight into the database.</summary>
internal static class FleetSetup
{
    public static readonly TargetId Target = TargetId.Parse("checkout/production");

    public static readonly Release V1 = new(VersionName.Parse("1"), 0);

    public static readonly Release V2 = new(VersionName.Parse("2"), 0);

    public static async Task<string> JoinTokenAsync(this TestServer server, int uses = 1)
    {
        using var response = await server.Http.PostAsJsonAsync("/api/v1/joinTokens", new CreateJoinToken { Uses = uses }, ContractsJson.Default.CreateJoinToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.JoinTokenCreated))!.Token;
    }

    /// <summary>The service checkout in versions 1 and 2.</summary>
    public static async Task PublishAsync(this TestServer server, params string[] versions)
    {
        var service = Target.Service;
        await server.StoreAsync(
            new ServiceRow { Name = service, Revision = 1 },
            new DefinitionRow { Service = service, Revision = 1, Definition = new ServiceDefinition { Service = service, Run = ["./run"] } });
        await server.StoreAsync([.. (versions is [] ? ["1", "2"] : versions).Select(version =>
            new VersionRow { Service = service, Version = VersionName.Parse(version), DefinitionRevision = 1 })]);
    }

    public static Task RunsAsync(this TestServer server, Release release, DeploymentId? running = null) =>
        server.ChangeAsync(async db =>
        {
            var row = await db.Set<TargetRow>().FindAsync(Target.Service, Target.Environment);
            if (row is null)
                db.Add(row = new() { Service = Target.Service, Environment = Target.Environment });

            (row.Version, row.ConfigRevision, row.RunningDeployment) = (release.Version, release.ConfigRevision, running);
        });

    public static Task StoreAsync(this TestServer server, params object[] rows) =>
        server.ChangeAsync(db =>
        {
            db.AddRange(rows);
            return Task.CompletedTask;
        });

    public static async Task ChangeAsync(this TestServer server, Func<SlipwayDb, Task> change)
    {
        await using var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        await change(db);
        await db.SaveChangesAsync();
    }

    public static async Task<T> ReadAsync<T>(this TestServer server, Func<SlipwayDb, Task<T>> read)
    {
        await using var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public static Task AssignAsync(this TestServer server, Release? release, string cause, params FakeAgent[] agents) =>
        server.Get<IFleet>().AssignAsync(Target, [.. agents.Select(agent => agent.Name)], release, cause, fence: null, CancellationToken.None);

    public static async Task<FleetStatus> StatusAsync(this TestServer server, FakeAgent agent) =>
        Assert.Single(await server.Get<IFleet>().StatusAsync(Target, [agent.Name], CancellationToken.None));

    public static async Task WaitAsync(this TestServer server, Func<Task<bool>> condition)
    {
        _ = server;
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come true.");
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until the database says so.</summary>
    public static Task StoresAsync(this TestServer server, Func<SlipwayDb, Task<bool>> condition) => server.WaitAsync(() => server.ReadAsync(condition));

    /// <summary>Waits until the server sees an instance like this.</summary>
    public static async Task<FleetStatus> SeesAsync(this TestServer server, FakeAgent agent, Func<FleetStatus, bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var status = await server.StatusAsync(agent);
            if (condition(status))
                return status;

            Assert.True(DateTime.UtcNow < deadline, $"Still {status}.");
            await Task.Delay(5);
        }
    }
}
