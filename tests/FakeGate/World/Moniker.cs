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
        var number = Number().Match(name);
        var match = Parts().Match(number.Success ? name[..number.Index] : name);
        return new(match.Groups["app"].Value, Part("stack"), Part("detail"), number.Success ? int.Parse(number.ValueSpan[2..], CultureInfo.InvariantCulture) : 0);

        string? Part(string group) => match.Groups[group].Value is { Length: > 0 } text ? text : null;
    }

    [GeneratedRegex(@"-v\d{3}$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?<app>[^-]*)(-(?<stack>[^-]*))?(-(?<detail>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
