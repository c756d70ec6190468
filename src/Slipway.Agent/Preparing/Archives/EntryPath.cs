using System.Text;

namespace Slipway.Agent.Preparing.Archives;

/// <summary>The rules for names in archives.</summary>
internal static class EntryPath
{
    public const int MaximumName = 255;
    public const int MaximumPath = 4096;

    /// <summary>The path without empty and "." parts; empty for the archive's own root folder.</summary>
    public static string Normalise(string entry)
    {
        if (entry.Length > MaximumPath || Encoding.UTF8.GetByteCount(entry) > MaximumPath)
            throw new UnsafeArchiveException(entry, $"has a path of more than {MaximumPath} bytes");
        if (entry.StartsWith('/'))
            throw new UnsafeArchiveException(entry, "has an absolute path");
        if (entry.Contains('\0', StringComparison.Ordinal) || entry.Contains('\uFFFD', StringComparison.Ordinal))
            throw new UnsafeArchiveException(entry, "has a name that is not valid UTF-8");

        return IsPlain(entry) ? entry : Join(entry, entry.Split('/'));
    }

    /// <summary>
    /// Where a symbolic link may point: below the folder, with ".." only in front. (A ".." behind a name could climb out through another link that
    /// stands under that name.)
    /// </summary>
    public static void CheckLinkTarget(string link, string target)
    {
        if (target.Length is 0 or > MaximumPath || target.Contains('\0', StringComparison.Ordinal))
            throw new UnsafeArchiveException(link, "is a link without a usable target");
        if (target.StartsWith('/'))
            throw new UnsafeArchiveException(link, "is a link to an absolute path");

        var depth = link.AsSpan().Count('/');
        var named = false;
        foreach (var part in target.Split('/'))
        {
            if (part is "" or ".")
                continue;

            if (part != "..")
                named = true;
            else if (named || --depth < 0)
                throw new UnsafeArchiveException(link, $"is a link that leaves the folder ({target[..Math.Min(target.Length, 200)]})");
        }
    }

    private static string Join(string entry, string[] parts)
    {
        var path = new StringBuilder(entry.Length);
        foreach (var part in parts)
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
                throw new UnsafeArchiveException(entry, "climbs out of the folder with \"..\"");
            if (part.Length > MaximumName || Encoding.UTF8.GetByteCount(part) > MaximumName)
                throw new UnsafeArchiveException(entry, $"has a name of more than {MaximumName} bytes");

            if (path.Length > 0)
                path.Append('/');
            path.Append(part);
        }

        return path.ToString();
    }

    /// <summary>The usual case needs no new string: short ASCII, no dots at the begin of a part, no empty part.</summary>
    private static bool IsPlain(string entry)
    {
        var start = 0;
        for (var i = 0; i <= entry.Length; i++)
        {
            if (i < entry.Length && entry[i] != '/')
                continue;

            // A third of the maximum holds whatever UTF-8 makes of it.
            if (i == start || entry[start] == '.' || i - start > MaximumName / 3)
                return false;

            start = i + 1;
        }

        return true;
    }
}
