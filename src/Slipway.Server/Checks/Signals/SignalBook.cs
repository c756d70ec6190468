using System.Collections.Concurrent;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Checks.Signals;

/// <summary>What instances of one service have measured, on common steps: what their agents had kept when they were asked first, and all that came since.</summary>
/// <param name="series">Only these signals are asked for, and no kinds of lines. None: everything.</param>
internal sealed class SignalBook(string asker, ServiceName service, IReadOnlyList<string> series, TimeProvider time, Action<SignalBook> close) : ISignals, IDisposable
{
    /// <summary>Of the past, as agents keep it.</summary>
    private const int PastSteps = 360;

    /// <summary>After so many steps nothing more is written down: about half a day of ten-second steps.</summary>
    private const int MostSteps = 4_500;

    /// <summary>An agent is asked for so long ahead, and asked again when half of it is over.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>One that says nothing is asked again after so long: its answer, or the question, was lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<InstanceName, Entry> entries = new();
    private readonly Lock gate = new();
    private readonly DateTimeOffset openedAt = time.GetUtcNow();
    private long origin;
    private volatile int stepMs;
    private int heard;

    public string Asker => asker;

    /// <summary>How long a step is; 0: nothing has come yet. Whoever measures in other steps is not heard.</summary>
    public int StepMs => stepMs;

    /// <summary>Grows with everything that is heard.</summary>
    public int Heard => Volatile.Read(ref heard);

    /// <summary>The step that index 0 is, counted from the epoch.</summary>
    public long Origin => origin;

    public InstanceSignals? Find(InstanceName instance) => entries.TryGetValue(instance, out var entry) ? entry.Signals : null;

    /// <summary>Asks those that were not asked, have a new connection, or have fallen silent.</summary>
    public void Ask(IEnumerable<LiveMember> members)
    {
        var now = time.GetUtcNow();
        foreach (var member in members)
        {
            if (member.Instance.Connection is not { } line)
                continue;

            var entry = entries.GetOrAdd(member.Instance.Name, static _ => new());
            if (!entry.IsToBeAsked(line, now, Ahead, Patience))
                continue;

            var from = entry.Signals is { NextStep: > 0 } known ? origin + known.NextStep : 0;
            var question = new TellSignals { Service = service.Value, Asker = asker, FromStep = from, Until = (now + Ahead).ToUnixTimeMilliseconds(), Series = { series } };
            line.Send(new ToAgent { TellSignals = question }.ToByteArray());
        }
    }

    public void Take(InstanceName instance, Contracts.Agent.V1.Signals message)
    {
        if (message.StepMs is < 1000 or > 60_000 || message.Steps > MostSteps || !InstanceSignals.IsWhole(message) || !entries.TryGetValue(instance, out var entry))
            return;

        lock (gate)
        {
            if (stepMs == 0)
            {
                origin = (openedAt.ToUnixTimeMilliseconds() / message.StepMs) - PastSteps;
                stepMs = message.StepMs;
            }
        }

        entry.HeardAt = time.GetUtcNow();
        if (message.StepMs == stepMs)
            (entry.Signals ??= new(MostSteps)).Take(message, origin);

        Interlocked.Increment(ref heard);
    }

    public void Dispose() => close(this);

    private sealed class Entry
    {
        private IAgentLine? askedOn;
        private DateTimeOffset askedAt;

        public InstanceSignals? Signals { get; set; }

        public DateTimeOffset HeardAt { get; set; }

        public bool IsToBeAsked(IAgentLine line, DateTimeOffset now, TimeSpan ahead, TimeSpan patience)
        {
            var silent = now - (HeardAt > askedAt ? HeardAt : askedAt) > patience;
            if (ReferenceEquals(line, askedOn) && !silent && now - askedAt < ahead / 2)
                return false;

            (askedOn, askedAt) = (line, now);
            return true;
        }
    }
}
