using System.Text;

namespace Slipway.Server.Checks.Declared;

/// <summary>What others have said, made fit to stand in an event: short, on one line, nothing that moves a cursor.</summary>
internal static class Told
{
    private const int Longest = 300;

    public static string Short(string? text, int longest = Longest)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (clean.Length >= longest)
                return clean.Append('…').ToString();

            if (Rune.IsWhiteSpace(rune))
                Space(clean);
            else if (Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate))
                clean.Append(rune.ToString());
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>The last lines, each cut.</summary>
    public static IReadOnlyList<string> Lines(string text, int most) =>
        [.. text.Split('\n').Select(line => Short(line)).Where(line => line.Length > 0).TakeLast(most)];

    /// <summary>Without its query, in which people put keys.</summary>
    public static string Address(Uri address) => Short(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    /// <summary>As it stands in the file.</summary>
    public static string Address(string written) => Short(written.Split('?')[0]);

    private static void Space(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ')
            clean.Append(' ');
    }
}
