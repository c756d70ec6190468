using Slipway.Cli.Output;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Spectre.Console;
using Spectre.Console.Rendering;
using static Slipway.Cli.Watching.PictureLine;

namespace Slipway.Cli.Watching;

/// <summary>What stands under a stage whose work goes on outside: what it asks, its steps that run or failed, and where they can be seen.</summary>
internal static class PictureOfStage
{
    private const int Indent = 4;

    /// <param name="stage">The stage that runs, or failed.</param>
    /// <param name="deployment">For the commands that answer its question.</param>
    /// <param name="width">Columns.</param>
    /// <param name="mostRows">So many lines there may be.</param>
    /// <param name="time">For how long steps have run.</param>
    public static IReadOnlyList<IRenderable> Draw(StageProgress stage, DeploymentId deployment, int width, int mostRows, TimeProvider time)
    {
        var lines = new List<IRenderable>();
        if (stage.Question is { } question)
        {
            foreach (var line in Words.Wrap(QuestionText.Ask(question), width, Indent + 4).Split('\n'))
                lines.Add(Of(width, (new string(' ', Indent), Style.Plain), (lines.Count == 0 ? "? " : "  ", Warn), (line.Trim(), Asking)));
            lines.AddRange(QuestionText.HowToAnswer(deployment, question).Select(line => Of(width, (new string(' ', Indent + 4) + line, Style.Plain))));
        }

        var link = stage.Link is { } place ? Link(place, width) : [];
        var steps = stage.Steps.Where(step => step.Status is StageStatus.Running or StageStatus.Failed).ToList();
        var room = Math.Max(1, mostRows - lines.Count - link.Count);
        lines.AddRange(steps.Take(steps.Count > room ? room - 1 : room).Select(step => Step(step, width, time)));
        if (steps.Count > room)
            lines.Add(Of(width, ($"{new string(' ', Indent + 2)}and {steps.Count - room + 1} more", Dim)));

        lines.AddRange(link);
        return lines;
    }

    private static Paragraph Step(StageStep step, int width, TimeProvider time)
    {
        var took = step.StartedAt is { } from ? Words.Took((step.FinishedAt ?? time.GetUtcNow()) - from) : "";
        var note = step.Note is { Length: > 0 } text ? $"  {Words.Printable(text.ReplaceLineEndings(" "))}" : "";
        var failed = step.Status == StageStatus.Failed;
        var indent = Indent + (step.Depth * 2);
        var room = Math.Max(0, width - indent - 2 - took.Length - 2);
        var name = Words.Cut(Words.Printable(step.Name), room);
        return Of(
            width,
            (new string(' ', indent), Style.Plain),
            (failed ? "✗ " : "› ", failed ? Bad : Busy),
            (name, Style.Plain),
            (Words.Cut(note, room - name.Length).PadRight(room - name.Length), failed ? Bad : Dim),
            ("  " + took, Dim));
    }

    /// <summary>The whole address, because a part of it is of no use: on as many lines as it needs.</summary>
    private static List<IRenderable> Link(StageLink link, int width) =>
        link.Url.Length <= width - Indent
            ? [Of(width, (new string(' ', Indent), Style.Plain), (link.Url, Dim))]
            : [.. link.Url.Chunk(width).Select(part => Of(width, (new string(part), Dim)))];
}
