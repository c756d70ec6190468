using System.Diagnostics;
using System.Globalization;
using Slipway.Agent.Tests.Activating;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class StoppingTests
{
    [Fact]
    public async Task A_service_that_ends_on_the_signal_is_not_killed()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version("1.0", "trap 'echo goodbye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await instance.ActivateHealthyAsync(activation);
        await TestInstance.UntilAsync(() => instance.Log.Contains("ready", StringComparison.Ordinal), "the trap is set");

        await instance.Activator.StopAsync(instance.Service, activation.Release, default);

        Assert.EndsWith("goodbye\n", instance.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signal_is_the_one_the_service_asks_for()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version(
            "1.0", "trap 'echo interrupted; exit 0' INT; echo ready; while :; do sleep 0.05; done", change: spec => spec.Stop.Signal = "SIGINT");
        await instance.ActivateHealthyAsync(activation);
        await TestInstance.UntilAsync(() => instance.Log.Contains("ready", StringComparison.Ordinal), "the trap is set");

        await instance.Activator.StopAsync(instance.Service, activation.Release, default);

        Assert.EndsWith("interrupted\n", instance.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_ignores_SIGTERM_is_killed_after_its_grace_with_its_children_and_theirs()
    {
        await using var instance = new TestInstance();
        var activation = instance.Version(
            "1.0",
            "trap '' TERM; sh -c 'sh -c \"echo \\$\\$; exec sleep 1000\" & echo $$; wait' & echo $$; wait; sleep 1000",
            change: spec => spec.Stop.GraceMs = 300);
        await instance.ActivateHealthyAsync(activation);
        await TestInstance.UntilAsync(() => Lines(instance).Length == 3, "three generations run");
        int[] family = [.. Lines(instance).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        Assert.All(family, pid => Assert.NotNull(ActivatingTests.Alive(pid)));
        var watch = Stopwatch.StartNew();

        await instance.Activator.StopAsync(instance.Service, activation.Release, default);

        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(300), $"it was given only {watch.Elapsed}");
        Assert.All(family, pid => Assert.Null(ActivatingTests.Alive(pid)));
    }

    [Fact]
    public async Task A_grandchild_that_outlives_its_parent_gets_the_grace_and_then_is_gone_before_the_next_version_starts()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version(
            "1.0", "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.05; done' & exec sleep 1000", change: spec => spec.Stop.GraceMs = 300));
        await TestInstance.UntilAsync(() => Lines(instance).Length == 1, "the grandchild runs");
        var stubborn = int.Parse(Lines(instance)[0], CultureInfo.InvariantCulture);

        await instance.ActivateHealthyAsync(instance.Version("2.0", $"grep -qs 'State:.[RSD]' /proc/{stubborn}/status && exit 1; exec sleep 1000", generation: 2));

        Assert.Null(ActivatingTests.Alive(stubborn));
    }

    [Fact]
    public async Task A_crash_takes_what_is_left_of_the_group_with_it()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", "sleep 1000 & echo $!; sleep 0.3; test -f crashed || { touch crashed; exit 9; }; exec sleep 1000"));
        await TestInstance.UntilAsync(() => Lines(instance).Length == 1, "the child runs");
        var child = int.Parse(Lines(instance)[0], CultureInfo.InvariantCulture);

        await TestInstance.UntilAsync(() => instance.Running!.Restarts == 1, "it crashed");

        Assert.Null(ActivatingTests.Alive(child));
    }

    [Fact]
    public async Task Nothing_outside_the_group_is_touched()
    {
        await using var instance = new TestInstance();
        using var bystander = Process.Start("sleep", "1000");
        var activation = instance.Version("1.0", "exec sleep 1000");
        await instance.ActivateHealthyAsync(activation);

        await instance.Activator.StopAsync(instance.Service, activation.Release, default);

        Assert.False(bystander.HasExited);
        bystander.Kill();
    }

    private static string[] Lines(TestInstance instance) => instance.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
