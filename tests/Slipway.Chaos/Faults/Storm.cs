using System.Collections.Concurrent;
using System.Diagnostics;

namespace Slipway.Chaos.Faults;

/// <summary>Makes the faults of a schedule at their times and mends each when its time is over.</summary>
internal sealed class Storm(IReadOnlyList<Fault> schedule, TimeSpan length, Breaker breaker, Action<string> tell)
{
    private readonly ConcurrentBag<FaultKind> made = [];
    private readonly ConcurrentBag<string> troubles = [];
    private readonly Stopwatch clock = new();

    /// <summary>On a busy machine a server takes longer to come back than the schedule thinks; the next fault waits for it.</summary>
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = [];

    public IReadOnlyDictionary<FaultKind, int> Made => made.GroupBy(kind => kind).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>What did not come back, or could not be broken.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    public async Task RunAsync()
    {
        clock.Start();
        var under = new List<Task>();
        foreach (var fault in schedule)
        {
            if (fault.At - clock.Elapsed is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait);
            under.Add(MakeAsync(fault));
        }

        await Task.WhenAll(under);
    }

    private async Task MakeAsync(Fault fault)
    {
        var turn = turns.GetOrAdd(fault.Subject, _ => new(1, 1));
        await turn.WaitAsync();
        try
        {
            if (clock.Elapsed > length)
                return;

            tell($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {fault.Kind} {fault.Subject}");
            var mend = await breaker.BreakAsync(fault);
            made.Add(fault.Kind);
            await Task.Delay(fault.Lasts);
            await mend();
            tell($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {fault.Kind} {fault.Subject} is over");
        }
        catch (Exception e)
        {
            troubles.Add($"{fault}: {e.Message}");
        }
        finally
        {
            turn.Release();
        }
    }
}
