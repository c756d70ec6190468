using Slipway.Agent.Tests.Activating;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class SignalsOverTheConnectionTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_server_asks_and_is_told_until_the_connection_ends()
    {
        await agent.StartAsync();
        var history = agent.Activator.SignalsOf(TestAgent.Shop);
        history.Record(100, 10_000, ring => ring.Set("cpu", 0.5));
        await server.SendAsync(new ToAgent { TellSignals = new() { Service = "shop", Asker = "d-1", Until = long.MaxValue } });
        Assert.Equal((100, 1), await NextAsync());

        history.Record(101, 10_000, ring => ring.Set("cpu", 0.6));
        Assert.Equal((101, 1), await NextAsync());

        server.DropConnection();
        await server.NextHelloAsync();
        history.Record(102, 10_000, ring => ring.Set("cpu", 0.7));
        await server.SendAsync(new ToAgent { TellSignals = new() { Service = "elsewhere", Asker = "d-2" } });
        await server.SendAsync(new ToAgent { TellSignals = new() { Service = "shop", Asker = "d-3", FromStep = 102 } });
        Assert.Equal("d-3", (await server.NextAsync(message => message.Signals is not null)).Signals.Asker);

        async Task<(long, int)> NextAsync()
        {
            var told = (await server.NextAsync(message => message.Signals is { Asker: "d-1" })).Signals;
            return (told.FirstStep, told.Steps);
        }
    }

    [Fact]
    public async Task A_service_is_measured_before_and_after_a_new_version_and_across_a_crash()
    {
        await using var instance = new TestInstance();
        using var stop = new CancellationTokenSource();
        var history = instance.Activator.SignalsOf(instance.Service);
        var measuring = instance.Activator.MeasureAsync(stop.Token);
        var first = await instance.ActivateHealthyAsync(instance.Version("1.0", "echo 'ERROR no order 1'; exec sleep 1000", change: Quick));
        await Eventually.HoldsAsync(() => History().Row("memory") is [.., > 0]);

        using (var process = System.Diagnostics.Process.GetProcessById(first))
            process.Kill();
        await Eventually.HoldsAsync(() => History().Starts.Count == 2 && Errors() == 2);
        await instance.ActivateHealthyAsync(instance.Version("2.0", "echo 'ERROR no order 2'; exec sleep 1000", generation: 2, change: Quick));
        await Eventually.HoldsAsync(() => Errors() == 3 && Sum("restarts") == 1);

        var told = History();
        Assert.Equal("ERROR no order <*>", Assert.Single(told.Kinds).Template);
        Assert.Equal([("1.0", 1ul, false), ("1.0", 1ul, true), ("2.0", 2ul, false)], told.Starts.Select(start => (start.Version, start.Generation, start.Again)));
        Assert.All(told.Starts, start => Assert.InRange(start.At, DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        await stop.CancelAsync();
        await measuring;

        static void Quick(ServiceSpec spec) => spec.Signals = new() { StepMs = 1000 };

        Contracts.Agent.V1.Signals History() => history.TellAll().FirstOrDefault() ?? new();

        int Errors() => History().Kinds.Sum(kind => kind.Counts.Sum());

        float Sum(string name) => History().Row(name).Where(float.IsFinite).Sum();
    }
}
