using System.Text;

namespace Slipway.Cli.Output;

/// <summary>Columns of text, two spaces apart. The last column may be cut to the terminal's width, the others never are.</summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<Cell[]> rows = [];

    public int Width => Widths().Sum() + (2 * (headers.Length - 1));

    public bool Empty => rows.Count == 0;

    public void Add(params Cell[] cells) => rows.Add(cells);

    /// <param name="ink">Colours.</param>
    /// <param name="limit">Cut the last column so that a line has at most this many columns; 0: do not.</param>
    /// <param name="indent">Spaces before each line.</param>
    public string Render(Ink ink, int limit = 0, int indent = 0)
    {
        var widths = Widths();
        var text = new StringBuilder();
        AddLine(text, [.. headers.Select(h => new Cell(h, ink.Dim))], widths, limit, indent);
        foreach (var row in rows)
            AddLine(text, row, widths, limit, indent);
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, Cell[] cells, int[] widths, int limit, int indent)
    {
        var before = indent;
        var last = Array.FindLastIndex(cells, c => c.Text.Length > 0);
        text.Append(' ', indent);
        for (var i = 0; i <= last; i++)
        {
            var content = i == widths.Length - 1 && limit > 0 ? Words.Cut(cells[i].Text, Math.Max(8, limit - before)) : cells[i].Text;
            text.Append(cells[i].Paint is { } paint ? paint(content) : content);
            if (i < last)
                text.Append(' ', widths[i] + 2 - content.Length);
            before += widths[i] + 2;
        }

        text.Append('\n');
    }

    private int[] Widths()
    {
        var widths = headers.Select(h => h.Length).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Text.Length);
        }

        return widths;
    }
}
