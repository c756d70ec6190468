namespace Slipway.Agent.Preparing;

/// <summary>One holder per key at a time; a key nobody holds costs nothing.</summary>
internal sealed class KeyedLocks
{
    private readonly Dictionary<string, Entry> entries = [];

    public async Task<IDisposable> EnterAsync(string key, CancellationToken cancellation)
    {
        Entry? entry;
        lock (entries)
        {
            if (!entries.TryGetValue(key, out entry))
                entries[key] = entry = new();
            entry.Users++;
        }

        try
        {
            await entry.Gate.WaitAsync(cancellation);
            return new Holder(this, key, entry);
        }
        catch
        {
            Leave(key, entry);
            throw;
        }
    }

    private void Leave(string key, Entry entry)
    {
        lock (entries)
        {
            if (--entry.Users == 0)
                entries.Remove(key);
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Holder(KeyedLocks locks, string key, Entry entry) : IDisposable
    {
        public void Dispose()
        {
            entry.Gate.Release();
            locks.Leave(key, entry);
        }
    }
}
