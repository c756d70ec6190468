using System.Text;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Preparing;

/// <summary>
/// `.slipway.env` in a version's folder (0600): the environment in the form of systemd's EnvironmentFile=, for units, and for the agent itself, which
/// starts services again when the server, and with it the secrets, cannot be reached.
/// </summary>
internal static class EnvironmentFile
{
    public static void Write(string folder, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (IsVariable(name))
                AppendQuoted(text.Append(name).Append('='), value).Append('\n');
        }

        AtomicFile.Write(Path.Combine(folder, VersionFolders.EnvironmentName), Encoding.UTF8.GetBytes(text.ToString()), flushToDisk: false);
    }

    /// <summary>Empty where there is no file.</summary>
    public static Dictionary<string, string> Read(string folder)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(folder, VersionFolders.EnvironmentName);
        if (!File.Exists(path))
            return values;

        var rest = File.ReadAllText(path).AsSpan();
        while (rest.IndexOf("=\"") is > 0 and var equals)
        {
            var name = rest[..equals].ToString();
            rest = rest[(equals + 2)..];
            var value = new StringBuilder();
            var i = 0;
            for (; i < rest.Length && rest[i] != '"'; i++)
                value.Append(rest[i] == '\\' && i + 1 < rest.Length ? rest[++i] : rest[i]);

            values[name] = value.ToString();
            rest = rest[Math.Min(rest.Length, i + 2)..];
        }

        return values;
    }

    private static StringBuilder AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\' or '`' or '$')
                text.Append('\\');
            text.Append(c);
        }

        return text.Append('"');
    }

    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
