using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.FakeGate.World;

/// <summary>The parts of a server group's name.</summary>
public sealed partial record Moniker(string App, string? Stack, string? Detail, int Sequence)
{
    /// <summary><c>app-stack-detail</c>; a detail without a stack leaves two dashes.</summary>
    public string Cluster => (Stack, Detail) switch
    {
        (null, null) => App,
        (_, null) => $"{App}-{Stack}",
        _ => $"{App}-{Stack}-{Detail}",
    };

    /// <summary><c>app-stack-detail-v003</c>.</summary>
    public string ServerGroup => $"{Cluster}-v{Sequence:000}";

    /// <summary>Reads a cluster's or a server group's name; a cluster has sequence 0.</summary>
    public static Moniker Parse(string name)
    {
        var match = Parts().Match(name);
        return new(match.Groups["app"].Value, Part("stack"), Part("detail"), Part("sequence") is { } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0);

        string? Part(string group) => match.Groups[group].Value is { Length: > 0 } text ? text : null;
    }

    [GeneratedRegex(@"^(?<app>[^-]*)(-(?<stack>[^-]*?))?(-(?<detail>.*?))?(-v(?<sequence>\d{3}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
