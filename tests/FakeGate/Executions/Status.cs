using System.Text.Json;

namespace Slipway.FakeGate.Executions;

/// <summary>How an execution, a stage or a task stands; on the wire in capitals: <c>NOT_STARTED</c>.</summary>
public enum Status
{
    NotStarted,
    Running,
    Paused,
    Suspended,
    Buffered,
    Succeeded,
    FailedContinue,
    Terminal,
    Canceled,
    Stopped,
    Skipped,
    Redirect,
}

internal static class Statuses
{
    public static string Wire(this Status status) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString());

    public static bool IsComplete(this Status status) =>
        status is Status.Succeeded or Status.FailedContinue or Status.Terminal or Status.Canceled or Status.Stopped or Status.Skipped;

    public static bool Halts(this Status status) => status is Status.Terminal or Status.Canceled or Status.Stopped;

    /// <summary>What lets the stages after it start.</summary>
    public static bool Passes(this Status status) => status is Status.Succeeded or Status.FailedContinue or Status.Skipped;

    /// <summary>Null: no such status. A list on the wire is separated by commas.</summary>
    public static IReadOnlySet<Status>? ParseList(string? list) => string.IsNullOrEmpty(list)
        ? null
        : Enum.GetValues<Status>().Where(status => list.Split(',').Contains(status.Wire(), StringComparer.OrdinalIgnoreCase)).ToHashSet();
}
