namespace Slipway.Chaos.Faults;

/// <summary>
/// Which faults are made when. Pure: the same seed and the same cluster give the same schedule. Kinds are dealt from a shuffled deck, so that a short run
/// has them all; nobody has two faults at once.
/// </summary>
internal static class Schedule
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    /// <param name="subjects">Who can have which kind of fault.</param>
    public static IReadOnlyList<Fault> Make(int seed, TimeSpan length, IReadOnlyDictionary<FaultKind, IReadOnlyList<string>> subjects)
    {
        var random = new Random(seed);
        var deck = new Queue<FaultKind>();
        var busy = new Dictionary<string, TimeSpan>();
        var faults = new List<Fault>();
        for (var at = Gap(random); at < length; at += Gap(random))
        {
            if (deck.Count == 0)
                deck = Shuffled(random, subjects.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).Order());

            var kind = deck.Dequeue();
            var (subject, draw, lasts) = (subjects[kind][random.Next(subjects[kind].Count)], random.Next(1000), Lasts(random, kind));
            var begins = busy.GetValueOrDefault(subject) is var free && free > at ? free : at;
            if (begins >= length)
                continue;

            busy[subject] = begins + lasts + Calm;
            faults.Add(new(begins, kind, subject, lasts, draw));
        }

        return [.. faults.OrderBy(fault => fault.At)];
    }

    private static TimeSpan Gap(Random random) => TimeSpan.FromMilliseconds(random.Next(600, 4000));

    private static TimeSpan Lasts(Random random, FaultKind kind)
    {
        var (least, most) = kind switch
        {
            FaultKind.KillServer or FaultKind.StopServer => (200, 3000),
            FaultKind.KillDatabase or FaultKind.StopDatabase => (200, 4000),
            FaultKind.FreezeServer or FaultKind.FillServerDisk => (1000, 7000),
            FaultKind.JumpServerClock or FaultKind.JumpAgentClock => (4000, 15_000),
            FaultKind.PullCable or FaultKind.RefuseConnections or FaultKind.SlowNetwork => (1000, 14_000),
            FaultKind.ResetConnections or FaultKind.KillService => (0, 0),
            _ => (500, 8000),
        };
        return TimeSpan.FromMilliseconds(random.Next(least, most + 1));
    }

    private static Queue<FaultKind> Shuffled(Random random, IEnumerable<FaultKind> kinds)
    {
        var cards = kinds.ToArray();
        random.Shuffle(cards);
        return new(cards);
    }
}
