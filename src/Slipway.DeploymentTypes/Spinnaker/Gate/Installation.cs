using System.Collections.Concurrent;
using Slipway.DeploymentTypes.Connections;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>
/// One Spinnaker, shared by everything that asks it: so many calls at a time, one that finds out whether it is back while it is away, and many
/// executions read in one call.
/// </summary>
internal sealed class Installation(OpenConnection connection, TimeProvider clock) : IDisposable
{
    /// <summary>Calls in flight. Gate answers most in tens of milliseconds, so this is hundreds a second.</summary>
    private const int AtATime = 8;

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = GateHttp.Make(connection);
    private readonly SemaphoreSlim slots = new(AtATime);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Task<IReadOnlyList<ServerGroup>> Groups)> seen = [];
    private readonly ConcurrentDictionary<string, string> images = [];
    private readonly Lock sync = new();
    private (GateException Cause, DateTimeOffset Until, TimeSpan Pause)? away;
    private ExecutionReader? reader;

    public string Name => connection.Name;

    public long Revision => connection.Revision;

    public TimeSpan Interval { get; } = GateFields.IntervalOf(connection).Time;

    /// <summary>As whom Slipway is signed in, where the connection knows it.</summary>
    public bool IsAnonymous => (connection.Get(GateFields.Authentication) ?? GateFields.None) == GateFields.None;

    public ExecutionReader Executions
    {
        get
        {
            lock (sync)
                return reader ??= new(this, clock);
        }
    }

    /// <summary>Where people can look. Null: the connection does not say where Deck is.</summary>
    public string? Link(string path) => connection.Get(GateFields.Deck) is { } deck ? $"{deck.TrimEnd('/')}/#/{path}" : null;

    /// <summary>One call. While Spinnaker is away most calls fail at once with what the last one found; now and then one tries it.</summary>
    public async Task<T> CallAsync<T>(Func<GateClient, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            ThrowWhileAway();
            var answer = await call(new(http, $"Spinnaker {Name}"), cancellation);
            Answered(null);
            return answer;
        }
        catch (GateException e)
        {
            Answered(e.Trouble is GateTrouble.Unreachable or GateTrouble.NotSignedIn ? e : null);
            throw;
        }
        finally
        {
            slots.Release();
        }
    }

    public Task CallAsync(Func<GateClient, CancellationToken, Task> call, CancellationToken cancellation) =>
        CallAsync<object?>(
            async (gate, token) =>
            {
                await call(gate, token);
                return null;
            },
            cancellation);

    /// <summary>The server groups of a cluster, at most this old: whoever asks at the same time gets the same answer.</summary>
    public Task<IReadOnlyList<ServerGroup>> ServerGroupsAsync(string application, string account, string cluster, TimeSpan age)
    {
        var now = clock.GetUtcNow();
        var key = $"{application}/{account}/{cluster}";
        lock (sync)
        {
            if (seen.TryGetValue(key, out var known) && known.At + age > now && !known.Groups.IsFaulted && !known.Groups.IsCanceled)
                return known.Groups;

            // Not cancelled by one of those who wait for it.
            var groups = CallAsync((gate, token) => gate.ServerGroupsAsync(application, [(account, cluster)], token), CancellationToken.None);
            seen[key] = (now, groups);
            return groups;
        }
    }

    /// <summary>What a server group was made from; that never changes. Null: nobody knows.</summary>
    public async Task<string?> ImageAsync(string application, ServerGroup group, CancellationToken cancellation)
    {
        if (group.Image is { } told)
            return told;

        var key = $"{group.Account}/{group.Region}/{group.Name}/{group.CreatedAt?.ToUnixTimeMilliseconds()}";
        if (images.TryGetValue(key, out var known))
            return known;

        var image = (await CallAsync((gate, token) => gate.ServerGroupAsync(application, group, token), cancellation))?.Image;
        if (image is not null)
            images[key] = image;

        return image;
    }

    public void Dispose()
    {
        http.Dispose();
        slots.Dispose();
    }

    private void ThrowWhileAway()
    {
        lock (sync)
        {
            if (away is not { } known)
                return;

            if (known.Until > clock.GetUtcNow())
                throw new GateException(known.Cause.Trouble, known.Cause.Message, known.Cause);

            // This call finds out; the others go on resting.
            away = known with { Until = clock.GetUtcNow() + known.Pause };
        }
    }

    private void Answered(GateException? trouble)
    {
        lock (sync)
        {
            if (trouble is null)
            {
                away = null;
                return;
            }

            if (ReferenceEquals(trouble.InnerException, away?.Cause) && away is not null)
                return;

            var rest = away is { } before ? TimeSpan.FromTicks(Math.Min(before.Pause.Ticks * 2, LongestRest.Ticks)) : FirstRest;
            away = (trouble, clock.GetUtcNow() + rest, rest);
        }
    }
}
