using System.Collections.Concurrent;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// When to say again what an agent was told and has not confirmed. A few times only: an instance that is off keeps its queue, and a queue that fills
/// with the same words helps nobody.
/// </summary>
internal sealed class Retelling(TimeProvider time)
{
    /// <summary>After each time it was said.</summary>
    private static readonly TimeSpan[] Pauses = [.. new[] { 3, 10, 30, 90 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly ConcurrentDictionary<LiveMember, Expected> expected = new();

    /// <summary>It was told, just now.</summary>
    public void Expect(LiveMember member)
    {
        var (assigned, prepared) = Words(member.State);
        expected.AddOrUpdate(
            member,
            _ => new(assigned, prepared, 1, time.GetUtcNow() + Pauses[0]),
            (_, before) => before.Generation == assigned && before.Cause == prepared
                ? before with { Times = before.Times + 1, DueAt = time.GetUtcNow() + Pauses[Math.Min(before.Times, Pauses.Length - 1)] }
                : new(assigned, prepared, 1, time.GetUtcNow() + Pauses[0]));
    }

    /// <summary>Those to whom it has to be said again.</summary>
    public IReadOnlyList<LiveMember> Due()
    {
        var now = time.GetUtcNow();
        var due = new List<LiveMember>();
        foreach (var (member, words) in expected)
        {
            if (!Unheard.Any(member.State) || words.Times > Pauses.Length)
                expected.TryRemove(new(member, words));
            else if (words.DueAt <= now && expected.TryUpdate(member, words with { DueAt = DateTimeOffset.MaxValue }, words))
                due.Add(member);
        }

        return due;
    }

    private static (ulong Generation, string? Cause) Words(MemberState state) => (state.Assigned.Generation, state.Wanted?.Cause);

    /// <param name="Times">How often it was said.</param>
    private sealed record Expected(ulong Generation, string? Cause, int Times, DateTimeOffset DueAt);
}
