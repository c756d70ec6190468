using Slipway.Cli.Output;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Spectre.Console;
using Spectre.Console.Rendering;
using static Slipway.Cli.Watching.PictureLine;

namespace Slipway.Cli.Watching;

/// <summary>The instances turning over: one cell each while that is readable, else a bar and counts.</summary>
internal sealed class PictureOfInstances
{
    private const int Many = 30;

    private readonly Dictionary<InstanceName, InstanceProgress> instances = [];

    public void Add(IReadOnlyList<InstanceProgress> changed)
    {
        foreach (var instance in changed)
            instances[instance.Instance] = instance;
    }

    public IReadOnlyList<IRenderable> Draw(int width, int mostRows, string version, bool finished)
    {
        if (instances.Count == 0)
            return [];

        var rows = instances.Count > Many ? [] : Cells(width, finished);
        if (rows.Count == 0 || rows.Count > mostRows)
            rows = Crowd(width, version);
        rows.Add(new Text(""));
        return rows;
    }

    /// <summary>As many in a line as fit.</summary>
    private List<IRenderable> Cells(int width, bool finished)
    {
        var ordered = instances.Values.OrderBy(i => i.Instance).ToList();
        var cell = Math.Min(width - 4, ordered.Max(i => CellText(i, finished).Length) + 2);
        var columns = Math.Max(1, (width - 2) / (cell + 2));
        var lines = new List<IRenderable>();
        foreach (var row in ordered.Chunk(columns))
        {
            var parts = new List<(string, Style)> { ("  ", Style.Plain) };
            foreach (var instance in row)
            {
                parts.Add((Mark(instance.Step) + " ", StyleOf(instance.Step)));
                parts.Add((Words.Cut(CellText(instance, finished), cell - 2).PadRight(cell), IsUntouched(instance.Step) ? Dim : Style.Plain));
            }

            lines.Add(Of(width, [.. parts]));
        }

        return lines;
    }

    /// <summary>The failed ones by name.</summary>
    private List<IRenderable> Crowd(int width, string version)
    {
        var total = instances.Count;
        var arrived = instances.Values.Count(i => i.Step == InstanceStep.Healthy && i.Version == version);
        var bar = Math.Min(40, width - 30);
        var full = bar * arrived / total;
        var counts = instances.Values.GroupBy(i => i.Step).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {Steps.Name(g.Key)}");
        var lines = new List<IRenderable>
        {
            Of(width, ("  " + new string('█', full), Good), (new string('░', bar - full), Dim), ($"  {arrived} of {total} on {version}", Style.Plain)),
            Of(width, ("  " + string.Join(", ", counts), Dim)),
        };
        var failed = instances.Values.Where(i => i.Step == InstanceStep.Failed).OrderBy(i => i.UpdatedAt).Take(3);
        lines.AddRange(failed.Select(i => Of(width, ("  ✗ ", Bad), ($"{i.Instance} {Words.Printable(i.Reason ?? "failed")}", Style.Plain))));
        return lines;
    }

    private static string CellText(InstanceProgress instance, bool finished) =>
        instance.Step == InstanceStep.Healthy && instance.Version is { } version
            ? $"{instance.Instance} {version}"
            : finished && IsUntouched(instance.Step) ? $"{instance.Instance} unchanged"
            : $"{instance.Instance} {Steps.Name(instance.Step)}";

    /// <summary>A prepared instance still runs what it ran before.</summary>
    private static bool IsUntouched(InstanceStep step) => step is InstanceStep.Pending or InstanceStep.Prepared;

    private static string Mark(InstanceStep step) => step switch
    {
        InstanceStep.Healthy => "●",
        InstanceStep.Failed => "✗",
        InstanceStep.Unreachable => "?",
        InstanceStep.Pending or InstanceStep.Prepared => "○",
        _ => "◐",
    };

    private static Style StyleOf(InstanceStep step) => step switch
    {
        InstanceStep.Healthy => Good,
        InstanceStep.Failed => Bad,
        InstanceStep.Unreachable => Warn,
        InstanceStep.Pending or InstanceStep.Prepared => Dim,
        _ => Busy,
    };
}
