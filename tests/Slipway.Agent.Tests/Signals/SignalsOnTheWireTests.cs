using System.Text;
using Slipway.Agent.Signals;
using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

/// <summary>What a real agent sends over its connection while somebody wants every step: WebSocket frames as they are on the wire, without TLS and TCP.</summary>
public sealed class SignalsOnTheWireTests : IAsyncLifetime
{
    /// <summary>2 KB a second of a hundred instances.</summary>
    private const double MostBytesPerSecond = 20;

    private const int Steps = 5;
    private const int StepMs = SignalSettings.DefaultStepMs;
    private static readonly ServiceName Service = ServiceName.Parse("shop-catalog");

    private FakeServer server = null!;
    private CountingRelay relay = null!;
    private TestAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        relay = new(server.Address);
        agent = new(server, identity => identity with { Services = [Service], Servers = [relay.Address] });
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await relay.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 4)]
    [InlineData(1, 2)]
    public async Task A_step_of_a_service_is_small(int kindsOfErrors, int ownMetrics)
    {
        await agent.StartAsync();
        var history = agent.Activator.SignalsOf(Service);
        for (var start = 1; start <= 3; start++)
            history.Started(new() { At = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - start, Version = $"2026.12.{start}", Generation = (ulong)start });

        var step = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / StepMs;
        Measure();
        await server.SendAsync(new ToAgent { TellSignals = new() { Service = Service.Value, Asker = "node-1a2b3c4d.s12345", Until = long.MaxValue } });
        var first = await NextAsync();
        Assert.Equal((17, 3, ownMetrics, kindsOfErrors), (first.Known.Count, first.Starts.Count, first.Series.Count, first.Kinds.Count));

        var before = relay.Sent;
        for (var i = 0; i < Steps; i++)
        {
            Measure();
            var told = await NextAsync();
            Assert.Equal((1, 17, ownMetrics, kindsOfErrors), (told.Steps, told.Known.Count, told.Series.Count, told.Kinds.Count));
        }

        var perStep = (relay.Sent - before) / (double)Steps;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perStep:0} bytes a step");
        Assert.InRange(perStep * 1000 / StepMs, 1, MostBytesPerSecond);

        void Measure()
        {
            for (var kind = 0; kind < kindsOfErrors; kind++)
                history.Kinds.Add(Encoding.UTF8.GetBytes($"ERROR c.s.Orders{(char)('A' + kind)} - order {step} of customer {Guid.NewGuid()} could not be shipped"), step, 40);

            history.Record(step++, StepMs, ring =>
            {
                foreach (var signal in Enum.GetValues<KnownSignal>().Skip(1))
                    ring.Set(KnownSignals.NameOf(signal)!, 1000.0 / (step % 100 + (int)signal));
                for (var own = 0; own < ownMetrics; own++)
                    ring.Set(SignalNames.Metric($"orders_waiting_{own}"), step % 100);
            });
        }

        async Task<Contracts.Agent.V1.Signals> NextAsync() => (await server.NextAsync(message => message.Signals is not null)).Signals;
    }
}
