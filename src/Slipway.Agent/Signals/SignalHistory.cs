using Slipway.Agent.Signals.Lines;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals;

/// <summary>What is kept of a service, whatever version of it ran: numbers, kinds of error lines, starts.</summary>
internal sealed class SignalHistory(string service)
{
    /// <summary>Below what any transport takes in one message.</summary>
    public const int MostBytes = 200 * 1024;

    private const int MostStarts = 50;
    private readonly Lock gate = new();
    private readonly List<V1.ProcessStart> starts = [];
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
    public List<V1.Signals> Tell(string asker, long from, out long next)
    {
        lock (gate)
        {
            List<V1.Signals> messages = [];
            next = Math.Max(from, 0);
            if (ring.IsEmpty)
                return messages;

            var first = Math.Max(from, ring.First);
            var count = (int)Math.Max(0, ring.Last - first + 1);
            Add(messages, asker, first, count);
            next = first + count;
            return messages;
        }
    }

    private void Add(List<V1.Signals> messages, string asker, long first, int count)
    {
        var message = Message(asker, first, count);
        if (count <= 1 || message.CalculateSize() <= MostBytes)
        {
            messages.Add(message);
            return;
        }

        var half = count / 2;
        Add(messages, asker, first, half);
        Add(messages, asker, first + half, count - half);
    }

    private V1.Signals Message(string asker, long first, int count)
    {
        var message = new V1.Signals { Service = service, Asker = asker, StepMs = ring.StepMs, FirstStep = first, Steps = count };
        message.Starts.AddRange(starts);
        if (count == 0)
            return message;

        foreach (var name in ring.Names)
        {
            var told = new V1.SignalSeries { Name = name };
            if (ring.CopyTo(told.Values, name, first, count))
                message.Series.Add(told);
        }

        Kinds.Tell(message.Kinds, first, count);
        return message;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
