namespace Slipway.Server.Feedback;

/// <summary>Lines of comma-separated values (RFC 4180) that a spreadsheet shows and never runs.</summary>
internal static class Csv
{
    /// <summary>What begins a formula in one spreadsheet or another, also in the wide letters of East Asian keyboards, or hides one behind it.</summary>
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    public static string Line(params ReadOnlySpan<string?> fields)
    {
        var line = new System.Text.StringBuilder();
        foreach (var field in fields)
            line.Append(line.Length == 0 ? "" : ",").Append(Field(field ?? ""));
        return line.Append("\r\n").ToString();
    }

    private static string Field(string text)
    {
        var harmless = IsFormula(text) || IsFormula(text.TrimStart()) ? "'" + text : text;
        return $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsFormula(string text) => text is [var first, ..] && Formula.Contains(first, StringComparison.Ordinal);
}
