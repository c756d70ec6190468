using Slipway.Cli.Output;
using Slipway.Contracts.Deployments;
using Spectre.Console;
using Spectre.Console.Rendering;
using static Slipway.Cli.Watching.PictureLine;

namespace Slipway.Cli.Watching;

/// <summary>The live view at one moment: what changes, the stages, the instances, the time, the last events.</summary>
internal sealed class Picture(Deployment start, TimeProvider time)
{
    private const int LastEvents = 4;
    private const int TimeColumn = 11;
    private const string Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private readonly PictureOfInstances instances = new();
    private readonly Queue<DeploymentEvent> events = new();

    public Deployment Deployment { get; set; } = start;

    public bool Disconnected { get; set; }

    private bool Finished => Deployment.Status >= DeploymentStatus.Succeeded;

    public void Add(DeploymentEvent happened)
    {
        if (!Story.IsNews(happened))
            return;

        events.Enqueue(happened);
        if (events.Count > LastEvents)
            events.Dequeue();
    }

    public void Add(IReadOnlyList<InstanceProgress> changed) => instances.Add(changed);

    public Rows Draw(int width, int height)
    {
        var lines = new List<IRenderable> { Of(width, (Headline.Of(Deployment), Strong)), new Text("") };
        var tail = Tail(width, height);
        lines.AddRange(Stages(width, Math.Max(3, height - tail.Count - lines.Count - 1)));
        lines.AddRange(tail);
        return new Rows(lines);
    }

    private List<IRenderable> Tail(int width, int height)
    {
        var lines = new List<IRenderable> { new Text("") };
        lines.AddRange(instances.Draw(width, mostRows: Math.Max(3, height / 3), Deployment.Version.Value, Finished));
        lines.Add(Of(width, ("  " + TimeLine(), Style.Plain)));
        if (Finished)
            return lines;

        lines.Add(new Text(""));
        lines.AddRange(events.Select(e => Of(width, ("  " + Words.Printable(e.Message), Dim))));
        lines.Add(Of(width, Disconnected ? ("  connection lost, retrying", Warn) : ("  Ctrl-C leaves it running", Dim)));
        return lines;
    }

    /// <summary>All of them where they fit, else those around the current one.</summary>
    private IEnumerable<IRenderable> Stages(int width, int room)
    {
        var stages = Deployment.Stages;
        var detailed = stages.LastOrDefault(s => s.Status is StageStatus.Running) ?? stages.LastOrDefault(s => s.Status is StageStatus.Failed);
        var below = detailed is null ? [] : PictureOfStage.Draw(detailed, Deployment.Id, width, Math.Max(Math.Max(4, room / 2), room - stages.Count), time);
        room = Math.Max(3, room - below.Count);
        var current = Math.Max(0, stages.ToList().FindIndex(s => s == detailed));
        var first = Math.Clamp(current - (room / 2), 0, Math.Max(0, stages.Count - room));
        var names = Math.Min(16, stages.Count == 0 ? 0 : stages.Max(s => s.Name.Length));
        foreach (var stage in stages.Skip(first).Take(room))
        {
            yield return Stage(stage, names, width);
            foreach (var line in stage == detailed ? below : [])
                yield return line;
        }
    }

    private Paragraph Stage(StageProgress stage, int names, int width)
    {
        var (mark, style) = stage.Status switch
        {
            StageStatus.Running => (Deployment.Status == DeploymentStatus.Paused ? "‖" : Spin(), Busy),
            StageStatus.Succeeded => ("✓", Good),
            StageStatus.Failed => ("✗", Bad),
            StageStatus.Skipped => ("-", Dim),
            _ => ("·", Dim),
        };

        var text = stage.Status is StageStatus.Pending or StageStatus.Skipped ? Dim : Style.Plain;
        var room = Math.Max(0, width - 4 - names - 2 - TimeColumn);
        return Of(
            width,
            ($"  {mark} ", style),
            (Words.Cut(stage.Name, names).PadRight(names + 2), stage.Status == StageStatus.Running ? Strong : text),
            (Words.Cut(About(stage), room).PadRight(room), text),
            (Took(stage).PadLeft(TimeColumn), Dim));
    }

    private string Took(StageProgress stage) =>
        stage.StartedAt is { } from ? Words.Took((stage.FinishedAt ?? time.GetUtcNow()) - from) : "";

    private static string About(StageProgress stage) => Words.Printable(
        stage.Answer is { } answer ? QuestionText.Of(answer) : stage is { Status: StageStatus.Running or StageStatus.Failed, Note: { Length: > 0 } note } ? note : stage.Description);

    private string TimeLine()
    {
        var from = Deployment.StartedAt ?? Deployment.CreatedAt;
        var elapsed = Words.Took((Deployment.FinishedAt ?? time.GetUtcNow()) - from);
        var state = Finished ? Headline.Name(Deployment.Status)
            : Deployment.Pending is { Length: > 0 } pending ? pending
            : Deployment.RollingBack ? "rolling back"
            : Headline.Name(Deployment.Status);
        var expected = !Finished && Deployment.Plan.ExpectedDuration is { } usual ? $", about {Words.About(usual.Time)} expected" : "";
        return $"{state}, {elapsed}{expected}";
    }

    private string Spin() => Spinner[(int)(time.GetUtcNow().ToUnixTimeMilliseconds() / 120 % Spinner.Length)].ToString();
}
