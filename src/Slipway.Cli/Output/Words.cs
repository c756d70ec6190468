using System.Globalization;
using System.Text;

namespace Slipway.Cli.Output;

/// <summary>Times, sizes and counts as people read them.</summary>
internal static class Words
{
    /// <summary>5s, 12m, 3h, 4d: one unit, enough for a glance.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } => Number((int)age.TotalSeconds) + "s",
        { TotalHours: < 1 } => Number((int)age.TotalMinutes) + "m",
        { TotalDays: < 2 } => Number((int)age.TotalHours) + "h",
        _ => Number((int)age.TotalDays) + "d",
    };

    /// <summary>How long something is still good for: 90d, even a moment after 90 days were given.</summary>
    public static string Left(TimeSpan time) => Age(time + (time < TimeSpan.FromHours(8) ? time / 100 : TimeSpan.FromMinutes(5)));

    public static string Ago(TimeSpan age) => age.TotalSeconds < 1 ? "now" : Age(age) + " ago";

    /// <summary>0.4 s, 12.3 s, 4 min 5 s, 2 h 10 min.</summary>
    public static string Took(TimeSpan time) => time switch
    {
        // The server's clock may be ahead of ours.
        { Ticks: < 0 } => Took(TimeSpan.Zero),
        { TotalSeconds: < 99.95 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    /// <summary>40 s, 4 min, 2 h: for what nobody knows exactly.</summary>
    public static string About(TimeSpan time) => time switch
    {
        { TotalSeconds: < 99.5 } => Number((long)Math.Max(1, Math.Round(time.TotalSeconds))) + " s",
        { TotalMinutes: < 99.5 } => Number((long)Math.Round(time.TotalMinutes)) + " min",
        _ => Number((long)Math.Round(time.TotalHours)) + " h",
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => Number(bytes) + " B",
        < 1_000_000 => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
    };

    public static string Count(int count, string one) => count == 1 ? "1 " + one : Number(count) + " " + one + "s";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Cut(string text, int width) =>
        text.Length <= width ? text : width < 1 ? "" : string.Concat(text.AsSpan(0, width - 1), "…");

    /// <summary>Broken between words so that no line is longer than the width; the lines after the first are indented. A width of 0: not broken.</summary>
    public static string Wrap(string text, int width, int indent)
    {
        var room = width - indent;
        if (room < 20 || text.Length <= room)
            return text;

        var wrapped = new StringBuilder();
        var rest = text.AsSpan();
        while (rest.Length > room)
        {
            var space = rest[..(room + 1)].LastIndexOf(' ');
            var end = space > 0 ? space : room;
            wrapped.Append(rest[..end]).Append('\n').Append(' ', indent);
            rest = rest[end..].TrimStart(' ');
        }

        return wrapped.Append(rest).ToString();
    }

    /// <summary>Output of others must not move the cursor or colour the terminal.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
            return text;

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e')
                i = EndOfSequence(text, i);
            else
                clean.Append(text[i] == '\t' ? ' ' : char.IsControl(text[i]) ? '·' : text[i]);
        }

        return clean.ToString();
    }

    /// <summary>The last character of an escape sequence: ESC [ parameters letter, or ESC and one character.</summary>
    private static int EndOfSequence(string text, int escape)
    {
        var i = escape + 1;
        if (i >= text.Length || text[i] != '[')
            return i;

        do
            i++;
        while (i < text.Length && text[i] is (< '@' or > '~'));
        return i;
    }
}
