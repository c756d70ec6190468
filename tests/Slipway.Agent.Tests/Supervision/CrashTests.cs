using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Activating;
using Slipway.Agent.Supervision;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class CrashTests
{
    [Fact]
    public async Task A_service_that_crashes_is_started_again_and_says_so_until_it_is_healthy()
    {
        await using var instance = new TestInstance();
        List<string> seen = [];
        instance.Activator.Changed += _ =>
        {
            lock (seen)
                seen.Add($"{instance.Running!.State} {instance.Running.ReasonCode} {instance.Running.Ready}");
        };
        var first = await instance.ActivateHealthyAsync(instance.Version("1.0", "echo 'out of luck'; test -f crashed || { touch crashed; sleep 0.5; exit 7; }; exec sleep 1000"));

        await TestInstance.UntilAsync(() => instance.Running is { Restarts: 1, State: ServiceState.Healthy }, "it is healthy again");

        Assert.NotEqual(first, instance.Running!.ProcessId);
        Assert.Equal("Unhealthy exited False", seen[0]);
        Assert.Equal("Healthy  True", seen[^1]);
    }

    [Fact]
    public async Task A_crash_has_its_exit_code_and_the_last_lines_as_evidence()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", "sleep 0.3; echo 'out of luck'; exit 7", change: spec => spec.Restarts.InitialDelayMs = 60_000));

        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Unhealthy, "it crashed");

        Assert.Equal("The service exited with code 7.", instance.Running!.Reason);
        Assert.Equal(["out of luck"], instance.Running.Evidence);
        Assert.Equal(0, instance.Running.ProcessId);
    }

    [Fact]
    public async Task A_crash_loop_slows_down()
    {
        var time = new FakeTimeProvider();
        await using var instance = new TestInstance();
        using var watcher = new ExitWatcher();
        var crashes = 0;
        var starts = 0;
        var activation = instance.Version("1.0", "exit 1", change: spec => spec.Restarts = new() { InitialDelayMs = 500, MaximumDelayMs = 2000 });
        CurrentVersion.Switch(instance.Folder, activation.VersionFolder);
        var outcome = await new ProcessRunner(instance.Data, watcher, time).StartAsync(activation, default);
        await using var run = Assert.IsType<StartOutcome.Started>(outcome).Run;
        run.KeepUp(end => _ = end is null ? Interlocked.Increment(ref starts) : Interlocked.Increment(ref crashes));

        foreach (var (pause, number) in new[] { (500, 1), (1000, 2), (2000, 3), (2000, 4) })
        {
            await TestInstance.UntilAsync(() => crashes == number, $"crash {number}");
            // The pause begins right after the crash is reported; a moment too early must not be enough.
            await TestInstance.UntilAsync(() => Timers(time), "the pause has begun");
            time.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(number - 1, starts);
            time.Advance(TimeSpan.FromMilliseconds(1));
            await TestInstance.UntilAsync(() => starts == number, $"start {number}");
        }

        await TestInstance.UntilAsync(() => crashes == 5, "the fifth crash");
    }

    // FakeTimeProvider does not tell its timers; advancing by nothing only runs what is due.
    private static bool Timers(FakeTimeProvider time)
    {
        Thread.Sleep(20);
        time.Advance(TimeSpan.Zero);
        return true;
    }
}
