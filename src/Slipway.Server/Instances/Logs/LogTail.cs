using System.Runtime.CompilerServices;
using Slipway.Server.Instances.Connections;

namespace Slipway.Server.Instances.Logs;

/// <summary>
/// The lines of one service on their way from an agent to one reader. Holds a bounded number: a reader that is slower than the service
/// talks misses lines, and is told how many, instead of making the server or the agent wait.
/// </summary>
internal sealed class LogTail(string id, IAgentLine connection, Action<LogTail> close) : IDisposable
{
    public const int MaximumLines = 5_000;
    public const int MaximumCharacters = 2 * 1024 * 1024;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim something = new(0, 1);
    private readonly Queue<string> lines = new();
    private int characters;
    private int dropped;
    private bool ended;

    public string Id => id;

    public IAgentLine Connection => connection;

    public bool HasEnded
    {
        get
        {
            lock (gate)
                return ended;
        }
    }

    public void Add(IReadOnlyList<string> chunk)
    {
        lock (gate)
        {
            foreach (var line in chunk)
                Add(line);
        }

        Wake();
    }

    public void End(string? why)
    {
        lock (gate)
        {
            if (ended)
                return;

            TellDropped();
            if (why is not null)
                lines.Enqueue(why);

            ended = true;
        }

        Wake();
    }

    /// <summary>What has come together, until the agent has ended it. Now and then nothing, so that a reader who is gone is noticed.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var (batch, isLast) = Take();
            if (batch is not [])
                yield return batch;

            if (isLast)
                yield break;

            if (batch is [] && !await something.WaitAsync(SignOfLife, cancellation))
                yield return [];
        }
    }

    public void Dispose() => close(this);

    private (string[] Lines, bool IsLast) Take()
    {
        lock (gate)
        {
            TellDropped();
            string[] taken = [.. lines];
            lines.Clear();
            characters = 0;
            return (taken, ended);
        }
    }

    private void Add(string line)
    {
        if (ended)
            return;

        if (lines.Count >= MaximumLines || characters + line.Length > MaximumCharacters)
        {
            dropped++;
            return;
        }

        TellDropped();
        lines.Enqueue(line);
        characters += line.Length;
    }

    private void TellDropped()
    {
        if (dropped == 0 || lines.Count >= MaximumLines)
            return;

        lines.Enqueue($"[slipway] {dropped} lines are missing here: they came faster than they were read.");
        dropped = 0;
    }

    private void Wake()
    {
        lock (gate)
        {
            if (something.CurrentCount == 0)
                something.Release();
        }
    }
}
