using Slipway.Agent.Activating;
using Slipway.Agent.Convergence;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Convergence;

/// <summary>A whole agent against a server that speaks the protocol over real sockets.</summary>
public sealed class ConvergenceTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;
    private Artifact artifact = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
        artifact = server.Publish(Build.Zstd(Build.Tar(("run", "#!/bin/sh"), ("lib/a.txt", "a"))), ArtifactFormat.TarZstd);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        TestContext.Current.TestOutputHelper?.Write(agent.Log);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_assignment_is_prepared_activated_and_reported_healthy()
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));

        var status = await server.NextStatusAsync(ServiceState.Healthy, 1);

        Assert.Equal(("1.0", "1.0", "d-1/activate/1"), (status.Version, status.RunningVersion, status.Cause));
        Assert.Equal(["1.0"], status.PreparedVersions);
        Assert.True(status.Ready);
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Current, "lib/a.txt")));
    }

    [Fact]
    public async Task Late_and_repeated_generations_change_nothing()
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(5, Build.Release("2.0", artifact)));
        await server.NextStatusAsync(ServiceState.Healthy, 5);

        await server.SendAsync(Build.Assign(4, Build.Release("1.0", artifact)));
        await server.SendAsync(Build.Assign(5, Build.Release("2.0", artifact)));
        var again = await server.NextStatusAsync(ServiceState.Healthy, 5);

        Assert.Equal("2.0", again.RunningVersion);
        Assert.Single(agent.Activator.Activations);
    }

    [Fact]
    public async Task A_newer_generation_takes_over_from_one_that_hangs()
    {
        agent.Activator.OnActivate = async (activation, cancellation) =>
        {
            if (activation.Generation == 1)
                await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        await server.NextStatusAsync(ServiceState.Starting, 1);

        await server.SendAsync(Build.Assign(2, Build.Release("2.0", artifact)));

        Assert.Equal("2.0", (await server.NextStatusAsync(ServiceState.Healthy, 2)).RunningVersion);
    }

    [Fact]
    public async Task A_newer_generation_cancels_a_download_that_hangs()
    {
        var gate = new TaskCompletionSource();
        var never = server.Publish(Build.Zstd(Build.Tar(("x", "x"))), ArtifactFormat.TarZstd);
        server.BeforeArtifact = context => context.Request.Path.Value!.EndsWith(never.Sha256, StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", never)));
        await server.NextStatusAsync(ServiceState.Preparing, 1);

        await server.SendAsync(Build.Assign(2, Build.Release("2.0", artifact)));

        await server.NextStatusAsync(ServiceState.Healthy, 2);
        gate.SetResult();
    }

    [Fact]
    public async Task An_activation_that_was_interrupted_by_the_agents_death_is_done_again()
    {
        agent.Activator.OnActivate = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(3, Build.Release("1.0", artifact)));
        await server.NextStatusAsync(ServiceState.Starting, 3);
        await agent.StopAsync();

        agent.Activator = new();
        var hello = await agent.StartAsync();

        var first = Assert.Single(hello.Services);
        Assert.Equal(3ul, first.Generation);
        // The agent does it again without waiting for the server, so its first word may already be that it is done.
        if (first.State != ServiceState.Healthy)
            await server.NextStatusAsync(ServiceState.Healthy, 3);
    }

    [Fact]
    public async Task A_service_that_outlived_the_agent_is_not_restarted()
    {
        await ActivateAsync(1, "1.0");
        await agent.StopAsync();
        var hello = await agent.StartAsync();

        var status = Assert.Single(hello.Services);
        Assert.Equal((ServiceState.Healthy, 1ul, "1.0"), (status.State, status.Generation, status.RunningVersion));
        Assert.Single(agent.Activator.Activations);
    }

    [Fact]
    public async Task A_healthy_service_that_is_gone_after_a_reboot_is_started_without_the_server()
    {
        server.Secrets["KEY"] = "s3cret";
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.SecretNames.Add("KEY"))));
        await server.NextStatusAsync(ServiceState.Healthy, 1);
        await agent.StopAsync();
        agent.Activator.LoseAll();
        server.RefuseWith = "agent_revoked";

        agent.Start();

        await Eventually.HoldsAsync(() => agent.Activator.Activations.Count == 2);
        Assert.Equal("s3cret", agent.Activator.Activations.Last().Environment["KEY"]);
    }

    [Fact]
    public async Task What_ran_beside_a_failed_preparation_is_started_again_after_a_reboot()
    {
        await ActivateAsync(1, "1.0");
        await server.SendAsync(Build.Assign(2, Build.Release("2.0", new Artifact { Sha256 = new string('a', 64), Size = 10, Format = ArtifactFormat.Tar })));
        await server.NextStatusAsync(ServiceState.Failed, 2);
        await agent.StopAsync();
        agent.Activator.LoseAll();

        var status = Assert.Single((await agent.StartAsync()).Services);

        Assert.Equal((2ul, ServiceState.Failed, "download_failed", "1.0"), (status.Generation, status.State, status.ReasonCode, status.RunningVersion));
        Assert.Equal(["1.0", "1.0"], agent.Activator.Activations.Select(activation => activation.Release.Version));
    }

    [Fact]
    public async Task Balancers_are_answered_once_what_was_left_behind_is_found_again()
    {
        await ActivateAsync(1, "1.0");
        await agent.StopAsync();
        var found = new TaskCompletionSource();
        var next = new FakeActivator { Found = found.Task };
        agent.Activator = next;

        agent.Start();
        await next.Looking.Task;
        Assert.False(next.AnswersBalancers);
        found.SetResult();

        await Eventually.HoldsAsync(() => next.AnswersBalancers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"services":""")]
    [InlineData("""{"services":{"shop":{"generation":1,"assignment":"/////w=="}}}""")]
    public async Task A_damaged_state_file_is_put_aside_and_learnt_again(string damaged)
    {
        await ActivateAsync(1, "1.0");
        await agent.StopAsync();
        await File.WriteAllTextAsync(agent.Data.State, damaged);
        server.Welcome.Assignments.Add(Build.Assign(1, Build.Release("1.0", artifact)));

        agent.Start();

        await server.NextToldAsync(ServiceState.Healthy, 1);
        Assert.Equal(damaged, await File.ReadAllTextAsync(agent.Data.State + ".damaged"));
        Assert.Contains("begun anew", agent.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_became_healthy_as_the_agent_died_is_not_started_again()
    {
        await ActivateAsync(1, "1.0");
        await agent.StopAsync();
        var state = new StateFile(agent.Data);
        var healthy = state.Load(out _)["shop"];
        state.Save(TestAgent.Shop, healthy with { Phase = ServiceState.Preparing, Activated = null, ActivatedFolder = null });

        var status = Assert.Single((await agent.StartAsync()).Services);

        Assert.Equal(ServiceState.Healthy, status.State);
        Assert.Single(agent.Activator.Activations);
        await Eventually.HoldsAsync(() => new StateFile(agent.Data).Load(out _)["shop"] is { Phase: ServiceState.Healthy } now && now.ActivatedFolder == healthy.ActivatedFolder);
    }

    [Fact]
    public async Task What_failed_stays_failed_after_a_restart_of_the_agent()
    {
        agent.Activator.OnActivate = (_, _) => Task.FromResult<ActivationOutcome?>(new ActivationOutcome.Failed("health_deadline", "It never answered.", ["boom"], new()));
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        var failed = await server.NextStatusAsync(ServiceState.Failed, 1);
        Assert.Equal(("health_deadline", "boom"), (failed.ReasonCode, Assert.Single(failed.Evidence)));
        await agent.StopAsync();

        var hello = await agent.StartAsync();

        var status = Assert.Single(hello.Services);
        Assert.Equal((ServiceState.Failed, "health_deadline", "It never answered."), (status.State, status.ReasonCode, status.Reason));
        Assert.Single(agent.Activator.Activations);
    }

    [Fact]
    public async Task An_interrupted_preparation_goes_on_after_a_restart_while_the_old_version_runs()
    {
        await ActivateAsync(1, "1.0");
        var next = server.Publish(Build.Zstd(Build.Tar(("new", "new"))), ArtifactFormat.TarZstd);
        var gate = new TaskCompletionSource();
        server.BeforeArtifact = _ => gate.Task;
        await server.SendAsync(Build.Assign(2, Build.Release("2.0", next)));
        await server.NextStatusAsync(ServiceState.Preparing, 2);
        await agent.StopAsync();

        var hello = await agent.StartAsync();
        Assert.Equal("1.0", Assert.Single(hello.Services).RunningVersion);
        gate.SetResult();

        Assert.Equal("2.0", (await server.NextStatusAsync(ServiceState.Healthy, 2)).RunningVersion);
        Assert.Equal(2, agent.Activator.Activations.Count);
    }

    [Fact]
    public async Task An_assignment_of_nothing_stops_the_service_and_it_stays_stopped()
    {
        await ActivateAsync(1, "1.0");
        await server.SendAsync(Build.Assign(2, null));
        await server.NextStatusAsync(ServiceState.Stopped, 2);
        await agent.StopAsync();

        var hello = await agent.StartAsync();

        Assert.Equal(ServiceState.Stopped, Assert.Single(hello.Services).State);
        Assert.Single(agent.Activator.Stops);
        Assert.Single(agent.Activator.Activations);
    }

    [Fact]
    public async Task A_restart_activates_again_once_however_often_it_is_sent()
    {
        await ActivateAsync(1, "1.0");
        var restart = new ToAgent { Restart = new() { Service = "shop", Generation = 1, Cause = "r-1" } };
        await server.SendAsync(restart);
        await server.NextAsync(m => m.Status is { State: ServiceState.Healthy, Cause: "r-1" });
        await server.SendAsync(restart);
        await server.NextAsync(m => m.Status is { State: ServiceState.Healthy, Cause: "r-1" });

        Assert.Equal(2, agent.Activator.Activations.Count);
    }

    [Fact]
    public async Task A_newer_generation_of_what_already_runs_restarts_nothing()
    {
        await ActivateAsync(1, "1.0");
        await server.SendAsync(Build.Assign(2, Build.Release("1.0", artifact), "convergence"));
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        await agent.StopAsync();
        var hello = await agent.StartAsync();

        Assert.Equal((ServiceState.Healthy, 2ul), (hello.Services[0].State, hello.Services[0].Generation));
        Assert.Single(agent.Activator.Activations);
    }

    [Fact]
    public async Task A_service_that_gets_unhealthy_is_reported_with_its_last_words()
    {
        await ActivateAsync(1, "1.0");
        agent.Activator.BecomeUnhealthy(TestAgent.Shop, "It crashed.");

        var status = await server.NextStatusAsync(ServiceState.Unhealthy, 1);

        Assert.Equal(("exited", "It crashed.", "last words"), (status.ReasonCode, status.Reason, Assert.Single(status.Evidence)));
    }

    [Fact]
    public async Task Preparing_ahead_leaves_what_runs_alone_and_makes_the_activation_a_switch()
    {
        await ActivateAsync(1, "1.0");
        var next = server.Publish(Build.Zstd(Build.Tar(("new", "new"))), ArtifactFormat.TarZstd);
        await server.SendAsync(new ToAgent { Prepare = new() { Service = "shop", Release = Build.Release("2.0", next), Cause = "p" } });
        var done = await server.NextAsync(m => m.PrepareStatus is { State: PrepareState.PrepareDone });
        Assert.Equal(("2.0", next.Size, "p"), (done.PrepareStatus.Version, done.PrepareStatus.BytesDone, done.PrepareStatus.Cause));
        Assert.Equal("1.0", agent.Activator.Find(TestAgent.Shop)!.Version.Value);
        server.BeforeArtifact = _ => throw new InvalidOperationException("Nothing is to be downloaded now.");

        await server.SendAsync(Build.Assign(2, Build.Release("2.0", next)));

        await server.NextStatusAsync(ServiceState.Healthy, 2);
    }

    [Fact]
    public async Task A_prepare_and_an_assign_of_the_same_version_share_one_download()
    {
        var gate = new TaskCompletionSource();
        server.BeforeArtifact = _ => gate.Task;
        await agent.StartAsync();
        await server.SendAsync(new ToAgent { Prepare = new() { Service = "shop", Release = Build.Release("1.0", artifact) } });
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        await server.NextStatusAsync(ServiceState.Preparing, 1);
        gate.SetResult();

        await server.NextStatusAsync(ServiceState.Healthy, 1);
        Assert.Single(server.ArtifactRequests);
    }

    [Fact]
    public async Task Other_config_of_the_running_version_gets_a_folder_of_its_own_without_a_download()
    {
        Release WithConfig(ulong revision, string value) => Build.Release("1.0", artifact, r =>
        {
            (r.ConfigRevision, r.Config["MODE"]) = (revision, value);
            r.Spec.Files.Add(new ConfigFile { Path = "config.yml", Template = "mode: ${MODE}" });
        });
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, WithConfig(1, "slow")));
        await server.NextStatusAsync(ServiceState.Healthy, 1);
        await server.SendAsync(Build.Assign(2, WithConfig(2, "fast")));
        await server.NextStatusAsync(ServiceState.Healthy, 2);

        Assert.Single(server.ArtifactRequests);
        Assert.Equal("mode: slow", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0", "config.yml")));
        Assert.Equal("mode: fast", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0~c2", "config.yml")));
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0~c2", "lib/a.txt")));
    }

    [Fact]
    public async Task A_config_file_that_the_newer_config_does_not_have_any_more_is_the_artifacts_again()
    {
        var shipped = server.Publish(Build.Zstd(Build.Tar(("config.yml", "shipped"))), ArtifactFormat.TarZstd);
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", shipped, r => r.Spec.Files.Add(new ConfigFile { Path = "config.yml", Template = "mine" }))));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        await server.SendAsync(Build.Assign(2, Build.Release("1.0", shipped, r => r.ConfigRevision = 2)));
        await server.NextStatusAsync(ServiceState.Healthy, 2);

        Assert.Equal("shipped", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Versions, "1.0~c2", "config.yml")));
    }

    [Fact]
    public async Task A_port_nobody_gave_is_chosen_once()
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.Spec.Port = 0)));
        var first = await server.NextStatusAsync(ServiceState.Healthy, 1);
        await agent.StopAsync();
        agent.Activator.LoseAll();
        agent.Start();
        var second = await server.NextToldAsync(ServiceState.Healthy, 1);

        Assert.InRange(first.Port, 20_000u, 32_000u);
        Assert.Equal(first.Port, second.Port);
    }

    [Fact]
    public async Task Only_as_many_versions_stay_as_are_asked_for_and_never_goes_the_previous_one()
    {
        await agent.StartAsync();
        for (ulong i = 1; i <= 5; i++)
        {
            await server.SendAsync(Build.Assign(i, Build.Release($"{i}.0", artifact, r => r.Spec.Retention = new() { Versions = 2 })));
            await server.NextStatusAsync(ServiceState.Healthy, i);
        }

        await Eventually.HoldsAsync(() => Directory.GetDirectories(agent.Folder.Versions).Length == 2);
        Assert.Equal(["4.0", "5.0"], Directory.GetDirectories(agent.Folder.Versions).Select(Path.GetFileName).Order());
    }

    private async Task ActivateAsync(ulong generation, string version)
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(generation, Build.Release(version, artifact)));
        await server.NextStatusAsync(ServiceState.Healthy, generation);
    }
}
