using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Slipway.Contracts.Agents;

/// <summary>What is looked for in lines of output, understood by the server and by agents in the same way.</summary>
public static class LinePattern
{
    /// <summary>Only what takes time linear in the line's length: every line is looked at with it.</summary>
    /// <returns>False: it is no regular expression, or has look-around or back references.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Regex? pattern)
    {
        try
        {
            pattern = new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            pattern = null;
            return false;
        }
    }
}
