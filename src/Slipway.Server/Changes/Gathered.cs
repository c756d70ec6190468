namespace Slipway.Server.Changes;

/// <summary>What is to be told of one kind: gathered, told at once the first time, then once in a while.</summary>
internal sealed class Gathered<T>(int most)
{
    private readonly HashSet<T> items = [];
    private long nextAt;

    /// <summary>More than could be named.</summary>
    public bool IsTooMuch { get; private set; }

    public bool IsWaiting => IsTooMuch || items.Count > 0;

    public void Add(T item)
    {
        if (!IsTooMuch && items.Add(item) && items.Count > most)
            AddAll();
    }

    public void AddAll()
    {
        IsTooMuch = true;
        items.Clear();
    }

    /// <summary>Milliseconds until it may be told. Null: there is nothing to tell.</summary>
    public long? DueIn(long now) => IsWaiting ? Math.Max(0, nextAt - now) : null;

    /// <param name="pause">The shortest time between two, in milliseconds.</param>
    public (IReadOnlyList<T> Items, bool IsTooMuch) Take(long now, long pause)
    {
        var taken = ((IReadOnlyList<T>)[.. items], IsTooMuch);
        items.Clear();
        IsTooMuch = false;
        nextAt = now + pause;
        return taken;
    }
}
