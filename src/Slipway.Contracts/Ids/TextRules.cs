namespace Slipway.Contracts.Ids;

internal static class TextRules
{
    public static bool IsSlug(string? text, int maximum)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maximum || text[^1] == '-' || !char.IsAsciiLetterLower(text[0]))
            return false;

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    /// <summary>Letters, digits and <paramref name="punctuation"/>; starts with a letter or digit, so never "..", a flag or a path.</summary>
    public static bool IsName(string? text, int maximum, ReadOnlySpan<char> punctuation)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maximum || !char.IsAsciiLetterOrDigit(text[0]))
            return false;

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !punctuation.Contains(c))
                return false;
        }

        return true;
    }
}
