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

    /// <summary>What has begun and ended within this time since the last look was bookkeeping; only the parts of the stage itself are worth a line then.</summary>
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, StageStatus> known = [];
    private readonly HashSet<string> links = [];
    private readonly Dictionary<string, ApprovalQuestion> asked = [];

    public IEnumerable<string> Of(string stage, StageShown shown)
    {
        if (shown.Link is { } link && links.Add(link.Url))
            yield return $"  {link.Title}: {link.Url}";

        foreach (var line in Steps(stage, shown.Steps))
            yield return line;

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

    /// <summary>That a step has ended is told after what is new of its own parts.</summary>
    private IEnumerable<string> Steps(string stage, IReadOnlyList<StageStep> steps)
    {
        var ended = new Stack<StageStep>();
        foreach (var (key, step) in Keyed(stage, steps))
        {
            while (ended.TryPeek(out var last) && last.Depth >= step.Depth)
                yield return Line(ended.Pop());

            var before = known.GetValueOrDefault(key, StageStatus.Pending);
            known[key] = step.Status;
            if (step.Depth > Deepest || step.Status == before || IsBookkeeping(step, before))
                continue;

            if (step.Status == StageStatus.Running)
                yield return Line(step);
            else if (step.Status is StageStatus.Succeeded or StageStatus.Failed)
                ended.Push(step);
        }

        while (ended.TryPop(out var last))
            yield return Line(last);
    }

    private static bool IsBookkeeping(StageStep step, StageStatus before) =>
        before == StageStatus.Pending && step is { Depth: > 0, Status: StageStatus.Succeeded, StartedAt: { } from, FinishedAt: { } until } && until - from < Passing;

    private static string Line(StageStep step) => new string(' ', 2 + (step.Depth * 2)) + Tell(step);

    private static string Tell(StageStep step)
    {
        var note = step.Note is { Length: > 0 } text ? ": " + Words.Printable(text.ReplaceLineEndings(" ")) : "";
        var took = step is { StartedAt: { } from, FinishedAt: { } until } ? " in " + Words.Took(until - from) : "";
        return step.Status switch
        {
            StageStatus.Running => $"{Words.Printable(step.Name)} began{note}",
            StageStatus.Succeeded => $"{Words.Printable(step.Name)} done{took}{note}",
            StageStatus.Failed => $"{Words.Printable(step.Name)} failed{note}",
            _ => throw new InvalidOperationException($"Nothing to tell of a step that is {step.Status}."),
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
