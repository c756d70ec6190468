using System.Net;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Production asks how long staging has been healthy, which its agent says.</summary>
[OnBothDatabases]
public sealed class HealthyCheckTests : IAsyncLifetime
{
    private static readonly EnvironmentName StagingName = EnvironmentName.Parse("staging");
    private static readonly TargetId Staging = new(FleetSetup.Target.Service, StagingName);

    private TestServer server = null!;
    private FakeAgent staging = null!;
    private FakeAgent production = null!;
    private ulong generation;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        await DefineAsync(Healthy("staging", Duration.FromMinutes(60)));
        production = await FakeAgent.JoinAsync(server, "prod-1", "production", "checkout");
        await production.ConnectAsync();
        staging = await FakeAgent.JoinAsync(server, "stage-1", "staging", "checkout");
        await server.ChangeAsync(async db =>
        {
            if (await Read.FindAsync(db, Staging, CancellationToken.None) is not { } row)
                db.Add(row = new() { Service = Staging.Service, Environment = Staging.Environment });

            (row.Version, row.DeployedAt) = (FleetSetup.V2.Version, Ago(120));
        });
        await staging.ConnectAsync();
        await server.Get<IFleet>().AssignAsync(Staging, [staging.Name], FleetSetup.V2, "before", fence: null, CancellationToken.None);
        generation = (await staging.HearAsync(ToAgent.BodyOneofCase.Assign)).Assign.Generation;
    }

    public async ValueTask DisposeAsync()
    {
        await staging.DisposeAsync();
        await production.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_hour_before_the_deployment_counts()
    {
        await SaysAsync(ServiceState.Healthy, minutes: 61);
        var check = await EndAsync(await DeployAsync());
        Assert.Equal((StageStatus.Succeeded, "try 1"), (check.Status, Assert.Single(check.Steps).Name));
        Assert.StartsWith("Healthy in staging for 1 h 1 min", check.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trouble_is_waited_for_and_said_and_a_restart_of_the_server_forgets_nothing()
    {
        await SaysAsync(ServiceState.Unhealthy, minutes: 1);
        var deployment = await DeployAsync();
        await UntilAsync(deployment, check => check.Note == "Not healthy in staging: stage-1 is unhealthy");
        await SaysAsync(ServiceState.Healthy, minutes: 12, restarts: 1);
        await UntilAsync(deployment, check => check.Note?.StartsWith("Healthy in staging for 12 min", StringComparison.Ordinal) == true
            && check.Note.EndsWith("when stage-1 became healthy (started again once since it was deployed)", StringComparison.Ordinal));

        await SaysAsync(ServiceState.Healthy, minutes: 61);
        staging.Drop();
        await staging.ClosedAsync();
        await server.RestartAsync();
        await UntilAsync(deployment, check => check.Status == StageStatus.Succeeded || check.Note == "Not healthy in staging: stage-1 is away, and not known until it is back");
        await staging.ConnectAsync(Status(ServiceState.Healthy, 61));
        Assert.Equal(StageStatus.Succeeded, (await EndAsync(deployment)).Status);
    }

    [Fact]
    public async Task Another_version_there_ends_it_at_once_and_nothing_is_changed()
    {
        await SaysAsync(ServiceState.Healthy, minutes: 61);
        var deployment = await DeployAsync("1");
        var check = await EndAsync(deployment);
        Assert.Equal((StageStatus.Failed, "2 stands in staging, and not 1."), (check.Status, check.Note));
        Deployment? ended = null;
        await server.WaitAsync(async () => (ended = await GetAsync(deployment)).FinishedAt is not null);
        Assert.Equal((DeploymentStatus.Failed, "check_failed"), (ended!.Status, ended.Failure!.Code));
    }

    [Fact]
    public async Task A_version_that_stands_here_already_asks_nothing_of_staging()
    {
        await server.RunsAsync(FleetSetup.V1);
        Assert.Equal("1 stands here already", (await EndAsync(await DeployAsync("1"))).Note);
    }

    [Fact]
    public async Task When_the_time_is_over_it_says_what_it_found()
    {
        await DefineAsync(Healthy("staging", Duration.FromMinutes(60)) with { Timeout = HttpCheckTests.Milliseconds(100) }, revision: 2);
        await SaysAsync(ServiceState.Healthy, minutes: 5);
        var deployment = await DeployAsync();
        Assert.Equal(StageStatus.Failed, (await EndAsync(deployment)).Status);
        var failure = (await GetAsync(deployment)).Failure!;
        Assert.Equal("check_timeout", failure.Code);
        Assert.StartsWith("No verdict within 100ms: Healthy in staging for 5 min", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_another_system_runs_the_instances_the_time_since_the_deployment_there_counts()
    {
        var time = HttpCheckTests.Milliseconds(700);
        var (service, there) = await ScriptedAsync(Healthy("staging", time));
        var production = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.Succeeded, null), (production.Status, production.Failure?.Reason));
        var check = production.Stages.Single(stage => stage.Name == "check-soaked");
        Assert.True(check.FinishedAt - there.FinishedAt >= time.Time, $"{check.FinishedAt - there.FinishedAt}");
        Assert.StartsWith("Healthy in staging for", check.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_something_is_deployed_over_it_there_it_waits_and_counts_anew_when_that_is_taken_back()
    {
        var time = HttpCheckTests.Milliseconds(700);
        var (service, _) = await ScriptedAsync(Healthy("staging", time));
        await service.PublishAsync("2.1", Scripted.Stage("change", "waiting: 1h"));
        var over = await DeployThereAsync(service, "2.1");
        await service.RunsAsync(over);
        var production = await service.DeployAsync("2.0");
        await service.UntilAsync(production, now => Check(now).Note == $"{over.Id} is still bringing 2.1 to staging");
        await service.DoAsync(over, "rollback");
        var ended = await service.EndAsync(over);
        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        var check = Check(await service.EndAsync(production));
        Assert.Equal(StageStatus.Succeeded, check.Status);
        Assert.True(check.FinishedAt - ended.FinishedAt >= time.Time, $"{check.FinishedAt - ended.FinishedAt}");

        static StageProgress Check(Deployment deployment) => deployment.Stages.Single(stage => stage.Name == "check-soaked");
    }

    [Fact]
    public async Task What_is_only_the_next_to_be_deployed_there_is_waited_for()
    {
        var (service, _) = await ScriptedAsync(Healthy("staging", HttpCheckTests.Milliseconds(50)));
        await service.PublishAsync("2.1", Scripted.Stage("change", "waiting: 1h"));
        var over = await DeployThereAsync(service, "2.1");
        await service.RunsAsync(over);
        await service.PublishAsync("2.2");
        var next = await DeployThereAsync(service, "2.2");
        var production = await service.DeployAsync("2.2");
        await service.UntilAsync(production, now => now.Stages.Any(stage => stage.Note == $"{next.Id} is still bringing 2.2 to staging"));
        await service.DoAsync(over, "rollback");
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(production)).Status);
    }

    [Fact]
    public async Task An_environment_where_the_service_never_was_ends_it_at_once()
    {
        var (service, _) = await ScriptedAsync(Healthy("nowhere", Duration.FromMinutes(60)));
        Assert.Equal(("check_failed", "The service has no environment nowhere."), await FailureAsync());

        async Task<(string, string)> FailureAsync()
        {
            var failure = (await service.FinishAsync("2.0")).Failure!;
            return (failure.Code, failure.Reason);
        }
    }

    private static CheckDefinition Healthy(string environment, Duration time) => new()
    {
        Name = "soaked",
        When = CheckMoment.Before,
        Healthy = new() { In = EnvironmentName.Parse(environment), For = time },
        Interval = HttpCheckTests.Milliseconds(20),
    };

    /// <summary>2.0 has just been deployed to staging.</summary>
    private async Task<(Scripted Service, Deployment There)> ScriptedAsync(CheckDefinition check)
    {
        var service = await Scripted.NewAsync(server);
        service.Environments = new Dictionary<EnvironmentName, EnvironmentDefinition> { [FleetSetup.Target.Environment] = new() { Checks = [check] } };
        await service.PublishAsync("2.0");
        return (service, await service.EndAsync(await DeployThereAsync(service, "2.0")));
    }

    private static async Task<Deployment> DeployThereAsync(Scripted service, string version) =>
        await (await service.PostAsync(service.Request(version) with { Environment = StagingName })).ShouldBeAsync<Deployment>(HttpStatusCode.Created);

    private static DateTimeOffset Ago(int minutes) => DateTimeOffset.UtcNow.AddMinutes(-minutes);

    private async Task DefineAsync(CheckDefinition check, int revision = 1)
    {
        var service = FleetSetup.Target.Service;
        var definition = new ServiceDefinition
        {
            Service = service,
            Run = ["./run"],
            Environments = new Dictionary<EnvironmentName, EnvironmentDefinition> { [FleetSetup.Target.Environment] = new() { Checks = [check] } },
        };
        await server.StoreAsync(new DefinitionRow { Service = service, Revision = revision, Definition = definition });
        if (revision == 1)
            await server.StoreAsync(new ServiceRow { Name = service, Revision = 1 }, Version("1"), Version("2"));
        else
            await server.ChangeAsync(async db => (await db.FindAsync<VersionRow>(service, FleetSetup.V2.Version))!.DefinitionRevision = revision);

        VersionRow Version(string name) => new() { Service = service, Version = VersionName.Parse(name), DefinitionRevision = 1 };
    }

    private ServiceStatus Status(ServiceState state, int minutes, int restarts = 0)
    {
        var status = FakeAgent.Status("checkout", generation, state, "2", "before");
        (status.Since, status.Restarts) = (Ago(minutes).ToUnixTimeMilliseconds(), restarts);
        return status;
    }

    private async Task SaysAsync(ServiceState state, int minutes, int restarts = 0)
    {
        var status = Status(state, minutes, restarts);
        await staging.SayAsync(new() { Status = status });
        await server.WaitAsync(async () => (await server.Get<IFleet>().StatusAsync(Staging, [staging.Name], CancellationToken.None))[0].Reported?.Equals(status) == true);
    }

    /// <summary>Preparing is answered.</summary>
    private async Task<Deployment> DeployAsync(string version = "2")
    {
        using var response = await server.Http.PostAsync("/api/v1/deployments", new DeploymentRequest { Service = FleetSetup.Target.Service, Environment = FleetSetup.Target.Environment, Version = VersionName.Parse(version) }, null);
        var deployment = await response.ShouldBeAsync<Deployment>(HttpStatusCode.Created);
        var prepare = (await production.HearAsync(ToAgent.BodyOneofCase.Prepare)).Prepare;
        await production.SayAsync(new() { PrepareStatus = new() { Service = "checkout", Version = version, State = PrepareState.PrepareDone, Cause = prepare.Cause } });
        return deployment;
    }

    private Task<Deployment> GetAsync(Deployment deployment) => server.Http.GetAsync<Deployment>($"/api/v1/deployments/{deployment.Id}");

    private Task<StageProgress> EndAsync(Deployment deployment) => UntilAsync(deployment, check => check.Status is StageStatus.Succeeded or StageStatus.Failed);

    private async Task<StageProgress> UntilAsync(Deployment deployment, Func<StageProgress, bool> condition)
    {
        StageProgress? check = null;
        await server.WaitAsync(async () => condition(check = (await GetAsync(deployment)).Stages.Single(stage => stage.Name == "check-soaked")));
        return check!;
    }
}
