using System.Text;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Client;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Watching;

/// <summary>How it ended: on failure the cause first, then what was seen, then what happened next, then what to do.</summary>
internal static class Summary
{
    private const int LogLines = 10;
    private const int NameColumn = 10;

    public static async Task<string> ForAsync(Invocation call, Deployment end, Story story, bool takingBack, CancellationToken cancellation)
    {
        var text = new StringBuilder("\n");
        text.Append(Headline(call, end, takingBack)).Append('\n');
        if (end.Status is DeploymentStatus.Succeeded or DeploymentStatus.Superseded)
            return text.ToString();

        if (end.Failure is { } failure)
            AddCause(text, call, failure, story);

        AddWhatFollowed(text, call, end, story);
        if (await TryGetTargetAsync(call, new(end.Service, end.Environment), cancellation) is { Hold: { } hold })
        {
            // The hold that this very deployment has left behind has the reason that stands above already.
            var why = hold.Reason.Contains(end.Id.Value, StringComparison.Ordinal) ? "until somebody deploys on purpose" : "now: " + Words.Printable(hold.Reason);
            AddField(text, call, "hold", $"no automatic deployments {why}");
            AddField(text, call, "", $"to lift it: slipway unhold {end.Service} --in {end.Environment}");
        }

        if (end.Failure?.Instance is { } instance)
            AddField(text, call, "look", $"slipway logs {end.Service} --in {end.Environment} --instance {instance}");
        if ((end.Stages.FirstOrDefault(stage => stage is { Status: StageStatus.Failed, Link: not null }) ?? end.Stages.LastOrDefault(stage => stage.Link is not null)) is { Link: { } link })
            text.Append("  ").Append("look".PadRight(NameColumn)).Append(link.Url).Append('\n');
        return text.ToString();
    }

    private static string Headline(Invocation call, Deployment end, bool takingBack)
    {
        var what = $"{end.Service} {end.Version}";
        var took = end.FinishedAt is { } finished ? " after " + Words.Took(finished - (end.StartedAt ?? end.CreatedAt)) : "";
        var instances = end.Plan.Stages.SelectMany(s => s.Instances).Distinct().Count();
        var on = instances > 0 ? $" on {Words.Count(instances, "instance")}" : "";
        return end.Status switch
        {
            DeploymentStatus.Succeeded => call.Ink.Good($"✓ {what} runs in {end.Environment}{on}") + $"{took}.",
            DeploymentStatus.RolledBack when takingBack => call.Ink.Good($"✓ {what} was taken back in {end.Environment}") + $"{took}.",
            DeploymentStatus.RolledBack => call.Ink.Bad($"✗ {what} was taken back in {end.Environment}") + $"{took}.",
            DeploymentStatus.Cancelled => call.Ink.Warn($"✗ {what} was cancelled in {end.Environment}") + $"{took}.",
            DeploymentStatus.Superseded => call.Ink.Warn($"✗ {what} never started in {end.Environment}: a newer deployment took its place in the queue."),
            _ => call.Ink.Bad($"✗ {what} failed in {end.Environment}") + $"{took}.",
        };
    }

    private static void AddCause(StringBuilder text, Invocation call, Failure failure, Story story)
    {
        AddField(text, call, "cause", $"{failure.Stage}: {Words.Printable(failure.Reason)}");
        if (failure.Instance is { } instance)
            AddField(text, call, "instance", instance.Value);

        var lines = failure.Evidence.Count == 0 && failure.Instance is { } failed && story.Failed.TryGetValue(failed, out var progress)
            ? progress.Evidence
            : failure.Evidence;
        if (lines.Count == 0)
            return;

        AddField(text, call, "it said", "");
        foreach (var line in Repetition.Fold(lines.Select(Words.Printable)).TakeLast(LogLines))
            text.Append("    ").Append(call.Ink.Dim("│ ")).Append(line).Append('\n');
    }

    private static void AddWhatFollowed(StringBuilder text, Invocation call, Deployment end, Story story)
    {
        if (end.Status == DeploymentStatus.RolledBack)
        {
            var to = end.PreviousVersion is { } previous ? $"rolled back to {previous}" : "rolled back";
            var took = story is { RollbackStartedAt: { } from, FinishedAt: { } until } ? $" in {Words.Took(until - from)}" : "";
            AddField(text, call, "then", to + took);
        }
        else if (end.Status == DeploymentStatus.Failed)
        {
            AddField(text, call, "then", end.PreviousVersion is { } previous
                ? $"left as it is; to go back to {previous}: slipway rollback {end.Service} --in {end.Environment}"
                : "left as it is; there is no version before it");
        }
    }

    private static void AddField(StringBuilder text, Invocation call, string name, string value) =>
        text.Append(("  " + name.PadRight(NameColumn) + Words.Wrap(value, call.Width, NameColumn + 2)).TrimEnd()).Append('\n');

    private static async Task<Target?> TryGetTargetAsync(Invocation call, TargetId target, CancellationToken cancellation)
    {
        try
        {
            return await call.Client.Targets.GetAsync(target, cancellation);
        }
        catch (Exception e) when (e is ApiException or ServerUnreachableException)
        {
            return null;
        }
    }
}
