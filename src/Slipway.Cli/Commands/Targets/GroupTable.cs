using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Targets;

/// <summary>Groups of instances side by side: what serves, what is kept for the way back, and how each is.</summary>
internal static class GroupTable
{
    private const int Indent = 2;

    public static string Of(InstanceGroups seen, Invocation call)
    {
        var now = call.Time.GetUtcNow();
        var table = new TextTable("GROUP", "VERSION", "TRAFFIC", "UP", "AGE", "LOCATION");
        foreach (var group in seen.Groups)
        {
            table.Add(
                group.Name,
                group.Version ?? "unknown",
                group.Serving ? new("serving", call.Ink.Good) : new("-", call.Ink.Dim),
                new(Up(group), Paint(group, call.Ink)),
                group.CreatedAt is { } made ? Words.Age(now - made) : "",
                group.Location);
        }

        var text = table.Empty ? "" : table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0, Indent);
        if (seen.Trouble is not { } trouble)
            return text;

        var since = seen.ObservedAt is { } at ? $"as it was {Words.Ago(now - at)}; since then" : "not seen yet";
        var told = Words.Wrap($"! {since}: {Words.Printable(trouble)}", call.Width, Indent);
        return text + new string(' ', Indent) + call.Ink.Warn(told) + "\n";
    }

    /// <summary>How many are up of how many there should be, and what keeps the rest.</summary>
    private static string Up(InstanceGroup group)
    {
        var health = group.Health;
        var rest = new[] { (health.Starting, "starting"), (health.Down, "down"), (group.Serving ? health.OutOfService : 0, "out of service") }
            .Where(part => part.Item1 > 0)
            .Select(part => $", {part.Item1} {part.Item2}");
        return $"{health.Up}/{group.Capacity.Desired}{string.Concat(rest)}";
    }

    private static Func<string, string> Paint(InstanceGroup group, Ink ink) => group switch
    {
        { Serving: false } => ink.Dim,
        { Health.Down: > 0 } => ink.Bad,
        _ when group.Health.Up < group.Capacity.Desired => ink.Busy,
        _ => ink.Good,
    };
}
