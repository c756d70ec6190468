using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Commands.Targets;

/// <summary>Services × environments where that fits into the terminal, else one line for each target.</summary>
internal static class StatusMatrix
{
    public static string Render(IReadOnlyList<Target> targets, IReadOnlyList<EnvironmentName> order, Invocation call)
    {
        var environments = order.Where(e => targets.Any(t => t.Environment == e))
            .Concat(targets.Select(t => t.Environment).Where(e => !order.Contains(e)).Distinct().Order())
            .ToList();
        var matrix = new TextTable(["SERVICE", .. environments.Select(e => e.Value)]);
        foreach (var service in targets.GroupBy(t => t.Service).OrderBy(g => g.Key))
            matrix.Add([service.Key.Value, .. environments.Select(e => CellOf(service.FirstOrDefault(t => t.Environment == e), call))]);

        return matrix.Width <= call.Surroundings.Width ? matrix.Render(call.Ink) : List(targets, environments, call);
    }

    private static string List(IReadOnlyList<Target> targets, List<EnvironmentName> environments, Invocation call)
    {
        var list = new TextTable("SERVICE", "ENVIRONMENT", "VERSION", "HEALTHY", "AGE", "");
        foreach (var target in targets.OrderBy(t => t.Service).ThenBy(t => environments.IndexOf(t.Environment)))
        {
            list.Add(
                target.Service.Value,
                target.Environment.Value,
                VersionOf(target),
                new(HealthOf(target), PaintOf(target, call.Ink)),
                AgeOf(target, call),
                FlagsOf(target));
        }

        return list.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0);
    }

    private static Cell CellOf(Target? target, Invocation call) => target is null
        ? new("-", call.Ink.Dim)
        : new(
            string.Join(' ', new[] { VersionOf(target), HealthOf(target), AgeOf(target, call), FlagsOf(target) }.Where(p => p.Length > 0)),
            PaintOf(target, call.Ink));

    public static string VersionOf(Target target) => target.Version?.Value ?? "nothing";

    public static string HealthOf(Target target) => target.Instances.Total == 0 ? "no instances" : $"{target.Instances.Healthy}/{target.Instances.Total}";

    private static string AgeOf(Target target, Invocation call) =>
        target.DeployedAt is { } at ? Words.Age(call.Time.GetUtcNow() - at) : "";

    private static string FlagsOf(Target target) => string.Join(' ', Flags(target));

    private static IEnumerable<string> Flags(Target target)
    {
        if (target.RunningDeployment is not null)
            yield return "deploying";
        else if (target.QueuedDeployment is not null)
            yield return "queued";
        if (target.RunningVersions.Count > 1 && target.RunningDeployment is null)
            yield return "mixed";
        if (target.Drift.Count > 0)
            yield return "drift";
        if (target.Hold is not null)
            yield return "held";
    }

    public static Func<string, string> PaintOf(Target target, Ink ink) => target switch
    {
        { RunningDeployment: not null } => ink.Busy,
        { Version: null } => ink.Dim,
        _ when target.Instances.Healthy < target.Instances.Total => ink.Bad,
        { Drift.Count: > 0 } or { Hold: not null } => ink.Warn,
        _ => ink.Good,
    };
}
