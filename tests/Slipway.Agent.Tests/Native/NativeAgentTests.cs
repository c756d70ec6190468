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
    private FakeServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (Directory.Exists(data.Root))
            Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task The_binary_joins_runs_a_service_leaves_it_running_finds_it_again_and_stays_small()
    {
        Assert.SkipWhen(Binary is null, "SLIPWAY_AGENT_BINARY names no binary.");
        using var joined = Start("join", "--server", server.Address.ToString(), "--token", "slj_a_b", "--environment", "dev", "--service", "shop", "--name", "web-1");
        await joined.WaitForExitAsync();
        Assert.Equal(0, joined.ExitCode);

        var content = Archive is null ? Build.Zstd(Build.Tar(("run", "x"))) : await File.ReadAllBytesAsync(Archive);
        var artifact = server.Publish(content, ArtifactFormat.TarZstd);
        using var first = Start("run");
        await server.NextHelloAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.Spec = Sleeper())));
        var healthy = await server.NextStatusAsync(ServiceState.Healthy, 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"prepared in {healthy.Timings.PrepareMs} ms, agent used {first.TotalProcessorTime.TotalMilliseconds} ms of CPU");

        // As `kill -9` would, and then another agent process finds the service.
        first.Kill();
        await first.WaitForExitAsync();
        using var second = Start("run");
        var hello = await server.NextHelloAsync();
        Assert.Equal((ServiceState.Healthy, healthy.ProcessId), (hello.Services[0].State, hello.Services[0].ProcessId));

        await server.SendAsync(Build.Assign(2, null));
        await server.NextStatusAsync(ServiceState.Stopped, 2);
        var resident = ResidentMegabytes(second);
        TestContext.Current.TestOutputHelper?.WriteLine($"{resident:0.0} MB resident");
        second.Kill();
        Assert.InRange(resident, 1, 25);
    }

    private static ServiceSpec Sleeper() => new()
    {
        Port = 18080,
        Command = new() { Arguments = { "sleep", "1000" } },
        Health = new() { Process = new(), IntervalMs = 100, TimeoutMs = 1000, DeadlineMs = 10_000, SettleMs = 100, Failures = 3 },
        Stop = new() { Signal = "SIGTERM", GraceMs = 5000 },
    };

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Binary!, [.. arguments, "--data", data.Root]))!;

    private static double ResidentMegabytes(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024.0;
    }
}
