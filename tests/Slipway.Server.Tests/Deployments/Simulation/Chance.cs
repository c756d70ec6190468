namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>The one source of randomness of a schedule: the same seed, the same schedule.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>No more faults: what is asked is answered.</summary>
    public bool IsCalm { get; set; }

    public bool Of(int percent) => random.Next(100) < percent;

    public int Next(int below) => random.Next(below);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public TimeSpan Time(int fromMilliseconds, int toMilliseconds) => TimeSpan.FromMilliseconds(random.Next(fromMilliseconds, toMilliseconds));
}
