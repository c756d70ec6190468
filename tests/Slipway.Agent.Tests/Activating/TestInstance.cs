using System.Globalization;
using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Xunit;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Activating;

/// <summary>A data folder with one service, and the activator that runs it. Disposing leaves no process behind.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider time;
    private readonly ActivatorSettings settings;

    public TestInstance(ActivatorSettings? settings = null, TimeProvider? time = null, string service = "checkout")
    {
        Service = ServiceName.Parse(service);
        Data = new(Directory.CreateTempSubdirectory("slipway-").FullName);
        Folder = Data.Service(Service);
        Directory.CreateDirectory(Folder.Versions);
        this.time = time ?? TimeProvider.System;
        this.settings = settings ?? new();
        Activator = new(Data, this.settings, this.time);
        Activator.AnswerBalancers();
    }

    public ServiceName Service { get; }

    public DataFolder Data { get; }

    public ServiceFolder Folder { get; }

    public ServiceActivator Activator { get; private set; }

    public List<ServiceState> Entered { get; } = [];

    public RunningService? Running => Activator.Find(Service);

    public string Log => File.Exists(Path.Combine(Folder.Logs, "current.log")) ? File.ReadAllText(Path.Combine(Folder.Logs, "current.log")) : "";

    /// <summary>A version whose program is a shell script, healthy while it runs, given no time to settle unless asked.</summary>
    public Activation Version(string version, string script, ulong generation = 1, uint port = 0, Action<ServiceSpec>? change = null)
    {
        var folder = Path.Combine(Folder.Versions, version);
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, "run.sh");
        File.WriteAllText(program, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var spec = new ServiceSpec
        {
            Command = new() { Arguments = { "./run.sh" } },
            Health = new() { Process = new(), IntervalMs = 100, TimeoutMs = 2000, DeadlineMs = 20_000, SettleMs = 0, Failures = 2 },
            Stop = new() { Signal = "SIGTERM", GraceMs = 10_000 },
            Restarts = new() { InitialDelayMs = 50, MaximumDelayMs = 400 },
        };
        change?.Invoke(spec);
        var release = new Release { Service = Service.Value, Environment = "test", Version = version, ConfigRevision = 1, Spec = spec };
        var environment = new Dictionary<string, string> { ["PORT"] = port.ToString(CultureInfo.InvariantCulture), ["VERSION"] = version };
        return new(Service, generation, release, folder, null, environment, port);
    }

    public Task<ActivationOutcome> ActivateAsync(Activation activation, CancellationToken cancellation = default) =>
        Activator.ActivateAsync(activation, Entered.Add, cancellation);

    public async Task<int> ActivateHealthyAsync(Activation activation)
    {
        var outcome = await ActivateAsync(activation);
        Assert.True(outcome is ActivationOutcome.Healthy, $"{outcome}\n{Log}");
        return Running!.ProcessId;
    }

    /// <summary>What happens to what runs when the agent ends and another one begins.</summary>
    public async Task ReplaceAgentAsync()
    {
        await Activator.DisposeAsync();
        Activator = new(Data, settings, time);
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen: " + what);
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var release = new Release { Spec = new() { Stop = new V1.Stop { Signal = "SIGKILL" }, Drain = new() { WaitMs = 0 } } };
        await Activator.StopAsync(Service, release, default);
        await Activator.DisposeAsync();
        Directory.Delete(Data.Root, recursive: true);
    }
}
