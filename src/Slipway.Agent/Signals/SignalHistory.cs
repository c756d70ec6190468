using Google.Protobuf.Collections;
using Slipway.Agent.Signals.Lines;
using Slipway.Contracts.Agents;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals;

/// <summary>What is kept of a service, whatever version of it ran: numbers, kinds of error lines, starts.</summary>
internal sealed class SignalHistory
{
    /// <summary>Below what any transport takes in one message.</summary>
    public const int MostBytes = 200 * 1024;

    private const int MostStarts = 50;
    private readonly Lock gate = new();
    private readonly List<V1.ProcessStart> starts = [];
    private int startsChanged;
    private SignalRing ring = new(SignalSettings.DefaultStepMs);
    private TaskCompletionSource recorded = NewSignal();

    public LineKinds Kinds { get; } = new();

    public int StepMs
    {
        get
        {
            lock (gate)
                return ring.StepMs;
        }
    }

    /// <summary>Another number where steps have got another length, and so other numbers.</summary>
    public int Era { get; private set; }

    /// <summary>Steps of another length cannot be compared with those before: these are forgotten.</summary>
    public void Use(int stepMs)
    {
        lock (gate)
        {
            if (ring.StepMs == stepMs)
                return;

            ring = new(stepMs);
            Kinds.Forget();
            Era++;
        }
    }

    public void Started(V1.ProcessStart start)
    {
        lock (gate)
        {
            // Processes that were found again may have been started before those that are known.
            var after = starts.FindLastIndex(known => known.At <= start.At);
            if (after >= 0 && starts[after].Equals(start))
                return;

            starts.Insert(after + 1, start);
            startsChanged++;
            if (starts.Count > MostStarts)
                starts.RemoveAt(0);
        }
    }

    /// <param name="set">Given the ring at the step.</param>
    public void Record(long step, int stepMs, Action<SignalRing> set)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            // Made for steps of another length.
            if (ring.StepMs != stepMs || !ring.Begin(step))
                return;

            set(ring);
            waiting = recorded;
            recorded = NewSignal();
        }

        waiting.SetResult();
    }

    public float Get(string name, long step)
    {
        lock (gate)
            return ring.Get(name, step);
    }

    public long Last
    {
        get
        {
            lock (gate)
                return ring.Last;
        }
    }

    /// <summary>Completes at once where a later step than this is there, else when the next one is.</summary>
    public Task AfterAsync(long step)
    {
        lock (gate)
            return ring.Last > step ? Task.CompletedTask : recorded.Task;
    }

    /// <summary>What is kept from a step on, in as many messages as it takes; one without steps where there is nothing, and none before there was anything.</summary>
    /// <param name="next">The step after those that are told.</param>
    public List<V1.Signals> Tell(SignalAsk ask, long from, out long next)
    {
        lock (gate)
        {
            List<V1.Signals> messages = [];
            next = Math.Max(from, 0);
            if (ring.IsEmpty)
                return messages;

            var first = Math.Max(from, ring.First);
            var count = (int)Math.Max(0, ring.Last - first + 1);
            Add(messages, ask, first, count);
            next = first + count;
            return messages;
        }
    }

    private void Add(List<V1.Signals> messages, SignalAsk ask, long first, int count)
    {
        var message = Message(ask, first, count);
        if (count <= 1 || message.CalculateSize() <= MostBytes)
        {
            messages.Add(message);
            ask.Told(message, startsChanged);
            return;
        }

        var half = count / 2;
        Add(messages, ask, first, half);
        Add(messages, ask, first + half, count - half);
    }

    private V1.Signals Message(SignalAsk ask, long first, int count)
    {
        var message = new V1.Signals { Asker = ask.Asker, StepMs = ring.StepMs, FirstStep = first, Steps = count };
        if (ask.StartsTold != startsChanged)
            message.Starts.AddRange(starts);
        if (count == 0)
            return message;

        foreach (var name in ring.Names)
        {
            if (ask.Wants(name) && ring.HasAny(name, first, count))
                ring.CopyTo(Row(message, name, ask.TextsTold), name, first, count);
        }

        if (ask.WantsKinds)
            Kinds.Tell(message.Kinds, first, count, ask.TextsTold);

        return message;
    }

    /// <summary>Where the values of a signal go.</summary>
    private static RepeatedField<float> Row(V1.Signals message, string name, IReadOnlySet<uint> told)
    {
        if (KnownSignals.Find(name) is { } known)
        {
            message.Known.Add(known);
            return message.KnownValues;
        }

        var id = TextId.Of(name);
        var own = told.Contains(id) ? new V1.SignalSeries { Id = id } : new() { Id = id, Name = name };
        message.Series.Add(own);
        return own.Values;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
