using System.Globalization;
using System.Text;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>Names of Spinnaker's stages in the short form that plans use. The same stages always get the same names.</summary>
internal static class StageNames
{
    private const int Longest = 50;

    /// <summary>What Slipway calls stages of its own in the same plan.</summary>
    private static readonly string[] Taken = [StageKinds.Pipeline, StageKinds.Start, StageKinds.Stop, StageKinds.Restore];

    /// <summary>In the given order; a name that comes again gets a number.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> titles)
    {
        var names = new List<string>();
        foreach (var title in titles)
        {
            var name = Short(title);
            for (var again = 2; names.Contains(name) || Taken.Contains(name); again++)
                name = string.Create(CultureInfo.InvariantCulture, $"{Short(title)}-{again}");

            names.Add(name);
        }

        return names;
    }

    public static string Short(string title)
    {
        var name = new StringBuilder();
        foreach (var c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var text = name.ToString().Trim('-');
        return text.Length == 0 ? "stage" : text.Length > Longest ? text[..Longest].TrimEnd('-') : text;
    }
}
