using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.Server.Configuration;

/// <summary>What a config value may be called and hold; the same for slipway.yaml and the API.</summary>
internal static partial class ConfigRules
{
    public const int MostValues = 1000;
    public const int LongestValue = 32 * 1024;
    public const int LargestTotal = 256 * 1024;
    public const string NamePattern = "^(?!SLIPWAY_)[A-Za-z_][A-Za-z0-9_]{0,99}$";
    public const string NameSays = "a name of letters, digits and _ (at most 100, no digit first, not SLIPWAY_..., which is Slipway's own)";

    public static bool IsName(string name) => Name().IsMatch(name) && !name.StartsWith("SLIPWAY_", StringComparison.Ordinal);

    /// <summary>A zero byte would end the value in the process's environment.</summary>
    public static bool IsValue(string value) => value is not null && Encoding.UTF8.GetByteCount(value) <= LongestValue && !value.Contains('\0', StringComparison.Ordinal);

    public static int TotalBytes(IEnumerable<KeyValuePair<string, string>> values) =>
        values.Sum(pair => pair.Key.Length + Encoding.UTF8.GetByteCount(pair.Value));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
