using System.Globalization;
using Slipway.Cli.Output;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Watching;

/// <summary>What is new in what a stage shows, as lines for a log: each step that began or ended, a link once, a question with the commands that answer it.</summary>
internal sealed class StepLines(DeploymentId deployment)
{
    /// <summary>Deeper ones are for whoever looks at a picture, or there where the work is done.</summary>
    private const int Deepest = 1;

    private readonly Dictionary<string, StageStatus> known = [];
    private readonly HashSet<string> links = [];
    private readonly Dictionary<string, ApprovalQuestion> asked = [];

    public IEnumerable<string> Of(string stage, StageShown shown)
    {
        if (shown.Link is { } link && links.Add(link.Url))
            yield return $"  {link.Title}: {link.Url}";

        foreach (var (key, step) in Keyed(stage, shown.Steps))
        {
            var before = known.GetValueOrDefault(key, StageStatus.Pending);
            known[key] = step.Status;
            if (step.Depth <= Deepest && step.Status != before && Tell(step) is { } told)
                yield return new string(' ', 2 + (step.Depth * 2)) + told;
        }

        if (shown.Question is not { } question)
        {
            asked.Remove(stage);
        }
        else if (!asked.TryGetValue(stage, out var last) || last.Text != question.Text)
        {
            asked[stage] = question;
            yield return $"? {QuestionText.Ask(question)}";
            foreach (var line in QuestionText.HowToAnswer(deployment, question))
                yield return "    " + line;
        }
    }

    private static string? Tell(StageStep step)
    {
        var note = step.Note is { Length: > 0 } text ? ": " + Words.Printable(text.ReplaceLineEndings(" ")) : "";
        var took = step is { StartedAt: { } from, FinishedAt: { } until } ? " in " + Words.Took(until - from) : "";
        return step.Status switch
        {
            StageStatus.Running => $"{Words.Printable(step.Name)} began{note}",
            StageStatus.Succeeded => $"{Words.Printable(step.Name)} done{took}{note}",
            StageStatus.Failed => $"{Words.Printable(step.Name)} failed{note}",
            _ => null,
        };
    }

    /// <summary>By the names on the way to it: others may come in between, and some have the same name.</summary>
    private static IEnumerable<(string Key, StageStep Step)> Keyed(string stage, IReadOnlyList<StageStep> steps)
    {
        var path = new List<string>();
        var same = new Dictionary<string, int>();
        foreach (var step in steps)
        {
            var depth = Math.Clamp(step.Depth, 0, path.Count);
            path.RemoveRange(depth, path.Count - depth);
            var place = string.Join('\n', path.Prepend(stage).Append(step.Name));
            var number = same[place] = same.GetValueOrDefault(place) + 1;
            path.Add(step.Name + number.ToString(CultureInfo.InvariantCulture));
            yield return (place + number.ToString(CultureInfo.InvariantCulture), step);
        }
    }
}
