using Slipway.Agent.Activating;
using Slipway.Agent.Health;
using Slipway.Agent.Tests.Activating;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Health;

public sealed class HealthGateTests
{
    private const string Runs = "echo started; exec sleep 1000";

    [Fact]
    public async Task The_deadline_names_the_last_answer_and_the_failed_service_is_stopped()
    {
        using var server = new HealthServer { Answer = HealthServer.Http(500, "no database") };
        await using var instance = new TestInstance();

        var outcome = await instance.ActivateAsync(instance.Version("1.0", Runs, port: server.Port, change: spec =>
        {
            spec.Health.Http = new() { Path = "/healthz" };
            spec.Health.DeadlineMs = 700;
        }));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Equal("health_deadline", failed.Code);
        Assert.Equal("The service did not become healthy within 0.7 s: GET /healthz answered 500: no database.", failed.Reason);
        Assert.Equal(["started"], failed.Evidence);
        Assert.Null(instance.Running);
        Assert.False(File.Exists(instance.Folder.Run));
    }

    [Fact]
    public async Task What_the_service_has_said_counts_for_more_than_that_it_was_silent_when_the_time_was_over()
    {
        var times = HealthTimes.Of(new() { DeadlineMs = 500, TimeoutMs = 10_000, IntervalMs = 10 });
        var gate = new HealthGate(new AnswersOnce(), times, new TaskCompletionSource<string>().Task, "exited", TimeProvider.System);

        var failed = Assert.IsType<GateVerdict.Failed>(await gate.BecomeHealthyAsync(default));
        Assert.Equal("The service did not become healthy within 0.5 s: it answered 500.", failed.Reason);
    }

    [Fact]
    public async Task Activation_ends_soon_after_the_service_answers()
    {
        using var server = new HealthServer { Answer = HealthServer.Http(503, "starting") };
        await using var instance = new TestInstance();
        var activating = instance.ActivateAsync(instance.Version("1.0", Runs, port: server.Port, change: spec =>
        {
            spec.Health.Http = new() { Path = "/" };
            spec.Health.IntervalMs = 60_000;
        }));
        await TestInstance.UntilAsync(() => server.Asked > 5, "it was asked often while it starts");

        server.Answer = HealthServer.Http(200, "ok");

        Assert.IsType<ActivationOutcome.Healthy>(await activating.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task An_unhealthy_answer_while_settling_fails_the_activation()
    {
        using var server = new HealthServer();
        await using var instance = new TestInstance();
        var activating = instance.ActivateAsync(instance.Version("1.0", Runs, port: server.Port, change: spec =>
        {
            spec.Health.Http = new() { Path = "/" };
            spec.Health.SettleMs = 20_000;
        }));
        await TestInstance.UntilAsync(() => server.Asked > 0, "it was healthy once");

        server.Answer = HealthServer.Http(500, "");

        var failed = Assert.IsType<ActivationOutcome.Failed>(await activating);
        Assert.Equal("unhealthy", failed.Code);
        Assert.Equal("The service was healthy and stopped being so within 20 s: GET / answered 500.", failed.Reason);
    }

    [Fact]
    public async Task After_activation_several_failures_in_a_row_make_it_unhealthy_and_one_success_heals_it()
    {
        using var server = new HealthServer();
        await using var instance = new TestInstance();
        var changes = 0;
        instance.Activator.Changed += _ => Interlocked.Increment(ref changes);
        var pid = await instance.ActivateHealthyAsync(instance.Version("1.0", Runs, port: server.Port, change: spec => spec.Health.Http = new() { Path = "/" }));

        server.Answer = HealthServer.Http(500, "");
        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Unhealthy, "it is unhealthy");
        Assert.Equal(("unhealthy", "GET / answered 500.", false), (instance.Running!.ReasonCode, instance.Running.Reason, instance.Running.Ready));

        server.Answer = HealthServer.Http(200, "");
        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Healthy, "it is healthy");
        Assert.True(instance.Running!.Ready);
        Assert.Equal((pid, 0, 2), (instance.Running.ProcessId, instance.Running.Restarts, changes));
    }

    [Fact]
    public async Task A_port_that_accepts_is_healthy_and_one_that_refuses_is_not()
    {
        using var server = new HealthServer();
        var port = server.Port;
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", Runs, change: spec => spec.Health.Tcp = new() { Port = port }));

        server.Dispose();

        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Unhealthy, "it is unhealthy");
        Assert.Equal($"nothing listens on port {port}.", instance.Running!.Reason);
    }

    [Fact]
    public async Task A_command_that_exits_with_0_is_healthy_and_another_says_why_not()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", "touch well; exec sleep 1000", change: spec =>
            spec.Health.Command = new() { Arguments = { "sh", "-c", "echo \"$VERSION is ill\"; test -f well" } }));

        File.Delete(Path.Combine(instance.Folder.Current, "well"));

        await TestInstance.UntilAsync(() => instance.Running!.State == ServiceState.Unhealthy, "it is unhealthy");
        Assert.Equal("the health check exited with code 1: 1.0 is ill.", instance.Running!.Reason);
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_with_its_children()
    {
        await using var instance = new TestInstance();

        var outcome = await instance.ActivateAsync(instance.Version("1.0", Runs, change: spec =>
        {
            spec.Health.Command = new() { Arguments = { "sleep 987654 & echo $! > child; wait" }, Shell = true };
            spec.Health.TimeoutMs = 300;
            spec.Health.DeadlineMs = 500;
        }));

        var failed = Assert.IsType<ActivationOutcome.Failed>(outcome);
        Assert.Contains("the health check did not end within", failed.Reason, StringComparison.Ordinal);
        var child = int.Parse(await File.ReadAllTextAsync(Path.Combine(instance.Folder.Current, "child")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(ActivatingTests.Alive(child));
    }

    /// <summary>And is silent from then on, as long as it is asked to wait.</summary>
    private sealed class AnswersOnce : IHealthProbe
    {
        private bool hasAnswered;

        public async Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation)
        {
            if (hasAnswered)
                await Task.Delay(timeout, TimeProvider.System, cancellation);

            (var first, hasAnswered) = (!hasAnswered, true);
            return new ProbeAnswer.Unhealthy(first ? "it answered 500" : "it did not answer");
        }
    }
}
