using System.Diagnostics;
using Slipway.Agent.Activating;
using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Activating;

public sealed class ActivatingTests
{
    private const string Runs = "echo \"hello from $VERSION\"; exec sleep 1000";

    [Fact]
    public async Task A_version_is_started_from_current_and_its_output_is_in_the_log()
    {
        await using var instance = new TestInstance();

        await instance.ActivateHealthyAsync(instance.Version("1.0", "pwd; " + Runs));

        Assert.Equal(Path.Combine("versions", "1.0"), new FileInfo(instance.Folder.Current).LinkTarget);
        await TestInstance.UntilAsync(() => instance.Log.Contains("hello from 1.0", StringComparison.Ordinal), "the greeting is in the log");
        Assert.Contains("/versions/1.0", instance.Log, StringComparison.Ordinal);
        Assert.Equal(ServiceState.Healthy, instance.Running!.State);
        Assert.True(instance.Running.Ready);
        Assert.Equal([ServiceState.Starting, ServiceState.Checking], instance.Entered);
    }

    [Fact]
    public async Task The_next_version_replaces_the_one_that_runs()
    {
        await using var instance = new TestInstance();
        var first = await instance.ActivateHealthyAsync(instance.Version("1.0", Runs));

        var second = await instance.ActivateHealthyAsync(instance.Version("2.0", Runs, generation: 2));

        Assert.NotEqual(first, second);
        Assert.Null(Alive(first));
        Assert.Equal(Path.Combine("versions", "2.0"), new FileInfo(instance.Folder.Current).LinkTarget);
        Assert.Equal("2.0", instance.Running!.Version.Value);
    }

    [Fact]
    public async Task A_process_that_ends_while_starting_fails_at_once_with_its_exit_code_and_its_last_words()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", Runs));
        var watch = Stopwatch.StartNew();

