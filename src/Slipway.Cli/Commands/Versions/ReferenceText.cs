using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Commands.Versions;

/// <summary>References, such as images, in words and as they are typed: ami=us-east-1:ami-0abc.</summary>
internal static class ReferenceText
{
    /// <summary>"ami in eu-west-1, us-east-1"; the newest of each place counts.</summary>
    public static string Summary(IReadOnlyList<ArtifactReference> references) => string.Join("; ", references
        .GroupBy(reference => reference.Kind)
        .Select(kind => $"{kind.Key} in {string.Join(", ", kind.Select(reference => reference.Location).Distinct().Order(StringComparer.Ordinal))}"));

    public static string One(ArtifactReference reference) => $"{reference.Kind} {reference.Value} in {reference.Location}";

    /// <exception cref="StopException">It is not KIND=LOCATION:VALUE.</exception>
    public static ArtifactReference Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var colon = equals < 0 ? -1 : text.IndexOf(':', equals);
        return equals >= 1 && colon > equals + 1 && colon < text.Length - 1
            ? new() { Kind = text[..equals], Location = text[(equals + 1)..colon], Value = text[(colon + 1)..] }
            : throw StopException.Usage("not_a_reference", $"\"{Words.Printable(text)}\" is not KIND=LOCATION:VALUE.", "Write it like --reference ami=us-east-1:ami-0abc, once for each region.");
    }
}
