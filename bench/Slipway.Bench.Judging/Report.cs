using System.Globalization;
using System.Text;

namespace Slipway.Bench.Judging;

/// <summary>The text that is published, and the same on the screen while it grows.</summary>
internal sealed class Report
{
    private readonly StringBuilder text = new();

    public void Line(string line = "")
    {
        Console.WriteLine(line);
        text.AppendLine(line);
    }

    public void Title(string title, params string[] words)
    {
        Line();
        Line($"## {title}");
        Line();
        foreach (var word in words) Line(word);
        if (words.Length > 0) Line();
    }

    public void Head(params string[] columns)
    {
        Line("| " + string.Join(" | ", columns) + " |");
        Line("|" + string.Concat(columns.Select(_ => "---|")));
    }

    public void Row(params string[] cells) => Line("| " + string.Join(" | ", cells) + " |");

    public static string Share(int found, int of) => (100.0 * found / of).ToString("0", CultureInfo.InvariantCulture) + " %";

    public static string Minutes(IEnumerable<Outcome> outcomes)
    {
        var times = outcomes.Where(o => o.FailedAfter is not null).Select(o => o.FailedAfter!.Value).Order().ToArray();
        return times.Length == 0 ? "" : $", {times[times.Length / 2].ToString("0.0", CultureInfo.InvariantCulture)} min";
    }

    public void Save(string path) => File.WriteAllText(path, text.ToString().TrimStart());
}
