using Slipway.Agent.Reporting;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Activating;

/// <summary>Commands that checks run beside a service.</summary>
public sealed class CommandsOfChecksTests
{
    [Fact]
    public async Task It_runs_in_the_folder_and_the_environment_of_what_runs_and_its_end_is_told()
    {
        await using var instance = new TestInstance();
        await instance.ActivateHealthyAsync(instance.Version("1.0", "exec sleep 1000"));

        var good = await RunAsync(instance, "1.0", ["sh", "-c", "test -x ./run.sh && test \"$VERSION\" = 1.0 && test \"$SLIPWAY_DEPLOYMENT\" = 17 && test \"$1\" = 1.0", "sh", "${VERSION}"]);
        Assert.Equal(("", 0, 0), (good.Trouble, good.Code, good.Output.Count));

        var bad = await RunAsync(instance, "1.0", ["sh", "-c", "seq 1 100; echo no stock >&2; exit 3"]);
        Assert.Equal((3, 20, "no stock"), (bad.Code, bad.Output.Count, bad.Output[^1]));
        Assert.Equal(128 + 15, (await RunAsync(instance, "1.0", ["sh", "-c", "kill $$"])).Code);
        Assert.Empty(Directory.EnumerateFiles(instance.Folder.Logs, "check-*"));
    }

    [Fact]
    public async Task What_cannot_be_run_is_said_in_words()
    {
        await using var instance = new TestInstance();
        Assert.Contains("does not run checkout", (await RunAsync(instance, "1.0", ["true"])).Trouble, StringComparison.Ordinal);

        await instance.ActivateHealthyAsync(instance.Version("1.0", "exec sleep 1000"));
        Assert.Contains("runs 1.0 now, not 2.0", (await RunAsync(instance, "2.0", ["true"])).Trouble, StringComparison.Ordinal);
        Assert.Contains("'there-is-none' is neither on the PATH", (await RunAsync(instance, "1.0", ["there-is-none"])).Trouble, StringComparison.Ordinal);
        Assert.Contains("${NOTHING}", (await RunAsync(instance, "1.0", ["echo", "${NOTHING}"])).Trouble, StringComparison.Ordinal);
        Assert.Contains("had not ended within 0.2 s", (await RunAsync(instance, "1.0", ["sleep", "1000"], deadlineMs: 200)).Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_run_once_however_often_it_is_asked_for_and_everybody_who_asks_is_answered()
    {
        var activator = new FakeActivator();
        using var outbox = new Outbox();
        var runs = new CommandRuns(activator, outbox);
        var end = new TaskCompletionSource();
        activator.CommandsEnd = end.Task;

        var first = runs.StartAsync(new() { Run = "17/smoke/1/1", Asker = "a" }, default);
        var second = runs.StartAsync(new() { Run = "17/smoke/1/1", Asker = "b" }, default);
        end.SetResult();
        await Task.WhenAll(first, second);
        await runs.StartAsync(new() { Run = "17/smoke/1/1", Asker = "c" }, default);

        Assert.Single(activator.Commands);
        Assert.Equal(["a", "b", "c"], outbox.TakeSome(10, int.MaxValue).Select(message => message.CommandEnded.Asker).Order());
    }

    [Fact]
    public async Task Too_many_at_once_are_refused()
    {
        var activator = new FakeActivator { CommandsEnd = new TaskCompletionSource().Task };
        using var outbox = new Outbox();
        using var stop = new CancellationTokenSource();
        var runs = new CommandRuns(activator, outbox);
        var running = Enumerable.Range(0, CommandRuns.MostAtOnce).Select(number => runs.StartAsync(new() { Run = $"{number}" }, stop.Token)).ToList();
        await runs.StartAsync(new() { Run = "one too many" }, stop.Token);

        Assert.Contains("runs 4 commands", Assert.Single(outbox.TakeSome(10, int.MaxValue)).CommandEnded.Trouble, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static Task<CommandEnded> RunAsync(TestInstance instance, string version, string[] words, int deadlineMs = 20_000) => instance.Activator.RunCommandAsync(
        new()
        {
            Run = "17/smoke/1/1",
            Service = instance.Service.Value,
            Version = version,
            Command = new() { Arguments = { words } },
            DeadlineMs = deadlineMs,
            Environment = { ["SLIPWAY_DEPLOYMENT"] = "17" },
        },
        TestContext.Current.CancellationToken);
}
