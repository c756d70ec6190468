namespace Slipway.Agent.Supervision.Systemd;

/// <summary>What is asked of systemd. Each answer but the state is null for success or a sentence saying why not.</summary>
internal interface ISystemd
{
    Task<string?> RestartAsync(string unit, CancellationToken cancellation);

    Task<string?> StopAsync(string unit, CancellationToken cancellation);

    Task<UnitState> ShowAsync(string unit, CancellationToken cancellation);

    /// <summary>Sends the last lines of the unit's journal, then new ones while <paramref name="follow"/>.</summary>
    Task TailAsync(string unit, int lines, bool follow, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation);

    /// <summary>Hands over what the unit's processes write, line by line and from other threads, for as long as the journal can be read.</summary>
    /// <param name="cursor">The line to begin after. Empty: those since <paramref name="since"/>.</param>
    /// <returns>Why it cannot be read any more, in a sentence.</returns>
    Task<string> FollowAsync(string unit, string cursor, DateTimeOffset since, Action<JournalLine> take, CancellationToken cancellation);
}
