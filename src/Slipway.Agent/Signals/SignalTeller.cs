using Slipway.Agent.Reporting;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals;

/// <summary>Tells what was measured to those who asked through the server. They are forgotten with the connection: the server asks again.</summary>
/// <param name="find">What is kept of a service. Null: there is no such service here.</param>
/// <param name="spread">How long after the end of a step it is told, so that not all instances speak at the same moment.</param>
internal sealed class SignalTeller(Func<string, SignalHistory?> find, Outbox outbox, TimeSpan spread, TimeProvider time)
{
    public const int MostAskers = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private readonly Lock gate = new();

    /// <summary>In the order they were asked.</summary>
    private readonly List<SignalAsk> asks = [];

    public void Start(TellSignals request)
    {
        if (find(request.Service) is not { } history)
            return;

        var ask = new SignalAsk(request);
        lock (gate)
        {
            Forget(other => other.IsOf(request.Service) && other.Asker == request.Asker);
            if (asks.Count(other => other.IsOf(request.Service)) >= MostAskers)
                ForgetOldest(request.Service);

            asks.Add(ask);
        }

        _ = Task.Run(() => RunAsync(ask, history));
    }

    public void StopAll()
    {
        lock (gate)
            Forget(_ => true);
    }

    private void ForgetOldest(string service)
    {
        var oldest = asks.First(ask => ask.IsOf(service));
        Forget(ask => ask == oldest);
    }

    private void Forget(Predicate<SignalAsk> which)
    {
        foreach (var ask in asks.FindAll(which))
            ask.Stop.Cancel();

        asks.RemoveAll(which);
    }

    private async Task RunAsync(SignalAsk ask, SignalHistory history)
    {
        try
        {
            await TellAsync(ask, history, ask.Stop.Token);
        }
        catch (OperationCanceledException) when (ask.Stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }

        lock (gate)
            asks.Remove(ask);
    }

    private async Task TellAsync(SignalAsk ask, SignalHistory history, CancellationToken cancellation)
    {
        var (era, from) = (history.Era, ask.FromStep);
        var latest = (time.GetUtcNow() + Longest).ToUnixTimeMilliseconds();
        var until = Math.Min(ask.Until, latest);
        var next = await SendAsync(ask, history, from, cancellation);
        while ((next + 1) * history.StepMs <= until)
        {
            await history.AfterAsync(Math.Max(next, from) - 1).WaitAsync(cancellation);
            if (spread > TimeSpan.Zero)
                await Task.Delay(spread, time, cancellation);

            if (era != history.Era)
            {
                (era, from, next) = (history.Era, 0, 0);
                ask.Forget();
            }

            if (history.Last >= Math.Max(next, from))
                next = await SendAsync(ask, history, Math.Max(next, from), cancellation);
        }
    }

    /// <returns>The next step that is not told.</returns>
    private async Task<long> SendAsync(SignalAsk ask, SignalHistory history, long from, CancellationToken cancellation)
    {
        foreach (var message in history.Tell(ask, from, out var next))
        {
            await outbox.PutSignalsAsync(message, cancellation);
            from = next;
        }

        return from;
    }
}
