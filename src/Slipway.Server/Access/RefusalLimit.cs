namespace Slipway.Server.Access;

/// <summary>
/// Bounds how many refusals of one actor are written in a minute; the rest are counted and become one entry. Whoever has no token could
/// otherwise fill the disk by asking.
/// </summary>
internal sealed class RefusalLimit
{
    public const int Anonymous = 20;
    public const int Known = 120;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>Whether the entry is written. If not, it is counted.</summary>
    public bool Admit(AuditRow row)
    {
        lock (gate)
        {
            if (!counts.TryGetValue(row.Actor, out var count))
                counts[row.Actor] = count = new Count(row.Time);

            count.Seen++;
            if (count.Seen <= (row.Actor == Ledger.Nobody ? Anonymous : Known))
                return true;

            count.Last = row;
            return false;
        }
    }

    /// <summary>One entry for each actor whose minute is over (or all, at the end) and who had more refusals than were written.</summary>
    public List<AuditRow> Summaries(DateTimeOffset now, bool all = false)
    {
        lock (gate)
        {
            var over = counts.Where(pair => all || now - pair.Value.Began >= Window || now < pair.Value.Began).ToList();
            foreach (var (actor, _) in over)
                counts.Remove(actor);

            return [.. over.Where(pair => pair.Value.Last is not null).Select(pair => Summary(pair.Key, pair.Value))];
        }
    }

    private static AuditRow Summary(string actor, Count count)
    {
        var left = count.Seen - (actor == Ledger.Nobody ? Anonymous : Known);
        var last = count.Last!;
        return new()
        {
            Actor = actor,
            Time = last.Time,
            Action = $"{left} more refused in a minute, the last: {last.Action}",
            Status = last.Status,
            Code = last.Code,
            RemoteAddress = last.RemoteAddress,
        };
    }

    private sealed class Count(DateTimeOffset began)
    {
        public DateTimeOffset Began => began;

        public int Seen { get; set; }

        public AuditRow? Last { get; set; }
    }
}
