using System.Text;
using Slipway.Agent.Signals.Processes;
using Slipway.Agent.Supervision.Systemd;

namespace Slipway.Agent.Signals.Lines;

/// <summary>
/// Reads what a unit's processes say from systemd's journal, which says of each line of which start of the unit it is. journald bounds how much that can be:
/// 10,000 lines in 30 s of a unit, where its RateLimitBurst= was not changed.
/// </summary>
/// <param name="complain">Hears why it cannot be read, once until it can be again.</param>
internal sealed class JournalReader(ISystemd systemd, TimeProvider time, Action<string> complain) : IOutput, IAsyncDisposable
{
    /// <summary>Lines that are kept of what has been started and is not known here yet.</summary>
    private const int MostWaiting = 1000;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly LineScanner scanner = new();
    private readonly Queue<JournalLine> waiting = [];

    /// <summary>Starts of the unit whose last lines may still come.</summary>
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);

    private CancellationTokenSource letGo = new();
    private Task following = Task.CompletedTask;
    private IJournaled? run;
    private string unit = "";
    private string cursor = "";
    private string lastSeen = "";
    private bool isScanning;

    /// <summary>It could not be read, and nothing has been read since.</summary>
    private volatile bool isBlind;

    /// <inheritdoc/>
    public LineTally Read(long step, LineKinds kinds)
    {
        lock (gate)
        {
            if (!isScanning || isBlind)
                return LineTally.None;

            var tally = scanner.End();
            scanner.Begin(step + 1, kinds);
            return tally;
        }
    }

    /// <inheritdoc/>
    public void Begin(MeasuredRun run, long step, LineKinds kinds)
    {
        var journal = run.Journal!;
        lock (gate)
        {
            if (!isScanning)
                scanner.Begin(step, kinds);

            (this.run, isScanning) = (journal, true);
            scanner.Count(new(run.Settings.Counted));
            ended.Remove(journal.Invocation);
            while (waiting.TryDequeue(out var line))
                Scan(line);
        }

        if (unit == journal.Unit)
            return;

        letGo.Cancel();
        letGo.Dispose();
        (unit, cursor, isBlind, letGo) = (journal.Unit, "", false, new());
        var now = time.GetUtcNow();
        following = FollowAsync(unit, run.IsFresh ? ProcessAge.StartOf(run.Run.ProcessId, now) : now, following, letGo.Token);
    }

    /// <inheritdoc/>
    public void End(long step, LineKinds kinds)
    {
        lock (gate)
        {
            ended.Clear();
            ended.UnionWith([run?.Invocation ?? "", lastSeen]);
            ended.Remove("");
            run = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await letGo.CancelAsync();
        await following;
        letGo.Dispose();
    }

    private async Task FollowAsync(string followed, DateTimeOffset since, Task before, CancellationToken cancellation)
    {
        await before;
        try
        {
            while (true)
            {
                var why = await systemd.FollowAsync(followed, cursor, since, Take, cancellation);
                var isNews = !isBlind;
                isBlind = true;
                if (isNews)
                    complain($"What {followed} writes to systemd's journal cannot be read, so its lines are not counted: {why}");

                await Task.Delay(AfterTrouble, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    private void Take(JournalLine line)
    {
        lock (gate)
        {
            (cursor, isBlind) = (line.Cursor, false);
            if (run is not null)
                Scan(line);
            else if (waiting.Count < MostWaiting)
                waiting.Enqueue(line);
        }
    }

    /// <summary>What ran before is not this one's doing, also where its last words come late.</summary>
    private void Scan(JournalLine line)
    {
        if (ended.Contains(line.Invocation))
            return;

        lastSeen = line.Invocation;
        scanner.TakeLine(line.Text.Span, LevelOf(line.Priority));
    }

    /// <summary>Only what is bad: everything that is printed plainly has the priority of information.</summary>
    private static LineLevel LevelOf(string priority) => LevelWords.OfValue(Encoding.ASCII.GetBytes(priority)) is var level and not LineLevel.Low ? level : LineLevel.None;
}