        var outcome = await instance.ActivateAsync(instance.Version(
            "2.0", "echo 'no database'; exit 3", generation: 2, port: (uint)FreePort.Next(), change: spec => spec.Health.Http = new() { Path = "/" }));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("exited", failed.Code);
        Assert.Contains("exited with code 3", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(["no database"], failed.Evidence);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"it took {watch.Elapsed}, as if it had waited for the deadline");
        Assert.Null(instance.Running);
    }

    [Fact]
    public async Task A_process_killed_by_a_signal_says_which()
    {
        await using var instance = new TestInstance();

        var outcome = await instance.ActivateAsync(instance.Version("1.0", "kill -SEGV $$", change: spec => spec.Health.SettleMs = 10_000));

        Assert.Contains("was killed by SIGSEGV", Assert.IsType<ActivationOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_while_settling_fails_the_activation()
    {
        await using var instance = new TestInstance();

        var outcome = await instance.ActivateAsync(instance.Version("1.0", "sleep 0.5; exit 4", change: spec => spec.Health.SettleMs = 20_000));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("exited", failed.Code);
        Assert.Contains("exited with code 4", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_before_the_running_version_is_touched()
    {
        await using var instance = new TestInstance();
        var first = await instance.ActivateHealthyAsync(instance.Version("1.0", Runs));

        var outcome = await instance.ActivateAsync(instance.Version(
            "2.0", "", generation: 2, change: spec => spec.Command = new() { Arguments = { "no-such-program" } }));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("start_failed", failed.Code);
        Assert.Contains("'no-such-program'", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(first, instance.Running!.ProcessId);
        Assert.True(instance.Running.Ready);
    }

    [Fact]
    public async Task A_value_never_adds_an_argument_and_a_shell_is_only_used_when_asked_for()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", "for a in \"$@\"; do echo \"[$a]\"; done; exec sleep 1000", change: spec =>
            spec.Command = new() { Arguments = { "./run.sh", "${VALUE}", "$(id)", "${OTHER:-standard}" } });
        activation = activation with { Environment = new Dictionary<string, string>(activation.Environment) { ["VALUE"] = "two words; id" } };

        await instance.ActivateHealthyAsync(activation);

        await TestInstance.UntilAsync(() => instance.Log.Contains("[standard]", StringComparison.Ordinal), "the arguments are in the log");
        Assert.Equal("[two words; id]\n[$(id)]\n[standard]\n", instance.Log);
    }

    [Fact]
    public async Task A_shell_line_is_run_by_the_shell()
    {
        await using var instance = new TestInstance();

        await instance.ActivateHealthyAsync(instance.Version("1.0", "", change: spec =>
            spec.Command = new() { Arguments = { "echo \"it is $((1 + 1)) for ${VERSION}\"; exec sleep 1000" }, Shell = true }));

        await TestInstance.UntilAsync(() => instance.Log.Contains("it is 2 for 1.0", StringComparison.Ordinal), "the shell has calculated");
    }

    [Fact]
    public async Task A_newer_generation_takes_over_an_activation_at_any_point()
    {
        await using var instance = new TestInstance();
        using var newer = new CancellationTokenSource();
        var stuck = instance.Version("1.0", Runs, port: (uint)FreePort.Next(), change: spec => spec.Health.Http = new() { Path = "/" });
        var first = instance.ActivateAsync(stuck, newer.Token);
        await TestInstance.UntilAsync(() => instance.Running is { State: ServiceState.Checking, ProcessId: > 0 }, "it is being checked");
        var orphan = instance.Running!.ProcessId;

        await newer.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await instance.ActivateHealthyAsync(instance.Version("2.0", Runs, generation: 2));

        Assert.Null(Alive(orphan));
        Assert.Equal("2.0", instance.Running!.Version.Value);
    }

    [Fact]
    public async Task A_version_that_cannot_be_put_in_place_fails_with_a_reason()
    {
        await using var instance = new TestInstance();
        Directory.CreateDirectory(Path.Combine(instance.Folder.Current, "in the way"));

        var failed = Assert.IsType<ActivationOutcome.Failed>(await instance.ActivateAsync(instance.Version("1.0", Runs)));

        Assert.Equal("start_failed", failed.Code);
        Assert.Contains("Is something other than a link in its place?", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_while_it_stops_the_next_activation_finishes_the_stop()
    {
        await using var instance = new TestInstance();
        var stubborn = instance.Version("1.0", "trap '' TERM; echo ready; while :; do sleep 0.05; done", change: spec => spec.Stop.GraceMs = 60_000);
        var pid = await instance.ActivateHealthyAsync(stubborn);
        await TestInstance.UntilAsync(() => instance.Log.Contains("ready", StringComparison.Ordinal), "the trap is set");
        using var newer = new CancellationTokenSource();
        var first = instance.ActivateAsync(instance.Version("2.0", Runs, generation: 2), newer.Token);
        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Stopping, "it is being stopped");

        await newer.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull(Alive(pid));
        stubborn.Release.Spec.Stop.GraceMs = 100;
        await instance.ActivateHealthyAsync(instance.Version("3.0", Runs, generation: 3));

        Assert.Null(Alive(pid));
    }

    [Fact]
    public async Task A_drain_that_is_cut_short_leaves_what_runs_ready_and_kept_up()
    {
        await using var instance = new TestInstance();
        var pid = await instance.ActivateHealthyAsync(instance.Version("1.0", Runs));
        using var newer = new CancellationTokenSource();
        var next = instance.ActivateAsync(instance.Version("2.0", Runs, generation: 2, change: LongDrain), newer.Token);
        await TestInstance.UntilAsync(() => instance.Running is { State: ServiceState.Draining, Ready: false }, "it is being drained");

        await newer.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.True(instance.Running is { State: ServiceState.Healthy, Ready: true }, $"{instance.Running}");
        using var process = Process.GetProcessById(pid);
        process.Kill();

        await TestInstance.UntilAsync(() => instance.Running is { Restarts: > 0, State: ServiceState.Healthy, Ready: true }, "it is started again");
        Assert.Equal(("1.0", 1), (instance.Running!.Version.Value, instance.Running.Restarts));
    }

    [Fact]
    public async Task A_drain_before_a_stop_that_is_cut_short_leaves_what_runs_ready()
    {
        await using var instance = new TestInstance();
        var version = instance.Version("1.0", Runs, change: LongDrain);
        await instance.ActivateHealthyAsync(version);
        using var newer = new CancellationTokenSource();
        var stopped = instance.Activator.StopAsync(instance.Service, version.Release, newer.Token);
        await TestInstance.UntilAsync(() => instance.Running is { State: ServiceState.Draining, Ready: false }, "it is being drained");

        await newer.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.True(instance.Running is { State: ServiceState.Healthy, Ready: true }, $"{instance.Running}");
    }

    [Fact]
    public async Task A_stopped_service_stays_stopped()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", Runs);
        var pid = await instance.ActivateHealthyAsync(activation);

        await instance.Activator.StopAsync(instance.Service, activation.Release, default);

        Assert.Null(instance.Running);
        Assert.Null(Alive(pid));
        Assert.False(File.Exists(instance.Folder.Run));
    }

    [Fact]
    public async Task One_that_was_never_healthy_gets_its_grace_too_when_nothing_is_assigned_any_more()
    {
        await using var instance = new TestInstance();
        using var newer = new CancellationTokenSource();
        var starting = instance.ActivateAsync(instance.Version(
            "1.0", "trap 'sleep 0.3; echo goodbye; exit' TERM; echo ready; while :; do sleep 0.05; done",
            port: (uint)FreePort.Next(), change: spec => spec.Health.Http = new() { Path = "/" }), newer.Token);
        await TestInstance.UntilAsync(() => instance.Log.Contains("ready", StringComparison.Ordinal), "the trap is set");
        await newer.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);

        await instance.Activator.StopAsync(instance.Service, new() { Spec = new() }, default);

        Assert.Contains("goodbye", instance.Log, StringComparison.Ordinal);
    }

    private static void LongDrain(ServiceSpec spec) => spec.Drain = new() { WaitMs = 600_000 };

    internal static ProcessEntry? Alive(int pid) => ProcessTable.Read(pid) is { HasEnded: false } entry ? entry : null;
}
