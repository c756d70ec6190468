using System.Text;
using Slipway.Cli.Output;
using Slipway.Cli.Watching;
using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Commands.Deployments;

/// <summary>A plan, before it is carried out.</summary>
internal static class PlanText
{
    public static string Of(DeploymentRequest request, Plan plan, Ink ink, int width)
    {
        var text = new StringBuilder();
        var changes = plan.Changes;
        text.Append(ink.Strong($"{request.Service} → {request.Environment}   {Headline.Change(changes.FromVersion?.Value, changes.ToVersion.Value)}")).Append('\n');
        if (changes.FromCommit is { } from && changes.ToCommit is { } to && from != to)
            text.Append($"  commit  {from} → {to}\n");
        if (changes.ToConfigRevision is { } config && config != changes.FromConfigRevision)
            text.Append($"  config  {(changes.FromConfigRevision is { } old ? $"revision {old} → {config}" : $"revision {config}")}{Named(changes.ConfigNames)}\n");

        var table = new TextTable("STAGE", "AT MOST", "WHAT", "INSTANCES");
        foreach (var stage in plan.Stages)
            table.Add(stage.Name, Words.Took(stage.Deadline.Time), stage.Description, string.Join(' ', stage.Instances));
        text.Append('\n').Append(table.Render(ink, width, indent: 2)).Append('\n');

        if (plan.Absent.Count > 0)
            text.Append($"  Not connected; they follow by themselves when they are back: {string.Join(' ', plan.Absent)}\n");
        foreach (var warning in plan.Warnings)
            text.Append(ink.Warn("  ! " + warning)).Append('\n');
        if (plan.ExpectedDuration is { } expected)
            text.Append($"  Expected to take about {Words.About(expected.Time)}.\n");
        return text.Append("  Nothing was changed: this is only the plan.\n").ToString();
    }

    private static string Named(IReadOnlyList<string> names) => names.Count > 0 ? $": {string.Join(", ", names)}" : "";
}
