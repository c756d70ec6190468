using Slipway.Contracts.Agent.V1;
using Slipway.Server.Aws;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// Tells instances of the AWS transport what was stored for them. Whoever has something to be said hands it over and goes on; one pump for each
/// environment publishes. What an agent does not confirm is said again a few times; after that its own reports find what it missed.
/// </summary>
internal sealed class Publisher(AwsSettings settings, LiveFleet fleet, Lazy<Topics> topics, Func<EnvironmentName, TopicPump> makePump, TimeProvider time) : BackgroundService
{
    /// <summary>
    /// A command that an agent takes from its queue later than this is not wanted any more. Above what clocks may differ by
    /// (<see cref="Contracts.Agents.AgentSignature.Tolerance"/>), or some agents would never obey one.
    /// </summary>
    private static readonly TimeSpan CommandsStay = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TopicsLookedAt = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private readonly Dictionary<EnvironmentName, (TopicPump Pump, Task Running)> pumps = [];
    private readonly Retelling retelling = new(time);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Whatever this member has not heard.</summary>
    public void Tell(LiveMember member)
    {
        if (settings.HasTransport)
            Pump(member.Instance.Environment).Pending.Add(member);
    }

    /// <summary>Something for one instance that is worth nothing later.</summary>
    public bool Command(LiveInstance instance, ToAgent message)
    {
        if (!settings.HasTransport)
            return false;

        Say(instance.Environment, message, [instance.Facts.Number]);
        return true;
    }

    /// <summary>Asks every instance of the AWS transport to report within this time: the server has lost sight of them.</summary>
    public void CallIn(EnvironmentName environment, TimeSpan within)
    {
        uint[] numbers = [.. fleet.Instances.Where(one => one.Environment == environment && one.Facts.Transport == Transport.Aws).Select(one => one.Facts.Number).Order()];
        if (settings.HasTransport && numbers is not [])
            Say(environment, new() { ReportIn = new() { WithinMs = (int)within.TotalMilliseconds } }, numbers);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await stopping.CancelAsync();
        await Task.WhenAll(Running()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.HasTransport)
            return;

        foreach (var environment in fleet.Instances.GroupBy(instance => instance.Environment))
            CallIn(environment.Key, TimeSpan.FromMilliseconds(Math.Min(10_000, 2 * environment.Count())));

        using var timer = new PeriodicTimer(Tick, time);
        var lookedAt = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var member in retelling.Due())
                Tell(member);

            if (time.GetElapsedTime(lookedAt) < TopicsLookedAt)
                continue;

            lookedAt = time.GetTimestamp();
            await RemakeTopicsAsync(stoppingToken);
        }
    }

    /// <summary>
    /// Agents that hear nothing may have lost the topic, which only the server makes; where nothing is to be published nobody else would notice. Making one that is
    /// there changes nothing.
    /// </summary>
    private async Task RemakeTopicsAsync(CancellationToken cancellation)
    {
        foreach (var environment in fleet.Instances.Where(one => one is { Facts.Transport: Transport.Aws, TransportTrouble: not null }).Select(one => one.Environment).Distinct())
        {
            try
            {
                topics.Value.Forget(environment);
                await topics.Value.FindAsync(environment, cancellation);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancellation.IsCancellationRequested)
            {
                // Whoever publishes next tells of it; until then it is tried again.
            }
        }
    }

    private void Say(EnvironmentName environment, ToAgent message, IReadOnlyList<uint> numbers) => Pump(environment).Pending.Add(new Announcement
    {
        Service = Announcement.EveryService,
        ExpiresAt = time.GetUtcNow() + CommandsStay,
        Sayings = [new(message, numbers)],
    });

    private TopicPump Pump(EnvironmentName environment)
    {
        lock (gate)
        {
            if (!pumps.TryGetValue(environment, out var known))
            {
                // It outlives whatever was under way when it was needed first, and must not be logged as a part of that.
                using var alone = ExecutionContext.SuppressFlow();
                var pump = makePump(environment);
                pumps[environment] = known = (pump, Task.Run(() => pump.RunAsync(retelling.Expect, time, stopping.Token)));
            }

            return known.Pump;
        }
    }

    private Task[] Running()
    {
        lock (gate)
            return [.. pumps.Values.Select(pump => pump.Running)];
    }
}
