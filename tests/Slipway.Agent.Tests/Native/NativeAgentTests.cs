using System.Diagnostics;
using System.Globalization;
using Slipway.Agent.Identity;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Native;

/// <summary>
/// The published binary as a process of its own: `SLIPWAY_AGENT_BINARY=out/slipway-agent`. With SLIPWAY_AGENT_ARCHIVE (a tar.zst) it also says
/// how long that takes.
/// </summary>
public sealed class NativeAgentTests : IAsyncLifetime
{
    private static readonly string? Binary = Environment.GetEnvironmentVariable("SLIPWAY_AGENT_BINARY");
    private static readonly string? Archive = Environment.GetEnvironmentVariable("SLIPWAY_AGENT_ARCHIVE");
    private readonly DataFolder data = new(Path.Combine(Path.GetTempPath(), "slipway-native", Guid.NewGuid().ToString("N")));
    private readonly List<Process> started = [];
    private FakeServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            process.Kill();
            process.Dispose();
        }

        await server.DisposeAsync();
        if (Directory.Exists(data.Root))
            Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task The_binary_joins_runs_a_service_leaves_it_running_finds_it_again_and_stays_small()
    {
        Assert.SkipWhen(Binary is null, "SLIPWAY_AGENT_BINARY names no binary.");
        await JoinAsync();
        var content = Archive is null ? Build.Zstd(Build.Tar(("run", "x"))) : await File.ReadAllBytesAsync(Archive);
        var artifact = server.Publish(content, ArtifactFormat.TarZstd);
        var first = Start("run");
        await server.NextHelloAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.Spec = Sleeper())));
        var healthy = await server.NextStatusAsync(ServiceState.Healthy, 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"prepared in {healthy.Timings.PrepareMs} ms, agent used {first.TotalProcessorTime.TotalMilliseconds} ms of CPU");

        // As `kill -9` would, and then another agent process finds the service.
        first.Kill();
        await first.WaitForExitAsync();
        var second = Start("run");
        var hello = await server.NextHelloAsync();
        Assert.Equal((ServiceState.Healthy, healthy.ProcessId), (hello.Services[0].State, hello.Services[0].ProcessId));

        var resident = await AtRestAsync(second);
        await server.SendAsync(Build.Assign(2, null));
        await server.NextStatusAsync(ServiceState.Stopped, 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{resident:0.0} MB resident");
        Assert.InRange(resident, 1, 25);
    }

    [Fact]
    public async Task What_large_artifacts_needed_is_given_back_once_they_run()
    {
        Assert.SkipWhen(Binary is null, "SLIPWAY_AGENT_BINARY names no binary.");
        await JoinAsync();
        var agent = Start("run");
        await server.NextHelloAsync();
        for (var generation = 1; generation <= 4; generation++)
        {
            var tar = Build.Tar(writer => Build.AddFile(writer, "run", Build.Noise(60 * 1024 * 1024, seed: generation)));
            var artifact = generation % 2 == 0 ? server.Publish(Build.Gzip(tar), ArtifactFormat.TarGzip) : server.Publish(Build.Zstd(tar), ArtifactFormat.TarZstd);
            await server.SendAsync(Build.Assign((ulong)generation, Build.Release($"{generation}.0", artifact, r => r.Spec = Sleeper())));
            await server.NextStatusAsync(ServiceState.Healthy, (ulong)generation);
        }

        var most = ResidentMegabytes(agent);
        var resident = await AtRestAsync(agent);
        TestContext.Current.TestOutputHelper?.WriteLine($"{most:0.0} MB resident when the last one was healthy, then {resident:0.0} MB");
        await server.SendAsync(Build.Assign(5, null));
        await server.NextStatusAsync(ServiceState.Stopped, 5);
        Assert.InRange(resident, 1, 25);
    }

    /// <summary>The whole agent, over one step of the default length; SLIPWAY_AGENT_COST_SECONDS=60 makes it a measurement.</summary>
    [Theory]
    [InlineData("quiet", 10_000)]
    [InlineData("quiet, ten times as often", 1_000)]
    [InlineData("chatty", 10_000)]
    public async Task Measuring_costs_no_more_than_a_hundredth_of_a_core(string service, int stepMs)
    {
        Assert.SkipWhen(Binary is null, "SLIPWAY_AGENT_BINARY names no binary.");
        await JoinAsync();

        // 500 lines a second, of which 50 are errors that differ in names and numbers.
        var lines = string.Concat(Enumerable.Range(0, 50).Select(number => number % 10 == 0
            ? $"2026-12-01 08:40:32,{number:000} ERROR [worker-{number}] c.s.Orders - order {number * 7919} of customer {Guid.NewGuid()} not found\n"
            : $"2026-12-01 08:40:32,{number:000} INFO  [worker-{number}] c.s.Orders - order {number * 7919} of customer {Guid.NewGuid()} was shipped\n"));
        var artifact = server.Publish(Build.Zstd(Build.Tar(("lines", lines))), ArtifactFormat.TarZstd);
        var agent = Start("run");
        await server.NextHelloAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, release =>
        {
            release.Spec = Sleeper();
            release.Spec.Health.IntervalMs = 5000;
            release.Spec.Signals = new() { StepMs = stepMs };
            if (service == "chatty")
                release.Spec.Command = new() { Shell = true, Arguments = { "while :; do cat lines; sleep 0.1; done" } };
        })));
        await server.NextStatusAsync(ServiceState.Healthy, 1);
        await server.SendAsync(new ToAgent { TellSignals = new() { Service = "shop", Asker = "d-1", Until = long.MaxValue } });
        var told = await server.NextAsync(message => message.Signals is { Steps: > 0 });
        Assert.Contains(KnownSignal.Memory, told.Signals.Known);

        agent.Refresh();
        var (before, began) = (agent.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("SLIPWAY_AGENT_COST_SECONDS") ?? "10", CultureInfo.InvariantCulture)));
        agent.Refresh();
        var percent = (agent.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(began) * 100;
        await server.SendAsync(Build.Assign(2, null));
        await server.NextStatusAsync(ServiceState.Stopped, 2);

        TestContext.Current.TestOutputHelper?.WriteLine($"{service}: {percent:0.000} % of a core, {ResidentMegabytes(agent):0.0} MB resident");
        Assert.InRange(percent, 0, 1);
    }

    private async Task JoinAsync()
    {
        var joined = Start("join", "--server", server.Address.ToString(), "--token", "slj_a_b", "--environment", "dev", "--service", "shop", "--name", "web-1");
        await joined.WaitForExitAsync();
        Assert.Equal(0, joined.ExitCode);
    }

    private static ServiceSpec Sleeper() => new()
    {
        Port = 18080,
        Command = new() { Arguments = { "sleep", "1000" } },
        Health = new() { Process = new(), IntervalMs = 100, TimeoutMs = 1000, DeadlineMs = 10_000, SettleMs = 100, Failures = 3 },
        Stop = new() { Signal = "SIGTERM", GraceMs = 5000 },
    };

    private Process Start(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Binary!, [.. arguments, "--data", data.Root]))!;
        started.Add(process);
        return process;
    }

    /// <summary>What it has by then, or as soon as it is no more than it may have.</summary>
    private static async Task<double> AtRestAsync(Process agent)
    {
        var waited = Stopwatch.StartNew();
        while (ResidentMegabytes(agent) > 25 && waited.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(50);

        return ResidentMegabytes(agent);
    }

    private static double ResidentMegabytes(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
    }
}
