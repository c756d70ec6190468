using System.Collections.Concurrent;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Api;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Instances.Broker;

/// <summary>The agents that report over the API. One that says nothing for too long counts as away.</summary>
internal sealed class ReportLines(Dialogue dialogue, Publisher publisher, LiveFleet fleet, CommandWatch watch, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ReportLine, byte> open = new();

    /// <summary>Takes what an agent says and answers it.</summary>
    public async Task<Outcome<Answers>> TakeAsync(LiveInstance instance, Reports reports, CancellationToken cancellation)
    {
        var isHello = reports.Messages is [{ Hello: not null }, ..];
        if (Find(instance, reports.Session) is not { } line)
        {
            if (!isHello)
                return new Refusal("hello_expected", StatusCodes.Status409Conflict, "The server does not know of this agent's last Hello: it was restarted, has not heard of it for too long, or another agent has the same identity. Say Hello.");

            line = new(instance, reports.Session, publisher);
        }

        var answers = new Answers();
        await line.Turn.WaitAsync(cancellation);
        try
        {
            foreach (var message in reports.Messages)
            {
                watch.Heard(instance, message);
                await dialogue.HandleAsync(instance, line, message, answers.Messages.Add);
            }
        }
        finally
        {
            // Not before it counts as the agent's line: whoever looks after them would take it for one that was replaced, and nobody would see it die.
            open.TryAdd(line, 0);
            line.Turn.Release();
        }

        return answers;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var awayAfter = ReportPace.AwayAfter(fleet);
            foreach (var (line, _) in open)
            {
                if (line.IsOver || line.Whose.Connection != line || time.GetUtcNow() - line.Whose.LastSeenAt > awayAfter)
                    End(line);
            }
        }
    }

    private void End(ReportLine line)
    {
        open.TryRemove(line, out _);
        dialogue.Ended(line.Whose, line);
    }

    private static ReportLine? Find(LiveInstance instance, string session) =>
        instance.Connection is ReportLine { IsOver: false } line && line.Session == session ? line : null;
}
