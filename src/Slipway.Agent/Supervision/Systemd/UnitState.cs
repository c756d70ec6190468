using System.Globalization;

namespace Slipway.Agent.Supervision.Systemd;

/// <summary>What `systemctl show` says of a unit.</summary>
internal sealed record UnitState(string Active, string Sub, int MainProcessId, string Result, int Restarts, string Load, string Invocation)
{
    public const string Properties = "ActiveState,SubState,MainPID,Result,NRestarts,LoadState,InvocationID";

    public bool IsRunning => Active is "active" or "activating" or "reloading";

    /// <summary>The end of a sentence: why the unit does not run.</summary>
    public string Explanation => Load == "not-found"
        ? "is not known to systemd"
        : Result is "" or "success"
            ? $"is {Active} ({Sub})"
            : $"is {Active} ({Sub}): systemd gives the result '{Result}'";

    public static UnitState Parse(string output)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n'))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                values[line[..equals]] = line[(equals + 1)..].Trim();
        }

        return new(
            values.GetValueOrDefault("ActiveState", "unknown"),
            values.GetValueOrDefault("SubState", "unknown"),
            Number(values.GetValueOrDefault("MainPID")),
            values.GetValueOrDefault("Result", ""),
            Number(values.GetValueOrDefault("NRestarts")),
            values.GetValueOrDefault("LoadState", ""),
            values.GetValueOrDefault("InvocationID", ""));
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
